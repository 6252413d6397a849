"""When whoever leads a growth plan is asked whether it is still right (H4)."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.due import months_after
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.growth import GrowthPlan, Revisit
from bot.model.ids import ConversationId, DeliveryId, PersonId
from bot.model.people import Person
from bot.pen import Pen
from bot.week import week_of
from bot.working import WorkWeek

MONTHS = {Revisit.monthly: 1, Revisit.quarterly: 3}
LIVES = timedelta(days=5)
PASSED = timedelta(days=8)
"""After so long nothing of a day on which to ask can still be on its way, whatever became of it."""

_A_MOMENT = timedelta(seconds=1)


def asked_again(plan: GrowthPlan, today: date) -> GrowthPlan:
    """The plan with the day on which its person is asked next, counted from ``today``."""
    if plan.shared_at is None or plan.revisit is Revisit.never:
        return replace(plan, revisit_on=None)
    return replace(plan, revisit_on=months_after(today, MONTHS[plan.revisit]))


async def kept_plan(pen: Pen, plan: GrowthPlan) -> GrowthPlan:
    """A changed plan, stored, with its reminder as it should be now."""
    saved = await pen.tx.growth.save(plan)
    await arrange_growth(pen, saved)
    return saved


async def arrange_growth(pen: Pen, plan: GrowthPlan) -> None:
    """Its person is asked on the morning of that day, or of the first one after it on which they work."""
    wanted: list[Delivery] = []
    person = await pen.tx.people.get(plan.person)
    if person is not None and plan.revisit_on is not None:
        wanted = [_asking(pen, plan, plan.revisit_on, person, await week_of(pen.tx, person))]
    await pen.tx.deliveries.arrange(plan.id, (DeliveryKind.growth,), wanted)


async def arrange_growth_in(pen: Pen, person: PersonId, conversations: list[ConversationId]) -> None:
    """The same for all plans of this person, after a change of when they work."""
    for plan in await pen.tx.growth.of(*conversations):
        if plan.person == person:
            await arrange_growth(pen, plan)


async def pass_over(pen: Pen, plan: GrowthPlan) -> None:
    """Its day is over, whatever came of it: the next one is ahead, or the first one after an absence."""
    person = await pen.tx.people.get(plan.person)
    day, today = plan.revisit_on, pen.now.date()
    if person is None or day is None or day > today - PASSED:
        return
    first = _first_morning(await week_of(pen.tx, person), day)
    if first > pen.now:
        following = first.astimezone(ZoneInfo(person.zone)).date()
    else:
        following = _next_day(plan.revisit, day, today)
    await kept_plan(pen, replace(plan, revisit_on=following))


def _next_day(revisit: Revisit, day: date, today: date) -> date:
    """The first one of its rhythm that is still to come."""
    days = (months_after(day, count) for count in itertools.count(MONTHS[revisit], MONTHS[revisit]))
    return next(each for each in days if each > today)


def _first_morning(week: WorkWeek, day: date) -> datetime:
    """When work begins on that day, or on the first one after it on which they work."""
    return week.next_morning(week.morning(day) - _A_MOMENT)


def _asking(pen: Pen, plan: GrowthPlan, day: date, person: Person, week: WorkWeek) -> Delivery:
    due = _first_morning(week, day)
    if due < pen.now:
        due = week.next_morning(pen.now)
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=plan.organization,
        recipient=person.id,
        kind=DeliveryKind.growth,
        subject=plan.id,
        offset=day.toordinal(),
        planned_at=pen.now,
        due_at=due,
        expires_at=due + LIVES,
    )
