"""Which reminders a meeting, a promise and a rhythm call for, and when each of the two gets them (G3, G4, G5, D2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.action_item import ActionItem
from bot.model.conversation import Conversation, Relationship
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.habits import Habits
from bot.model.ids import ConversationId, DeliveryId, PersonId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Organization, Person
from bot.model.series import Series, SeriesState
from bot.pen import Pen
from bot.reporting import arrange_report
from bot.revisiting import arrange_growth_in
from bot.week import week_of
from bot.working import WorkWeek

OF_A_MEETING = (
    DeliveryKind.prepare,
    DeliveryKind.agenda,
    DeliveryKind.wrap_up,
    DeliveryKind.summary,
    DeliveryKind.shift,
)
SHIFT_DAYS = 2
SUMMARY_AFTER = timedelta(hours=1)
WRAP_UP_LIVES = timedelta(days=1)
SUMMARY_LIVES = timedelta(days=2)
DUE_LIVES = timedelta(days=2)
DRIFTING_LIVES = timedelta(days=5)
A_DAY = timedelta(days=1)
LATELY = timedelta(days=31)
"""Of a meeting that was longer ago, nobody is reminded any more."""

_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One of the two, with all that decides when they are reminded."""

    person: Person
    week: WorkWeek
    prepare_days: int
    agenda_minutes: int

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment where the reader is."""
        return moment.astimezone(ZoneInfo(self.person.zone)).date()


async def reader_of(pen: Pen, conversation: Conversation, person: Person) -> Reader:
    """One of the two participants as a reader of reminders."""
    organization = await pen.tx.organizations.current()
    habits = await pen.tx.habits.get(person.id)
    return Reader(
        person=person,
        week=await week_of(pen.tx, person),
        prepare_days=prepare_days(organization, habits, conversation),
        agenda_minutes=agenda_minutes(organization, habits),
    )


def prepare_days(organization: Organization, habits: Habits, conversation: Conversation) -> int:
    """Working days before a meeting: their own, or the organization's, which leaves who reports to the other more."""
    if habits.prepare_days is not None and not organization.reminders_locked:
        return habits.prepare_days
    return organization.report_prepare_days if reports_in(conversation, habits.person) else organization.prepare_days


def reports_in(conversation: Conversation, person: PersonId) -> bool:
    """Whether this participant reports to the other."""
    upwards = conversation.relationship in (Relationship.manager, Relationship.skip_level)
    return upwards and conversation.senior is not None and conversation.senior != person


def agenda_minutes(organization: Organization, habits: Habits) -> int:
    """Minutes before a meeting: their own, or the organization's."""
    if habits.agenda_minutes is not None and not organization.reminders_locked:
        return habits.agenda_minutes
    return organization.agenda_minutes


async def arrange_meeting(pen: Pen, meeting: Meeting) -> None:
    """After every change of a meeting: let what waits to be sent about it be just what is wanted now."""
    wanted: list[Delivery] = []
    conversation = await pen.tx.conversations.get(meeting.conversation)
    if conversation is not None and meeting.state is not MeetingState.cancelled:
        series = await pen.tx.series.get(meeting.series) if meeting.series else None
        for person in await pen.tx.people.many((conversation.first, conversation.second)):
            wanted += _wanted(pen, meeting, series, await reader_of(pen, conversation, person))
    await pen.tx.deliveries.arrange(meeting.id, OF_A_MEETING, wanted)


def _wanted(pen: Pen, meeting: Meeting, series: Series | None, reader: Reader) -> Iterator[Delivery]:
    match meeting.state:
        case MeetingState.scheduled:
            yield _prepare(pen, meeting, reader)
            yield _agenda(pen, meeting, reader)
            yield _wrap_up(pen, meeting, reader)
            yield _summary(pen, meeting, reader)
            if series is not None and shifts_for(series, meeting, reader.person.zone):
                yield _shift(pen, meeting, reader)
        case MeetingState.running:
            if meeting.is_planned:
                yield _wrap_up(pen, meeting, reader)
            yield _summary(pen, meeting, reader)
        case MeetingState.ended if meeting.ended_by is not None or meeting.is_planned:
            yield _summary(pen, meeting, reader)


def _prepare(pen: Pen, meeting: Meeting, reader: Reader) -> Delivery:
    day = reader.week.day_before(reader.day_of(meeting.starts_at), reader.prepare_days)
    if reader.week.morning(day) >= meeting.starts_at:
        day = reader.week.day_before(day, 1)
    due = reader.week.morning(day)
    return _reminder(pen, DeliveryKind.prepare, meeting.id, reader, due, meeting.starts_at, offset=day.toordinal())


def _agenda(pen: Pen, meeting: Meeting, reader: Reader) -> Delivery:
    due = meeting.starts_at - timedelta(minutes=reader.agenda_minutes)
    kind = DeliveryKind.agenda
    return _reminder(pen, kind, meeting.id, reader, due, meeting.starts_at, offset=_minute(meeting.starts_at))


def _wrap_up(pen: Pen, meeting: Meeting, reader: Reader) -> Delivery:
    due = meeting.over_at
    kind = DeliveryKind.wrap_up
    return _reminder(pen, kind, meeting.id, reader, due, due + WRAP_UP_LIVES, offset=_minute(meeting.starts_at))


def _summary(pen: Pen, meeting: Meeting, reader: Reader) -> Delivery:
    """After the meeting, or after one of them wrapped it up, which may be days later."""
    settled_at = meeting.over_at if meeting.ended_by is None else max(meeting.over_at, meeting.changed_at)
    due = reader.week.next_moment(settled_at + SUMMARY_AFTER)
    kind = DeliveryKind.summary
    return _reminder(pen, kind, meeting.id, reader, due, due + SUMMARY_LIVES, offset=_minute(meeting.starts_at))


def _shift(pen: Pen, meeting: Meeting, reader: Reader) -> Delivery:
    day = reader.week.day_before(reader.day_of(meeting.starts_at), SHIFT_DAYS)
    due = reader.week.morning(day)
    kind = DeliveryKind.shift
    return _reminder(pen, kind, meeting.id, reader, due, meeting.starts_at, offset=_minute(meeting.starts_at))


def _reminder(
    pen: Pen, kind: DeliveryKind, subject: str, reader: Reader, due: datetime, expires: datetime, *, offset: int
) -> Delivery:
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=reader.person.organization,
        recipient=reader.person.id,
        kind=kind,
        subject=subject,
        offset=offset,
        planned_at=pen.now,
        due_at=due,
        expires_at=expires,
    )


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // _MINUTE


def shifts_for(series: Series, meeting: Meeting, zone: str) -> bool:
    """Whether a meeting is at another hour than the one before it, for who lives in this zone, though nobody moved it.

    So it is when clocks change in one of two zones.
    """
    return usual_time(series, meeting, zone) not in (None, _wall(meeting.starts_at, zone))


def usual_time(series: Series, meeting: Meeting, zone: str) -> tuple[int, int] | None:
    """The hour and minute of the meeting before this one in its series, there; None where there is none or it moved."""
    if meeting.day is None or meeting.moved:
        return None
    before = series.rhythm.previous_day(meeting.day)
    return None if before is None else _wall(series.rhythm.starts(before), zone)


def _wall(moment: datetime, zone: str) -> tuple[int, int]:
    local = moment.astimezone(ZoneInfo(zone))
    return local.hour, local.minute


async def kept(pen: Pen, promise: ActionItem) -> ActionItem:
    """A changed promise, stored, with its reminder as it should be now."""
    saved = await pen.tx.action_items.save(promise)
    await arrange_due(pen, saved)
    return saved


async def arrange_due(pen: Pen, promise: ActionItem) -> None:
    """After every change of a promise: its owner is reminded on the morning it is due, or the last one they work."""
    wanted: list[Delivery] = []
    owner = await pen.tx.people.get(promise.owner)
    if owner is not None and promise.is_open and promise.due is not None:
        wanted = [_due(pen, promise, promise.due, owner, await week_of(pen.tx, owner))]
    await pen.tx.deliveries.arrange(promise.id, (DeliveryKind.due,), wanted)


def _due(pen: Pen, promise: ActionItem, day: date, owner: Person, week: WorkWeek) -> Delivery:
    due = week.morning(week.day_before(day, 0))
    if due < pen.now:
        due = week.next_morning(max(pen.now, week.morning(day)))
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=promise.organization,
        recipient=owner.id,
        kind=DeliveryKind.due,
        subject=promise.id,
        offset=day.toordinal(),
        planned_at=pen.now,
        due_at=due,
        expires_at=due + DUE_LIVES,
    )


async def arrange_for(pen: Pen, person: PersonId) -> None:
    """After a change of somebody's habits or zone: let all that they are to be reminded of follow."""
    conversations = [seated.conversation.id for seated in await pen.tx.conversations.seated(person)]
    for meeting in await pen.tx.meetings.since(pen.now - LATELY, conversations):
        await arrange_meeting(pen, meeting)
    for conversation in conversations:
        await arrange_drifting(pen, conversation)
    for promise in await pen.tx.action_items.owned(person):
        if promise.due is not None:
            await arrange_due(pen, promise)
    await arrange_growth_in(pen, person, conversations)
    await arrange_report(pen, person)


async def arrange_drifting(pen: Pen, conversation_id: ConversationId) -> None:
    """After every change of a schedule: both are told once when they have not met for twice their rhythm."""
    wanted: list[Delivery] = []
    conversation = await pen.tx.conversations.get(conversation_id)
    series = await pen.tx.series.of(conversation_id)
    if conversation is not None and series is not None and series.state is SeriesState.active:
        last = await last_together(pen, series)
        people = await pen.tx.people.many((conversation.first, conversation.second))
        wanted = [_drifting(pen, series, last, person, await week_of(pen.tx, person)) for person in people]
    await pen.tx.deliveries.arrange(conversation_id, (DeliveryKind.drifting,), wanted)


async def last_together(pen: Pen, series: Series) -> datetime:
    """When the two last met, or agreed upon their rhythm."""
    held = await pen.tx.meetings.latest_of([series.conversation])
    return max([series.created_at, *(meeting.met_at for meeting in held)])


def _drifting(pen: Pen, series: Series, last: datetime, person: Person, week: WorkWeek) -> Delivery:
    due = week.next_morning(last + 2 * series.rhythm.period + A_DAY)
    return Delivery(
        id=DeliveryId(pen.new_id()),
        organization=series.organization,
        recipient=person.id,
        kind=DeliveryKind.drifting,
        subject=series.conversation,
        offset=_minute(last),
        planned_at=pen.now,
        due_at=due,
        expires_at=due + DRIFTING_LIVES,
    )
