"""How the two rated the last times: in a window, and drawn in the chat for whoever asks for it there (E2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import access
from bot.actions import Action
from bot.check_in import Asked, answers_of
from bot.features.check_in_said import OpenTrend, ever_asked, question_said, side_name
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.conversation_page import OpenConversation
from bot.model.check_in import HIGHEST, AnswerKind, CheckIn
from bot.model.ids import ConversationId, PersonId
from bot.model.people import Person
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Chart, Line, Page, Quiet, Text

handlers = Handlers()

ROUNDS = 12


@dataclass(frozen=True)
class ShowTrend(Action):
    """Draws it in the chat, where it stays."""

    conversation: ConversationId


@dataclass(frozen=True)
class Rounds:
    """The last rounds: their days, and what each side answered in each."""

    days: tuple[date, ...]
    by: dict[PersonId, list[CheckIn | None]]


@handlers.reads(OpenTrend)
async def open_trend(turn: Turn, action: OpenTrend) -> Page:
    thread = await access.thread(turn, action.conversation)
    drawn = await _trend(turn, thread)
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    hint = () if turn.discreet or not drawn else (Quiet(turn.say("check_in.how_to_draw")),)
    return Page(
        title=turn.say("check_in.trend_title", name=thread.other.first_name),
        body=(*(drawn or (Text(turn.say("check_in.no_trend")),)), *hint, Buttons((back,))),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=action,
    )


@handlers.reads(ShowTrend)
async def show_trend(turn: Turn, action: ShowTrend) -> Card:
    thread = await access.thread(turn, action.conversation)
    opened = Buttons((Button(turn.say("views.open"), OpenTrend(thread.id)),))
    drawn: tuple[Block, ...] = (Text(turn.say("check_in.in_a_window")),) if turn.discreet else ()
    return Card(
        title=turn.say("check_in.trend_title", name=thread.other.first_name),
        body=(*(drawn or await _trend(turn, thread) or (Text(turn.say("check_in.no_trend")),)), opened),
        summary=turn.say("views.summary"),
        address=action,
    )


async def _trend(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """A chart for each question that anybody rated, and from when to when; nothing where nobody did."""
    rounds = _rounds(turn, thread, await turn.tx.check_ins.latest(thread.id, most=ROUNDS))
    asked = [one for one in await ever_asked(turn) if one.kind is AnswerKind.rating]
    charts = [chart for one in asked if (chart := _chart(turn, thread, rounds, one)).lines]
    return (*charts, Quiet(_span(turn, rounds.days))) if charts else ()


def _rounds(turn: Turn, thread: Thread, latest: Sequence[CheckIn]) -> Rounds:
    numbers = sorted({one.round for one in latest})
    found = {(one.author, one.round): one for one in latest}
    days = tuple(turn.day_of(min(one.answered_at for one in latest if one.round == number)) for number in numbers)
    sides = (thread.me.id, thread.other.id)
    return Rounds(days, {person: [found.get((person, number)) for number in numbers] for person in sides})


def _chart(turn: Turn, thread: Thread, rounds: Rounds, asked: Asked) -> Chart:
    lines = [_line(turn, thread, person, rounds, asked) for person in (thread.me, thread.other)]
    return Chart(
        title=question_said(turn, asked),
        labels=tuple(turn.voice.short_day(day) for day in rounds.days),
        lines=tuple(line for line in lines if any(value is not None for value in line.values)),
        top=HIGHEST,
    )


def _line(turn: Turn, thread: Thread, person: Person, rounds: Rounds, asked: Asked) -> Line:
    said = (answers_of(one).get(asked.key) for one in rounds.by[person.id])
    return Line(side_name(turn, thread, person), tuple(one if isinstance(one, int) else None for one in said))


def _span(turn: Turn, days: Sequence[date]) -> str:
    first, last = turn.voice.short_day(days[0]), turn.voice.short_day(days[-1])
    if len(days) == 1:
        return turn.say("check_in.span_one", first=first)
    return turn.say("check_in.span", count=len(days), first=first, last=last)


@handlers.verb("trend")
async def trend_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(ShowTrend(seated[0].conversation.id) if len(seated) == 1 else MyConversations())
