"""Which questions are worth asking before a meeting: what the two have neglected comes first (F2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from types import MappingProxyType

from prompts.questions import Asker, Depth, Question, Questions, Theme

DAYS_A_WEEK = 7
JUST_TALKED = 2  # weeks in which a theme rests
STILL_FRESH = 12  # weeks after which a theme begins anew
MIXED = 3  # so many suggestions, of which the last is of the theme not seen for longest
NEVER = -1


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom: ``manager`` or ``report`` by their seat, ``either`` for equals."""

    asker: Asker
    relationship: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the two have behind them.

    ``talked`` is when a theme was last among what they discussed; ``since`` when they have this conversation; ``used``
    what was suggested to either of them within the last six meetings; ``round`` how many meetings they have had;
    ``shown`` at which of them each theme was last suggested to this reader, as far as that is among those six.
    """

    talked: Mapping[Theme, date]
    since: date
    used: frozenset[int]
    round: int
    shown: Mapping[Theme, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Suggestion:
    """A question and why: the whole weeks since its theme was last talked about, None when it never was."""

    question: Question
    weeks: int | None


def weeks_since(day: date | None, today: date) -> int | None:
    """Whole weeks; a day that is already tomorrow elsewhere is none ago."""
    return None if day is None else max(0, (today - day).days // DAYS_A_WEEK)


def suggest(questions: Questions, reader: Reader, past: Past, *, today: date, most: int = 3) -> tuple[Suggestion, ...]:
    """At most so many questions, each of another theme, the theme neglected longest first.

    Of three or more the last is of the theme that this reader has not seen for longest: so each comes round, also for
    two who never follow what is suggested.
    """
    fitting = questions.fitting(reader.asker, reader.relationship)
    left = {theme: [one for one in fitting.get(theme, ()) if one.number not in past.used] for theme in Theme}
    themes = _in_turn(tuple(theme for theme in Theme if left[theme]), past, today=today, most=most)
    return tuple(_suggestion(left[theme], past, weeks=_weeks(theme, past, today)) for theme in themes)


def _in_turn(themes: Sequence[Theme], past: Past, *, today: date, most: int) -> list[Theme]:
    order = _by_neglect(themes, past, today=today, most=most)
    if most < MIXED or len(order) <= most:
        return order[:most]
    first, rest = order[: most - 1], order[most - 1 :]
    awake = [theme for theme in rest if not _rests(theme, past, today)] or rest
    return [*first, min(awake, key=lambda theme: past.shown.get(theme, NEVER))]


def _by_neglect(themes: Sequence[Theme], past: Past, *, today: date, most: int) -> list[Theme]:
    """The neglected first; those neglected equally share out the places that are left, round by round."""

    def neglect(theme: Theme) -> tuple[bool, date]:
        return _rests(theme, past, today), past.talked.get(theme, past.since)

    order: list[Theme] = []
    for _, tied in groupby(sorted(themes, key=neglect), key=neglect):
        order += _turned(list(tied), past.round * max(0, most - len(order)))
    return order


def _rests(theme: Theme, past: Past, today: date) -> bool:
    weeks = _weeks(theme, past, today)
    return weeks is not None and weeks < JUST_TALKED


def _turned(themes: list[Theme], by: int) -> list[Theme]:
    start = by % len(themes)
    return themes[start:] + themes[:start]


def _weeks(theme: Theme, past: Past, today: date) -> int | None:
    return weeks_since(past.talked.get(theme), today)


def _suggestion(left: Sequence[Question], past: Past, *, weeks: int | None) -> Suggestion:
    wanted = Depth.opener if weeks is None or weeks >= STILL_FRESH else Depth.deeper
    first = [question for question in left if question.depth is wanted] or left
    return Suggestion(first[past.round % len(first)], weeks)
