"""A conversation's rhythm: in words or by a form, and changed from here on (G1, G2)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import access
from bot.actions import Action
from bot.entered import Entered
from bot.features.arrangements import tell_arranged
from bot.features.conversation_list import partner, whose
from bot.features.meeting_fields import PLACE_LENGTH, USUAL_MINUTES, minutes_field, place_field
from bot.features.news import changed
from bot.features.one_more import planned_at
from bot.features.rhythm_fields import (
    DATE_LENGTH,
    RULE_LENGTH,
    TWO_O_CLOCK,
    ZONE_LENGTH,
    Every,
    entered_rhythm,
    every_field,
    every_of,
    time_field,
)
from bot.features.rhythm_said import rhythm_said
from bot.features.schedule_page import AskSchedule, ChooseSchedule, OpenSchedule, schedule_page, state_said
from bot.model.ids import ConversationId, SeriesId
from bot.model.series import Series, SeriesState
from bot.model.thread import Thread
from bot.ports import Stale
from bot.refused import Conflicted, Refused
from bot.registry import Handlers, Step
from bot.reminding import arrange_drifting
from bot.rhythm import BadRhythm, Rhythm, instant, settled_rule
from bot.rhythm_words import Asked
from bot.timetable import AHEAD, next_meeting, plan_meetings, rewrite
from bot.turn import Turn
from bot.typed import typed_rhythm
from bot.views import Button, Buttons, Card, Form, Page, Quiet, Text, TextField, filled

handlers = Handlers()

WORDS_LENGTH = 200
FIRST_WITHIN = 32
"""Days in which every weekday and day of the month comes round."""

MILLISECONDS = 1000
_NINE_DIGITS = 10**9


@dataclass(frozen=True)
class SaveSchedule(Action):
    """Keeps it, from here on; ``seen`` tells which schedule the person had before them."""

    conversation: ConversationId
    seen: int = 0


@dataclass(frozen=True)
class ScheduleInWords(Action):
    """Keeps a rhythm, or one meeting, as it was typed."""

    conversation: ConversationId


@handlers.reads(AskSchedule)
async def ask_schedule(turn: Turn, action: AskSchedule) -> Form:
    thread = await access.awake(turn, action.conversation)
    return await _form(turn, thread, await turn.tx.series.of(thread.id))


async def _form(turn: Turn, thread: Thread, series: Series | None) -> Form:
    return Form(
        title=turn.say("schedule.title"),
        body=(
            every_field(turn, every_of(series)),
            await _first_field(turn, thread, series),
            time_field(turn, series.at if series else TWO_O_CLOCK),
            minutes_field(turn, series.minutes if series else USUAL_MINUTES),
            place_field(turn, series.place or "" if series else ""),
            _zone_field(turn, series),
            _last_field(turn, series),
            _rule_field(turn, series),
        ),
        submit=SaveSchedule(thread.id, seen_as(series)),
        submit_label=turn.say("views.save"),
        sees=turn.say("schedule.sees", name=thread.other.first_name),
        address=AskSchedule(thread.id),
    )


def seen_as(series: Series | None) -> int:
    """By which two savers notice each other: when it was last changed."""
    return 0 if series is None else int(series.changed_at.timestamp() * MILLISECONDS) % _NINE_DIGITS


async def _first_field(turn: Turn, thread: Thread, series: Series | None) -> TextField:
    following = await next_meeting(turn.pen, thread.id) if series else None
    value = turn.day_of(following.starts_at).isoformat() if following else ""
    label = turn.say("schedule.from_here" if series else "schedule.first")
    return TextField("first", label, value=value, most=DATE_LENGTH, hint=turn.say("schedule.first_hint"))


def _zone_field(turn: Turn, series: Series | None) -> TextField:
    value = series.zone if series else turn.person.zone
    return TextField("zone", turn.say("schedule.zone"), value=value, most=ZONE_LENGTH)


def _last_field(turn: Turn, series: Series | None) -> TextField:
    value = series.last.isoformat() if series and series.last else ""
    return TextField("last", turn.say("schedule.last"), value=value, most=DATE_LENGTH, required=False)


def _rule_field(turn: Turn, series: Series | None) -> TextField:
    value = series.rule if series and every_of(series) is Every.rule else ""
    hint = turn.say("schedule.rule_hint")
    return TextField("rule", turn.say("schedule.rule"), value=value, most=RULE_LENGTH, required=False, hint=hint)


@handlers.writes(SaveSchedule, form=AskSchedule)
async def save_schedule(turn: Turn, action: SaveSchedule) -> Page:
    thread = await access.awake(turn, action.conversation)
    there = await turn.tx.series.of(thread.id)
    if action.seen != seen_as(there):
        raise Conflicted(await _conflict(turn, thread, there))
    rhythm = entered_rhythm(turn)
    place = turn.entered.text_or_none("place", most=PLACE_LENGTH)
    series = await arranged_as(turn, thread, rhythm, place=place, field="first")
    return await schedule_page(turn, thread, series)


async def _conflict(turn: Turn, thread: Thread, there: Series | None) -> Form:
    """What was typed, under what the other has made of the schedule meanwhile."""
    form = filled(await _form(turn, thread, there), turn.entered.values, {})
    explained = Text(turn.say("schedule.changed_meanwhile", name=thread.other.first_name))
    choice = Quiet(turn.say("schedule.choice"))
    return replace(form, body=(explained, Quiet(state_said(turn, there)), *form.body, choice))


async def arranged_as(turn: Turn, thread: Thread, rhythm: Rhythm, *, place: str | None, field: str | None) -> Series:
    """The conversation's series with this rhythm from here on, a new one where there is none; the other hears of it."""
    _check_that_it_occurs(turn, rhythm, field)
    there = await turn.tx.series.of(thread.id)
    if there is None:
        series = await _started(turn, thread, rhythm, place)
    else:
        series = await rewrite(turn.pen, _with(there, turn, rhythm, place))
    await changed(turn, thread, tell=False)
    await tell_arranged(turn, thread, series)
    return series


def _check_that_it_occurs(turn: Turn, rhythm: Rhythm, field: str | None) -> None:
    """Raises Refused for a rhythm without any meeting ahead, and for one whose only named day is over."""
    day = rhythm.next_day(max(rhythm.first, turn.now.astimezone(ZoneInfo(rhythm.zone)).date()))
    while day is not None and rhythm.starts(day) <= turn.now:
        day = rhythm.next_day(date.fromordinal(day.toordinal() + 1))
    if day is None:
        raise Refused("refused.never_occurs", field=field)


def _with(series: Series, turn: Turn, rhythm: Rhythm, place: str | None) -> Series:
    return replace(
        series,
        author=turn.person.id,
        rule=rhythm.rule,
        first=rhythm.first,
        at=rhythm.at,
        zone=rhythm.zone,
        minutes=rhythm.minutes,
        last=rhythm.last,
        place=place,
        state=SeriesState.active,
        rests=False,
        changed_at=turn.now,
    )


async def _started(turn: Turn, thread: Thread, rhythm: Rhythm, place: str | None) -> Series:
    series = Series(
        id=SeriesId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        rule=rhythm.rule,
        first=rhythm.first,
        at=rhythm.at,
        zone=rhythm.zone,
        minutes=rhythm.minutes,
        created_at=turn.now,
        changed_at=turn.now,
        planned_until=turn.now,
        last=rhythm.last,
        place=place,
    )
    if not await turn.tx.series.start(series):
        raise Stale  # the other made one just now; the second look finds it
    planned = await plan_meetings(turn.pen, series, turn.now + AHEAD)
    await arrange_drifting(turn.pen, thread.id)
    return planned


@handlers.verb("schedule")
async def schedule_words(turn: Turn, rest: str) -> Step:
    seated, words = await partner(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    if len(seated) > 1:
        if words:
            raise whose(seated)
        return Step(ChooseSchedule())
    where = seated[0].conversation.id
    if words:
        return Step(ScheduleInWords(where), Entered({"text": words}))
    has_times = await turn.tx.series.of(where) is not None or await next_meeting(turn.pen, where) is not None
    return Step(OpenSchedule(where) if has_times else AskSchedule(where))


@handlers.writes(ScheduleInWords)
async def schedule_in_words(turn: Turn, action: ScheduleInWords) -> Card:
    thread = await access.live(turn, action.conversation)
    asked = _asked(turn)
    if asked.at is None:
        raise Refused("refused.say_a_time")
    if asked.rule is None:
        meeting = await planned_at(
            turn, thread, _moment(turn, asked), field="text", minutes=asked.minutes or USUAL_MINUTES, place=None
        )
        return _card(turn, thread, turn.say("schedule.planned", name=thread.other.first_name, at=meeting.starts_at))
    await access.awake(turn, thread.id)
    rhythm = await _rhythm(turn, thread, asked, asked.at)
    series = await arranged_as(turn, thread, rhythm, place=await _place(turn, thread), field=None)
    following = await next_meeting(turn.pen, thread.id)
    said = turn.say("schedule.set", name=thread.other.first_name, rhythm=rhythm_said(turn, series))
    first = turn.say("schedule.next", at=following.starts_at) if following else ""
    return _card(turn, thread, said, first)


def _asked(turn: Turn) -> Asked:
    try:
        return typed_rhythm(turn, turn.entered.text("text", most=WORDS_LENGTH))
    except BadRhythm as bad:
        raise Refused(bad.reason, field=None, **bad.facts) from None


def _moment(turn: Turn, asked: Asked) -> datetime:
    assert asked.at is not None, "its caller looked"
    at = instant(asked.day or turn.today, asked.at, asked.zone or turn.person.zone)
    if at <= turn.now:
        raise Refused("refused.past_meeting")
    return at


async def _rhythm(turn: Turn, thread: Thread, asked: Asked, at: int) -> Rhythm:
    assert asked.rule is not None, "its caller looked"
    there = await turn.tx.series.of(thread.id)
    zone = asked.zone or turn.person.zone
    minutes = asked.minutes or (there.minutes if there else USUAL_MINUTES)
    first = asked.day or turn.now.astimezone(ZoneInfo(zone)).date()
    if first < turn.today - timedelta(days=1):
        raise Refused("refused.past_meeting")
    rhythm = Rhythm(rule=asked.rule, first=first, at=at, zone=zone, minutes=minutes, last=asked.last)
    first = _first_day(turn, rhythm)
    return replace(rhythm, first=first, rule=settled_rule(rhythm.rule, first))


def _first_day(turn: Turn, rhythm: Rhythm) -> date:
    """The next day that can be the first: "every other Tuesday", said on a Wednesday, begins with the next Tuesday."""
    for days in range(FIRST_WITHIN):
        day = rhythm.first + timedelta(days=days)
        if replace(rhythm, first=day).next_day(day) == day and rhythm.starts(day) > turn.now:
            return day
    return rhythm.first


async def _place(turn: Turn, thread: Thread) -> str | None:
    """Where they met until now."""
    there = await turn.tx.series.of(thread.id)
    return there.place if there else None


def _card(turn: Turn, thread: Thread, *said: str) -> Card:
    opened = Button(turn.say("schedule.open"), OpenSchedule(thread.id))
    return Card(
        title=turn.say("schedule.title"),
        body=(*(Text(text) for text in said if text), Buttons((opened,))),
        summary=turn.say("views.summary"),
    )
