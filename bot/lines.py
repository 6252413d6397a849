"""Who reports to whom, judged anew, and the conversations that follow from it (A1, A6, N2)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.hierarchy import LeftOpen, Member, Named, Verdict, judge
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.hierarchy import Doubt
from bot.model.ids import DeliveryId, PersonId
from bot.model.people import Person
from bot.pen import Pen
from bot.rollout import refresh_enabled
from bot.week import weeks_of

HANDOVER_LIVES = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What came of it: how many lines have another manager now, and what that did to conversations.

    ``doubts`` counts the named managers that do not hold, by why; only those that were looked at.
    """

    moved: int = 0
    made: int = 0
    adopted: int = 0
    rested: int = 0
    returned: int = 0
    doubts: Mapping[Doubt, int] = field(default_factory=dict)


async def settle(pen: Pen, *, domains: frozenset[str]) -> Settled:
    """Judge all lines of the organization, and let conversations follow; to do so twice comes to the same."""
    await pen.tx.people.one_at_a_time()
    lines = await pen.tx.lines.named()
    verdicts = judge(await pen.tx.lines.members(), lines, domains=domains)
    changed = await _hold(pen, lines, verdicts)
    await refresh_enabled(pen)
    return await _follow(pen, None, verdicts, moved=changed)


async def settle_one(pen: Pen, person: PersonId, *, domains: frozenset[str]) -> Settled:
    """The same after a change of one person: their line, an arrival under their e-mail, their leaving or return."""
    await pen.tx.people.one_at_a_time()
    lines, members = await _around(pen, person)
    verdicts = judge(members, lines, domains=domains)
    changed = await _hold(pen, lines, verdicts)
    touched = await _touched(pen, {person, *changed}, lines, verdicts)
    return await _follow(pen, touched, verdicts, moved=changed)


async def _touched(
    pen: Pen, people: Collection[PersonId], lines: Iterable[Named], verdicts: Mapping[PersonId, Verdict]
) -> Collection[PersonId]:
    """Whose conversations may be others now: these people's, and those of whoever it is on or off for by this."""
    theirs = [line for line in lines if line.person in people]
    managers = {who for line in theirs for who in (line.manager, verdicts[line.person].manager) if who is not None}
    turned = await refresh_enabled(pen, among={*people, *managers})
    reports = await pen.tx.hierarchy.reports_to(turned)
    return {*people, *turned, *(line.person for line in reports)}


async def _around(pen: Pen, person: PersonId) -> tuple[Sequence[Named], Sequence[Member]]:
    """All lines whose verdict may follow from the person's, with everybody above them: so none can differ."""
    [who] = await pen.tx.lines.members([person])
    lines = {line.person: line for line in await pen.tx.lines.named([person])}
    lines |= {line.person: line for line in await pen.tx.lines.naming(person, who.email)}
    lines |= {line.person: line for line in await pen.tx.lines.doubted(Doubt.cycle)}
    members = {person: who}
    new: Collection[Named] = list(lines.values())
    while new:
        above = await _meant_by(pen, new)
        members |= above
        new = await pen.tx.lines.named(above.keys() - lines.keys())
        lines |= {line.person: line for line in new}
    return list(lines.values()), list(members.values())


async def _meant_by(pen: Pen, lines: Iterable[Named]) -> Mapping[PersonId, Member]:
    """All who may be meant by these lines."""
    emails = {line.in_file for line in lines if line.in_file}
    ids = {who for line in lines for who in (line.by_hand, line.manager) if who}
    found = (*await pen.tx.lines.with_emails(emails), *await pen.tx.lines.members(map(PersonId, ids)))
    return {member.id: member for member in found}


async def _hold(pen: Pen, lines: Iterable[Named], verdicts: Mapping[PersonId, Verdict]) -> Collection[PersonId]:
    """Write down the verdicts that are new; who has another manager by them."""
    new = {line.person: verdicts[line.person] for line in lines if line.verdict != verdicts[line.person]}
    await pen.tx.lines.hold(new, at=pen.now)
    return [line.person for line in lines if line.manager != verdicts[line.person].manager]


async def _follow(
    pen: Pen, people: Collection[PersonId] | None, verdicts: Mapping[PersonId, Verdict], *, moved: Collection[PersonId]
) -> Settled:
    follows = pen.tx.line_conversations
    doubts = Counter(verdict.doubt for verdict in verdicts.values() if verdict.doubt is not None)
    if people is not None and not await follows.concern(people):  # most who arrive, one by one, are in no hierarchy
        return Settled(doubts=dict(doubts))
    returned = await follows.bring_back(people, at=pen.now)
    adopted = await follows.adopt(people)
    made = await follows.make(people, at=pen.now, new_id=pen.new_id)
    rested = await follows.rest(people, at=pen.now)
    await _offer_handover(pen, await follows.left_open(moved))
    return Settled(
        moved=len(moved), made=made, adopted=adopted, rested=len(rested), returned=returned, doubts=dict(doubts)
    )


async def _offer_handover(pen: Pen, left_open: Sequence[LeftOpen]) -> None:
    """The reports, and nobody else, are told once that they may take open things along."""
    reports = {person.id: person for person in await pen.tx.people.many(each.report for each in left_open)}
    weeks = await weeks_of(pen.tx, reports.values())
    moments = {week: week.next_moment(pen.now) for week in set(weeks.values())}  # most people work alike
    offers = [_offer(pen, each, reports[each.report], moments[weeks[each.report]]) for each in left_open]
    await pen.tx.deliveries.plan_all(offers)


def _offer(pen: Pen, left: LeftOpen, report: Person, due: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=report.organization,
        recipient=report.id,
        kind=DeliveryKind.handover,
        subject=left.conversation,
        offset=int(left.since.timestamp()),
        planned_at=pen.now,
        due_at=due,
        expires_at=due + HANDOVER_LIVES,
    )
