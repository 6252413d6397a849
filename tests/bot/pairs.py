"""Managers and their reports, with what is known of them, beside the four of the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from adapters.clock import new_id
from bot.folding import folded
from bot.model.agenda import AgendaItem
from bot.model.conversation import Conversation, Relationship
from bot.model.hierarchy import Attribute
from bot.model.ids import ConversationId, OrganizationId, PersonId
from bot.model.people import Account, Identity, Person
from bot.planner import Planner
from bot.ports import Transaction
from storage.store import Store as SqlStore
from tests.bot.desk import Actor, Desk

GERMAN_SALES = {"Country": "Germany", "Department": "Sales"}


@dataclass(frozen=True)
class Pair:
    """A manager and a report, and their conversation."""

    manager: Actor
    report: Actor
    conversation: ConversationId


async def hired(desk: Desk, handle: str, known: Mapping[str, str], *, zone: str = "Europe/Berlin") -> Actor:
    """Somebody new with an account, of whom this is known."""
    account = Account(desk.mia.account.organization, desk.mia.account.workspace, f"U0{handle.upper()}")
    person = Person(
        id=PersonId(new_id()),
        organization=account.organization,
        name=f"{handle.capitalize()} Example",
        email=f"{handle}@example.com",
        zone=zone,
    )
    async with desk.store.write(account.organization) as tx:
        await tx.people.add(person)
        await tx.people.add_identity(
            Identity(
                workspace=account.workspace,
                external_id=account.external_id,
                organization=account.organization,
                person=person.id,
                handle=handle,
            )
        )
        await known_of(tx, person.id, known, account.organization)
    actor = Actor(desk, account)
    desk.actors[handle] = actor
    return actor


async def known_of(tx: Transaction, person: PersonId, known: Mapping[str, str], organization: OrganizationId) -> None:
    """Writes down what is known of somebody, as a file would."""
    for label, value in known.items():
        await tx.hierarchy.put_attribute(
            Attribute(
                person=person,
                name=folded(label),
                organization=organization,
                label=label,
                value=folded(value),
                in_file=value,
            )
        )


async def managed(desk: Desk, manager: str, report: str) -> ConversationId:
    """The conversation of a manager and a report, made by their line."""
    one, other = await desk.person(manager), await desk.person(report)
    first, second = sorted((one, other))
    conversation = Conversation(
        id=ConversationId(new_id()),
        organization=desk.mia.account.organization,
        first=first,
        second=second,
        started_by=one,
        relationship=Relationship.manager,
        senior=one,
        created_at=desk.clock(),
        changed_at=desk.clock(),
        line=True,
    )
    async with desk.store.write(conversation.organization) as tx:
        assert await tx.conversations.start(conversation)
    return conversation.id


async def staffed(
    desk: Desk, count: int, *, known: Mapping[str, str] = GERMAN_SALES, mark: str = "one"
) -> Sequence[Pair]:
    """So many pairs whose reports have these attributes."""
    pairs = []
    for number in range(count):
        manager = await hired(desk, f"boss{mark}{number}", {})
        report = await hired(desk, f"rep{mark}{number}", known)
        where = await managed(desk, f"boss{mark}{number}", f"rep{mark}{number}")
        pairs.append(Pair(manager, report, where))
    return pairs


def planner(desk: Desk, store: SqlStore | None = None) -> Planner:
    """The clock's side of the desk; on a store of its own that of another replica."""
    store = store or cast("SqlStore", desk.store)
    return Planner(timetable=store.timetable, store=store, now=desk.clock, new_id=new_id, admins=desk.engine.admins)


async def assigned(desk: Desk, words: str = "assign Country = Germany: Mid-year reflection") -> None:
    """Mia assigns a topic in one line, and the clock goes by."""
    await desk.mia.says(words)
    await desk.mia.presses("Assign")
    await planner(desk).tick()


async def items_of(desk: Desk, pair: Pair) -> Sequence[AgendaItem]:
    """What is on the agenda of a pair, in any state."""
    async with desk.store.read(desk.mia.account.organization) as tx:
        return [item for item in await tx.agenda.of(pair.conversation) if item.topic is not None]
