"""Usage counted from everything that ever happened, with sets and days and no rows: slowly, and plain to see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.disclosure import Counts, Measure, Place
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, OTHERS, RECENTLY, WINDOWS

A_DAY = timedelta(days=1)
NO_DEPARTMENT = "none"
Team = tuple[str, str]
"""A department's name and a manager."""


@dataclass
class Pair:
    """A manager conversation as it is at this moment, and all that was ever done in it."""

    conversation: str
    report: str
    manager: str
    created_at: datetime
    rests: bool = False
    deeds: list[datetime] = field(default_factory=list)
    meetings: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    """When each is, and whether it was held."""

    answers: dict[str, dict[str, tuple[datetime, bool]]] = field(default_factory=dict)
    """By meeting and person: when, and whether it was a yes."""

    active_on: set[tuple[date, Team]] = field(default_factory=set)
    both: list[tuple[date, bool]] = field(default_factory=list)


@dataclass
class Naive:
    """``stood`` says of each week that is written which pairs were in which team."""

    pairs: list[Pair] = field(default_factory=list)
    departments: dict[str, str] = field(default_factory=dict)
    """Of each person, as it is at this moment; so is who is ``away``, and the ``zone``."""

    away: set[str] = field(default_factory=set)
    zone: str = "UTC"
    until: datetime | None = None
    stands: dict[str, Team] = field(default_factory=dict)
    stood: dict[date, dict[str, Team]] = field(default_factory=dict)
    weeks: dict[date, dict[Team, dict[Place, Counts]]] = field(default_factory=dict)

    def count(self, now: datetime, small: Callable[[str], bool]) -> None:
        """Days and weeks that are over by then; the departments that are ``small`` are one."""
        first = min((deed for pair in self.pairs for deed in pair.deeds), default=None)
        if first is None:
            return
        if self.until is None:
            self.until = self._midnight(self._day(first) - A_DAY * self._day(first).weekday())
        while True:
            today = self._day(self.until)
            week = today - A_DAY * today.isoweekday()
            if week > max(self.weeks, default=date.min) and (self.weeks or week >= self._day(first)):
                self._write(week, small)
            elif (over := self._midnight(today + A_DAY)) + timedelta(minutes=15) <= now:
                self._see(today, self.until, over, [pair for pair in self.pairs if pair.conversation in self.stands])
                self.until = over
            else:
                return

    def _see(self, day: date, since: datetime, before: datetime, pairs: Iterable[Pair]) -> None:
        for pair in pairs:
            if any(since <= deed < before for deed in pair.deeds):
                pair.active_on.add((day, self.stands[pair.conversation]))
            complete = []
            for meeting, answers in pair.answers.items():
                times = [at for at, _ in answers.values()]
                if len(times) == 2 and since <= max(times) < before:
                    complete.append((max(times), meeting, all(yes for _, yes in answers.values())))
            if complete:
                pair.both.append((day, max(complete)[2]))

    def _write(self, week: date, small: Callable[[str], bool]) -> None:
        there = {pair.conversation: pair for pair in self.pairs if self._is_there(pair, week)}
        come = [pair for conversation, pair in there.items() if conversation not in self.stands]
        self.stands |= {pair.conversation: self._team(pair) for pair in come}
        for day in (week - A_DAY * ago for ago in reversed(range(7))):
            self._see(day, self._midnight(day), self._midnight(day + A_DAY), come)
        self.stood[week] = dict(self.stands)
        self.weeks[week] = self._numbers(week, small)
        self.stands = {conversation: self._team(pair) for conversation, pair in there.items()}

    def _is_there(self, pair: Pair, week: date) -> bool:
        """Whether it is live, and has been since before the week's end."""
        both_here = not {pair.report, pair.manager} & self.away
        return both_here and not pair.rests and pair.created_at < self._midnight(week + A_DAY)

    def _team(self, pair: Pair) -> Team:
        return self.departments.get(pair.report, NO_DEPARTMENT), pair.manager

    def _numbers(self, week: date, small: Callable[[str], bool]) -> dict[Team, dict[Place, Counts]]:
        teams = {team for stood in self.stood.values() for team in stood.values()}
        groups: dict[Team, set[Team]] = {(EVERYBODY, EVERYBODY): teams}
        for department, manager in teams:
            name = OTHERS if small(department) else department
            for group in ((name, EVERYBODY), (name, manager)):
                groups.setdefault(group, set()).add((department, manager))
        return {group: self._of_group(group, its, week) for group, its in groups.items()}

    def _of_group(self, group: Team, teams: set[Team], week: date) -> dict[Place, Counts]:
        found: dict[Place, Counts] = {}
        for days in WINDOWS:
            first = week - A_DAY * (days - 1)
            there = {
                (conversation, team[1])
                for last, stood in self.stood.items()
                if last >= first
                for conversation, team in stood.items()
                if team in teams
            }
            active = {
                (pair.conversation, team[1])
                for pair in self.pairs
                for day, team in pair.active_on
                if first <= day and team in teams
            }
            found[Measure.active, days] = _sizes({one for one, _ in there}, {one for one, _ in active})
            if group[1] == EVERYBODY:
                found[Measure.managers, days] = _sizes({who for _, who in there}, {who for _, who in active})
            if group[0] == EVERYBODY:
                latest = [pair.both[-1] for pair in self.pairs if pair.both and pair.both[-1][0] >= first]
                found[Measure.meaningful, days] = Counts(len(latest), sum(yes for _, yes in latest))
        live = [pair for pair in self.pairs if self.stood[week].get(pair.conversation) in teams]
        if group[1] == EVERYBODY:
            whole = [pair for pair in live if self._since(pair, week) <= week - A_DAY * DRIFTS_AFTER]
            drifting = sum(not self._met(pair, week, DRIFTS_AFTER) for pair in whole)
            found[Measure.drifting, DRIFTS_AFTER] = Counts(len(whole), drifting)
        if group[0] == EVERYBODY:
            met = {pair.report for pair in live if self._met(pair, week, RECENTLY)}
            found[Measure.met, RECENTLY] = _sizes({pair.report for pair in live}, met)
        return found

    def _since(self, pair: Pair, week: date) -> date:
        """The first day of all weeks up to this one in which it stood where it stands."""
        team, since = self.stood[week][pair.conversation], week
        for last in sorted(self.stood, reverse=True):
            if self.stood[last].get(pair.conversation) != team:
                break
            since = last
        return since

    def _met(self, pair: Pair, week: date, days: int) -> bool:
        since, before = self._midnight(week - A_DAY * (days - 1)), self._midnight(week + A_DAY)
        return any(held and since <= at < before for at, held in pair.meetings.values())

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()


def _sizes(whole: set[str], part: set[str]) -> Counts:
    return Counts(len(whole), len(part))
