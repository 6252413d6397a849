"""Organizations and people as a transaction reads and writes them, as Protocols like those of the other nouns."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import (
    PersonId,
    PlaceId,
    WorkspaceId,
)
from bot.model.installation import Installation
from bot.model.people import Chat, Identity, Organization, Person, Place, Reach, Workspace
from bot.model.roster import Difference, Register


class Organizations(Protocol):
    """The organization of the transaction, its workspaces and places."""

    async def current(self) -> Organization: ...
    async def save(self, organization: Organization) -> Organization: ...
    async def workspaces(self) -> Sequence[Workspace]: ...
    async def add_workspace(self, workspace: Workspace) -> bool:
        """Add it; False, and nothing written, when the platform's own is there already."""

    async def places(self, places: Iterable[PlaceId]) -> Sequence[Place]:
        """Those of them that exist, in no order."""

    async def place(self, place: PlaceId) -> Place | None: ...
    async def place_at(self, workspace: WorkspaceId, external_id: str) -> Place | None: ...
    async def add_place(self, place: Place) -> None: ...
    async def members(self, place: PlaceId) -> Sequence[PersonId]:
        """Who was there when it was read last."""

    async def put_members(self, place: PlaceId, people: Iterable[PersonId], *, at: datetime) -> None:
        """Let these be all its members."""


class People(Protocol):
    """The people of the organization and their accounts."""

    async def get(self, person: PersonId) -> Person | None: ...
    async def many(self, people: Iterable[PersonId]) -> Sequence[Person]: ...
    async def add(self, person: Person) -> None: ...
    async def save(self, person: Person) -> Person: ...
    async def identity(self, workspace: WorkspaceId, external_id: str) -> Identity | None: ...
    async def identities_at(self, workspace: WorkspaceId, external_ids: Iterable[str]) -> Sequence[Identity]:
        """Those of these accounts that are known, in no order."""

    async def accounts(self, people: Iterable[PersonId]) -> Sequence[Identity]:
        """The accounts of all these people."""

    async def identities(self, person: PersonId) -> Sequence[Identity]: ...
    async def one_at_a_time(self) -> None:
        """Until this transaction ends, no other one of the organization comes past here."""

    async def add_identity(self, identity: Identity) -> None: ...
    async def save_identity(self, identity: Identity) -> None:
        """Keep its handle, whether it is active, and what the platform says of its rights."""

    async def mark_unreachable(self, identity: Identity, *, since: datetime) -> bool: ...  # False when it was marked
    async def mark_reachable(self, workspace: WorkspaceId, external_id: str) -> None: ...
    async def by_emails(self, emails: Iterable[str]) -> Sequence[Person]: ...
    async def matching(self, words: str, most: int, *, let_in: bool = False) -> Sequence[Person]:
        """Active people whose name, handle or e-mail has every word of ``words`` (any case), by name.

        With ``let_in`` those for whom it is on.
        """

    async def admins(self, emails: Iterable[str], *, flagged: bool) -> Sequence[Person]:
        """Active people with one of these addresses, or named by an admin, by name.

        With ``flagged`` also those whom the platform of an active account of theirs calls one.
        """

    async def reach(self, departments: Collection[str]) -> Reach:
        """For how many people it would be on if it were on for these departments; without any, for everyone."""

    async def let_in(
        self, departments: Collection[str], *, among: Collection[PersonId] | None = None
    ) -> Sequence[PersonId]:
        """Let it be on for just those, as far as they are ``among`` these few; for whom that changes something."""


class Census(Protocol):
    """All people at once, as a file of them needs it."""

    async def register(self) -> Register:
        """All who are known."""

    async def take_in(self, difference: Difference, *, at: datetime, step: Callable[[int], None]) -> None:
        """Write what the file changes; ``step`` is told how many rows are written.

        Raises Stale when another file has come since it was compared, or somebody whom it changes was changed.
        """

    async def close(self, files: int) -> None:
        """Count the file, at last; raises Stale when somebody else has come meanwhile with one of its addresses."""


class Hierarchy(Protocol):
    """Who reports to whom, and what is known of people."""

    async def line(self, person: PersonId) -> ReportingLine | None: ...
    async def put_line(self, line: ReportingLine) -> None:
        """Add it, or replace the one of the same person."""

    async def reports_to(self, managers: Iterable[PersonId]) -> Sequence[ReportingLine]:
        """The lines of those whose manager, as it holds, is one of these."""

    async def attributes(self, people: Iterable[PersonId]) -> Sequence[Attribute]:
        """Those of all these people, by name."""

    async def put_attribute(self, attribute: Attribute) -> None:
        """Add it, or replace the one of the same person and name."""

    async def remove_attribute(self, person: PersonId, name: str) -> None: ...
    async def labels(self) -> Mapping[str, str]:
        """The attributes that anybody has: how each is written, by its folded name, in order."""

    async def values(self, name: str) -> Sequence[str]:
        """The values of this attribute that active people have, each once, as it is written, in order."""


class Chats(Protocol):
    """Where the bot writes to accounts and channels."""

    async def get(self, workspace: WorkspaceId, external_id: str) -> Chat | None: ...
    async def of_member(self, workspace: WorkspaceId, member: str) -> Chat | None: ...
    async def put(self, chat: Chat) -> None:
        """Add it, or replace the one of the same account or channel."""

    async def remove(self, workspace: WorkspaceId, external_id: str) -> None: ...


class Installations(Protocol):
    """What workspaces granted that took the bot in by themselves."""

    async def get(self, workspace: WorkspaceId) -> Installation | None: ...
    async def all(self) -> Sequence[Installation]:
        """The oldest first."""

    async def put(self, installation: Installation) -> None:
        """Add it, or replace the one of the same workspace."""

    async def remove(self, workspace: WorkspaceId) -> None: ...
