"""When admins who want it get the usage report: on the morning of the first working day of each month (M5).

Those of the next two months are planned at any time, so that one comes though the service was down when it was due.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.due import months_after
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, PersonId
from bot.model.people import Person
from bot.pen import Pen
from bot.week import week_of
from bot.working import WorkWeek

LIVES = timedelta(days=5)

_A_MOMENT = timedelta(seconds=1)


async def arrange_report(pen: Pen, person: PersonId) -> None:
    """After a change of whether somebody wants it, or of when they work, and as months go by."""
    wanted: list[Delivery] = []
    reader = await pen.tx.people.get(person)
    if reader is not None and (await pen.tx.habits.get(person)).wants_report:
        week, today = await week_of(pen.tx, reader), pen.now.astimezone(ZoneInfo(reader.zone)).date()
        following = month_after(today)
        months = (today.replace(day=1), following, month_after(following))
        wanted = [_report(pen, reader, week, month) for month in months]
    await pen.tx.deliveries.arrange(person, (DeliveryKind.report,), wanted)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return months_after(day.replace(day=1), 1)


def planned_for(month: date) -> int:
    """The ``offset`` of a month's report."""
    return month.toordinal()


def _report(pen: Pen, reader: Person, week: WorkWeek, month: date) -> Delivery:
    """Who is away for all of the month has the one of the month in which they are back: there are never two in one."""
    due = week.next_morning(week.morning(month) - _A_MOMENT)
    day = due.astimezone(ZoneInfo(reader.zone)).date()
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=reader.organization,
        recipient=reader.id,
        kind=DeliveryKind.report,
        subject=reader.id,
        offset=planned_for(day.replace(day=1)),
        planned_at=pen.now,
        due_at=due,
        expires_at=due + LIVES,
    )
