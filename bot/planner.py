"""What the clock does to meetings: plans them ahead, begins them at their time, and closes what nobody wrapped up."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.assigning import Assigner
from bot.failures import error_place
from bot.model.ids import ActionItemId, GrowthPlanId, MeetingId, OrganizationId, PersonId, SeriesId, TopicId
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import SeriesState
from bot.model.topic import Chore
from bot.pen import Pen
from bot.ports import Busy, Stale, Store, Timetable
from bot.reminding import arrange_due, arrange_meeting
from bot.reporting import arrange_report, month_after
from bot.revisiting import PASSED, pass_over
from bot.timetable import AHEAD, HORIZON, begin, change, close, plan_meetings, rewrite
from bot.usage_keeping import UsageKeeper

log = logging.getLogger("oneonone.planner")
BATCH = 20
LEFT_OPEN = timedelta(hours=24)
"""After so long a meeting that nobody wrapped up is over."""

TRIED_AGAIN = timedelta(minutes=1)
"""After so long what could not be planned is tried once more."""

T = TypeVar("T", SeriesId, MeetingId, ActionItemId, TopicId, GrowthPlanId, PersonId, OrganizationId)


@dataclass(frozen=True, kw_only=True)
class Planner:
    """Any replica may plan: each step is a transaction of its own, and who comes second passes over it.

    ``stuck`` is what failed lately, and when it is tried again: until then it takes nobody's place in a batch.
    """

    timetable: Timetable
    store: Store
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    admins: frozenset[str] = frozenset()
    platform_admins: bool = False
    stuck: dict[str, datetime] = field(default_factory=dict)

    async def tick(self) -> bool:
        """A batch of each; whether there may be more."""
        now, most = self.now(), self._most()
        try:
            to_plan = self._ready(await self.timetable.to_plan(until=now + HORIZON, most=most))
            to_begin = self._ready(await self.timetable.to_begin(now=now, most=most))
            to_close = self._ready(await self.timetable.to_close(begun_before=now - LEFT_OPEN, most=most))
            to_revisit = self._ready(await self.timetable.unrevisited(before=(now - PASSED).date(), most=most))
            to_report = self._ready(await self.timetable.unreported(month=month_after(now.date()), most=most))
            chores = await self._assigner.chores()
            to_count = await self._keeper.due()
        except Busy:
            log.warning("timetable is busy")
            return False
        done = [
            *[await self._safely(self._plan, organization, series) for organization, series in to_plan],
            *[await self._safely(self._begin, organization, meeting) for organization, meeting in to_begin],
            *[await self._safely(self._close, organization, meeting) for organization, meeting in to_close],
            *[await self._safely(self._revisit, organization, plan) for organization, plan in to_revisit],
            *[await self._safely(self._report, organization, person) for organization, person in to_report],
        ]
        for chore, organization, topic in chores:
            if topic not in self.stuck:
                await self._safely(self._about(chore), organization, topic)
        counted = [
            await self._safely(self._count, organization, organization)
            for organization in to_count
            if organization not in self.stuck
        ]
        whole = BATCH in (len(to_plan), len(to_begin), len(to_close), len(to_revisit), len(to_report))
        return any(counted) or (any(done) and whole)

    def _about(self, chore: Chore) -> Callable[[OrganizationId, TopicId], Awaitable[None]]:
        async def topic(organization: OrganizationId, topic_id: TopicId) -> None:
            await self._assigner.do(chore, organization, topic_id)

        return topic

    @property
    def _assigner(self) -> Assigner:
        return Assigner(
            timetable=self.timetable,
            store=self.store,
            now=self.now,
            new_id=self.new_id,
            admins=self.admins,
            flagged=self.platform_admins,
        )

    @property
    def _keeper(self) -> UsageKeeper:
        return UsageKeeper(timetable=self.timetable, store=self.store, now=self.now, new_id=self.new_id)

    async def _count(self, organization: OrganizationId, _: OrganizationId) -> None:
        await self._keeper.step(organization)

    def _most(self) -> int:
        """How much to ask for, so that a batch is left when what is stuck is taken out."""
        for subject in [subject for subject, again in self.stuck.items() if again <= self.now()]:
            del self.stuck[subject]
        return BATCH + len(self.stuck)

    def _ready(self, found: Sequence[tuple[OrganizationId, T]]) -> Sequence[tuple[OrganizationId, T]]:
        return [(organization, subject) for organization, subject in found if subject not in self.stuck][:BATCH]

    async def catch_up(self) -> None:
        """Plan the reminders of promises that were made before there were reminders."""
        last: object = None
        while (found := await self.timetable.unreminded(most=BATCH)) and found != last:
            last = found
            for organization, promise in found:
                await self._safely(self._remind, organization, promise)

    async def _safely(
        self, step: Callable[[OrganizationId, T], Awaitable[None]], organization: OrganizationId, subject: T
    ) -> bool:
        """Whether it was done; what failed is tried again later, and keeps nothing else back."""
        try:
            await step(organization, subject)
        except (Busy, Stale):
            return False
        except Exception as error:  # noqa: BLE001 - the edge: one that cannot be planned must not stop the others
            _failed(step.__name__.strip("_"), error)
            self.stuck[subject] = self.now() + TRIED_AGAIN
            return False
        return True

    async def _plan(self, organization: OrganizationId, series_id: SeriesId) -> None:
        async with self.store.write(organization) as tx:
            series = await tx.series.unless_taken(series_id)
            if series is None or series.state is not SeriesState.active:
                return
            pen = Pen(tx, self.now(), self.new_id)
            if series.rests:  # its conversation has come back: meetings that were called off may take place after all
                await rewrite(pen, replace(series, rests=False))
                return
            await plan_meetings(pen, series, pen.now + AHEAD)
            if series.planned_until <= pen.now:  # what is said of all has changed, for what was moved here too
                for meeting in await tx.meetings.upcoming(series.conversation):
                    await arrange_meeting(pen, meeting)

    async def _begin(self, organization: OrganizationId, meeting_id: MeetingId) -> None:
        async with self.store.write(organization) as tx:
            pen = Pen(tx, self.now(), self.new_id)
            meeting = await tx.meetings.unless_taken(meeting_id)
            if meeting is None or meeting.state is not MeetingState.scheduled or meeting.starts_at > pen.now:
                return
            if await _can_meet(pen, meeting):
                await begin(pen, meeting, by=None)
            else:
                await change(pen, replace(meeting, state=MeetingState.cancelled))

    async def _close(self, organization: OrganizationId, meeting_id: MeetingId) -> None:
        async with self.store.write(organization) as tx:
            meeting = await tx.meetings.unless_taken(meeting_id)
            if meeting is not None and meeting.state is MeetingState.running:
                await close(Pen(tx, self.now(), self.new_id), meeting)

    async def _revisit(self, organization: OrganizationId, plan_id: GrowthPlanId) -> None:
        async with self.store.write(organization) as tx:
            plan = await tx.growth.get(plan_id)
            if plan is not None:
                await pass_over(Pen(tx, self.now(), self.new_id), plan)

    async def _report(self, organization: OrganizationId, person: PersonId) -> None:
        async with self.store.write(organization) as tx:
            await arrange_report(Pen(tx, self.now(), self.new_id), person)

    async def _remind(self, organization: OrganizationId, promise_id: ActionItemId) -> None:
        async with self.store.write(organization) as tx:
            promise = await tx.action_items.get(promise_id)
            if promise is not None:
                await arrange_due(Pen(tx, self.now(), self.new_id), promise)


def _failed(step: str, error: Exception) -> None:
    log.error("failed", extra={"during": step, "error": error_place(error)})


async def _can_meet(pen: Pen, meeting: Meeting) -> bool:
    """Whether the two still have a 1-on-1, and both are here."""
    conversation = await pen.tx.conversations.get(meeting.conversation)
    if conversation is None or conversation.declined_at is not None:
        return False
    people = await pen.tx.people.many((conversation.first, conversation.second))
    return all(person.active for person in people)
