"""What is shown of each window, of conversations and of managers; first of everybody, in the end of teams (M3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from bot.disclosure import Counts, Figure, Group, Kept, Measure, Place
from bot.margins import LEAST, Margins, Rule
from bot.model.usage import EVERYBODY, OTHERS, WINDOWS
from bot.rooms import Room, Span
from bot.scales import Cell

Key = tuple[str, str]
"""A department and a manager."""

ALL: Key = (EVERYBODY, EVERYBODY)


class Chart:
    """Which groups there are, and which belong to which."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups: Mapping[Key, Group] = {(group.department, group.manager): group for group in groups}
        self.departments = tuple(name for name, manager in self.groups if name != EVERYBODY and manager == EVERYBODY)
        self.teams: dict[str, dict[str, Group]] = {name: {} for name in self.departments}
        for (department, manager), group in self.groups.items():
            if manager != EVERYBODY:
                self.teams[department][manager] = group

    @property
    def everybody(self) -> Group:
        return self.groups[ALL]

    def department(self, name: str) -> Group:
        return self.groups[name, EVERYBODY]

    def sizes(self, days: int) -> Mapping[str, Mapping[str, int]]:
        """How many conversations each manager has in each department."""
        return {
            name: {manager: active(group, days).whole for manager, group in teams.items()}
            for name, teams in self.teams.items()
        }

    def by_manager(self, days: int) -> Mapping[str, int]:
        """How many each has in all departments."""
        sums: dict[str, int] = {}
        for teams in self.sizes(days).values():
            for manager, whole in teams.items():
                sums[manager] = sums.get(manager, 0) + whole
        return sums


def active(group: Group, days: int) -> Counts:
    return group.counts.get((Measure.active, days), Counts(0, 0))


def managers(group: Group, days: int) -> Counts:
    return group.counts.get((Measure.managers, days), Counts(0, 0))


class Windows:
    """``figures`` are those of conversations and of managers; ``rooms`` are those of everybody and departments.

    Of everybody all windows are shown first, then of the departments, the largest first, and then of their teams.
    """

    def __init__(self, chart: Chart, margins: Margins, steady: Mapping[str, int]) -> None:
        """``steady`` are departments of which longer windows than so many days are kept back."""
        self._chart = chart
        self._margins = margins
        self._steady = steady
        self._sizes = {days: chart.sizes(days) for days in WINDOWS}
        self._cells: dict[tuple[Key, int], Cell] = {}
        self.figures: dict[Key, dict[Place, Figure]] = {key: {} for key in chart.groups}
        self.rooms: dict[str, list[Room]] = {EVERYBODY: [], **{name: [] for name in chart.departments}}
        for days in WINDOWS:
            self._make_rooms(days)

    def _make_rooms(self, days: int) -> None:
        counts = active(self._chart.everybody, days)
        sizes = {name: active(self._chart.department(name), days).whole for name in self._chart.departments}
        known = self._margins.known(self._chart.by_manager(days))
        everybody = Room(counts.whole, known, sum(sizes.values()) - counts.whole)
        for name, whole in sizes.items():
            in_teams = self._sizes[days][name]
            twice = sum(in_teams.values()) - whole
            everybody.twice += twice
            self.rooms[name].append(Room(whole, self._margins.known(in_teams), twice, everybody))
        self.rooms[EVERYBODY].append(everybody)

    def show(self) -> None:
        """Conversations first, since of managers is shown what says no more than these."""
        departments = sorted(self._chart.departments, key=self._largest)
        everybody = self.rooms[EVERYBODY]
        self._show(ALL, [room.known for room in everybody], {}, (), everybody)
        kept = [self._kept_departments(days) for days in WINDOWS]
        for name in departments:
            rooms = self.rooms[name]
            withdrawn = {place: Kept.rest for place, names in enumerate(kept) if name in names}
            self._show((name, EVERYBODY), [room.known for room in rooms], withdrawn, everybody, rooms)
        for name in departments:
            if name != OTHERS:
                self._show_teams(name)
        for days in WINDOWS:
            self._show_managers(days)

    def _largest(self, name: str) -> tuple[int, str]:
        return -active(self._chart.department(name), WINDOWS[-1]).whole, name

    def _show(
        self,
        key: Key,
        known: Sequence[int],
        kept: Mapping[int, Kept],
        above: Sequence[Room],
        rooms: Sequence[Room] = (),
    ) -> None:
        """All windows of a group, but for those that are ``kept`` anyhow."""
        group = self._chart.groups[key]
        counts = [active(group, days) for days in WINDOWS]
        span = Span([0] * len(WINDOWS), [each.whole for each in counts], above, rooms)
        for place, days in enumerate(WINDOWS):
            if days > self._steady.get(key[0], days):
                self.figures[key][Measure.active, days] = Kept.slack
                continue
            if place in kept:
                self.figures[key][Measure.active, days] = kept[place]
                continue
            bears = partial(span.bears, place) if above else None
            figure, cell = self._margins.choose(counts[place], known[place], least=counts[0].whole, bears=bears)
            self.figures[key][Measure.active, days] = figure
            if cell is not None:
                span.show(place, cell)
                self._cells[key, days] = cell

    def _kept_departments(self, days: int) -> frozenset[str]:
        groups = {name: self._chart.department(name) for name in self._chart.departments}
        sizes = {name: active(group, days).whole for name, group in groups.items()}
        place = WINDOWS.index(days)
        could = [name for name, group in groups.items() if self._can(group, days, self.rooms[name][place].known)]
        return self._margins.withdrawn(sizes, could)

    def _show_teams(self, department: str) -> None:
        teams = self._chart.teams[department]
        known = self._margins.known({department: 1})
        kept: dict[str, dict[int, Kept]] = {name: {} for name in teams}
        for place, days in enumerate(WINDOWS):
            sizes = self._sizes[days][department]
            could = {name for name, group in teams.items() if group.live >= LEAST and self._can(group, days, known)}
            withdrawn = self._margins.withdrawn(sizes, could)
            for name in teams:
                if name not in could:
                    kept[name][place] = Kept.few
                elif name in withdrawn:
                    kept[name][place] = Kept.rest
        in_a_year = self._sizes[WINDOWS[-1]][department]
        for name in sorted(teams, key=lambda name: (-in_a_year[name], name)):
            self._show((department, name), [known] * len(WINDOWS), kept[name], self.rooms[department])

    def _can(self, group: Group, days: int, known: int) -> bool:
        least = active(group, WINDOWS[0]).whole
        return bool(self._margins.scales(active(group, days).whole, known, least=least))

    def _show_managers(self, days: int) -> None:
        """Everybody first; a manager in two departments is counted in both."""
        known = self._margins.known_managers
        whole = {name: managers(self._chart.department(name), days).whole for name in self._chart.departments}
        counts = managers(self._chart.everybody, days)
        everybody = Room(counts.whole, known, sum(whole.values()) - counts.whole)
        beside = self._beside(EVERYBODY, days)
        figure, cell = self._margins.choose(counts, known, bears=beside.bears)
        self.figures[ALL][Measure.managers, days] = figure
        if cell is not None:
            everybody.narrow(cell.low, counts.whole - cell.high)
        for name in sorted(self._chart.departments, key=self._largest):
            figure = self._managers_of(name, days, everybody)
            self.figures[name, EVERYBODY][Measure.managers, days] = figure

    def _managers_of(self, name: str, days: int, everybody: Room) -> Figure:
        if days > self._steady.get(name, days):
            return Kept.slack
        counts, beside = managers(self._chart.department(name), days), self._beside(name, days)

        def bears(options: Sequence[Cell]) -> bool:
            return beside.bears(options) and all(
                everybody.bears(cell.low, counts.whole - cell.high) is not False for cell in options
            )

        figure, cell = self._margins.choose(counts, self._margins.known_managers, bears=bears)
        if cell is not None:
            everybody.add(cell.low, counts.whole - cell.high)
        return figure

    def _beside(self, department: str, days: int) -> "Beside":
        most: dict[str, int] = {}
        sure: set[str] = set()
        for name in self._chart.departments if department == EVERYBODY else (department,):
            for manager, whole in self._sizes[days][name].items():
                cell = self._cells.get(((name, manager), days))
                most[manager] = most.get(manager, 0) + (whole if cell is None else cell.high)
                if cell is not None and cell.low:
                    sure.add(manager)
        room = self.rooms[department][WINDOWS.index(days)]
        most_of = (0, *accumulate(sorted(most.values(), reverse=True)))
        return Beside(self._margins, room, len(sure), most_of)


@dataclass(frozen=True)
class Beside:
    """What is known of the managers from what is shown of conversations.

    ``sure`` are active, whatever is shown; so many managers have at most ``most_of`` active conversations together.
    """

    margins: Margins
    room: Room
    sure: int
    most_of: tuple[int, ...]

    def bears(self, options: Sequence[Cell]) -> bool:
        return Rule.managers not in self.margins.rules or all(self._bears(cell) for cell in options)

    def _bears(self, cell: Cell) -> bool:
        """Whether so many managers leave room for one more conversation to be active, and for one more not to be."""
        least, most = self.room.active, self.room.whole - self.room.inactive
        if cell.high < self.sure or self._most(cell.high) < least or cell.low > most:
            return True  # it cannot be
        free = cell.high - self.margins.known_managers - 1
        known = self.room.known
        return free >= self.sure and self._most(free) > least + known and cell.low + known < most

    def _most(self, count: int) -> int:
        return self.most_of[max(0, min(count, len(self.most_of) - 1))]
