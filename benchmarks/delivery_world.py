"""An organization with pairs of people in some workspaces, and as many deliveries to them as are wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import func, select

from adapters.clock import new_id
from bot.model.agenda import AgendaItem
from bot.model.conversation import Conversation, Relationship, Seat
from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.ids import ConversationId, DeliveryId, ItemId, MeetingId, OrganizationId, PersonId, WorkspaceId
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Identity, Person, Platform, Workspace
from bot.registry import Handlers, Registry, together
from bot.turn import Turn
from bot.views import Card, Text
from storage.database import migrate
from storage.nouns import AGENDA_ITEM, CONVERSATION, DELIVERY, IDENTITY, MEETING, PERSON, SEAT, WORKSPACE
from storage.store import Store

KEYS = (b"k" * 32,)
PATIENCE = 2.0
_AT_ONCE = 5000
_PEOPLE = ((PERSON, "persons"), (IDENTITY, "accounts"))
_SHARED = ((CONVERSATION, "conversations"), (SEAT, "seats"), (MEETING, "meetings"), (AGENDA_ITEM, "items"))
trivial = Handlers()


async def _compose(turn: Turn, delivery: Delivery) -> Card | None:
    """A message that asks nothing of the database."""
    del turn
    return Card(title="A reminder", body=(Text(delivery.subject),), summary="A reminder")


for _kind in DeliveryKind:
    trivial.message(_kind)(_compose)
TRIVIAL: Registry = together([trivial])


@dataclass(frozen=True)
class Pair:
    """Two people with a meeting to come; ``account`` is what the first of them is called in the workspace."""

    workspace: WorkspaceId
    people: tuple[PersonId, PersonId]
    meeting: MeetingId
    conversation: ConversationId
    account: str


@dataclass
class World:
    """``begins`` is when all pairs meet, and the last moment for their reminders."""

    store: Store
    organization: OrganizationId
    workspaces: Sequence[WorkspaceId]
    begins: datetime
    pairs: list[Pair] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    async def plan(
        self,
        pairs: Sequence[Pair],
        many: int,
        *,
        due_at: datetime,
        kind: DeliveryKind = DeliveryKind.agenda,
    ) -> str:
        """So many deliveries to the people of these pairs in turn; the id of the last of them."""
        last = ""
        made = (self._delivery(pair, person, kind, due_at) for pair, person in _in_turn(pairs))
        for part in _parts(islice(made, many), _AT_ONCE):
            await _insert(self.store, self.organization, DELIVERY, part)
            last = part[-1].id
        return last

    def _delivery(self, pair: Pair, person: PersonId, kind: DeliveryKind, due_at: datetime) -> Delivery:
        return Delivery(
            id=DeliveryId(new_id()),
            organization=self.organization,
            recipient=person,
            kind=kind,
            subject=pair.meeting,
            planned_at=due_at,
            due_at=due_at,
            expires_at=self.begins,
            offset=next(self._numbers),
        )

    async def sent(self) -> int:
        """How many deliveries are recorded as sent."""
        return await self.count(DELIVERY.table.c.state == DeliveryState.sent)

    async def count(self, *where: Any) -> int:
        query = select(func.count()).select_from(DELIVERY.table).where(*where)
        async with self.store._database.read() as connection:
            found: int = (await connection.execute(query)).scalar_one()
            return found


async def world_on(
    url: str,
    *,
    pairs: int,
    workspaces: Sequence[Platform] = (Platform.slack,),
    now: datetime | None = None,
    moment: Callable[[], datetime] | None = None,
) -> World:
    """So many pairs in each of these workspaces, in a database that is migrated first."""
    await migrate(url)
    store = Store(url, KEYS, patience=PATIENCE, moment=moment)
    return await settled(store, [pairs] * len(workspaces), workspaces, now or datetime.now(UTC))


async def settled(
    store: Store, pairs: Sequence[int], workspaces: Sequence[Platform], now: datetime, *, only_people: bool = False
) -> World:
    """So many pairs in each workspace of a database that is migrated; if ``only_people``, they share nothing."""
    organization = await store.organization(name="Bench", new_id=new_id)
    places = [
        Workspace(id=WorkspaceId(new_id()), organization=organization, platform=each, external_id=f"T{n}", name=f"W{n}")
        for n, each in enumerate(workspaces)
    ]
    world = World(store, organization, tuple(place.id for place in places), now + timedelta(days=1))
    await _insert(store, organization, WORKSPACE, places)
    made = [
        _Made(organization, place.id, n, world.begins, now)
        for place, many in zip(places, pairs, strict=True)
        for n in range(many)
    ]
    world.pairs = [one.pair for one in made]
    for mapper, name in _PEOPLE if only_people else (*_PEOPLE, *_SHARED):
        for part in _parts((row for one in made for row in getattr(one, name)), _AT_ONCE):
            await _insert(store, organization, mapper, part)
    return world


class _Made:
    """The rows of one pair."""

    def __init__(
        self, organization: OrganizationId, workspace: WorkspaceId, number: int, begins: datetime, now: datetime
    ) -> None:
        one, two = sorted(PersonId(new_id()) for _ in range(2))
        conversation = ConversationId(new_id())
        self.pair = Pair(workspace, (one, two), MeetingId(new_id()), conversation, f"U{number}A")
        self.persons = [
            Person(id=each, organization=organization, name=f"{name} Person{number}", zone="Europe/Madrid")
            for each, name in ((one, "Ana"), (two, "Ben"))
        ]
        self.accounts = [
            Identity(workspace=workspace, external_id=f"U{number}{seat}", organization=organization, person=each)
            for each, seat in ((one, "A"), (two, "B"))
        ]
        self.conversations = [
            Conversation(
                id=conversation,
                organization=organization,
                first=one,
                second=two,
                started_by=one,
                relationship=Relationship.colleague,
                senior=None,
                created_at=now,
                changed_at=now,
            )
        ]
        self.seats = [Seat(conversation=conversation, person=each, organization=organization) for each in (one, two)]
        self.meetings = [
            Meeting(
                id=self.pair.meeting,
                organization=organization,
                conversation=conversation,
                author=one,
                starts_at=begins,
                state=MeetingState.scheduled,
                changed_at=now,
                minutes=30,
            )
        ]
        self.items = [
            AgendaItem(
                id=ItemId(new_id()),
                organization=organization,
                conversation=conversation,
                author=one,
                text=f"Something to talk about, number {each}",
                created_at=now,
                changed_at=now,
                position=each,
            )
            for each in range(3)
        ]


def _parts(values: Iterable[Any], most: int) -> Iterator[Sequence[Any]]:
    """As itertools.batched, which is newer than the oldest Python that we run on."""
    waiting = iter(values)
    while part := list(islice(waiting, most)):
        yield part


def _in_turn(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, PersonId]]:
    while True:
        for seat in range(2):
            for pair in pairs:
                yield pair, pair.people[seat]


async def _insert(store: Store, organization: OrganizationId, mapper: Any, values: Sequence[Any]) -> None:
    async with store._database.write() as connection:
        cipher = await store._cipher(connection, organization)
        await connection.execute(mapper.insert, [mapper.row(value, cipher) for value in values])
