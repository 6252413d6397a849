"""Home, a calm first screen: what is next, what I promised, what is worth preparing, and who drifts (A3, D3, F2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import access
from bot.actions import Action
from bot.features.action_items import MyActions, my_promise_row
from bot.features.admins import who_to_ask
from bot.features.agenda import NewItem, Prepare
from bot.features.asking import AddQuestion, reason_said, worth_asking
from bot.features.check_in import check_in_offered
from bot.features.conversation_list import MyConversations, Show, conversation_row, is_shown
from bot.features.conversation_page import OpenConversation, StartConversation
from bot.features.helping import AskPerson, OpenHelp
from bot.features.insights import ShowReport
from bot.features.meeting_page import WrapUp
from bot.features.missed import missed
from bot.features.preparing import is_prepared
from bot.features.roles import reports_to, role_said
from bot.features.schedule_page import AskSchedule, SetUp
from bot.features.search import Search
from bot.features.settings import OpenSettings
from bot.features.standing import Standing, Waiting, standings_of, waiting_in
from bot.model.meeting import Meeting
from bot.model.thread import Thread
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Divider, Heading, Row, Style, Text

handlers = Handlers()

CONVERSATIONS_SHOWN = 5
PROMISES_SHOWN = 4
NEXT_SHOWN = 3
SOON = timedelta(days=7)
"""A meeting so near is worth preparing."""


Ahead = tuple[Standing, Meeting]


@dataclass(frozen=True)
class Home(Action):
    """The first screen."""


@handlers.reads(Home)
async def home(turn: Turn, action: Home) -> Card:
    return Card(
        title=turn.say("home.title"),
        body=await (_screen(turn) if turn.is_let_in else _not_on_yet(turn)),
        summary=turn.say("views.summary"),
        address=action,
    )


async def _not_on_yet(turn: Turn) -> tuple[Block, ...]:
    return (
        Text(turn.say("refused.not_on_yet", who=await who_to_ask(turn))),
        Text(turn.say("home.what")),
        Buttons((Button(turn.say("help.open"), OpenHelp()), Button(turn.say("help.ask"), AskPerson()))),
    )


async def _screen(turn: Turn) -> tuple[Block, ...]:
    everything = await turn.tx.conversations.seated(turn.person.id)
    if not everything:
        return _first_time(turn)
    standings = await standings_of(turn, [one for one in everything if is_shown(one, Show.all)])
    waiting = await waiting_in(turn, standings)
    ahead = _ahead(standings)
    others = _others(standings, [one for one, _ in ahead[NEXT_SHOWN:]])
    is_all = len(everything) == len(standings) and len(others) <= CONVERSATIONS_SHOWN
    conversations = _conversations(turn, others, waiting) if standings else (Text(turn.say("conversations.none")),)
    return _parted(
        _now(turn, standings),
        _next(turn, ahead[:NEXT_SHOWN], waiting),
        await _promises(turn),
        await _worth_preparing(turn, ahead[:NEXT_SHOWN]),
        (*await missed(turn), *conversations),
        (Buttons((*_lists(turn, standings, is_all=is_all), *_foot(turn))),),
    )


def _parted(*sections: tuple[Block, ...]) -> tuple[Block, ...]:
    """Those that say something, with a line between them."""
    lines = ((Divider(), *section) for section in sections if section)
    return tuple(block for section in lines for block in section)[1:]


def _first_time(turn: Turn) -> tuple[Block, ...]:
    start = Button(turn.say("conversations.start_new"), StartConversation(), Style.primary)
    return (Text(turn.say("home.what")), Text(turn.say("home.who_reads")), Buttons((start,)))


def _foot(turn: Turn) -> tuple[Button, ...]:
    return (
        Button(turn.say("conversations.start_new"), StartConversation()),
        Button(turn.say("search.open"), Search()),
        Button(turn.say("report.open"), ShowReport()),
        Button(turn.say("settings.open"), OpenSettings()),
        Button(turn.say("help.open"), OpenHelp()),
    )


def _ahead(standings: Sequence[Standing]) -> Sequence[Ahead]:
    """Those who meet again, by time."""
    found = [(one, one.following) for one in standings if one.following is not None and one.is_ahead]
    return sorted(found, key=lambda each: (each[1].starts_at, each[0].name))


def _others(standings: Sequence[Standing], later: Sequence[Standing]) -> Sequence[Standing]:
    """What is neither now nor next: who drifts first, those who have not met for longest before the others."""
    drifting = sorted((one for one in standings if one.drifts), key=_together)
    paused = [one for one in standings if one.is_paused and not one.is_over]
    over = [one for one in standings if one.is_over and one.following is None and one.running is None]
    return [*drifting, *later, *paused, *over]


def _together(one: Standing) -> tuple[datetime, str]:
    return one.last.met_at if one.last is not None else one.seated.conversation.created_at, one.name


def _now(turn: Turn, standings: Sequence[Standing]) -> tuple[Block, ...]:
    rows = [_running_row(turn, one, one.running) for one in standings if one.running is not None]
    return (Heading(turn.say("home.now")), *rows) if rows else ()


def _running_row(turn: Turn, one: Standing, meeting: Meeting) -> Row:
    wrap_up = Button(turn.say("meetings.wrap_up"), WrapUp(meeting.id), Style.primary)
    return Row(one.name, turn.say("meetings.now", since=meeting.met_at), (wrap_up, _open(turn, one)))


def _next(turn: Turn, ahead: Sequence[Ahead], waiting: Waiting) -> tuple[Block, ...]:
    """The next meetings, each with what there is to talk about."""
    rows = [_next_row(turn, one, meeting, waiting) for one, meeting in ahead]
    return (Heading(turn.say("home.next")), *rows) if rows else ()


def _next_row(turn: Turn, one: Standing, meeting: Meeting, waiting: Waiting) -> Row:
    role = role_said(turn, one.seated.conversation)
    said = turn.say("home.next_row", role=role, at=meeting.starts_at, count=waiting.said(turn, one.id))
    add, prepare = (
        Button(turn.say("agenda.add"), NewItem(one.id)),
        Button(turn.say("preparing.prepare"), Prepare(one.id)),
    )
    return Row(one.name, said, (_open(turn, one), add, prepare))


def _open(turn: Turn, one: Standing) -> Button:
    return Button(turn.say("views.open"), OpenConversation(one.id))


async def _promises(turn: Turn) -> tuple[Block, ...]:
    promises = await turn.tx.action_items.owned(turn.person.id)
    if not promises:
        return ()
    if turn.discreet:
        return (Buttons((Button(turn.say("home.all_promises_discreet", count=len(promises)), MyActions()),)),)
    rows = [await my_promise_row(turn, promise) for promise in promises[:PROMISES_SHOWN]]
    every = Buttons((Button(turn.say("home.all_promises", count=len(promises)), MyActions()),))
    more = (every,) if len(promises) > PROMISES_SHOWN else ()
    return (Heading(turn.say("action_items.mine_title")), *rows, *more)


async def _worth_preparing(turn: Turn, ahead: Sequence[Ahead]) -> tuple[Block, ...]:
    """What could be done for the first meeting soon for which there is something to do."""
    for one, meeting in ahead:
        if meeting.starts_at < turn.now + SOON:
            thread = await access.thread(turn, one.id)
            rows = (*await _question(turn, thread, meeting), *await _check_in(turn, thread))
            if rows:
                return (Heading(turn.say("home.worth_preparing")), *rows)
    return ()


async def _question(turn: Turn, thread: Thread, meeting: Meeting) -> tuple[Row, ...]:
    """One question, until the meeting is prepared; none in discreet mode, for Home may stay in a chat."""
    if turn.discreet or await is_prepared(turn, thread, meeting):
        return ()
    asked = await worth_asking(turn, thread)
    if asked is None:
        return ()
    said = f"{turn.say('home.ask', name=thread.other.first_name)} · {reason_said(turn, asked)}"
    add = Button(turn.say("preparing.add"), AddQuestion(thread.id, asked.question.number))
    return (Row(asked.question.text, said, (add,)),)


async def _check_in(turn: Turn, thread: Thread) -> tuple[Row, ...]:
    buttons = await check_in_offered(turn, thread)
    return (Row(turn.say("home.check_in", name=thread.other.first_name), "", buttons),) if buttons else ()


def _conversations(turn: Turn, others: Sequence[Standing], waiting: Waiting) -> tuple[Block, ...]:
    """Those that are neither now nor next, as far as there is room."""
    rows = [_row(turn, one, waiting) for one in others[:CONVERSATIONS_SHOWN]]
    return (Heading(turn.say("conversations.title")), *rows) if rows else ()


def _lists(turn: Turn, standings: Sequence[Standing], *, is_all: bool) -> tuple[Button, ...]:
    """Where the rest is; and one form for all reports, for who has several and nothing is planned with one of them."""
    reports = [one for one in standings if reports_to(one.seated.conversation, turn.person.id)]
    every = () if is_all else (Button(turn.say("home.all_conversations"), MyConversations()),)
    is_wanted = len(reports) > 1 and any(one.drifts for one in reports)
    set_up = (Button(turn.say("set_up.open"), SetUp()),) if is_wanted else ()
    return (*every, *set_up)


def _row(turn: Turn, one: Standing, waiting: Waiting) -> Row:
    if one.is_over or one.following is not None:
        return conversation_row(turn, one.seated, one.following.starts_at if one.following else None)
    key = "home.paused" if one.is_paused else "home.drifts"
    met = turn.day_of(one.last.met_at) if one.last is not None else None
    role = role_said(turn, one.seated.conversation)
    said = turn.say(key, role=role, met=met, count=waiting.said(turn, one.id))
    schedule = () if one.is_paused else (Button(turn.say("schedule.schedule"), AskSchedule(one.id)),)
    return Row(one.name, said, (_open(turn, one), *schedule))


@handlers.verb("home")
async def home_words(turn: Turn, rest: str) -> Step:
    return Step(Home())
