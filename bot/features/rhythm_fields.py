"""What a form asks of a rhythm: how often, from when on, at what time, for how long."""

from datetime import date
from enum import StrEnum

from bot.due import LONGEST_WAIT
from bot.features.meeting_fields import MOMENT_LENGTH, entered_minutes
from bot.model.series import Series
from bot.refused import Refused
from bot.rhythm import BadRhythm, Rhythm, parsed_rule, settled_rule
from bot.rule import UNREADABLE
from bot.turn import Turn
from bot.typed import typed_day, typed_time
from bot.views import ChoiceField, Option, TextField
from bot.zones import nearest_zone, zone_named

RULE_LENGTH = 200
ZONE_LENGTH = 60
DATE_LENGTH = 60
TWO_O_CLOCK = 14 * 60
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Every(StrEnum):
    """The rhythms that a form offers; each is about the weekday or the day of the month of the first meeting."""

    week = "week"
    two_weeks = "two_weeks"
    three_weeks = "three_weeks"
    four_weeks = "four_weeks"
    nth_weekday = "nth_weekday"
    last_weekday = "last_weekday"
    day_of_month = "day_of_month"
    rule = "rule"


_WEEKS = {Every.week: 1, Every.two_weeks: 2, Every.three_weeks: 3, Every.four_weeks: 4}


def every_field(turn: Turn, chosen: Every, *, offered: tuple[Every, ...] = tuple(Every)) -> ChoiceField:
    """How often the two meet."""
    options = tuple(Option(every.value, turn.say(f"schedule.every.{every.value}")) for every in offered)
    return ChoiceField("every", turn.say("schedule.how_often"), options, value=chosen.value)


def every_of(series: Series | None) -> Every:
    """Which of the offered rhythms this is."""
    if series is None:
        return Every.two_weeks
    offered = (every for every in Every if every is not Every.rule)
    return next((every for every in offered if rule_of(every, series.first) == series.rule), Every.rule)


def time_field(turn: Turn, at: int) -> TextField:
    """The time of day."""
    value = f"{at // 60:02d}:{at % 60:02d}"
    hint = turn.say("schedule.time_hint")
    return TextField("time", turn.say("schedule.time"), value=value, most=MOMENT_LENGTH, hint=hint)


def rule_of(every: Every, first: date) -> str:
    """The rule of an offered rhythm that has a meeting on ``first``."""
    day = _DAYS[first.weekday()]
    if every in _WEEKS:
        interval = f"INTERVAL={_WEEKS[every]};" if _WEEKS[every] > 1 else ""
        return parsed_rule(f"FREQ=WEEKLY;{interval}BYDAY={day}")
    if every is Every.day_of_month:
        return parsed_rule(f"FREQ=MONTHLY;BYMONTHDAY={first.day}")
    is_fifth = first.day > 28
    nth = -1 if every is Every.last_weekday or is_fifth else (first.day - 1) // 7 + 1
    return parsed_rule(f"FREQ=MONTHLY;BYDAY={nth}{day}")


def entered_rhythm(turn: Turn) -> Rhythm:
    """What a form says; raises Refused, which names the field, for what cannot be."""
    every = turn.entered.choice("every", Every)
    first = _entered_date(turn, "first") or turn.today
    if first < turn.today:
        raise Refused("refused.past_meeting", field="first")
    rhythm = Rhythm(
        rule=settled_rule(_entered_rule(turn), first) if every is Every.rule else rule_of(every, first),
        first=first,
        at=entered_time(turn),
        zone=_entered_zone(turn),
        minutes=entered_minutes(turn),
        last=_entered_last(turn, first),
    )
    if rhythm.next_day(first) == first and rhythm.starts(first) <= turn.now:
        raise Refused("refused.past_meeting", field="time")
    return rhythm


def entered_time(turn: Turn) -> int:
    """Minutes after midnight; raises Refused for what is no time of day."""
    at = typed_time(turn, turn.entered.text("time", most=MOMENT_LENGTH))
    if at is None:
        raise Refused("refused.unknown_time", field="time")
    return at


def _entered_rule(turn: Turn) -> str:
    try:
        return parsed_rule(turn.entered.text("rule", most=RULE_LENGTH))
    except BadRhythm as bad:
        reason = "refused.unknown_rule" if bad.reason == UNREADABLE else bad.reason
        raise Refused(reason, field="rule", **bad.facts) from None


def _entered_date(turn: Turn, field: str) -> date | None:
    words = turn.entered.text_or_none(field, most=DATE_LENGTH)
    if words is None:
        return None
    day = typed_day(turn, words)
    if day is None:
        raise Refused("refused.unknown_date", field=field)
    if day - turn.today > LONGEST_WAIT:
        raise Refused("refused.too_far_away", field=field)
    return day


def _entered_last(turn: Turn, first: date) -> date | None:
    last = _entered_date(turn, "last")
    if last is not None and last < first:
        raise Refused("refused.ends_before", field="last")
    return last


def _entered_zone(turn: Turn) -> str:
    words = turn.entered.text("zone", most=ZONE_LENGTH)
    zone = zone_named(words, turn.voice.library.dates["cities"])
    if zone is None:
        raise Refused("refused.unknown_zone", field="zone", nearest=nearest_zone(words))
    return zone
