"""How a rule is said, with one letter for each word: ``every other tuesday`` is ``EoW``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rule import WEEKDAYS

UNKNOWN = "?"
UNITS = {"day": "d", "week": "w", "month": "m", "year": "y", "within a day": "h"}

# E every, o other, n a number, W a weekday, P its plural, b a weekday of any name, M a month's name, a and, f of;
# x first or last, r another ordinal, and in digits z 1st, q another; the units have letters of their own.
ORDINAL = "[xzrq]"
STEP = "E(?P<step>[onrq])?"
DAYS = "(?P<days>[WP](?:a?E?[WP])*)"
NTH = f"(?P<nth>{ORDINAL}(?:a?{ORDINAL})*)"
WHICH = f"{NTH}(?:{DAYS}|d|(?P<workday>b))"
NUMBER = f"(?P<nth>{ORDINAL}|n)"
DATES = "(?P<nth>[nzq](?:a?[nzq])*)"
MONTH = "(?P<month>M)"
PATTERNS = tuple(
    (frequency, re.compile(pattern))
    for frequency, pattern in (
        ("DAILY", f"{STEP}d"),
        ("MONTHLY", "E(?P<nth>[xz])(?P<days>[WP])"),
        ("WEEKLY", f"{STEP}{DAYS}"),
        ("WEEKLY", f"{STEP}w(?:E?{DAYS}|(?P<workday>b))?"),
        ("WEEKLY", f"E?{DAYS}{STEP}w"),
        ("WEEKLY", f"E?{DAYS}(?P<step>o)"),
        ("WEEKLY", "(?P<days>P|[WP](?:a?[WP])+)"),
        ("WEEKLY", "E?(?P<workday>b)"),
        ("MONTHLY", f"{STEP}m"),
        ("MONTHLY", f"{STEP}m{NTH}(?:fm)?"),
        ("MONTHLY", f"{STEP}mE?d?{DATES}"),
        ("MONTHLY", f"E?d?{DATES}(?:f|(?=E))(?:{STEP})?m"),
        ("MONTHLY", f"{STEP}m{WHICH}(?:fm)?"),
        ("MONTHLY", f"E?{WHICH}f?(?:{STEP})?m"),
        ("MONTHLY", f"E?{NTH}f(?:{STEP})?m"),
        ("MONTHLY", f"{NTH}{STEP}m"),
        ("MONTHLY", "E(?P<nth>[zq](?:a?[zq])*)"),
        ("MONTHLY", f"E?(?P<nth>{ORDINAL}(?:a?{ORDINAL})+){DAYS}"),
        ("YEARLY", f"{STEP}y"),
        ("YEARLY", f"(?:{STEP}y|E){NUMBER}f?{MONTH}"),
        ("YEARLY", f"(?:{STEP}y|E){MONTH}{NUMBER}"),
        ("YEARLY", f"{NUMBER}f?{MONTH}f?{STEP}y"),
        ("YEARLY", f"{MONTH}{NUMBER}{STEP}y"),
    )
)


@dataclass(frozen=True)
class Word:
    """What kind of word it is, and the number it stands for."""

    kind: str
    value: int = 0


def vocabulary(language: Mapping[str, Any]) -> dict[str, Word]:
    """Every word that a rule may be said with."""
    rhythm = language["rhythm"]
    words = {word: Word(UNITS[unit]) for unit, names in rhythm["units"].items() for word in names}
    words |= {name: Word("n", int(value)) for name, value in (language["due"]["numbers"] | rhythm["numbers"]).items()}
    words |= {name: Word("x" if value in {1, -1} else "r", value) for name, value in rhythm["ordinals"].items()}
    for kind, names in (("E", "every"), ("a", "and"), ("f", "of"), ("b", "workday")):
        words |= {name: Word(kind) for name in rhythm[names]}
    words |= {name: Word("o", 2) for name in rhythm["other"]}
    for kind, named in (("M", language["months"]), ("W", language["weekdays"]), ("P", rhythm["weekdays_plural"])):
        words |= {name: Word(kind, int(value)) for name, value in named.items()}
    return words


def word_for(said: str, known: Mapping[str, Word], language: Mapping[str, Any]) -> Word:
    """The word itself, a number, or an ordinal in digits."""
    if said in known:
        return known[said]
    if said.isascii() and said.isdigit():
        return Word("n", int(said))
    number = next((said.removesuffix(end) for end in language["rhythm"]["ordinal_ends"] if said.endswith(end)), "")
    if number.isascii() and number.isdigit():
        return Word("z" if int(number) == 1 else "q", int(number))
    return Word(UNKNOWN)


def rule_said(words: Sequence[Word]) -> str | None:
    """A rule as it is written, which may be one that nobody can keep, or None when these words say none."""
    words = _one_in_so_many(words)
    kinds = "".join(word.kind for word in words)
    for frequency, pattern in PATTERNS:
        match = pattern.fullmatch(kinds)
        if match:
            return ";".join((f"FREQ={frequency}", *_parts(match, words)))
    return None


def _one_in_so_many(words: Sequence[Word]) -> Sequence[Word]:
    """The words with every other Tuesday for one Tuesday in two, as some languages say it."""
    match = re.search("n([Wdwmy])fE?n", "".join(word.kind for word in words))
    if match is None or words[match.start()].value != 1:
        return words
    step = (Word("E"), words[match.end() - 1], words[match.start(1)])
    return (*words[: match.start()], *step, *words[match.end() :])


def too_often(words: Sequence[Word]) -> bool:
    """Whether something shall happen every so many hours or minutes."""
    return re.search(f"E(?:[on]|{ORDINAL})?h", "".join(word.kind for word in words)) is not None


def _parts(match: re.Match[str], words: Sequence[Word]) -> Iterator[str]:
    step, nth, days, month = (_values(match, words, name) for name in ("step", "nth", "days", "month"))
    workday = bool(_values(match, words, "workday"))
    if step:
        yield f"INTERVAL={step[0]}"
    if month:
        yield f"BYMONTH={month[0]}"
    if workday:
        yield f"BYDAY={','.join(WEEKDAYS[:5])}"
    if days:
        yield f"BYDAY={','.join(f'{which}{WEEKDAYS[day]}' for which in nth or ('',) for day in days)}"
    elif nth:
        yield f"{'BYSETPOS' if workday else 'BYMONTHDAY'}={','.join(map(str, nth))}"


def _values(match: re.Match[str], words: Sequence[Word], name: str) -> tuple[int, ...]:
    if name not in match.re.groupindex or match[name] is None:
        return ()
    return tuple(word.value for word in words[match.start(name) : match.end(name)] if word.kind not in "aE")
