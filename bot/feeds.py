"""A person's meetings as their calendar reads them, by a secret token: times and places, nothing else (G8)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.features.calendars import digest_of
from bot.model.conversation import Seated
from bot.model.feed import Feed, FeedEvent
from bot.model.ids import MeetingId, OrganizationId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Organization, Person
from bot.model.series import Series
from bot.pen import Pen
from bot.ports import Store
from bot.timetable import meetings_ahead
from prompts import Library, Voice, fitting

BEHIND = timedelta(days=30)
AHEAD = timedelta(days=365)
_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Feeds:
    """Finds whose calendar a token opens."""

    store: Store
    organization: OrganizationId
    libraries: Mapping[str, Library]
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    async def find(self, token: str) -> Feed | None:
        """All meetings from a month ago to a year ahead; None for a token that opens nothing."""
        return await self._feed(token, None)

    async def one(self, token: str, meeting: str) -> Feed | None:
        """One of them; None where it is not among them."""
        feed = await self._feed(token, MeetingId(meeting))
        return feed if feed is not None and feed.events else None

    async def _feed(self, token: str, only: MeetingId | None) -> Feed | None:
        async with self.store.read(self.organization) as tx:
            link = await tx.calendar_links.with_digest(digest_of(token))
            person = await tx.people.get(link.person) if link else None
            if person is None or not person.active:
                return None
            organization = await tx.organizations.current()
            voice = self._voice(person, organization)
            events: list[FeedEvent] = []
            for seated in await tx.conversations.seated(person.id):
                if seated.seat.archived_at is None and seated.conversation.declined_at is None and seated.other_active:
                    title = _title(voice, organization, person, seated)
                    events += await _events(Pen(tx, self.now(), self.new_id), seated, title, only)
        return Feed(name=voice.say("calendar.name"), events=tuple(sorted(events, key=lambda event: event.starts_at)))

    def _voice(self, person: Person, organization: Organization) -> Voice:
        library = fitting(self.libraries, person.language, organization.language)
        return Voice(library, zone=person.zone, now=self.now())


def _title(voice: Voice, organization: Organization, person: Person, seated: Seated) -> str:
    if organization.discreet or person.discreet:
        return voice.say("calendar.plain")
    return voice.say("calendar.with", name=seated.other_name.split()[0] if seated.other_name.split() else "")


async def _events(pen: Pen, seated: Seated, title: str, only: MeetingId | None) -> Sequence[FeedEvent]:
    conversation = seated.conversation.id
    past = await pen.tx.meetings.since(pen.now - BEHIND, [conversation])
    ahead = await meetings_ahead(pen, conversation, until=pen.now + AHEAD)
    rows = {meeting.id: meeting for meeting in [*past, *ahead] if only in (None, meeting.id)}
    return [_event(row, await pen.tx.series.get(row.series) if row.series else None, title) for row in rows.values()]


def _event(meeting: Meeting, series: Series | None, title: str) -> FeedEvent:
    length = timedelta(minutes=meeting.minutes) if meeting.is_planned else meeting.over_at - meeting.starts_at
    known_as = f"{meeting.series}-{meeting.day:%Y%m%d}" if meeting.series and meeting.day else meeting.id
    return FeedEvent(
        uid=f"{known_as}@oneonone",
        title=title,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + max(length, timedelta(minutes=1)),
        place=meeting.place or (series.place if series else None) or "",
        sequence=int(meeting.changed_at.timestamp()) // _MINUTE,
        changed_at=meeting.changed_at,
        cancelled=meeting.state in (MeetingState.skipped, MeetingState.cancelled),
    )
