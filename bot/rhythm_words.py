"""Rhythms and moments as people type them, with the words of their language."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.clock_words import (
    hours_joined,
    read_minutes,
    read_stretch,
    read_time,
    states_minutes,
    states_time,
    time_said,
)
from bot.due import LONGEST_WAIT, months_after, read_due
from bot.rhythm import BadRhythm, Rhythm, parsed_rule, settled_rule
from bot.rhythm_patterns import UNKNOWN, Word, rule_said, too_often, vocabulary, word_for
from bot.rule import DAYS_A_WEEK, NEVER, TOO_OFTEN, UNREADABLE
from bot.zones import nearest_zone, zone_named
from prompts.spelling import plain

__all__ = ["Asked", "BadRhythm", "read_minutes", "read_moment", "read_rhythm", "read_time"]

LONGEST = 200
LONGEST_RUN = 6  # words that one thing is said with
LONGEST_CITY = 3
UNKNOWN_ZONE = "refused.unknown_zone"
WRITTEN = re.compile(r"(?:rrule:\s*)?[a-z]+=[^\s;]*(?:;[^\S\n]*[a-z]+=[^\s;]*)*;?", re.ASCII | re.IGNORECASE)

Words = tuple[str, ...]
Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody said of when to meet; None is what they did not say.

    Without a ``rule`` it is one meeting, on ``day``; with one, ``day`` is where it is counted from. ``at`` is minutes
    after midnight.
    """

    rule: str | None
    day: date | None
    at: int | None
    minutes: int | None
    zone: str | None
    last: date | None


def read_rhythm(words: str, today: date, language: Mapping[str, Any]) -> Asked:
    """What is asked for; raises BadRhythm for words of which any is not understood."""
    if len(words) > LONGEST:
        raise BadRhythm(UNREADABLE)
    written, rest = _written(words)
    said = _words(rest, language, same=True)
    if too_often(_known(said, language)):
        raise BadRhythm(TOO_OFTEN)
    last, said = _taken(said, partial(_day, today=today, language=language), after="until", language=language)
    first, said = _taken(said, partial(_first, today=today, language=language), after="from", language=language)
    at, minutes, said = _when(said, language)
    zone, said = _zone(said, language)
    rule = _rule(written, said, language)
    if rule is not None:
        rule = _kept(rule, first=first, last=last, today=today)
        return Asked(rule=rule, day=first, at=at, minutes=minutes, zone=zone, last=last)
    day = _day(" ".join(said), today=today, language=language)
    if day is None or first or last:
        raise BadRhythm(UNREADABLE)
    return Asked(rule=None, day=day, at=at, minutes=minutes, zone=zone, last=None)


def read_moment(words: str, today: date, language: Mapping[str, Any]) -> tuple[date, int] | None:
    """The day and the minutes after midnight that are meant, or None."""
    if len(words) > LONGEST:
        return None
    at, rest = _time(_words(words, language, same=False), language)
    day = _day(" ".join(rest), today=today, language=language)
    return None if day is None or at is None else (day, at)


def _written(words: str) -> tuple[str | None, str]:
    """A rule of RFC 5545 among the words, and the other words."""
    match = WRITTEN.search(words)
    if match is None:
        return None, words
    return match[0].rstrip(",;"), f"{words[: match.start()]} {words[match.end() :]}"


def _words(said: str, language: Mapping[str, Any], *, same: bool) -> Words:
    said = re.sub(r"(\d{4}-\d\d-\d\d)t(\d)", r"\1 \2", plain(said))
    said = re.sub(r"[();]|,(?!\d)|(?<!\d),", " ", hours_joined(said, language))
    words = (word.rstrip(".") if word[0].isalpha() else word for word in re.sub(r"([@&])", r" \1 ", said).split())
    text = f" {' '.join(words)} "
    for phrase, other in language["rhythm"]["same"].items() if same else ():
        text = text.replace(f" {phrase} ", f" {other} ")
    return tuple(text.split())


def _known(said: Words, language: Mapping[str, Any]) -> list[Word]:
    known, fillers = vocabulary(language), language["rhythm"]["fillers"]
    return [word_for(word, known, language) for word in said if word not in fillers]


def _taken(
    words: Words, read: Callable[[str], Found | None], *, language: Mapping[str, Any], after: str | None = None
) -> tuple[Found | None, Words]:
    """The first thing that can be read, if need be after a word of that list, and the words without it."""
    marks = language["rhythm"][after] if after else ()
    for index, word in enumerate(words):
        if after and word not in marks:
            continue
        begin = _past(words, index, (*marks, *language["rhythm"]["fillers"])) if after else index
        for end in range(min(len(words), begin + LONGEST_RUN), begin, -1):
            found = read(" ".join(words[begin:end]))
            if found is not None:
                return found, (*words[:index], *words[end:])
    return None, words


def _past(words: Words, index: int, skipped: Sequence[str]) -> int:
    while index < len(words) and words[index] in skipped:
        index += 1
    return index


def _when(said: Words, language: Mapping[str, Any]) -> tuple[int | None, int | None, Words]:
    """Minutes after midnight, minutes a meeting takes, and the other words."""
    for after in ("at", "from", "of", None):
        read = partial(read_stretch, language=language, led=after in ("from", "of"))
        stretch, rest = _taken(said, read, after=after, language=language)
        if stretch:
            return *stretch, rest
    minutes, said = _taken(said, partial(read_minutes, language=language), after="for", language=language)
    at, said = _taken(said, partial(time_said, language=language), after="at", language=language)
    if minutes is None:
        minutes, said = _taken(said, partial(states_minutes, language=language), language=language)
    if at is None:
        at, said = _time(said, language)
    return at, minutes, said


def _time(said: Words, language: Mapping[str, Any]) -> tuple[int | None, Words]:
    for after in ("at", "from"):
        at, rest = _taken(said, partial(time_said, language=language), after=after, language=language)
        if at is not None:
            return at, rest
    return _taken(said, partial(states_time, language=language), language=language)


def _rule(written: str | None, said: Words, language: Mapping[str, Any]) -> str | None:
    words = _known(said, language)
    if written is not None and words:
        raise BadRhythm(UNREADABLE)
    rule = written or rule_said(words)
    return None if rule is None else parsed_rule(rule)


def _kept(rule: str, *, first: date | None, last: date | None, today: date) -> str:
    """The rule with what it leaves to its first day; raises BadRhythm when no meeting is between the two days."""
    days = Rhythm(rule=rule, first=first or today, at=0, zone="UTC", minutes=0, last=last)
    if days.next_day(days.first) is None:
        raise BadRhythm(NEVER)
    return rule if first is None else settled_rule(rule, first)


def _day(said: str, *, today: date, language: Mapping[str, Any]) -> date | None:
    """Like ``read_due``, but for no day that is far away; a weekday may go before it, and must then be right."""
    known = vocabulary(language)
    first, _, rest = said.partition(" ")
    if said.rpartition(" ")[2] in language["due"]["fillers"]:
        return None
    if rest and known.get(first, Word(UNKNOWN)).kind == "W":
        day = _day(rest, today=today, language=language)
        if day and day.weekday() == known[first].value:
            return day
    day = read_due(said, today, language)
    return day if day and abs(day - today) <= LONGEST_WAIT else None


def _first(said: str, *, today: date, language: Mapping[str, Any]) -> date | None:
    """The day from which a rhythm is counted: ``next week`` is its Monday."""
    match language["rhythm"]["starts"].get(said):
        case "week":
            return today + timedelta(days=DAYS_A_WEEK - today.weekday())
        case "month":
            return months_after(today.replace(day=1), 1)
        case "year":
            return date(today.year + 1, 1, 1)
        case _:
            return _day(said, today=today, language=language)


def _zone(said: Words, language: Mapping[str, Any]) -> tuple[str | None, Words]:
    """A time zone that is named after ``in``, before ``time`` or at the end, and the other words; raises BadRhythm."""
    for size in range(LONGEST_CITY, 0, -1):
        for begin in range(len(said) - size + 1):
            end = begin + size
            zone = zone_named(" ".join(said[begin:end]), language["cities"])
            led, followed = _marks(said, begin, end, language)
            if zone and (led or followed or end == len(said)):
                return zone, (*said[: begin - led], *said[end + followed :])
    _no_zone_is_misspelt(said, language)
    return None, said


def _marks(said: Words, begin: int, end: int, language: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether a word before, and a word after, says that a zone is between them."""
    words = language["rhythm"]["zone"]
    return begin > 0 and said[begin - 1] in words["before"], end < len(said) and said[end] in words["after"]


def _no_zone_is_misspelt(said: Words, language: Mapping[str, Any]) -> None:
    known = vocabulary(language)
    for index, word in enumerate(said):
        strange = word[0].isalpha() and word not in known
        if strange and ("/" in word or any(_marks(said, index, index + 1, language))):
            raise BadRhythm(UNKNOWN_ZONE, nearest=nearest_zone(word))
