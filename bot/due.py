"""Due dates as people write them, with the words of their language (D1)."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from prompts.spelling import plain

DAYS_A_WEEK = 7
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# By what stands after the day: 3.12., 3.12.26 or 3/12.
DAY_FIRST = {
    ".": re.compile(r"(\d{1,2})\. ?(\d{1,2})(?:\.(?: ?(\d{4}|\d\d))?)?"),
    "/": re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?"),
}
CENTURY = 2000
NAMED_MONTH = "named month"  # of what "end" is the end when a month follows it
LONGEST_WAIT = timedelta(days=3660)


def read_due(words: str, today: date, language: Mapping[str, Any]) -> date | None:
    """The day that is meant, or None: an exact date, a weekday, a day of a month, or so many days, weeks or months."""
    said = re.sub(r"([^\W\d_])\.(?= |$)", r"\1", re.sub(r"[\s,]+", " ", plain(words.strip())))
    due = language["due"]
    kept = _without(said, due["fillers"])
    exact = _exact(kept, today, language)
    if exact:
        return exact
    for phrase, days in due["days"].items():
        if kept == _without(phrase, due["fillers"]):
            return today + timedelta(days=days)
    for phrase, unit in due["ends"].items():
        if kept == _without(phrase, due["fillers"]) and unit != NAMED_MONTH:
            return _end(unit, today)
    parts = kept.split()
    return (
        _weekday(parts, today, language)
        or _span(parts, today, due)
        or _end_of_month(parts, today, language)
        or _day_of_month(parts, today, language)
    )


def _without(said: str, fillers: Sequence[str]) -> str:
    return " ".join(word for word in said.split() if word not in fillers)


def _exact(said: str, today: date, language: Mapping[str, Any]) -> date | None:
    """``2026-11-27``, ``27.11.`` or ``Fri 27.11.``, if it is one."""
    first, _, rest = said.partition(" ")
    if first in language["weekdays"]:
        day = _exact(rest, today, language)
        return day if day and day.weekday() == language["weekdays"][first] else None
    forms = (ISO, *(DAY_FIRST[sign] for sign in language["due"]["between_numbers"]))
    match = next(filter(None, (form.fullmatch(said) for form in forms)), None)
    return _in_numbers(match, today) if match else None


def _in_numbers(match: re.Match[str], today: date) -> date | None:
    if match.re is ISO:
        return _date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    day, month, year = match.groups()
    if not year:
        return _coming(int(month), int(day), today)
    return _date(int(year) + (CENTURY if len(year) == len("26") else 0), int(month), int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(month: int, day: int, today: date) -> date | None:
    """That day of this year, or of the next when it is over."""
    this_year = _date(today.year, month, day)
    return this_year if this_year and this_year >= today else _date(today.year + 1, month, day)


def _end(unit: str, today: date) -> date:
    match unit:
        case "week":
            friday = today + timedelta(days=4 - today.weekday())
            return friday if friday >= today else friday + timedelta(days=DAYS_A_WEEK)
        case "next week":
            return today + timedelta(days=DAYS_A_WEEK - today.weekday() + 4)
        case "month":
            return today.replace(day=monthrange(today.year, today.month)[1])
        case "next month":
            return _end("month", months_after(today, 1))
        case "quarter":
            return _end("month", months_after(today, -today.month % 3))
        case _:
            return today.replace(month=12, day=31)


def _weekday(parts: Sequence[str], today: date, language: Mapping[str, Any]) -> date | None:
    """The next such day, never today; with "next" or "next week" the one in the week after this."""
    due, wanted = language["due"], [language["weekdays"][part] for part in parts if part in language["weekdays"]]
    others = [part for part in parts if part not in language["weekdays"]]
    if len(wanted) != 1:
        return None
    if not others or (len(others) == 1 and others[0] in due["coming"]):
        return today + timedelta(days=(int(wanted[0]) - today.weekday() - 1) % DAYS_A_WEEK + 1)
    next_week = today + timedelta(days=DAYS_A_WEEK - today.weekday() + int(wanted[0]))
    return next_week if _is_next_week(others, due) else None


def _is_next_week(parts: Sequence[str], due: Mapping[str, Any]) -> bool:
    rest = [part for part in parts if part not in due["next"] and part not in due["coming"]]
    return len(rest) == len(parts) - 1 and (not rest or (len(rest) == 1 and rest[0] in due["units"]["week"]))


def _span(parts: Sequence[str], today: date, due: Mapping[str, Any]) -> date | None:
    """``in two weeks``, ``3 days``, ``next month``; other languages put "next" last."""
    if parts and parts[0] in due["in"]:
        parts = parts[1:]
    if len(parts) != 2:
        return None
    following = (*due["next"], *due["coming"])
    number, name = parts if parts[1] not in following else (parts[1], parts[0])
    count = 1 if number in following else due["numbers"].get(number)
    if count is None and number.isascii() and number.isdigit() and len(number) < 4:
        count = int(number)
    unit = next((unit for unit, names in due["units"].items() if name in names), None)
    return None if count is None or unit is None else _later(today, int(count), unit)


def _later(today: date, count: int, unit: str) -> date | None:
    if unit == "month":
        return months_after(today, count)
    day = today + timedelta(days=count * (DAYS_A_WEEK if unit == "week" else 1))
    return day if day - today <= LONGEST_WAIT else None


def months_after(day: date, count: int) -> date:
    """The same day of a later month, or that month's last one."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _end_of_month(parts: Sequence[str], today: date, language: Mapping[str, Any]) -> date | None:
    """``end of March``: its last day, next year when it is over."""
    month = language["months"].get(parts[-1]) if len(parts) == 2 else None
    if month is None or language["due"]["ends"].get(parts[0]) != NAMED_MONTH:
        return None
    return _end("month", date(today.year + (int(month) < today.month), int(month), 1))


def _day_of_month(parts: Sequence[str], today: date, language: Mapping[str, Any]) -> date | None:
    """``27 November``, ``Nov 27``, ``27 Nov 2026``, ``Friday 27 Nov``."""
    months, weekdays = language["months"], language["weekdays"]
    if len(parts) > 2 and parts[0].rstrip(".") in weekdays:
        day = _day_of_month(parts[1:], today, language)
        return day if day and day.weekday() == weekdays[parts[0].rstrip(".")] else None
    named = [months[part.rstrip(".")] for part in parts if part.rstrip(".") in months]
    numbers = [_number(part, language["rhythm"]) for part in parts if part.rstrip(".") not in months]
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if 1 <= len(number) <= 2]
    if len(named) != 1 or len(days) != 1 or len(parts) != 2 + len(years):
        return None
    return _date(years[0], int(named[0]), days[0]) if years else _coming(int(named[0]), days[0], today)


def _number(part: str, rhythm: Mapping[str, Any]) -> str:
    """Its digits, which may be said as ``1st`` or ``first``; nothing for another word."""
    end = next((end for end in rhythm["ordinal_ends"] if part.endswith(end)), "")
    number = str(rhythm["ordinals"].get(part, part.removesuffix(end)))
    return number if number.isascii() and number.isdigit() else ""
