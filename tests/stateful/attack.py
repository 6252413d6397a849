"""An attacker's desk: any action with any ids, as anybody; what they learn or change is held against the model."""

from collections import Counter
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from adapters.clock import new_id
from bot.actions import Action, pack
from bot.engine import Engine, Input
from bot.entered import Entered, Value
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.feed import Feed
from bot.model.ids import DeliveryId, OrganizationId, PersonId
from bot.model.people import Account
from bot.ports import Unlisted
from bot.turn import Quoted, Turn
from bot.views import Card, Notice, View
from storage.store import Store
from tests.stateful.allowed import Deed
from tests.stateful.knowing import Aviary
from tests.stateful.post import feeds_at
from tests.stateful.snapshot import Snapshot, Watch, renewed, snapshot
from tests.stateful.standing import POOLS, ids_in, instead, is_closed, is_hidden, parts, stands

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Won(AssertionError):
    """The attacker knows, or changed, what they may not."""


class Unproven(AssertionError):
    """The database was busy, which says nothing of what the attacker may know, but looks as if it did."""


@dataclass(frozen=True)
class Somebody:
    """A person who may be attacked or attack."""

    name: str
    id: str
    account: Account
    is_admin: bool = False


@dataclass(kw_only=True)
class Attack:
    """``stored`` is what each organization has now; every attempt raises Won when it should have failed.

    ``twins`` is how often somebody's action of one kind is repeated for something that does not exist.
    """

    engine: Engine
    store: Store
    watch: Watch
    aviary: Aviary
    people: Mapping[str, Somebody]
    stored: dict[OrganizationId, Snapshot] = field(default_factory=dict)
    failed: str = ""
    busy: str = ""
    twins: int = 2
    trusting: bool = False
    attackers: Sequence[str] = ()
    number: int = 0
    compared: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def attempt(
        self,
        who: Somebody,
        wanted: Action | str,
        *,
        entered: Mapping[str, Value] | None = None,
        at: Action | None = None,
        key: str | None = None,
        quoted: Quoted | None = None,
    ) -> View:
        """Does it, and checks what comes of it; a stranger's attempt is repeated for something that is not there."""
        hidden = [one for one in ids_in(wanted, entered or {}) if self._is_hidden(who, one)]
        before = dict(self.stored)
        view = await self._done(who, wanted, self._input(who, entered or {}, at=at, key=key, quoted=quoted))
        if isinstance(wanted, Action) and hidden and key is None and self._doubts(who, wanted, before):
            await self._compare(who, wanted, entered or {}, at=at, hidden=hidden, view=view)
        return view

    async def look_around(self) -> None:
        """Read what is stored."""
        changed = self.watch.changed()
        for organization in {somebody.account.organization for somebody in self.people.values()} if changed else ():
            last = self.stored.get(organization)
            fresh = renewed(self.store, organization, last, changed) if last else snapshot(self.store, organization)
            self.stored[organization] = await fresh
            self.aviary.looks_at(self.stored[organization])

    @property
    def actors(self) -> Sequence[Somebody]:
        """Who attacks."""
        return [self.people[name] for name in self.attackers]

    def pool(self, kind: str) -> Sequence[str]:
        """All ids of a kind that exist anywhere."""
        return [key for stored in self.stored.values() for key in stored.table(POOLS[kind])]

    def examples(self, who: Somebody, kind: str) -> Sequence[str]:
        """One id for each way in which a thing of this kind can stand to a person."""
        table = POOLS[kind]
        found: dict[object, str] = {}
        for organization, stored in self.stored.items():
            for key, row in stored.table(table).items():
                found.setdefault((organization, is_closed(stored, key), stands(who.id, stored, table, row)), key)
        return list(found.values())

    def sees(self, who: Somebody, key: str) -> bool:
        """Whether something of the organization is this person's to see."""
        ours = self.stored[who.account.organization]
        return any(key in ours.table(name) for name in POOLS.values()) and not self._is_hidden(who, key)

    def is_barred(self, who: Somebody, action: Action) -> bool:
        """Whether the action is about something hidden, or in a conversation that is closed."""
        ours = self.stored[who.account.organization]
        return any(self._is_hidden(who, one) or is_closed(ours, one) for one in ids_in(action, {}))

    def is_hidden(self, who: Somebody, action: Action) -> bool:
        """Whether the action is about something that this person may not see."""
        return any(self._is_hidden(who, one) for one in ids_in(action, {}))

    async def told(self, who: Somebody) -> Mapping[str, Card | None]:
        """What each message that was ever meant for this person would say now, and one about the other side."""
        stored = self.stored[who.account.organization].delivery
        every = {"news": _news(who)} | {key: one for key, one in stored.items() if one.recipient == who.id}
        async with self.store.read(who.account.organization) as tx:
            turn = await self.engine._turn(tx, self._input(who, {}, at=None))
            return {key: await self._composed(who, turn, delivery) for key, delivery in every.items()}

    async def _composed(self, who: Somebody, turn: Turn, delivery: Delivery) -> Card | None:
        try:
            return await self.engine.registry.messages[delivery.kind](turn, delivery)
        except Exception as error:
            raise Won(f"{delivery.kind.value} for {who.name} could not be written") from error

    async def calendar(self, who: Somebody) -> Feed | None:
        """What this person's calendar shows, for who has an address for it."""
        organization = who.account.organization
        link = self.stored[organization].calendar_link.get(who.id)
        feeds = feeds_at(self.engine, self.store, organization)
        return await feeds.find(link.token) if link else None

    def hears(self, who: Somebody, shown: object) -> None:
        """Something is on a person's screen."""
        secrets = self.aviary.secrets(repr(shown), who.id) | self._addresses(repr(shown), who)
        if secrets:
            raise Won(f"{who.name} was shown {secrets}")
        if self.failed in repr(shown):
            raise Won(f"{who.name} made it fail")
        if self.busy in repr(shown):
            raise Unproven(who.name)

    def _addresses(self, shown: str, who: Somebody) -> set[str]:
        """The secret addresses of others' calendars."""
        links = (link for stored in self.stored.values() for link in stored.calendar_link.values())
        return {f"the calendar of {link.person}" for link in links if link.person != who.id and link.token in shown}

    async def _done(self, who: Somebody, wanted: Action | str, given: Input) -> View:
        before = dict(self.stored)
        repeated = given.key != f"attack-{self.number}" and await self._was_seen(who, given.key)
        said = self.engine.say(given, wanted) if isinstance(wanted, str) else self.engine.press(given, pack(wanted))
        view = await _answer(said)
        if not self.trusting:  # reading writes too: who was here, and what was suggested to them
            await self.look_around()
            self._judge(who, wanted, before, repeated=repeated)
        self.hears(who, view)
        return view

    async def judged(self, who: Somebody, wanted: Action) -> None:
        """After several attempts that were trusted to do no harm: they did none."""
        before = dict(self.stored)
        await self.look_around()
        self._judge(who, wanted, before, repeated=False)

    def _judge(self, who: Somebody, wanted: object, before: dict[OrganizationId, Snapshot], *, repeated: bool) -> None:
        for organization, stored in self.stored.items():
            deed = Deed(who.id, is_admin(who, before[organization]), before[organization], stored)
            forbidden = [*deed.forbidden()]
            if organization != who.account.organization:
                forbidden = [*deed.changes()]
            elif repeated:
                # What an input led to is shown again, and that somebody saw it is remembered.
                forbidden += [change for change in deed.changes() if change.table not in ("seat", "suggested")]
            if forbidden:
                raise Won(f"{who.name} changed {[one.table for one in forbidden]} by {type(wanted).__name__}")

    def _doubts(self, who: Somebody, wanted: Action, before: dict[OrganizationId, Snapshot]) -> bool:
        """Whether to ask again: what did something need not answer the same twice."""
        about = who.name, type(wanted).__name__
        self.compared[about] += 1
        return self.compared[about] <= self.twins and self.stored == before

    async def _compare(
        self,
        who: Somebody,
        action: Action,
        entered: Mapping[str, Value],
        *,
        at: Action | None,
        hidden: Sequence[str],
        view: View,
    ) -> None:
        """The answer about what exists is the answer about what does not."""
        absent = {one: new_id() for one in hidden}
        twin = replace(action, **{name: absent.get(value, value) for name, value in parts(action)})
        typed = {name: instead(value, absent) for name, value in entered.items()}
        other = repr(await self._done(who, twin, self._input(who, typed, at=at)))
        for known, unknown in absent.items():
            other = other.replace(unknown, known)
        if other != repr(view):
            raise Won(f"{who.name} can tell that something exists by {type(action).__name__}")

    def _is_hidden(self, who: Somebody, key: str) -> bool:
        """Whether this is the id of something that the person may not see."""
        ours = self.stored[who.account.organization]
        theirs = [stored for organization, stored in self.stored.items() if organization != who.account.organization]
        if any(key in stored.table(name) for stored in theirs for name in POOLS.values()):
            return True
        return is_hidden(who.id, ours, key)

    async def _was_seen(self, who: Somebody, key: str) -> bool:
        async with self.store.read(who.account.organization) as tx:
            return await tx.trail.seen(who.account.workspace, key) is not None

    def _input(
        self,
        who: Somebody,
        entered: Mapping[str, Value],
        *,
        at: Action | None,
        key: str | None = None,
        quoted: Quoted | None = None,
    ) -> Input:
        self.number += 1
        return Input(
            account=who.account,
            key=key or f"attack-{self.number}",
            entered=Entered(entered),
            at=pack(at) if at else None,
            quoted=quoted,
        )


def is_admin(who: Somebody, stored: Snapshot) -> bool:
    """Whether the configuration names them, or another admin did."""
    return who.is_admin or (who.id in stored.person and stored.person[who.id].admin)


def _news(who: Somebody) -> Delivery:
    return Delivery(
        id=DeliveryId(new_id()),
        organization=who.account.organization,
        recipient=PersonId(who.id),
        kind=DeliveryKind.news,
        subject=who.id,
        planned_at=LONG_AGO,
        due_at=LONG_AGO,
        expires_at=LONG_AGO,
    )


async def _answer(said: Awaitable[View]) -> View:
    """What they are told; of a channel that would have to be read first, nothing."""
    try:
        return await said
    except Unlisted:
        return Notice(text="")
