"""Times of day and lengths of meetings as people type them, with the words of their language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

SHORTEST, LONGEST = 5, 480  # minutes of a meeting
LONGEST_WORDS = 200
HALF_A_DAY = 12
TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(.*)")
LONE = re.compile(r"[0-9.]+")
PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+(?:-[^\W\d_]+)*")


def read_time(words: str, language: Mapping[str, Any]) -> int | None:
    """Minutes after midnight, or None for what is no time of day; an hour alone is on a clock of 24."""
    said = _one_spaced(words)
    clock = language["rhythm"]["time"]
    if said in clock["words"]:
        return int(clock["words"][said])
    match = TIME.fullmatch(said)
    return _shown(int(match[1]), int(match[2] or 0), match[3].strip(), clock) if match else None


def states_time(words: str, language: Mapping[str, Any]) -> int | None:
    """Like ``read_time``, for words that cannot be meant as anything else: neither 9 nor 1.12."""
    return None if LONE.fullmatch(words.strip()) else read_time(words, language)


def read_minutes(words: str, language: Mapping[str, Any]) -> int | None:
    """How many minutes a meeting shall take, from 5 to 480; a number alone is of minutes."""
    said = _one_spaced(words)
    phrases = language["rhythm"]["minutes"]["phrases"]
    minutes = Decimal(phrases[said]) if said in phrases else _lasting(said, language)
    return int(minutes) if minutes and SHORTEST <= minutes <= LONGEST and minutes == int(minutes) else None


def states_minutes(words: str, language: Mapping[str, Any]) -> int | None:
    """Like ``read_minutes``, for words that say of what they are a number."""
    lone = len(PIECE.findall(words)) == 1
    return None if lone else read_minutes(words, language)


def read_stretch(words: str, language: Mapping[str, Any]) -> tuple[int, int] | None:
    """When ``14:00-14:30`` begins, in minutes after midnight, and the minutes it takes; ``2-3pm`` is after noon."""
    for between in language["rhythm"]["time"]["to"]:
        begin, _, end = words.partition(between)
        start, stop = read_time(begin, language), read_time(end, language)
        clear = states_time(begin, language) is not None or states_time(end, language) is not None
        if start is not None and stop is not None and clear:
            return _stretch(start, stop, halved=LONE.fullmatch(begin.strip()) is not None)
    return None


def _stretch(start: int, stop: int, *, halved: bool) -> tuple[int, int] | None:
    if halved and start + HALF_A_DAY * 60 < stop:
        start += HALF_A_DAY * 60
    return (start, stop - start) if SHORTEST <= stop - start <= LONGEST else None


def _one_spaced(words: str) -> str:
    return " ".join(words.casefold().split()) if len(words) <= LONGEST_WORDS else ""


def _shown(hour: int, minute: int, suffix: str, clock: Mapping[str, Any]) -> int | None:
    if suffix in clock["before_noon"] or suffix in clock["after_noon"]:
        if not 1 <= hour <= HALF_A_DAY:
            return None
        hour = hour % HALF_A_DAY + (HALF_A_DAY if suffix in clock["after_noon"] else 0)
    elif suffix and suffix not in clock["hour"]:
        return None
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _lasting(said: str, language: Mapping[str, Any]) -> Decimal | None:
    pieces = PIECE.findall(said)
    if not pieces or "".join(pieces) != said.replace(" ", ""):
        return None
    total = Decimal(0)
    for minutes in _parts(pieces, language):
        if minutes is None:
            return None
        total += minutes
    return total


def _parts(pieces: Sequence[str], language: Mapping[str, Any]) -> Iterator[Decimal | None]:
    """The minutes of each part: of hours, then of minutes, whose unit may be left out."""
    words = language["rhythm"]["minutes"]
    match pieces:
        case [number, unit, *rest] if unit in words["hour"]:
            yield _times(number, 60, language)
            after = rest[1:] if rest and rest[0] in words["and"] else rest
            yield from _parts(after, language) if rest else ()
        case [number] | [number, _] if len(pieces) == 1 or pieces[1] in words["minute"]:
            yield _times(number, 1, language)
        case _:
            yield None


def _times(number: str, unit: int, language: Mapping[str, Any]) -> Decimal | None:
    if number[0].isascii() and number[0].isdigit():
        return Decimal(number.replace(",", ".")) * unit
    known = language["due"]["numbers"] | language["rhythm"]["numbers"] | language["rhythm"]["minutes"]["numbers"]
    return Decimal(known[number]) * unit if number in known else None
