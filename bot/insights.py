"""The usage report as everybody may see it, for every surface alike: chat, web page, CSV and shell (M1, M4).

It reads only what was written down once for each week (``UsageWeek.shown``), so it costs the same after ten years, and
nobody gets another number by asking elsewhere, on another day, or as somebody else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.disclosure import Band, Figure, Kept, Measure, Shown, read_all
from bot.margins import LEAST
from bot.model.ids import PersonId
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, OTHERS, RECENTLY, WINDOWS
from bot.ports import Transaction
from prompts import Voice
from prompts.spelling import plain

GALLUP = 16
"""Percent of employees who called their last conversation with their manager extremely meaningful.

Of nearly 15,000, by Gallup: "A Great Manager's Most Important Habit" (May 2023). Ours asks both of the two, and asks
whether it was meaningful, without "extremely"; so the two shares stand beside each other and are not the same thing.
"""

EARLIER = dict(zip(WINDOWS, (1, 2, 4, 13, 52), strict=True))
"""How many weeks before a window the one ends with which it is compared."""

YEAR = 52
"""Weeks before the last one that the trend goes back."""

_OWN_WINDOW = {Measure.met: RECENTLY, Measure.drifting: DRIFTS_AFTER}
_MONTH = 4
"""How many weeks before them the windows end with which those two are compared."""


@dataclass(frozen=True)
class Told:
    """A share now and in the window ``before``; None where that was not counted yet, or the group was not shown."""

    figure: Figure
    before: Figure | None


@dataclass(frozen=True, kw_only=True)
class GroupTold:
    """A department, or a manager's team within one; ``label`` is how its reader calls it, ``conversations`` its size.

    ``managers_active`` and ``drifting`` are a department's; ``holds`` are the labels of those that are together in it.
    """

    department: str
    manager: PersonId | None
    label: str
    conversations: int
    managers: int
    active: Told
    managers_active: Told | None = None
    drifting: Told | None = None
    holds: tuple[str, ...] = ()

    @property
    def is_others(self) -> bool:
        """Whether it is those departments together that are too small to be shown alone."""
        return self.department == OTHERS


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was counted in the ``days`` up to and with ``week``, a Sunday.

    ``met`` is of the last 30 days whatever the window, ``drifting`` of the last 28. ``departments`` are by name, those
    that are together last. ``department`` is the one that was asked for, with its ``teams`` by their managers' names.
    ``trend`` has the share of active conversations in windows of ``days`` that end with each of 53 weeks, the oldest
    first; None where nothing was counted.
    """

    week: date
    days: int
    conversations: int
    active: Told
    managers: Told
    met: Told
    meaningful: Told
    drifting: Told
    departments: tuple[GroupTold, ...]
    department: GroupTold | None
    teams: tuple[GroupTold, ...]
    trend: tuple[tuple[date, Figure | None], ...]

    @property
    def since(self) -> date:
        """The first day of the window."""
        return self.week - timedelta(days=self.days - 1)

    @property
    def unshown_managers(self) -> int:
        """How many managers of the department have too few conversations for a line of their own."""
        if self.department is None or self.department.is_others:
            return 0
        return max(0, self.department.managers - len(self.teams))


_Key = tuple[date, str, str]


@dataclass(frozen=True)
class _Read:
    """What is shown of groups in some weeks; the labels of departments, and the names of managers."""

    week: date
    days: int
    shown: Mapping[_Key, Shown]
    labels: Mapping[str, str]
    names: Mapping[str, str]

    def told(self, measure: Measure, department: str = EVERYBODY, manager: str = EVERYBODY) -> Told:
        """One share of a group that is shown this week."""
        window = window_of(measure, self.days)
        weeks = _MONTH if measure in _OWN_WINDOW else EARLIER[self.days]
        now = self.shown[self.week, department, manager]
        before = self.shown.get((self.week - timedelta(weeks=weeks), department, manager))
        return Told(
            now.figures.get((measure, window), Kept.few),
            before.figures.get((measure, window)) if before else None,
        )

    def department(self, department: str) -> GroupTold:
        """A department that is shown this week."""
        shown = self.shown[self.week, department, EVERYBODY]
        return GroupTold(
            department=department,
            manager=None,
            label=self.labels[department],
            conversations=shown.conversations,
            managers=shown.managers,
            active=self.told(Measure.active, department),
            managers_active=self.told(Measure.managers, department),
            drifting=self.told(Measure.drifting, department),
            holds=tuple(sorted((self.labels[each] for each in shown.together), key=plain)),
        )

    def team(self, department: str, manager: PersonId) -> GroupTold:
        """A manager's team that is shown this week."""
        shown = self.shown[self.week, department, manager]
        return GroupTold(
            department=department,
            manager=manager,
            label=self.names[manager],
            conversations=shown.conversations,
            managers=shown.managers,
            active=self.told(Measure.active, department, manager),
        )

    def groups(self) -> Iterable[tuple[str, str]]:
        """The departments and teams of this week."""
        return ((department, manager) for week, department, manager in self.shown if week == self.week)


async def read_report(tx: Transaction, voice: Voice, *, days: int, department: str | None = None) -> Report | None:
    """The report of the last week that was counted; None before the first one.

    ``days`` is one of WINDOWS. ``department`` is an id, or OTHERS; one that is only shown together with others leads
    to OTHERS, and ``Report.department`` stays None when there is none such.
    """
    week = await tx.usage.latest()
    if week is None:
        return None
    read_ = await _read(tx, voice, week, days, department)
    asked = _meant(read_, department)
    everybody = read_.shown[week, EVERYBODY, EVERYBODY]
    return Report(
        week=week,
        days=days,
        conversations=everybody.conversations,
        active=read_.told(Measure.active),
        managers=read_.told(Measure.managers),
        met=read_.told(Measure.met),
        meaningful=read_.told(Measure.meaningful),
        drifting=read_.told(Measure.drifting),
        departments=_departments(read_),
        department=read_.department(asked) if asked is not None else None,
        teams=_teams(read_, asked) if asked is not None else (),
        trend=_trend(read_),
    )


async def _read(tx: Transaction, voice: Voice, week: date, days: int, department: str | None) -> _Read:
    """All that is shown, with one statement and read at once: there may be very many teams."""
    weeks = {week - timedelta(weeks=number) for number in (0, EARLIER[days], _MONTH)}
    rows = await tx.usage.shown(weeks, everybody=_year(week), department=department)
    places = [(measure, window_of(measure, days)) for measure in Measure]
    each = read_all([row.shown for row in rows], places)
    shown = {(row.week, row.department, row.manager): one for row, one in zip(rows, each, strict=True)}
    labels = {OTHERS: voice.say("insights.others")}
    nameless = voice.say("insights.no_department")
    labels.update({each.id: each.label or nameless for each in await tx.usage.departments()})
    unknown = voice.say("insights.somebody")
    names = {row.manager: row.name or unknown for row in rows if row.manager}
    return _Read(week, days, shown, labels, names)


def _year(week: date) -> Sequence[date]:
    """The weeks of the trend, the oldest first."""
    return [week - timedelta(weeks=number) for number in range(YEAR, -1, -1)]


def _meant(read_: _Read, department: str | None) -> str | None:
    """The group in which a department is shown this week."""
    if not department:
        return None
    if (read_.week, department, EVERYBODY) in read_.shown:
        return department
    others = read_.shown.get((read_.week, OTHERS, EVERYBODY))
    return OTHERS if others and department in others.together else None


def _departments(read_: _Read) -> tuple[GroupTold, ...]:
    found = {department for department, manager in read_.groups() if manager == EVERYBODY} - {EVERYBODY}
    told = [read_.department(each) for each in found]
    return tuple(sorted(told, key=lambda each: (each.is_others, plain(each.label), each.department)))


def _teams(read_: _Read, asked: str) -> tuple[GroupTold, ...]:
    """Those that are large enough for a line of their own."""
    managers = [PersonId(manager) for department, manager in read_.groups() if department == asked and manager]
    large = [who for who in managers if read_.shown[read_.week, asked, who].conversations >= LEAST]
    told = [read_.team(asked, who) for who in large]
    return tuple(sorted(told, key=lambda each: (plain(each.label), each.manager or "")))


def _trend(read_: _Read) -> tuple[tuple[date, Figure | None], ...]:
    place = (Measure.active, read_.days)
    everybody = ((week, read_.shown.get((week, EVERYBODY, EVERYBODY))) for week in _year(read_.week))
    return tuple((week, shown.figures.get(place) if shown else None) for week, shown in everybody)


def window_of(measure: Measure, days: int) -> int:
    """The days that a share is of, in a report of so many ``days``."""
    return _OWN_WINDOW.get(measure, days)


def point(figure: Figure | None) -> int | None:
    """Where a share is drawn by whom can draw no band: in the middle of it, in percent."""
    return (figure.low + figure.high) // 2 if isinstance(figure, Band) else None
