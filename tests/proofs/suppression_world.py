"""A made-up organization for the proof of suppression: who talks with whom where, on which days, and what is shown.

A day is a number; week ``number`` has the days ``7 * number`` to ``7 * number + 6``. A conversation is one manager's
with one report. It stands, by whole weeks, in the report's department.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.disclosing import disclose, together
from bot.disclosure import Counts, Group, Measure, Place, Shown
from bot.margins import Rule
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, OTHERS, RECENTLY, WINDOWS

Key = tuple[str, str]
Parts = frozenset[str] | None
"""Departments; None for all."""

EVERY_RULE = frozenset(Rule)


@dataclass(frozen=True)
class Stay:
    """In a department, from one week to another, both included."""

    department: str
    begin: int
    end: int


@dataclass(frozen=True)
class Talk:
    """A conversation. ``answers`` are days on which both had answered, with whether both said yes."""

    manager: str
    report: str
    stays: tuple[Stay, ...]
    days: frozenset[int] = frozenset()
    met: frozenset[int] = frozenset()
    answers: Mapping[int, bool] = field(default_factory=dict)

    def stood(self, window: range, departments: Collection[str] | None = None) -> Sequence[range]:
        """On which days of the window, in one of these departments, or anywhere."""
        found = []
        for stay in self.stays:
            if departments is None or stay.department in departments:
                days = range(max(window.start, 7 * stay.begin), min(window.stop, 7 * stay.end + 7))
                if days:
                    found.append(days)
        return found

    def active(self, window: range, departments: Collection[str] | None = None) -> bool:
        return any(day in days for days in self.stood(window, departments) for day in self.days)

    def lives(self, week: int) -> str | None:
        """In which department it stands at the end of that week."""
        return next((stay.department for stay in self.stays if stay.begin <= week <= stay.end), None)


@dataclass(frozen=True)
class World:
    """``weeks`` are those of which there are reports."""

    talks: tuple[Talk, ...]
    weeks: range

    def with_days(self, place: int, days: frozenset[int]) -> "World":
        """With one conversation active on other days."""
        talks = list(self.talks)
        talks[place] = replace(talks[place], days=days)
        return World(tuple(talks), self.weeks)

    def known_to(self, person: str) -> frozenset[int]:
        return frozenset(place for place, talk in enumerate(self.talks) if person in {talk.manager, talk.report})


@dataclass(frozen=True)
class Report:
    """A week's: each group with the departments of which it is made, and what everybody sees of it."""

    week: int
    parts: Mapping[Key, Parts]
    shown: Mapping[Key, Shown]

    def talks_in(self, world: World, key: Key, days: int) -> Mapping[int, Sequence[range]]:
        """Which conversations stood in the group in a window, and on which of its days."""
        window, parts = window_of(self.week, days), self.parts[key]
        stood = {
            place: talk.stood(window, parts)
            for place, talk in enumerate(world.talks)
            if key[1] in {EVERYBODY, talk.manager}
        }
        return {place: days for place, days in stood.items() if days}


def window_of(week: int, days: int) -> range:
    return range(7 * week + 7 - days, 7 * week + 7)


def parts_of(world: World, week: int) -> tuple[Mapping[Key, Parts], frozenset[str]]:
    """Of which departments each group is made, and which are counted as one."""
    live: dict[Key, int] = {}
    year = window_of(week, max(WINDOWS))
    for talk in world.talks:
        for stay in talk.stays:
            if talk.stood(year, {stay.department}):
                live.setdefault((stay.department, talk.manager), 0)
        there = talk.lives(week)
        if there is not None:
            live[there, talk.manager] = live.get((there, talk.manager), 0) + 1
    small = together([Group(*key, number, 1, {}) for key, number in live.items()])
    parts: dict[Key, Parts] = {(EVERYBODY, EVERYBODY): None}
    for department, manager in live:
        name, those = (OTHERS, small) if department in small else (department, frozenset({department}))
        parts[name, EVERYBODY] = parts[name, manager] = those
    return parts, small


def groups_of(world: World, week: int) -> tuple[Sequence[Group], frozenset[str]]:
    """What is counted, and which departments are so as one."""
    parts, small = parts_of(world, week)
    return [_group(world, week, key, those) for key, those in parts.items()], small


def report_of(world: World, week: int, rules: Collection[Rule] = EVERY_RULE) -> Report:
    parts, small = parts_of(world, week)
    groups = [_group(world, week, key, those) for key, those in parts.items()]
    before = [parts_of(world, earlier)[1] for earlier in reversed(range(world.weeks.start, week))]
    return Report(week, parts, disclose(groups, together=small, before=before[:53], rules=rules))


def _group(world: World, week: int, key: Key, parts: Parts) -> Group:
    talks = [talk for talk in world.talks if key[1] in {EVERYBODY, talk.manager}]
    counts: dict[Place, Counts] = {}
    for days in WINDOWS:
        window = window_of(week, days)
        there = [talk for talk in talks if talk.stood(window, parts)]
        at_it = [talk for talk in there if talk.active(window, parts)]
        counts[Measure.active, days] = Counts(len(there), len(at_it))
        if key[1] == EVERYBODY:
            counts[Measure.managers, days] = Counts(
                len({talk.manager for talk in there}), len({talk.manager for talk in at_it})
            )
        if key == (EVERYBODY, EVERYBODY):
            counts[Measure.meaningful, days] = _meaningful(there, window)
    standing = [world.talks[place] for place in live_in(world, week, parts)]
    live = [talk for talk in standing if key[1] in {EVERYBODY, talk.manager}]
    if key == (EVERYBODY, EVERYBODY):
        counts[Measure.met, RECENTLY] = _met(live, window_of(week, RECENTLY))
    if key[1] == EVERYBODY:
        old = [world.talks[place] for place in old_in(world, week, parts)]
        lately = window_of(week, DRIFTS_AFTER)
        counts[Measure.drifting, DRIFTS_AFTER] = Counts(len(old), sum(talk.met.isdisjoint(lately) for talk in old))
    return Group(*key, len(live), len({talk.manager for talk in live}), counts)


def live_in(world: World, week: int, parts: Parts = None) -> frozenset[int]:
    """Which stand in these departments at the end of the week."""
    there = {place: talk.lives(week) for place, talk in enumerate(world.talks)}
    return frozenset(place for place, name in there.items() if name is not None and (parts is None or name in parts))


def old_in(world: World, week: int, parts: Parts = None) -> frozenset[int]:
    """Those of them that stood there before the days in which they may have met."""
    begin = 7 * week + 7 - DRIFTS_AFTER
    return frozenset(
        place for place in live_in(world, week, parts) if 7 * world.talks[place].stays[-1].begin + 6 < begin
    )


def _met(live: Sequence[Talk], window: range) -> Counts:
    reports = {talk.report for talk in live}
    return Counts(len(reports), len({talk.report for talk in live if not talk.met.isdisjoint(window)}))


def _meaningful(there: Sequence[Talk], window: range) -> Counts:
    last = [max((day for day in talk.answers if day in window), default=None) for talk in there]
    answered = [talk.answers[day] for talk, day in zip(there, last, strict=True) if day is not None]
    return Counts(len(answered), sum(answered))
