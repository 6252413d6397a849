"""Rules of recurrence (RFC 5545) as a series can have them: at most one meeting a day, and no end of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

LONGEST_RULE = 200
DAYS_A_WEEK = 7
SURE_DAYS = 28  # every month has these

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_INTERVAL = {"DAILY": 366, "WEEKLY": 104, "MONTHLY": 60, "YEARLY": 5}
WITHIN_A_DAY = {"HOURLY", "MINUTELY", "SECONDLY"}
TIMES_OF_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}
PARTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "DAILY": frozenset({"BYMONTH", "BYMONTHDAY", "BYDAY"}),
        "WEEKLY": frozenset({"BYMONTH", "BYDAY", "BYSETPOS"}),
        "MONTHLY": frozenset({"BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"}),
        "YEARLY": frozenset({"BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"}),
    }
)
MOST = {"BYWEEKNO": 53, "BYYEARDAY": 366, "BYMONTHDAY": 31, "BYSETPOS": 366}
MOST_NTH = {"MONTHLY": 5, "YEARLY": 53}
DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,3}", re.ASCII)

UNREADABLE = "refused.unknown_rhythm"
UNKNOWN_PART = "refused.unknown_rule_part"
TOO_OFTEN = "refused.too_often"
NEVER = "refused.never_occurs"


class BadRhythm(Exception):
    """This is no rhythm; ``reason`` is a key of prompts/, ``facts`` what its sentence tells."""

    def __init__(self, reason: str, /, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule's parts; ``days`` are (which one of the month or year, or 0 for all; weekday)."""

    frequency: str
    interval: int = 1
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


@lru_cache(maxsize=1024)
def read_rule(text: str) -> Rule:
    """The parts of a rule's text; raises BadRhythm for what no series can have, but not for what never occurs."""
    parts = _parts(text)
    frequency = parts.pop("FREQ", "")
    if frequency in WITHIN_A_DAY or TIMES_OF_DAY & parts.keys():
        raise BadRhythm(TOO_OFTEN)
    if frequency not in PARTS:
        raise BadRhythm(UNREADABLE)
    interval = _interval(parts.pop("INTERVAL", "1"), LONGEST_INTERVAL[frequency])
    week_start = parts.pop("WKST", "MO")
    if week_start not in WEEKDAYS:
        raise BadRhythm(UNREADABLE)
    if parts.keys() - PARTS[frequency]:
        raise BadRhythm(UNKNOWN_PART)
    rule = Rule(
        frequency=frequency,
        interval=interval,
        months=_numbers(parts, "BYMONTH"),
        weeks=_numbers(parts, "BYWEEKNO"),
        year_days=_numbers(parts, "BYYEARDAY"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        days=_days(parts["BYDAY"], MOST_NTH.get(frequency, 0)) if "BYDAY" in parts else (),
        positions=_numbers(parts, "BYSETPOS"),
        week_start=WEEKDAYS.index(week_start),
    )
    return within_months(_placed_in_week(rule))


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST_RULE or not text.isascii() or not text.isprintable():
        raise BadRhythm(UNREADABLE)
    said = text.upper().replace(" ", "").removeprefix("RRULE:").removesuffix(";")
    pairs = [part.partition("=") for part in said.split(";")]
    parts = {name: value for name, _, value in pairs}
    if len(parts) < len(pairs) or not all(parts.values()):
        raise BadRhythm(UNREADABLE)
    return parts


def _interval(said: str, most: int) -> int:
    if not said.isdigit() or len(said) > 3 or not 0 < int(said) <= most:
        raise BadRhythm(UNREADABLE)
    return int(said)


def _numbers(parts: Mapping[str, str], name: str) -> tuple[int, ...]:
    if name not in parts:
        return ()
    said = parts[name].split(",")
    if not all(NUMBER.fullmatch(number) for number in said):
        raise BadRhythm(UNREADABLE)
    numbers = {int(number) for number in said}
    least, most = (1, 12) if name == "BYMONTH" else (-MOST[name], MOST[name])
    if 0 in numbers or min(numbers) < least or max(numbers) > most:
        raise BadRhythm(UNREADABLE)
    return tuple(sorted(numbers, key=lambda number: (number < 0, number)))


def _days(said: str, most: int) -> tuple[tuple[int, int], ...]:
    """All weekdays, or all with a number: readers of rules disagree about a mixture."""
    matches = [DAY.fullmatch(day) for day in said.split(",")]
    days = {(int(match[1] or 0), WEEKDAYS.index(match[2])) for match in matches if match}
    numbered = {match[1] is not None for match in matches if match}
    nought = True in numbered and any(nth == 0 for nth, _ in days)
    if None in matches or len(numbered) > 1 or nought or any(abs(nth) > most for nth, _ in days):
        raise BadRhythm(UNREADABLE)
    return tuple(sorted(days, key=lambda day: (day[0] < 0, day)))


def _placed_in_week(rule: Rule) -> Rule:
    """With the weekdays that the positions pick instead of the positions, and a week's start only where it matters."""
    if rule.frequency == "WEEKLY" and rule.positions:
        rule = replace(rule, days=_picked(rule), positions=())
    matters = rule.weeks or (rule.frequency == "WEEKLY" and rule.interval > 1)
    return rule if matters else replace(rule, week_start=0)


def _picked(rule: Rule) -> tuple[tuple[int, int], ...]:
    if rule.months or not rule.days:
        raise BadRhythm(UNKNOWN_PART)
    week = sorted(rule.days, key=lambda day: (day[1] - rule.week_start) % DAYS_A_WEEK)
    places = [place - 1 if place > 0 else len(week) + place for place in rule.positions]
    picked = {week[place] for place in places if 0 <= place < len(week)}
    if not picked:
        raise BadRhythm(NEVER)
    return tuple(sorted(picked))


def within_months(rule: Rule) -> Rule:
    """With the 29th to 31st of a month said so that a shorter one has it on its last day."""
    late = [day for day in rule.month_days if day > SURE_DAYS]
    placed = rule.positions and (len(rule.month_days) > 1 or not set(rule.positions) <= {1, -1})
    if rule.frequency != "MONTHLY" or not late or rule.days or placed:
        return rule
    early = [day for day in rule.month_days if day not in late]
    if len(late) > 1 or min(rule.month_days) < 0:
        raise BadRhythm(UNREADABLE)
    month_days = sorted({*early, *range(SURE_DAYS, late[0] + 1)})
    return replace(rule, month_days=tuple(month_days), positions=(*range(1, len(early) + 1), -1))


def written_rule(rule: Rule) -> str:
    parts = (
        ("FREQ", (rule.frequency,)),
        ("INTERVAL", (rule.interval,) if rule.interval > 1 else ()),
        ("BYMONTH", rule.months),
        ("BYWEEKNO", rule.weeks),
        ("BYYEARDAY", rule.year_days),
        ("BYMONTHDAY", rule.month_days),
        ("BYDAY", tuple(f"{nth or ''}{WEEKDAYS[day]}" for nth, day in rule.days)),
        ("BYSETPOS", rule.positions),
        ("WKST", (WEEKDAYS[rule.week_start],) if rule.week_start else ()),
    )
    return ";".join(f"{name}={','.join(map(str, values))}" for name, values in parts if values)
