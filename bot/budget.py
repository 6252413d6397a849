"""When each conversation gets a topic: at its time where the report is, and no more than so many a month (I3, I5)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.due import months_after
from bot.model.topic import Again, Due, Topic
from bot.rhythm import instant

MONTHS_BETWEEN: Mapping[Again, int] = {
    Again.monthly: 1,
    Again.quarterly: 3,
    Again.half_yearly: 6,
    Again.yearly: 12,
}


def dues(zones: Iterable[str], *, day: date | None, at: int, now: datetime, late: int = 0) -> Mapping[str, Due]:
    """When a topic is due in each zone; so many months ``late``, as their first day begins to be at work."""
    return {zone: _due(zone, day, at, now, late) for zone in zones}


def _due(zone: str, day: date | None, at: int, now: datetime, late: int) -> Due:
    begins = now if day is None else max(now, instant(day, at, zone))
    month = begins.astimezone(ZoneInfo(zone)).date().replace(day=1)
    if not late:
        return Due(begins, month)
    month = months_after(month, late)
    return Due(instant(month, at, zone), month)


def day_of_round(topic: Topic, number: int) -> date | None:
    """The day on which that round of the topic begins, where its first one has a day."""
    if topic.day is None or number == 1:
        return topic.day
    return months_after(topic.day, MONTHS_BETWEEN[topic.again] * (number - 1))


def next_day(topic: Topic, today: date) -> date | None:
    """The day on which the round after this one begins."""
    between = MONTHS_BETWEEN.get(topic.again)
    if between is None:
        return None
    return day_of_round(topic, topic.round + 1) or months_after(topic.next_on or today, between)
