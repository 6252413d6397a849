"""Due dates as people write them, with the words of their language (D1)."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

DAYS_A_WEEK = 7
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
LONGEST_WAIT = timedelta(days=3660)


def read_due(words: str, today: date, language: Mapping[str, Any]) -> date | None:
    """The day that is meant, or None: an exact date, a weekday, a day of a month, or so many days, weeks or months."""
    said = re.sub(r"[\s,]+", " ", words.strip().casefold())
    exact = ISO.fullmatch(said) or DOTTED.fullmatch(said)
    if exact:
        return _exact(exact, today)
    due = language["due"]
    kept = _without(said, due["fillers"])
    for phrase, days in due["days"].items():
        if kept == _without(phrase, due["fillers"]):
            return today + timedelta(days=days)
    for phrase, unit in due["ends"].items():
        if kept == _without(phrase, due["fillers"]):
            return _end(unit, today)
    parts = kept.split()
    return _weekday(parts, today, language) or _span(parts, today, due) or _day_of_month(parts, today, language)


def _without(said: str, fillers: Sequence[str]) -> str:
    return " ".join(word for word in said.split() if word not in fillers)


def _exact(match: re.Match[str], today: date) -> date | None:
    if match.re is ISO:
        return _date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    day, month, year = match.groups()
    return _date(int(year), int(month), int(day)) if year else _coming(int(month), int(day), today)


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
        case "month":
            return today.replace(day=monthrange(today.year, today.month)[1])
        case _:
            return today.replace(month=12, day=31)


def _weekday(parts: Sequence[str], today: date, language: Mapping[str, Any]) -> date | None:
    """The next such day, never today; with "next" the one in the week after this."""
    if not parts or len(parts) > 2:
        return None
    names = [name.casefold() for name in language["weekdays"]]
    short = [name.casefold() for name in language["weekdays_short"]]
    wanted = names.index(parts[-1]) if parts[-1] in names else short.index(parts[-1]) if parts[-1] in short else None
    if wanted is None:
        return None
    if len(parts) == 2 and parts[0] in language["due"]["next"]:
        return today + timedelta(days=DAYS_A_WEEK - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % DAYS_A_WEEK + 1) if len(parts) == 1 else None


def _span(parts: Sequence[str], today: date, due: Mapping[str, Any]) -> date | None:
    """``in two weeks``, ``3 days``, ``next month``."""
    if parts and parts[0] in due["in"]:
        parts = parts[1:]
    if len(parts) != 2:
        return None
    count = 1 if parts[0] in due["next"] else due["numbers"].get(parts[0])
    if count is None and parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 4:
        count = int(parts[0])
    unit = next((unit for unit, names in due["units"].items() if parts[1] in names), None)
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


def _day_of_month(parts: Sequence[str], today: date, language: Mapping[str, Any]) -> date | None:
    """``27 November``, ``Nov 27``, ``27 Nov 2026``."""
    months = [name.casefold() for name in language["months"]]
    short = [name.casefold() for name in language["months_short"]]
    month = next((i for i in range(12) for part in parts if part.rstrip(".") in (months[i], short[i])), None)
    numbers = [re.sub(r"(st|nd|rd|th|\.)$", "", part) for part in parts if part[:1].isdigit()]
    if month is None or not numbers or len(parts) > 3 or not all(n.isascii() and n.isdigit() for n in numbers):
        return None
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if len(days) != 1:
        return None
    return _date(years[0], month + 1, days[0]) if years else _coming(month + 1, days[0], today)
