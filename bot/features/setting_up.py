"""Set up my 1-on-1s: one form gives all reports a rhythm and a time (A7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot import access
from bot.actions import Action
from bot.features.conversation_list import Show, is_shown
from bot.features.meeting_fields import USUAL_MINUTES, minutes_field
from bot.features.rhythm_fields import (
    DATE_LENGTH,
    TWO_O_CLOCK,
    ZONE_LENGTH,
    Every,
    entered_rhythm,
    every_field,
    rule_of,
    time_field,
)
from bot.features.rhythm_said import rhythm_said
from bot.features.roles import reports_to
from bot.features.schedule import arranged_as
from bot.features.schedule_page import OpenSchedule, SetUp
from bot.model.conversation import Seated
from bot.refused import Refused
from bot.registry import Handlers
from bot.rhythm import Rhythm
from bot.turn import Turn
from bot.views import Button, ChoiceField, Form, Option, Page, Row, Text, TextField, TicksField
from bot.week import week_of

handlers = Handlers()

TICKS = 10
TICK_FIELDS = 3
OFFERED = (Every.week, Every.two_weeks, Every.three_weeks, Every.four_weeks, Every.nth_weekday, Every.last_weekday)
A_DAY = timedelta(days=1)
_MIDNIGHT = 24 * 60


class Spread(StrEnum):
    """How the meetings with several people lie: one after the other, or one a working day."""

    in_a_row = "in_a_row"
    one_a_day = "one_a_day"


@dataclass(frozen=True)
class SaveSetUp(Action):
    """Keeps them all."""


@handlers.reads(SetUp)
async def set_up(turn: Turn, action: SetUp) -> Form:
    reports = await _reports(turn)
    if not reports:
        raise Refused("refused.no_reports")
    spread = tuple(Option(each.value, turn.say(f"set_up.spreads.{each.value}")) for each in Spread)
    return Form(
        title=turn.say("set_up.title"),
        body=(
            *await _report_fields(turn, reports),
            every_field(turn, Every.two_weeks, offered=OFFERED),
            TextField("first", turn.say("set_up.first"), most=DATE_LENGTH, hint=turn.say("schedule.first_hint")),
            time_field(turn, TWO_O_CLOCK),
            minutes_field(turn, USUAL_MINUTES),
            ChoiceField("spread", turn.say("set_up.spread"), spread, value=Spread.in_a_row.value),
            TextField("zone", turn.say("schedule.zone"), value=turn.person.zone, most=ZONE_LENGTH),
        ),
        submit=SaveSetUp(),
        submit_label=turn.say("set_up.save"),
        sees=turn.say("set_up.sees"),
        address=action,
    )


async def _reports(turn: Turn) -> Sequence[Seated]:
    """Those who report to this person, by name."""
    seated = [one for one in await turn.tx.conversations.seated(turn.person.id) if is_shown(one, Show.all)]
    reports = [one for one in seated if one.other_active and reports_to(one.conversation, turn.person.id)]
    return sorted(reports, key=lambda one: one.other_name.casefold())[: TICKS * TICK_FIELDS]


async def _report_fields(turn: Turn, reports: Sequence[Seated]) -> Sequence[TicksField]:
    """Who has no rhythm yet is ticked."""
    going_on = {each.conversation for each in await turn.tx.series.of_all([one.conversation.id for one in reports])}
    parts = [reports[start : start + TICKS] for start in range(0, len(reports), TICKS)]
    return [
        TicksField(
            f"reports{number}",
            turn.say("set_up.whom" if number == 0 else "set_up.whom_else"),
            tuple(Option(one.conversation.id, one.other_name) for one in part),
            values=tuple(one.conversation.id for one in part if one.conversation.id not in going_on),
        )
        for number, part in enumerate(parts)
    ]


@handlers.writes(SaveSetUp, form=SetUp)
async def save_set_up(turn: Turn, action: SaveSetUp) -> Page:
    ticked = {tick for number in range(TICK_FIELDS) for tick in turn.entered.ticks(f"reports{number}")}
    chosen = [one for one in await _reports(turn) if one.conversation.id in ticked]
    if not chosen:
        raise Refused("refused.choose_some", field="reports0")
    rhythm = entered_rhythm(turn)
    spread = turn.entered.choice("spread", Spread)
    rhythms = [rhythm, *await _following(turn, rhythm, spread, len(chosen) - 1)]
    rows = [await _set(turn, one, its) for one, its in zip(chosen, rhythms, strict=True)]
    return Page(
        title=turn.say("set_up.title"),
        body=(Text(turn.say("set_up.done", count=len(rows))), *rows),
        sees=turn.say("views.only_you"),
    )


async def _set(turn: Turn, one: Seated, rhythm: Rhythm) -> Row:
    thread = await access.live(turn, one.conversation.id)
    there = await turn.tx.series.of(thread.id)
    series = await arranged_as(turn, thread, rhythm, place=there.place if there else None, field="first")
    opened = Button(turn.say("views.open"), OpenSchedule(thread.id))
    return Row(one.other_name, rhythm_said(turn, series), (opened,))


async def _following(turn: Turn, rhythm: Rhythm, spread: Spread, count: int) -> Sequence[Rhythm]:
    """The rhythms of the others."""
    steps = _in_a_row(rhythm) if spread is Spread.in_a_row else await _one_a_day(turn, rhythm)
    return [next(steps) for _ in range(count)]


def _in_a_row(rhythm: Rhythm) -> Iterator[Rhythm]:
    while True:
        rhythm = replace(rhythm, at=rhythm.at + rhythm.minutes)
        if rhythm.at + rhythm.minutes > _MIDNIGHT:
            raise Refused("refused.day_is_full", field="spread")
        yield rhythm


async def _one_a_day(turn: Turn, rhythm: Rhythm) -> Iterator[Rhythm]:
    """On the working days of who asks, each with a rhythm of the same kind."""
    week = await week_of(turn.tx, turn.person)
    every = turn.entered.choice("every", Every)

    def steps() -> Iterator[Rhythm]:
        day = rhythm.first
        while True:
            day += A_DAY
            if week.works_on(day):
                yield replace(rhythm, first=day, rule=rule_of(every, day))

    return steps()
