"""What the clock does about topics: settles who gets them, places what is due, takes back, and counts (I3, I5, I6).

Each step is one transaction, which finds out for itself whether it is still to be done: whoever comes second, another
replica or this one after it was killed, finds it done. A topic's row is in the hands of one at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.audience import read_audience
from bot.budget import day_of_round, dues, next_day
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, OrganizationId, PersonId, TopicId
from bot.model.topic import Chore, Tally, Topic, TopicState
from bot.pen import Pen
from bot.ports import Store, Timetable, Transaction

PATIENCE = 60.0
"""Seconds that a step may take: nobody waits for it, and there may be very many conversations."""

MOST_MONTHS = 6
"""Who has so many months full of topics gets it in the last of them all the same."""

JOINERS_EVERY = timedelta(hours=1)
A_DAY_IS_LONG = timedelta(hours=14)
"""So long before UTC a day begins in the first time zone."""

TOLD_WITHIN = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Assigner:
    """``admins`` are the addresses of those whom the configuration names; ``flagged`` lets the platforms' own be some.

    These know their own conversations, which are therefore not counted.
    """

    timetable: Timetable
    store: Store
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    admins: frozenset[str] = frozenset()
    flagged: bool = False

    async def chores(self) -> Sequence[tuple[Chore, OrganizationId, TopicId]]:
        """What there is to do."""
        return await self.timetable.topics(now=self.now(), week=monday(self.now()))

    async def do(self, chore: Chore, organization: OrganizationId, topic_id: TopicId) -> None:
        """Do it, unless somebody else is at it or has done it."""
        async with self.store.write(organization, patience=PATIENCE) as tx:
            topic = await tx.topics.unless_taken(topic_id)
            if topic is None:
                return
            pen = Pen(tx, self.now(), self.new_id)
            match chore:
                case Chore.settle:
                    await settle(pen, topic)
                case Chore.place:
                    await place(pen, topic)
                case Chore.clear:
                    await clear(pen, topic)
                case Chore.tally:
                    await tally(pen, topic, without=await self._admins(tx))

    async def _admins(self, tx: Transaction) -> Sequence[PersonId]:
        return [person.id for person in await tx.people.admins(self.admins, flagged=self.flagged)]


def monday(moment: datetime) -> date:
    """The first day of the week."""
    return moment.date() - timedelta(days=moment.weekday())


async def settle(pen: Pen, topic: Topic) -> None:
    """Gives a round of the topic to its audience as it is now; later, to who belongs to it by then."""
    if topic.state is not TopicState.assigned:
        return
    if topic.looked_at is None:
        await _begin(pen, topic, topic.day)
    elif topic.next_on is not None and topic.next_on <= (pen.now + A_DAY_IS_LONG).date():
        await _begin(pen, topic, topic.next_on)
    elif topic.joiners_until is not None and topic.looked_at <= pen.now - JOINERS_EVERY:
        await _give(pen, topic, day_of_round(topic, topic.round), some_have_it=True)
        await pen.tx.topics.save(replace(topic, looked_at=pen.now))


async def _begin(pen: Pen, topic: Topic, day: date | None) -> None:
    """The next round, on that day, or at once."""
    begun = replace(topic, round=topic.round + 1, looked_at=pen.now)
    begun = replace(begun, next_on=next_day(begun, pen.now.date()))
    saved = await pen.tx.topics.save(replace(begun, matched=await _give(pen, begun, day)))
    await pen.tx.topics.add_tally(_nothing_yet(pen, saved))
    if saved.round == 1 and saved.place is not None:
        await pen.tx.deliveries.plan(_confirmation(pen, saved))


async def _give(pen: Pen, topic: Topic, day: date | None, *, some_have_it: bool = False) -> int:
    """To everybody at their time, but to who has had enough for a month in the first one that is not full."""
    zones = await pen.tx.topics.zones()
    if zones:
        await pen.tx.topics.settle(
            topic,
            read_audience(topic.audience),
            [dues(zones, day=day, at=topic.at, now=pen.now, late=late) for late in range(MOST_MONTHS)],
            seed=pen.new_id(),
            most=(await pen.tx.organizations.current()).topics_a_month,
            now=pen.now,
            some_have_it=some_have_it,
        )
    return await pen.tx.topics.given(topic)


def _nothing_yet(pen: Pen, topic: Topic) -> Tally:
    """The numbers of the week in which it begins: they are taken as a week begins, never in its middle."""
    return Tally(
        topic=topic.id,
        week=monday(pen.now),
        organization=topic.organization,
        reached=0,
        discussed=0,
        not_relevant=0,
    )


def _confirmation(pen: Pen, topic: Topic) -> Delivery:
    assert topic.place is not None
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=topic.organization,
        recipient=topic.place,
        kind=DeliveryKind.assigned,
        subject=topic.id,
        planned_at=pen.now,
        due_at=pen.now,
        expires_at=pen.now + TOLD_WITHIN,
    )


async def place(pen: Pen, topic: Topic) -> None:
    """Puts what is due on the agendas."""
    if topic.state is TopicState.assigned:
        await pen.tx.topics.place(topic, pen.now)


async def clear(pen: Pen, topic: Topic) -> None:
    """Takes a topic that was recalled off the agendas where it is open."""
    if topic.state is TopicState.recalled and topic.looked_at is None:
        await pen.tx.topics.clear(topic.id, pen.now)
        await pen.tx.topics.save(replace(topic, looked_at=pen.now))


async def tally(pen: Pen, topic: Topic, *, without: Sequence[PersonId]) -> None:
    """Writes down how far it has come; once a week, whoever else does."""
    if topic.state is not TopicState.assigned or not topic.round:
        return
    found = await pen.tx.topics.reached(topic.id, topic.round, without=without)
    await pen.tx.topics.add_tally(
        Tally(
            topic=topic.id,
            week=monday(pen.now),
            organization=topic.organization,
            reached=found.reached,
            discussed=found.discussed,
            not_relevant=found.not_relevant,
        )
    )
