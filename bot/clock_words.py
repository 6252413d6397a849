"""Times of day and lengths of meetings as people type them, with the words of their language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from prompts.spelling import plain

SHORTEST, LONGEST = 5, 480  # minutes of a meeting
LONGEST_WORDS = 200
HALF_A_DAY = 12
A_DAY = 24 * 60
MORNING = 6  # the hour from which 8h is a time of day rather than the length of a meeting
TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(.*)")
LONE = re.compile(r"[0-9.]+")
PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+(?:-[^\W\d_]+)*")


def read_time(words: str, language: Mapping[str, Any]) -> int | None:
    """Minutes after midnight, or None for what is no time of day; an hour alone is on a clock of 24."""
    return time_said(hours_joined(_one_spaced(words), language), language)


def time_said(words: str, language: Mapping[str, Any]) -> int | None:
    """Like ``read_time``, for some of the words of a sentence whose ``hours_joined`` already are."""
    said = _one_spaced(words)
    clock = language["rhythm"]["time"]
    if said in clock["words"]:
        return int(clock["words"][said])
    quarters, said = _quarters(said, clock)
    match = TIME.fullmatch(said)
    if match is None or (quarters and match[2]):
        return None
    time = _shown(int(match[1]), int(match[2] or 0), match[3].strip(), clock)
    return None if time is None else (time + quarters) % A_DAY


def _quarters(said: str, clock: Mapping[str, Any]) -> tuple[int, str]:
    """The minutes that are said before or after the hour, and the other words: ``half past 9``."""
    for words, minutes in clock["quarters"].items():
        hour, found, rest = f" {said} ".partition(f" {words} ")
        if found:
            return int(minutes), f"{hour} {rest}".strip()
    return 0, said


def hours_joined(words: str, language: Mapping[str, Any]) -> str:
    """The words with ``14:30`` for ``14 h 30``, unless these are minutes of their own or the length of a meeting."""
    hour = "|".join(map(re.escape, language["rhythm"]["time"]["hour"]))
    minute = "|".join(map(re.escape, language["rhythm"]["minutes"]["minute"]))
    apart = rf"(?<![0-9])([0-9]{{1,2}}) (?:{hour}) ([0-9]{{2}})(?![0-9])(?! ?(?:{minute})\b)"
    return re.sub(apart, lambda match: f"{match[1]}:{match[2]}" if int(match[1]) >= MORNING else match[0], words)


def states_time(words: str, language: Mapping[str, Any]) -> int | None:
    """Like ``time_said``, for words that cannot be meant as anything else: neither 9 nor 1.12."""
    return None if LONE.fullmatch(words.strip()) else time_said(words, language)


def read_minutes(words: str, language: Mapping[str, Any]) -> int | None:
    """How many minutes a meeting shall take, from 5 to 480; a number alone is of minutes."""
    said = re.sub(r"([^\W\d_])\.(?= |$)", r"\1", _one_spaced(words))
    phrases = language["rhythm"]["minutes"]["phrases"]
    minutes = Decimal(phrases[said]) if said in phrases else _lasting(said, language)
    return int(minutes) if minutes and SHORTEST <= minutes <= LONGEST and minutes == int(minutes) else None


def states_minutes(words: str, language: Mapping[str, Any]) -> int | None:
    """Like ``read_minutes``, for words that say of what they are a number and cannot be meant as a time of day."""
    lone = len(PIECE.findall(words)) == 1
    minutes = None if lone else read_minutes(words, language)
    return None if minutes and minutes >= MORNING * 60 and states_time(words, language) is not None else minutes


def read_stretch(words: str, language: Mapping[str, Any], *, led: bool = False) -> tuple[int, int] | None:
    """When ``14:00-14:30`` begins, in minutes after midnight, and the minutes it takes; ``2-3pm`` is after noon."""
    for between in language["rhythm"]["time"]["to"]:
        begin, _, end = words.partition(between)
        start, stop = time_said(begin, language), time_said(end, language)
        # Where one word says both "at" and "to", 15 at 16h is the 15th, if no "from" goes before it.
        unlike = (led or between.strip() not in language["rhythm"]["at"]) and states_time(end, language) is not None
        clear = unlike or states_time(begin, language) is not None
        if start is not None and stop is not None and clear:
            return _stretch(start, stop, halved=LONE.fullmatch(begin.strip()) is not None)
    return None


def _stretch(start: int, stop: int, *, halved: bool) -> tuple[int, int] | None:
    if halved and start + HALF_A_DAY * 60 < stop:
        start += HALF_A_DAY * 60
    return (start, stop - start) if SHORTEST <= stop - start <= LONGEST else None


def _one_spaced(words: str) -> str:
    return " ".join(plain(words).split()) if len(words) <= LONGEST_WORDS else ""


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
