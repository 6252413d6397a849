"""Who wants to know: with every figure of every week, the chart of each day, and all that one person knows.

Of each group and window the attacker keeps between which bounds the number of active ones must be of those whom the
person does not know. Bounds follow from each other: within a week along the chart, where a whole is at most the sum of
its parts, and less only by those who have moved; and over time (``suppression_time``). When nothing follows any more,
the attacker has won where all of some group must be active, or none can be.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.disclosure import Band, Figure, Measure
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, RECENTLY, WINDOWS
from bot.scales import first
from tests.proofs.suppression_time import Bounds, Days, follow, needed
from tests.proofs.suppression_world import Key, Report, World, live_in, old_in, window_of

ALL: Key = (EVERYBODY, EVERYBODY)


@dataclass
class Fact:
    """Of the unknown ones of a group in a window, ``low`` to ``high`` are active; ``known`` others are."""

    unknown: frozenset[int]
    known: int
    low: int
    high: int

    @property
    def tells(self) -> bool:
        return bool(self.unknown) and (self.high <= 0 or self.low >= len(self.unknown))

    def narrow(self, low: int, high: int) -> bool:
        narrower = low > self.low or high < self.high
        self.low, self.high = max(self.low, low), min(self.high, high)
        return narrower


def counts_in(figure: Figure | None, whole: int) -> Bounds:
    """Which counts a figure may be."""
    if not isinstance(figure, Band):
        return 0, whole
    return first(figure.low, whole), whole if figure.high == 100 else first(figure.high, whole) - 1


Place = tuple[int, int, Key]
"""A week, a window's days, and a group."""


class Attacker:
    """``world`` is read for what anybody may know, and for all of the talks that ``person`` takes part in."""

    def __init__(self, world: World, person: str, reports: Sequence[Report]) -> None:
        self._world = world
        self._reports = reports
        self._knows = world.known_to(person)
        self.facts: dict[Place, Fact] = {}
        for report in reports:
            for days in WINDOWS:
                for key in report.parts:
                    self.facts[report.week, days, key] = self._fact(report, days, key)

    def _fact(self, report: Report, days: int, key: Key) -> Fact:
        there = report.talks_in(self._world, key, days)
        active = sum(self._was_active(place, stood) for place, stood in there.items() if place in self._knows)
        shown = report.shown.get(key)
        low, high = counts_in(None if shown is None else shown.figures.get((Measure.active, days)), len(there))
        unknown = frozenset(there.keys() - self._knows)
        return Fact(unknown, active, max(0, low - active), min(len(unknown), high - active))

    def _was_active(self, place: int, stood: Sequence[range]) -> bool:
        return any(day in days for days in stood for day in self._world.talks[place].days)

    def thinks(self) -> None:
        """Until nothing follows any more."""
        while self._along_the_chart() or self._by_managers() or self._over_time() or self._across():
            pass

    def won(self) -> list[Place]:
        return [place for place, fact in self.facts.items() if fact.tells]

    def _along_the_chart(self) -> bool:
        changed = False
        for report in self._reports:
            for days in WINDOWS:
                for whole, parts in _families(report):
                    family = [self.facts[report.week, days, key] for key in parts]
                    while _subtract(self.facts[report.week, days, whole], family):
                        changed = True
        return changed

    def _by_managers(self) -> bool:
        changed = False
        for report in self._reports:
            for days in WINDOWS:
                for key in report.parts:
                    shown = report.shown.get(key)
                    if key[1] == EVERYBODY and shown is not None:
                        changed |= self._count_managers(report, days, key, shown.figures[Measure.managers, days])
        return changed

    def _count_managers(self, report: Report, days: int, key: Key, figure: Figure) -> bool:
        """Each active manager has an active conversation, and who has one is an active manager."""
        teams: dict[str, list[Fact]] = {}
        for department, manager in report.parts:
            fact = self.facts[report.week, days, (department, manager)]
            if manager != EVERYBODY and key[0] in {EVERYBODY, department} and (fact.unknown or fact.known):
                teams.setdefault(manager, []).append(fact)
        there = set(report.talks_in(self._world, key, days))
        low, high = counts_in(figure, len({self._world.talks[place].manager for place in there}))
        sure = [facts for facts in teams.values() if any(fact.low + fact.known > 0 for fact in facts)]
        others = [facts for facts in teams.values() if facts not in sure]
        possible = [facts for facts in others if any(fact.high for fact in facts)]
        more, most = max(0, low - len(sure)), high - len(sure)
        whole = self.facts[report.week, days, key]
        changed = False
        for facts in sure:
            for fact in facts:
                changed |= fact.narrow(0, whole.high + self._twice(report, days, key) - more)
        if most <= 0:
            changed |= sum(fact.narrow(0, 0) for facts in possible for fact in facts) > 0
        elif len(possible) == more:
            changed |= sum(facts[0].narrow(1, facts[0].high) for facts in possible if len(facts) == 1) > 0
        in_others = sorted((sum(fact.high for fact in facts) for facts in possible), reverse=True)
        in_sure = sum(fact.high for facts in sure for fact in facts)
        return changed | whole.narrow(0, in_sure + sum(in_others[: max(0, most)]))

    def _twice(self, report: Report, days: int, key: Key) -> int:
        teams = [each for each in report.parts if each[1] != EVERYBODY and key[0] in {EVERYBODY, each[0]}]
        stays = sum(len(self.facts[report.week, days, each].unknown) for each in teams)
        return stays - len(self.facts[report.week, days, key].unknown)

    def _over_time(self) -> bool:
        changed = False
        for group, places in self._groups().items():
            bounds: dict[Days, Bounds] = {}
            for place in places:
                fact, window = self.facts[place], window_of(place[0], place[1])
                days = (max(0, window.start), window.stop)
                low, high = bounds.get(days, (0, len(fact.unknown)))
                bounds[days] = (max(low, fact.low), min(high, fact.high))
            sizes = {days: self._unknown_in(group, days) for days in needed(bounds)}
            narrower = follow(bounds, sizes)
            for place in places:
                window = window_of(place[0], place[1])
                changed |= self.facts[place].narrow(*narrower[max(0, window.start), window.stop])
        return changed

    def _across(self) -> bool:
        """What departments were together in one week says something of each, and of the rest, in the next."""
        changed = False
        groups = {
            parts: places for (manager, parts), places in self._groups().items() if manager == EVERYBODY and parts
        }
        for whole, places in groups.items():
            for part, its_places in groups.items():
                rest = whole - part
                if part < whole and rest in groups:
                    for place in places:
                        known = self._most(its_places, place)
                        for other in groups[rest]:
                            if _is_within(place, other):
                                fact = self.facts[other]
                                changed |= fact.narrow(self.facts[place].low - known, fact.high)
        return changed

    def _most(self, places: Sequence[Place], within: Place) -> int:
        return min(
            (self.facts[place].high for place in places if _is_within(within, place)), default=len(self._world.talks)
        )

    def _groups(self) -> dict[tuple[str, frozenset[str] | None], list[Place]]:
        groups: dict[tuple[str, frozenset[str] | None], list[Place]] = {}
        for report in self._reports:
            for key, parts in report.parts.items():
                places = groups.setdefault((key[1], parts), [])
                places += [(report.week, days, key) for days in WINDOWS]
        return groups

    def _unknown_in(self, group: tuple[str, frozenset[str] | None], days: Days) -> int:
        manager, parts = group
        return sum(
            place not in self._knows and manager in {EVERYBODY, talk.manager} and bool(talk.stood(range(*days), parts))
            for place, talk in enumerate(self._world.talks)
        )


def _is_within(inner: Place, outer: Place) -> bool:
    """Nothing was before the first day."""
    one, other = window_of(inner[0], inner[1]), window_of(outer[0], outer[1])
    return max(0, other.start) <= max(0, one.start) and one.stop <= other.stop


class MeetingsAttacker:
    """The same of who has not met in a week's report: of everybody and of departments, and of who has in 30 days."""

    def __init__(self, world: World, person: str, report: Report) -> None:
        knows = world.known_to(person)
        drifts = {place for place in knows if world.talks[place].met.isdisjoint(window_of(report.week, DRIFTS_AFTER))}
        self._departments = [key for key in report.parts if key[0] != EVERYBODY and key[1] == EVERYBODY]
        self.facts = {}
        for key in (ALL, *self._departments):
            there = old_in(world, report.week, report.parts[key])
            figure = report.shown[key].figures[Measure.drifting, DRIFTS_AFTER]
            self.facts[key] = _fact_of(figure, there, knows, drifts)
        live = live_in(world, report.week)
        met = knows - {place for place in knows if world.talks[place].met.isdisjoint(window_of(report.week, RECENTLY))}
        self.met = _fact_of(report.shown[ALL].figures[Measure.met, RECENTLY], live, knows, met)

    def won(self) -> bool:
        while _subtract(self.facts[ALL], [self.facts[key] for key in self._departments]):
            pass
        drifting = self.facts[ALL]
        not_met = len(self.met.unknown) - self.met.high
        younger = len(self.met.unknown) - len(drifting.unknown)
        nobody_just_before = bool(drifting.unknown) and drifting.high + younger <= not_met
        return nobody_just_before or self.met.tells or any(fact.tells for fact in self.facts.values())


def _fact_of(figure: Figure, there: frozenset[int], knows: frozenset[int], among: Collection[int]) -> Fact:
    low, high = counts_in(figure, len(there))
    known, unknown = len(there & knows & frozenset(among)), there - knows
    return Fact(unknown, known, max(0, low - known), min(len(unknown), high - known))


def _families(report: Report) -> Iterator[tuple[Key, Sequence[Key]]]:
    departments = [key for key in report.parts if key[0] != EVERYBODY and key[1] == EVERYBODY]
    yield ALL, departments
    for department in departments:
        yield department, [key for key in report.parts if key[0] == department[0] and key[1] != EVERYBODY]


def _subtract(whole: Fact, parts: Sequence[Fact]) -> bool:
    """What the whole says of each of its parts, and they of it."""
    twice = sum(len(part.unknown) for part in parts) - len(whole.unknown)
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    changed = whole.narrow(low - twice, high)
    for part in parts:
        changed |= part.narrow(whole.low - (high - part.high), whole.high + twice - (low - part.low))
    return changed
