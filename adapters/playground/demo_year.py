"""A year of 1-on-1s at Brightwater, without a word of anybody's: when people met, what they did, and how it was.

It is the same each time, but for the day on which it ends: chance is drawn from what is known by its name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b

from bot.model.answer import Answer, Meaningful
from bot.model.conversation import Conversation, Relationship
from bot.model.ids import ConversationId, MeetingId, OrganizationId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Person
from bot.model.usage import Deed
from bot.ports import Store, Transaction

WEEKS = 57
"""So many weeks before today it begins: the trend goes back a year, and its first windows are whole."""

PATIENCE = 60.0
ANSWERED = timedelta(days=190)
"""How far back people said whether it was meaningful."""

_A_DAY = timedelta(days=1)
_MOST_PEOPLE = 1000
_MINUTES = 30
_DEEDS = (Deed.added, Deed.discussed, Deed.noted, Deed.promised, Deed.closed, Deed.checked_in, Deed.wrapped_up)

# Of a hundred 1-on-1s in a department, how many were alive a year ago and are now; it grows from the one to the other.
_ALIVE = {
    "Engineering": (35, 80),
    "Support": (30, 38),
    "Sales": (20, 66),
    "Operations": (40, 67),
    "Marketing": (15, 85),
    "Finance": (50, 70),
}
_ELSEWHERE = (40, 80)
_QUIET_WEEKS = (31, 32, 33, 52, 53, 1)
"""By their number in the year: summer, and the end of the year."""


@dataclass(frozen=True)
class _Pair:
    """A conversation, the department of its report, and what they are known by."""

    conversation: Conversation
    department: str
    name: str

    def chance(self, *of: object) -> float:
        """From 0 to 1, always the same for the same."""
        words = "/".join(map(str, (self.name, *of)))
        return int.from_bytes(blake2b(words.encode(), digest_size=4).digest(), "big") / 2**32


async def live_a_year(store: Store, organization: OrganizationId, *, now: datetime, new_id: Callable[[], str]) -> None:
    """Put it on record, as if everybody had been here for that long."""
    async with store.write(organization, patience=PATIENCE) as tx:
        year = _Year(tx, organization, now, new_id)
        for pair in await _pairs(tx):
            await year.add(pair)


async def _pairs(tx: Transaction) -> list[_Pair]:
    people = {person.id: person for person in await tx.people.matching("", _MOST_PEOPLE)}
    said = {one.person: one.shown for one in await tx.hierarchy.attributes(people) if one.name == "department"}
    found: dict[ConversationId, _Pair] = {}
    for person in people.values():
        for seated in await tx.conversations.seated(person.id):
            there = seated.conversation
            if there.relationship is Relationship.manager and there.senior is not None and there.id not in found:
                report = people[there.other(there.senior)]
                found[there.id] = _Pair(there, said.get(report.id, ""), _known_by(report))
    return sorted(found.values(), key=lambda pair: pair.name)


def _known_by(person: Person) -> str:
    return person.email or person.name


@dataclass(frozen=True)
class _Year:
    tx: Transaction
    organization: OrganizationId
    now: datetime
    new_id: Callable[[], str]

    async def add(self, pair: _Pair) -> None:
        """They have had their 1-on-1 since it began, and met whenever it was alive."""
        begun = self.now - timedelta(weeks=WEEKS)
        there = await self.tx.conversations.save(replace(pair.conversation, created_at=begun, changed_at=begun))
        for starts_at in self._meetings(pair):
            await self._meet(replace(pair, conversation=there), starts_at)

    def _meetings(self, pair: _Pair) -> Iterator[datetime]:
        """Every two weeks or every three, on their own weekday and at their own hour."""
        every = 2 if pair.chance("rhythm") < 0.7 else 3
        weekday, hour = int(pair.chance("weekday") * 5), 8 + int(pair.chance("hour") * 8)
        monday = self.now.date() - self.now.weekday() * _A_DAY
        for ago in range(WEEKS - 1, -1, -1):
            week = monday - timedelta(weeks=ago)
            starts_at = datetime.combine(week + weekday * _A_DAY, time(hour), self.now.tzinfo)
            if ago % every == 0 and starts_at < self.now - _A_DAY and self._is_alive(pair, week, ago):
                yield starts_at

    @staticmethod
    def _is_alive(pair: _Pair, week: date, ago: int) -> bool:
        """Some come to life as the year goes by; now and then a meeting is left out, more often in quiet weeks."""
        before, now = _ALIVE.get(pair.department, _ELSEWHERE)
        alive = before + (now - before) * (WEEKS - ago) / WEEKS
        left_out = 0.6 if week.isocalendar().week in _QUIET_WEEKS else 0.06
        return pair.chance("alive") * 100 < alive and pair.chance("left out", week) >= left_out

    async def _meet(self, pair: _Pair, starts_at: datetime) -> None:
        there = pair.conversation
        assert there.senior is not None
        over = starts_at + timedelta(minutes=_MINUTES)
        meeting = Meeting(
            id=MeetingId(self.new_id()),
            organization=self.organization,
            conversation=there.id,
            author=there.senior,
            starts_at=starts_at,
            minutes=_MINUTES,
            state=MeetingState.ended,
            changed_at=over,
            begun_at=starts_at,
            ended_at=over,
            ended_by=there.senior,
        )
        await self.tx.meetings.add(meeting)
        for number in range(2):
            deed = _DEEDS[int(pair.chance("deed", starts_at, number) * len(_DEEDS))]
            await self.tx.usage.did(there.id, deed, starts_at + timedelta(minutes=5 + 10 * number))
        if starts_at > self.now - ANSWERED and pair.chance("answers", starts_at) < 0.8:
            await self._answer(pair, meeting, over)

    async def _answer(self, pair: _Pair, meeting: Meeting, at: datetime) -> None:
        for person in (pair.conversation.first, pair.conversation.second):
            chance = pair.chance("answer", meeting.starts_at, person == pair.conversation.senior)
            said = Meaningful.yes if chance < 0.84 else Meaningful.somewhat
            answer = Answer(meeting=meeting.id, person=person, organization=self.organization, meaningful=said, at=at)
            await self.tx.meetings.answer(answer)
