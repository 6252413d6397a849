"""When somebody works: the weekdays and hours where they are, without public holidays and days away."""

import itertools
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

from prompts.spelling import spellings

_EVERY_DAY = frozenset(range(7))
_MONDAY_TO_FRIDAY = frozenset(range(5))
_MINUTES_A_DAY = 24 * 60
_FAR = 400
_SHORTEST_NAME = 4
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})

# Names that are in neither tzdata nor holidays: those of neighbours in their own language, and everyday ones.
_ALSO = {
    "America": "US",
    "België": "BE",
    "Belgique": "BE",
    "Brasil": "BR",
    "Britain": "GB",
    "Česko": "CZ",
    "Danmark": "DK",
    "Deutschland": "DE",
    "Éire": "IE",
    "England": "GB-ENG",
    "España": "ES",
    "Great Britain": "GB",
    "Holland": "NL",
    "Italia": "IT",
    "Magyarország": "HU",
    "Nederland": "NL",
    "Norge": "NO",
    "Österreich": "AT",
    "Polska": "PL",
    "Schweiz": "CH",
    "Suisse": "CH",
    "Suomi": "FI",
    "Svizzera": "CH",
    "Sverige": "SE",
    "Türkiye": "TR",
    "United States of America": "US",
}


@dataclass(frozen=True, kw_only=True)
class WorkWeek:
    """When somebody works: their zone, weekdays, hours, public holidays and days away.

    Monday is 0; hours are minutes after midnight by the wall clock, ``ends`` later than ``begins``; ``country`` is
    "" where none is known, "DE", or with a part of it "DE-BY"; both ends of a span in ``away`` belong to it.
    """

    zone: str
    days: frozenset[int] = _MONDAY_TO_FRIDAY
    begins: int = 9 * 60
    ends: int = 18 * 60
    country: str = ""
    away: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        if not self.days or not self.days <= _EVERY_DAY:
            raise ValueError("days")
        if not 0 <= self.begins < self.ends <= _MINUTES_A_DAY:
            raise ValueError("hours")

    def works_on(self, day: date) -> bool:
        if not self._is_workday(day) or any(first <= day <= last for first, last in self.away):
            return False
        return day not in _public_holidays(self.country, day.year)

    def morning(self, day: date) -> datetime:
        """When that day's work would begin, in UTC; a local time that the clocks leave out is moved on by the gap."""
        return self._moment(day, self.begins)

    def next_moment(self, at: datetime) -> datetime:
        """``at`` itself within working hours, otherwise when work begins next; in UTC."""
        spans = ((max(at, self.morning(day)), self._evening(day)) for day in self._days_from(at))
        return next(begins for begins, ends in spans if begins < ends).astimezone(UTC)

    def next_morning(self, at: datetime) -> datetime:
        """The first beginning of a working day after ``at``, in UTC."""
        return next(morning for morning in map(self.morning, self._days_from(at)) if morning > at)

    def day_before(self, day: date, count: int) -> date:
        """That many working days before ``day``; with 0 the last one that is not after it."""
        first = day - timedelta(days=min(count, 1))
        skipped = max(count - 1, 0)
        working = filter(self.works_on, itertools.islice(_walk(first, -1), _FAR + 2 * count))
        found = next(itertools.islice(working, skipped, None), None)
        return found or next(itertools.islice(filter(self._is_workday, _walk(first, -1)), skipped, None))

    def _days_from(self, at: datetime) -> Iterator[date]:
        """Working days; if a year has no more of them, days that would be, so that there is always a next one."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        working = filter(self.works_on, itertools.islice(_walk(today, 1), _FAR))
        return itertools.chain(working, filter(self._is_workday, _walk(today, 1)))

    def _is_workday(self, day: date) -> bool:
        return day.weekday() in self.days

    def _evening(self, day: date) -> datetime:
        return self._moment(day, self.ends)

    def _moment(self, day: date, minutes: int) -> datetime:
        """By the wall clock; ``fold=0`` is the earlier of two, and what comes out of a gap is behind it."""
        local = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


def _walk(first: date, step: int) -> Iterator[date]:
    return (first + timedelta(days=step * number) for number in itertools.count())


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    """None for a country or part that the package does not know, or no longer."""
    if not country:
        return frozenset()
    from holidays import country_holidays  # big: only what is used is loaded

    code, _, part = country.partition("-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "available only until 2035": then there are fewer
        try:
            return frozenset(country_holidays(code, subdiv=part or None, years=year))
        except NotImplementedError:
            return frozenset()


def country_of(zone: str) -> str:
    """The country that the zone lies in, "" when it is none, or more than one shares an old name."""
    found = _table("zone.tab", key=2).get(zone) or _table("zone1970.tab", key=2).get(_links().get(zone, ""), "")
    return found if found in _codes() else ""


def country_named(words: str, names: Mapping[str, str] = _NO_OTHERS) -> str | None:
    """What somebody means by "DE", "Germany", "DE-BY" or "Bayern"; "" for "none" or nothing, None when unknown.

    ``names`` are what countries are called in the language of whoever types, by their codes.
    """
    said = _plain(words)
    if not words.strip() or said == "none":
        return ""
    named = ((spelled, code) for code, name in names.items() if code in _codes() for spelled in spellings(name))
    countries = {**{_plain(spelled): code for spelled, code in named}, **_countries()}
    return _country_and_part(words, countries) or countries.get(said) or _part_named(said)


def country_name(code: str, names: Mapping[str, str] = _NO_OTHERS) -> str:
    """A country as people call it, with the part of it in brackets: "Germany (BY)"; "" for none."""
    country, _, part = code.partition("-")
    name = names.get(country) or _table("iso3166.tab", key=0, value=1).get(country, country)
    return f"{name} ({part})" if part else name


def _country_and_part(words: str, countries: Mapping[str, str]) -> str | None:
    """For "DE-BY", "Germany (BY)", "Germany, Bayern"."""
    for sign in re.finditer(r"[-(,/]", words):
        code = countries.get(_plain(words[: sign.start()]), "")
        part = _parts(code).get(_plain(words[sign.end() :])) if code in _codes() else None
        if part is not None:
            return f"{code}-{part}"
    return None


def _part_named(name: str) -> str | None:
    """A part whose name only one country has; never by a code, which is one of many countries'."""
    if len(name) < _SHORTEST_NAME:
        return None
    found = [f"{code}-{_parts(code)[name]}" for code in _codes() if name in _parts(code)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Codes by every plain name: ISO's two letters and three, tzdata's name, and what else it is called."""
    names = {_plain(name): code for name, code in _ALSO.items()}
    names |= {_plain(name): code for code, name in _table("iso3166.tab", key=0, value=1).items() if code in _codes()}
    return names | {_plain(name): code for code, others in _codes().items() for name in others}


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, tuple[str, ...]]:
    """The countries whose holidays are known, with their names and codes there."""
    from holidays.registry import COUNTRIES

    return {code: (module, code, *more) for module, (_, code, *more) in COUNTRIES.items()}


@lru_cache(maxsize=512)
def _parts(country: str) -> Mapping[str, str]:
    """Codes of a country's parts by every plain name."""
    from holidays import country_holidays

    parts = country_holidays(country).get_subdivision_aliases()
    return {_plain(name): code for code, names in parts.items() for name in (*names, code)}


def _plain(words: str) -> str:
    """Letters and digits only, without accents and case: "Côte d’Ivoire" is "cotedivoire"."""
    letters = unicodedata.normalize("NFKD", words.replace("&", "and").casefold())
    return "".join(letter for letter in letters if letter.isalnum())


@lru_cache(maxsize=8)
def _table(name: str, *, key: int, value: int = 0) -> Mapping[str, str]:
    """Two columns of one of tzdata's tables."""
    rows = (line.split("\t") for line in _lines(name) if not line.startswith("#"))
    return {row[key]: row[value] for row in rows}


@lru_cache(maxsize=1)
def _links() -> Mapping[str, str]:
    """The zones that old names such as Asia/Calcutta stand for; not those of no place, such as EET."""
    words = (line.split() for line in _lines("tzdata.zi"))
    return {word[2]: word[1] for word in words if word[0] == "L" and "/" in word[2]}


def _lines(name: str) -> Iterable[str]:
    return (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()
