"""An attacker's desk: any action with any ids, as anybody; what they learn or change is held against the model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints

from adapters.clock import new_id
from bot.actions import Action, pack
from bot.engine import Engine, Input
from bot.entered import Entered, Value
from bot.features.conversation_page import OpenConversation
from bot.model.agenda import Visibility
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, OrganizationId, PersonId
from bot.model.people import Account
from bot.turn import Quoted
from bot.views import Card, View
from storage.store import Store
from tests.stateful.allowed import OF_A_CONVERSATION, Deed
from tests.stateful.knowing import Aviary, pair
from tests.stateful.snapshot import Snapshot, Watch, renewed, snapshot

POOLS = {
    "ConversationId": "conversation",
    "ItemId": "item",
    "CommentId": "comment",
    "MeetingId": "meeting",
    "NoteId": "note",
    "ActionItemId": "promise",
    "DraftId": "draft",
    "PersonId": "person",
    "PlaceId": "place",
}
"""Where the ids of each kind are found."""


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
                company = _company(who, stored, table, row)
                found.setdefault((organization, company, _is_closed(stored, key), _look(who, row)), key)
        return list(found.values())

    def sees(self, who: Somebody, key: str) -> bool:
        """Whether something of the organization is this person's to see."""
        ours = self.stored[who.account.organization]
        return any(key in ours.table(name) for name in POOLS.values()) and not self._is_hidden(who, key)

    def is_barred(self, who: Somebody, action: Action) -> bool:
        """Whether the action is about something hidden, or in a conversation that is closed."""
        ours = self.stored[who.account.organization]
        return any(self._is_hidden(who, one) or _is_closed(ours, one) for one in ids_in(action, {}))

    def is_hidden(self, who: Somebody, action: Action) -> bool:
        """Whether the action is about something that this person may not see."""
        return any(self._is_hidden(who, one) for one in ids_in(action, {}))

    async def news(self, who: Somebody) -> Card | None:
        """What a message about the other side would say now."""
        delivery = Delivery(
            id=DeliveryId(new_id()),
            organization=who.account.organization,
            recipient=PersonId(who.id),
            kind=DeliveryKind.news,
            subject=who.id,
            planned_at=LONG_AGO,
            due_at=LONG_AGO,
            expires_at=LONG_AGO,
        )
        compose = self.engine.registry.messages[DeliveryKind.news]
        try:
            async with self.store.read(who.account.organization) as tx:
                return await compose(await self.engine._turn(tx, self._input(who, {}, at=None)), delivery)
        except Exception as error:
            raise Won(f"news for {who.name} could not be written") from error

    def hears(self, who: Somebody, shown: object) -> None:
        """Something is on a person's screen."""
        secrets = self.aviary.secrets(repr(shown), who.id)
        if secrets:
            raise Won(f"{who.name} was shown {secrets}")
        if self.failed in repr(shown):
            raise Won(f"{who.name} made it fail")
        if self.busy in repr(shown):
            raise Unproven(who.name)

    async def _done(self, who: Somebody, wanted: Action | str, given: Input) -> View:
        before = dict(self.stored)
        repeated = given.key != f"attack-{self.number}" and await self._was_seen(who, given.key)
        said = self.engine.say(given, wanted) if isinstance(wanted, str) else self.engine.press(given, pack(wanted))
        view = await said
        if self._may_write(wanted) and not self.trusting:
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
            deed = Deed(who.id, who.is_admin, before[organization], stored)
            forbidden = [*deed.forbidden()]
            if organization != who.account.organization:
                forbidden = [*deed.changes()]
            elif repeated:
                # What an input led to is shown again, and that somebody looked is remembered.
                forbidden += [change for change in deed.changes() if change.table != "seat"]
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
        twin = replace(action, **{name: absent.get(value, value) for name, value in _parts(action)})
        typed = {name: _instead(value, absent) for name, value in entered.items()}
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
        if key in ours.item:
            return who.id not in _readers_of_item(ours, key)
        if key in ours.comment:
            return who.id not in _readers_of_item(ours, ours.comment[key].item)
        if key in ours.note and ours.note[key].private:
            return who.id != ours.note[key].author
        if key in ours.draft:
            return who.id != ours.draft[key].person
        if key in ours.conversation:
            return who.id not in pair(ours, key)
        rows = (ours.table(name)[key] for name in ("note", "promise", "meeting") if key in ours.table(name))
        return any(who.id not in pair(ours, row.conversation) for row in rows)

    async def _was_seen(self, who: Somebody, key: str) -> bool:
        async with self.store.read(who.account.organization) as tx:
            return await tx.trail.seen(who.account.workspace, key) is not None

    def _may_write(self, wanted: Action | str) -> bool:
        """Reading remembers who was here, so opening a conversation writes too."""
        reads = isinstance(wanted, Action) and not self.engine.registry.of(wanted).writes
        return not reads or isinstance(wanted, OpenConversation)

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


def _company(who: Somebody, stored: Snapshot, table: str, row: Any) -> frozenset[str]:
    """The two of a row's conversation; nobody where this person is not one of them."""
    where = row.id if table == "conversation" else getattr(row, "conversation", None)
    two = frozenset(pair(stored, where)) if where else frozenset()
    return two if who.id in two else frozenset()


def _look(who: Somebody, row: Any) -> tuple[object, ...]:
    """What matters about a row: whose it is, who sees it, and in which state it is."""
    owner = getattr(row, "author", getattr(row, "person", getattr(row, "started_by", None)))
    states = (getattr(row, name, None) for name in ("visibility", "state", "private", "ended_at", "active"))
    return (owner == who.id, getattr(row, "id", "") == who.id, *states)


def _is_closed(stored: Snapshot, key: str) -> bool:
    where = next((stored.table(name)[key].conversation for name in OF_A_CONVERSATION if key in stored.table(name)), key)
    found = stored.conversation.get(where)
    if found is None:
        return False
    return found.declined_at is not None or not all(stored.person[one].active for one in pair(stored, where))


def _readers_of_item(stored: Snapshot, key: str) -> set[str]:
    item = stored.item[key]
    return pair(stored, item.conversation) if item.visibility is Visibility.shared else {item.author}


def kinds_of(kind: type[Action]) -> Mapping[str, Any]:
    """The types of an action's parts, without "or None"."""
    hints = get_type_hints(kind)
    return {part.name: _plain(hints[part.name]) for part in fields(kind)}


def _plain(hint: Any) -> Any:
    return next((one for one in getattr(hint, "__args__", ()) if one is not type(None)), hint)


def ids_in(wanted: Action | str, entered: Mapping[str, Value]) -> list[str]:
    """Everything that may be an id in an action and what is entered with it."""
    parts = [value for _, value in _parts(wanted)] if isinstance(wanted, Action) else []
    typed = [one for value in entered.values() for one in ((value,) if isinstance(value, str) else value)]
    return [one for one in (*parts, *typed) if isinstance(one, str) and len(one) == 22]


def _parts(action: Action) -> list[tuple[str, Any]]:
    return [(part.name, getattr(action, part.name)) for part in fields(action)]


def _instead(value: Value, absent: Mapping[str, str]) -> Value:
    return absent.get(value, value) if isinstance(value, str) else tuple(absent.get(one, one) for one in value)
