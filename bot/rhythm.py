"""When a series meets: days by a rule of RFC 5545, at one time of day, in one zone.

Days come from the calendar alone; only then is the wall clock's time put to them and the zone asked which instant
that is. So no change of a clock can lose a meeting or hold it twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, YEARLY, rrule, weekday

from bot.rule import DAYS_A_WEEK, NEVER, BadRhythm, Rule, read_rule, within_months, written_rule

__all__ = ["BadRhythm", "Rhythm", "instant", "parsed_rule", "settled_rule"]

A_DAY = timedelta(days=1)
FAR = timedelta(days=5 * 366)
STRIDE = timedelta(days=62)
WIDEST_GAP = 2 * A_DAY  # a zone that changes sides of the date line leaves out a day
ONE_PAGE_ONLY = 120_000  # an interval after which no date exists, in months as well as in years
EVERY_KIND_OF_YEAR = range(2000, 2028)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a series meets: days by a rule, at one time of day, in one zone.

    ``rule`` is canonical, as from ``parsed_rule``; ``first`` is the day from which it is counted, which need not be a
    meeting day; ``at`` is minutes after midnight, on the wall clock of ``zone``; ``minutes`` is how long a meeting
    takes; no meeting is after ``last``.
    """

    rule: str
    first: date
    at: int
    zone: str
    minutes: int
    last: date | None = None

    def days(self, *, start: date, end: date) -> Iterator[date]:
        """Meeting days from ``start`` to before ``end``, the earliest first."""
        start = max(start, self.first)
        end = self.last + A_DAY if self.last is not None and self.last < end else end
        rule = _settled(self.rule, self.first)
        for opening in _openings(rule, self.first, start=start, end=end):
            for day in _page(rule, opening):
                if start <= day < end and _counts(rule, self.first, day):
                    yield day

    def next_day(self, start: date) -> date | None:
        """The first meeting day on or after ``start``, or None when there is none within five years."""
        start = max(start, self.first)
        return next(self.days(start=start, end=_moved(start, FAR)), None)

    def previous_day(self, before: date) -> date | None:
        """The last meeting day before that one, or None when there is none in the five years before."""
        end = self.last + A_DAY if self.last is not None and self.last < before else before
        floor = max(self.first, _moved(end, -FAR))
        while end > floor:
            start = max(floor, _moved(end, -STRIDE))
            if found := tuple(self.days(start=start, end=end)):
                return found[-1]
            end = start
        return None

    def starts(self, day: date) -> datetime:
        """The instant, in UTC, of the meeting of that day."""
        return instant(day, self.at, self.zone)

    def between(self, *, start: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
        """Meeting days with their instants from ``start`` to before ``end``, the earliest first."""
        zone = ZoneInfo(self.zone)
        begin = _moved(start.astimezone(zone).date(), -WIDEST_GAP)
        for day in self.days(start=begin, end=_moved(end.astimezone(zone).date(), WIDEST_GAP)):
            at = self.starts(day)
            if start <= at < end:
                yield day, at

    @property
    def period(self) -> timedelta:
        """The usual distance between two meetings."""
        rule = _settled(self.rule, self.first)
        match rule.frequency:
            case "DAILY":
                return timedelta(days=rule.interval)
            case "WEEKLY":
                return timedelta(days=DAYS_A_WEEK * rule.interval) / len(rule.days)
            case "MONTHLY":
                return timedelta(days=30 * rule.interval) / _times_a_month(rule)
            case _:
                return timedelta(days=365 * rule.interval) / max(1, len(rule.months))


def instant(day: date, at: int, zone: str) -> datetime:
    """The instant, in UTC, when that zone's clocks show ``at`` minutes after midnight.

    A time that the clocks skip is later by what they skip; of a time that they show twice it is the first.
    """
    shown = datetime.combine(day, time(*divmod(at, 60)), ZoneInfo(zone))
    return shown.astimezone(UTC)


def _moved(day: date, span: timedelta) -> date:
    """That much later, or earlier, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + span.days, 1), date.max.toordinal()))


def parsed_rule(text: str) -> str:
    """The canonical form of a recurrence rule; raises BadRhythm for what is none, or none that a series can have."""
    rule = read_rule(text)
    if not _occurs(rule):
        raise BadRhythm(NEVER)
    return written_rule(rule)


def settled_rule(rule: str, first: date) -> str:
    """The canonical rule with what it leaves to the day from which it is counted: ``weekly`` has its weekday."""
    return rule if _daily(rule) else written_rule(_settled(rule, first))


def _daily(rule: str) -> bool:
    return read_rule(rule).frequency == "DAILY"


@lru_cache(maxsize=1024)
def _settled(text: str, first: date) -> Rule:
    """The rule with what it leaves to the day from which it is counted."""
    rule = read_rule(text)
    that_weekday = ((0, first.weekday()),)
    match rule.frequency:
        case "DAILY":
            return replace(rule, days=rule.days or tuple((0, day) for day in range(DAYS_A_WEEK)))
        case "WEEKLY":
            return replace(rule, days=rule.days or that_weekday)
        case _ if rule.days or rule.month_days or rule.year_days:
            return rule
        case "MONTHLY":
            return within_months(replace(rule, month_days=(first.day,)))
        case _ if rule.weeks:
            return replace(rule, days=that_weekday)
        case _:
            return _that_day_of_the_year(rule, first)


def _that_day_of_the_year(rule: Rule, first: date) -> Rule:
    dated = replace(rule, months=rule.months or (first.month,), month_days=(first.day,))
    if len(dated.months) > 1:
        return dated
    return replace(within_months(replace(dated, frequency="MONTHLY")), frequency="YEARLY")


def _openings(rule: Rule, first: date, *, start: date, end: date) -> Iterator[date]:
    """The first day of each month (each year, for a yearly rule) that may have meetings in that span."""
    months = 12 if rule.frequency == "YEARLY" else 1
    step = rule.interval if rule.frequency in {"MONTHLY", "YEARLY"} else 1
    counted, begun, ended = ((day.year * 12 + day.month - 1) // months for day in (first, start, end))
    for page in range(begun + (counted - begun) % step, ended + 1, step):
        yield date(page * months // 12, page * months % 12 + 1, 1)


@lru_cache(maxsize=8192)
def _page(rule: Rule, opening: date) -> tuple[date, ...]:
    """The rule's days in the month (the year, for a yearly rule) that begins there, as if its interval were one.

    One page at a time, because dateutil looks for a day that never comes until the year 9999.
    """
    yearly = rule.frequency == "YEARLY"
    if rule.months and not yearly and opening.month not in rule.months:
        return ()
    found = rrule(
        YEARLY if yearly else MONTHLY,
        dtstart=datetime.combine(opening, time.min),
        interval=ONE_PAGE_ONLY,
        wkst=rule.week_start,
        bymonth=rule.months or None,
        byweekno=rule.weeks or None,
        byyearday=rule.year_days or None,
        bymonthday=rule.month_days or None,
        byweekday=tuple(weekday(day, nth or None) for nth, day in rule.days) or None,
        bysetpos=rule.positions or None,
    )
    return tuple(moment.date() for moment in found)


def _counts(rule: Rule, first: date, day: date) -> bool:
    """Whether the interval meets this day, or this day's week; months and years were left out as whole pages."""
    match rule.frequency:
        case "DAILY":
            return (day - first).days % rule.interval == 0
        case "WEEKLY":
            return (_week(rule, day) - _week(rule, first)) % rule.interval == 0
        case _:
            return True


def _week(rule: Rule, day: date) -> int:
    return (day.toordinal() - 1 - rule.week_start) // DAYS_A_WEEK


def _occurs(rule: Rule) -> bool:
    """Whether any year has such a day: a year is a leap year or not, and begins on one of seven weekdays."""
    start, end = date(EVERY_KIND_OF_YEAR.start, 1, 1), date(EVERY_KIND_OF_YEAR.stop - 1, 12, 31)
    settled = _settled(written_rule(replace(rule, interval=1)), start)
    return any(_page(settled, opening) for opening in _openings(settled, start, start=start, end=end))


def _times_a_month(rule: Rule) -> int:
    if rule.positions or rule.month_days:
        return len(rule.positions or rule.month_days)
    return sum(1 if nth else 4 for nth, _ in rule.days)
