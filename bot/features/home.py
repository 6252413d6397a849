"""Home: what is going on, what I promised, and my conversations (A3, D3)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import Action
from bot.features.action_items import MyActions, my_promise_row
from bot.features.admins import who_to_ask
from bot.features.agenda import NewItem, Prepare, is_resting
from bot.features.conversation_list import MyConversations, Show, is_shown
from bot.features.conversation_page import OpenConversation, StartConversation
from bot.features.helping import AskPerson, OpenHelp
from bot.features.meeting_page import WrapUp
from bot.features.meetings import running_in
from bot.features.missed import missed
from bot.features.roles import reports_to, role_said
from bot.features.schedule_page import SetUp
from bot.features.search import Search
from bot.features.settings import OpenSettings
from bot.model.conversation import Seated
from bot.model.ids import ConversationId
from bot.model.meeting import Meeting
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Divider, Heading, Row, Style, Text

handlers = Handlers()

CONVERSATIONS_SHOWN = 6
PROMISES_SHOWN = 4
NEXT_SHOWN = 3


@dataclass(frozen=True)
class Home(Action):
    """The first screen."""


@handlers.reads(Home)
async def home(turn: Turn, action: Home) -> Card:
    if not turn.is_let_in:
        return await _not_on_yet(turn, action)
    everything = await turn.tx.conversations.seated(turn.person.id)
    in_sight = [one for one in everything if is_shown(one, Show.all)]
    body = await _busy(turn, in_sight) if everything else _first_time(turn)
    return Card(title=turn.say("home.title"), body=body, summary=turn.say("views.summary"), address=action)


async def _not_on_yet(turn: Turn, action: Home) -> Card:
    """For those for whom it is not on yet."""
    return Card(
        title=turn.say("home.title"),
        body=(
            Text(turn.say("refused.not_on_yet", who=await who_to_ask(turn))),
            Text(turn.say("home.what")),
            Buttons((Button(turn.say("help.open"), OpenHelp()), Button(turn.say("help.ask"), AskPerson()))),
        ),
        summary=turn.say("views.summary"),
        address=action,
    )


def _first_time(turn: Turn) -> tuple[Block, ...]:
    return (
        Text(turn.say("home.what")),
        Text(turn.say("home.who_reads")),
        Buttons(
            (
                Button(turn.say("conversations.start_new"), StartConversation(), Style.primary),
                Button(turn.say("help.open"), OpenHelp()),
            )
        ),
    )


async def _busy(turn: Turn, seated: Sequence[Seated]) -> tuple[Block, ...]:
    following = await _following(turn, seated)
    others = [one for one in seated if one.conversation.id not in {meeting.conversation for meeting in following}]
    by_change = sorted(others, key=lambda one: one.conversation.changed_at, reverse=True)
    latest = sorted(by_change, key=lambda one: one.conversation.rests_since is not None)[:CONVERSATIONS_SHOWN]
    counts = await _open_in(turn, latest)
    running = {meeting.conversation: meeting for meeting in await running_in(turn, seated)}
    now = [one for one in seated if one.conversation.id in running]
    return (
        *_meetings(turn, now, running),
        *await _next(turn, seated, following),
        *await _promises(turn),
        *await missed(turn),
        *((Heading(turn.say("conversations.title")),) if others or not seated else ()),
        *(
            tuple(_row(turn, one, counts.said(turn, one.conversation.id)) for one in latest)
            or _nothing_in_sight(turn, seated)
        ),
        *_rest(turn, len(others) - len(latest)),
        Divider(),
        Buttons(
            (
                Button(turn.say("conversations.start_new"), StartConversation()),
                Button(turn.say("conversations.title"), MyConversations()),
                *_set_up(turn, seated),
                Button(turn.say("search.open"), Search()),
                Button(turn.say("settings.open"), OpenSettings()),
                Button(turn.say("help.open"), OpenHelp()),
            )
        ),
    )


def _set_up(turn: Turn, seated: Sequence[Seated]) -> tuple[Button, ...]:
    """For who has several reports."""
    reports = sum(reports_to(one.conversation, turn.person.id) for one in seated)
    return (Button(turn.say("set_up.open"), SetUp()),) if reports > 1 else ()


def _nothing_in_sight(turn: Turn, seated: Sequence[Seated]) -> tuple[Block, ...]:
    return () if seated else (Text(turn.say("conversations.none")),)


@dataclass(frozen=True)
class _Open:
    """How much there is to talk about in each conversation, and how much of it is from the people team."""

    all: Counter[ConversationId]
    topics: Counter[ConversationId]

    def said(self, turn: Turn, conversation: ConversationId) -> str:
        return turn.say("home.open", count=self.all[conversation], topics=self.topics[conversation])


async def _open_in(turn: Turn, seated: Sequence[Seated]) -> _Open:
    items = await turn.tx.agenda.open_in([one.conversation.id for one in seated])
    mine = [item for item in items if item.seen_by(turn.person.id) and not is_resting(turn, item)]
    return _Open(
        all=Counter(item.conversation for item in mine),
        topics=Counter(item.conversation for item in mine if item.topic is not None),
    )


def _meetings(turn: Turn, now: Sequence[Seated], running: dict[ConversationId, Meeting]) -> tuple[Block, ...]:
    if not now:
        return ()
    return (
        Heading(turn.say("home.now")),
        *(_meeting(turn, one, running[one.conversation.id]) for one in now),
        Divider(),
    )


def _meeting(turn: Turn, one: Seated, meeting: Meeting) -> Row:
    opened = Button(turn.say("views.open"), OpenConversation(one.conversation.id))
    wrap_up = Button(turn.say("meetings.wrap_up"), WrapUp(meeting.id), Style.primary)
    return Row(one.other_name, turn.say("meetings.now", since=meeting.met_at), (wrap_up, opened))


async def _following(turn: Turn, seated: Sequence[Seated]) -> Sequence[Meeting]:
    """The next meetings of different conversations, as far as they are planned."""
    upcoming = await turn.tx.meetings.upcoming(*(one.conversation.id for one in seated))
    first = {meeting.conversation: meeting for meeting in reversed(upcoming) if meeting.starts_at >= turn.now}
    return sorted(first.values(), key=lambda meeting: meeting.starts_at)[:NEXT_SHOWN]


async def _next(turn: Turn, seated: Sequence[Seated], following: Sequence[Meeting]) -> tuple[Block, ...]:
    """They, each with what there is to talk about."""
    if not following:
        return ()
    known = {one.conversation.id: one for one in seated}
    counts = await _open_in(turn, [known[meeting.conversation] for meeting in following])
    rows = (_next_row(turn, known[one.conversation], one, counts.said(turn, one.conversation)) for one in following)
    return (Heading(turn.say("home.next")), *rows, Divider())


def _next_row(turn: Turn, one: Seated, meeting: Meeting, count: str) -> Row:
    role = role_said(turn, one.conversation)
    detail = turn.say("home.next_row", role=role, at=meeting.starts_at, count=count)
    prepare = Button(turn.say("preparing.prepare"), Prepare(one.conversation.id), Style.primary)
    return Row(one.other_name, detail, (prepare, Button(turn.say("views.open"), OpenConversation(one.conversation.id))))


async def _promises(turn: Turn) -> tuple[Block, ...]:
    promises = await turn.tx.action_items.owned(turn.person.id)
    if not promises:
        return ()
    if turn.discreet:
        return (Buttons((Button(turn.say("home.all_promises_discreet", count=len(promises)), MyActions()),)), Divider())
    rows = [await my_promise_row(turn, promise) for promise in promises[:PROMISES_SHOWN]]
    every = Buttons((Button(turn.say("home.all_promises", count=len(promises)), MyActions()),))
    more = (every,) if len(promises) > PROMISES_SHOWN else ()
    return (Heading(turn.say("action_items.mine_title")), *rows, *more, Divider())


def _row(turn: Turn, one: Seated, count: str) -> Row:
    role = role_said(turn, one.conversation)
    detail = turn.say("home.conversation", role=role, count=count, changed=turn.day_of(one.conversation.changed_at))
    add = (Button(turn.say("agenda.add"), NewItem(one.conversation.id)),) if one.other_active else ()
    return Row(one.other_name, detail, (*add, Button(turn.say("views.open"), OpenConversation(one.conversation.id))))


def _rest(turn: Turn, count: int) -> tuple[Block, ...]:
    return (Text(turn.say("views.more", count=count)),) if count > 0 else ()


@handlers.verb("home")
async def home_words(turn: Turn, rest: str) -> Step:
    return Step(Home())
