"""What the engine needs from the outside, as Protocols. ``storage`` and the adapters implement them.

A transaction belongs to one organization; every query in it is limited to that organization. ``get`` answers None
for what does not exist. ``save`` writes a value whose ``version`` is the stored one, stores ``version + 1``,
returns that, and raises Stale when somebody else was faster.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Comment
from bot.model.conversation import Conversation, Seat, Seated
from bot.model.delivery import Address, Delivery, DeliveryState, Outcome
from bot.model.draft import Draft
from bot.model.ids import (
    ActionItemId,
    CommentId,
    ConversationId,
    DeliveryId,
    DraftId,
    ItemId,
    MeetingId,
    NoteId,
    OrganizationId,
    PersonId,
    PlaceId,
    QuestionId,
    WorkspaceId,
)
from bot.model.installation import Installation
from bot.model.meeting import Meeting
from bot.model.note import Note, NoteTally
from bot.model.people import Chat, Identity, Organization, Person, Place, Workspace
from bot.model.question import Question
from bot.model.trail import AuditEntry, Seen
from bot.views import Card


class Stale(Exception):
    """Somebody else changed this row since it was read."""


class Busy(Exception):
    """The database could not be had in time, or at all; nothing was written."""


class Organizations(Protocol):
    """The organization of the transaction, its workspaces and places."""

    async def current(self) -> Organization: ...
    async def save(self, organization: Organization) -> Organization: ...
    async def workspaces(self) -> Sequence[Workspace]: ...
    async def add_workspace(self, workspace: Workspace) -> None: ...
    async def place(self, place: PlaceId) -> Place | None: ...
    async def place_at(self, workspace: WorkspaceId, external_id: str) -> Place | None: ...
    async def add_place(self, place: Place) -> None: ...


class People(Protocol):
    """The people of the organization and their accounts."""

    async def get(self, person: PersonId) -> Person | None: ...
    async def many(self, people: Iterable[PersonId]) -> Sequence[Person]: ...
    async def add(self, person: Person) -> None: ...
    async def save(self, person: Person) -> Person: ...
    async def identity(self, workspace: WorkspaceId, external_id: str) -> Identity | None: ...
    async def identities(self, person: PersonId) -> Sequence[Identity]: ...
    async def one_at_a_time(self) -> None:
        """Until this transaction ends, no other one of the organization comes past here."""

    async def add_identity(self, identity: Identity) -> None: ...
    async def save_identity(self, identity: Identity) -> None:
        """Keep its handle, and whether it is active."""

    async def mark_unreachable(self, identity: Identity, *, since: datetime) -> bool: ...  # False when it was marked
    async def mark_reachable(self, workspace: WorkspaceId, external_id: str) -> None: ...
    async def by_emails(self, emails: Iterable[str]) -> Sequence[Person]: ...
    async def matching(self, words: str, most: int) -> Sequence[Person]:
        """Active people whose name, handle or e-mail has every word of ``words`` (any case), by name."""


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


class Conversations(Protocol):
    """Conversations and the seats of their participants."""

    async def get(self, conversation: ConversationId) -> Conversation | None: ...
    async def of_pair(self, one: PersonId, other: PersonId) -> Conversation | None: ...
    async def start(self, conversation: Conversation) -> bool:
        """Add it with both seats; False, and nothing written, when the pair has one already."""

    async def save(self, conversation: Conversation) -> Conversation: ...
    async def touch(self, conversation: ConversationId, at: datetime) -> None:
        """Move ``changed_at`` forward, without a new version."""

    async def seated(self, person: PersonId) -> Sequence[Seated]:
        """All conversations of this person, archived and declined ones too."""

    async def visit(self, conversation: ConversationId, person: PersonId, at: datetime) -> None:
        """Set ``visited_at`` of this person's seat, if they have one there."""

    async def seat(self, conversation: ConversationId, person: PersonId) -> Seat | None: ...
    async def save_seat(self, seat: Seat) -> None:
        """The last writer wins: only its person writes a seat."""


class Agenda(Protocol):
    """Agenda items and the comments on them."""

    async def get(self, item: ItemId) -> AgendaItem | None: ...
    async def add(self, item: AgendaItem) -> None: ...
    async def save(self, item: AgendaItem) -> AgendaItem: ...
    async def of(self, *conversations: ConversationId) -> Sequence[AgendaItem]:
        """Every item of these conversations in any state, by position, then by age."""

    async def open_in(self, conversations: Iterable[ConversationId]) -> Sequence[AgendaItem]: ...
    async def remove(self, item: ItemId) -> None:
        """Take away an item that nobody has commented on."""

    async def last_position(self, conversation: ConversationId) -> int:
        """The highest position in the conversation, 0 where there are no items."""

    async def place(self, positions: Iterable[tuple[ItemId, int]]) -> None:
        """Set positions, without a new version."""

    async def add_comment(self, comment: Comment) -> None: ...
    async def comment(self, comment: CommentId) -> Comment | None: ...
    async def remove_comment(self, comment: CommentId) -> None: ...
    async def comments(self, item: ItemId) -> Sequence[Comment]: ...
    async def comments_in(self, *conversations: ConversationId) -> Sequence[Comment]: ...


class Notes(Protocol):
    """Notes, shared and private."""

    async def get(self, note: NoteId) -> Note | None: ...
    async def add(self, note: Note) -> None: ...
    async def save(self, note: Note) -> Note: ...
    async def of(self, *conversations: ConversationId) -> Sequence[Note]:
        """Every entry of these conversations that was not removed, oldest first, private ones of both too."""

    async def tally(self, conversation: ConversationId, reader: PersonId) -> NoteTally: ...


class ActionItems(Protocol):
    """Promises."""

    async def get(self, action_item: ActionItemId) -> ActionItem | None: ...
    async def add(self, action_item: ActionItem) -> None: ...
    async def save(self, action_item: ActionItem) -> ActionItem: ...
    async def of(self, *conversations: ConversationId) -> Sequence[ActionItem]:
        """All of these conversations: the earliest due first, undated ones last."""

    async def open_in(self, conversation: ConversationId) -> Sequence[ActionItem]:
        """The open ones of the conversation: the earliest due first, undated ones last."""

    async def kept(self, conversation: ConversationId) -> Mapping[PersonId, int]:
        """How many each owner has done."""

    async def owned(self, owner: PersonId) -> Sequence[ActionItem]:
        """All open ones of this owner: the earliest due first, undated ones last."""


class Meetings(Protocol):
    """Meetings."""

    async def get(self, meeting: MeetingId) -> Meeting | None: ...
    async def start(self, meeting: Meeting) -> bool:
        """Add it; False, and nothing written, when one is under way in that conversation."""

    async def save(self, meeting: Meeting) -> Meeting: ...
    async def of(self, conversation: ConversationId) -> Sequence[Meeting]:
        """The latest first."""

    async def latest_of(self, conversations: Iterable[ConversationId]) -> Sequence[Meeting]:
        """The latest meeting of each of these conversations that has one."""


class Drafts(Protocol):
    """Sealed drafts."""

    async def get(self, draft: DraftId) -> Draft | None: ...
    async def add(self, draft: Draft) -> None: ...
    async def remove(self, draft: DraftId) -> None: ...
    async def remove_older(self, than: datetime) -> None: ...


class Questions(Protocol):
    """Questions to a human being."""

    async def get(self, question: QuestionId) -> Question | None: ...
    async def add(self, question: Question) -> None: ...


class Deliveries(Protocol):
    """The outbox, as a participant's action sees it."""

    async def plan(self, delivery: Delivery) -> DeliveryState:
        """Insert it unless there is one of the same subject, recipient, kind and offset; the state it now stands in.

        One that was dropped as no longer wanted becomes pending again, with the new times.
        """

    async def get(self, delivery: DeliveryId) -> Delivery | None: ...
    async def record(self, delivery: Delivery, outcome: Outcome) -> bool:
        """Write what became of a claimed delivery; False when its fence says that another worker took it over."""

    async def release(self, recipient: PersonId) -> None:
        """Let what waits until this recipient can be written to be sent now."""


class Trail(Protocol):
    """Inputs handled, and the audit log."""

    async def seen(self, workspace: WorkspaceId, key: str) -> Seen | None: ...
    async def mark_seen(self, workspace: WorkspaceId, seen: Seen, at: datetime) -> bool:
        """Record it; False when another transaction was first."""

    async def forget_seen(self, before: datetime) -> None: ...
    async def audit(self, entry: AuditEntry) -> None: ...


class Transaction(Protocol):
    """All repositories of one transaction."""

    @property
    def organizations(self) -> Organizations: ...
    @property
    def people(self) -> People: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def installations(self) -> Installations: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def agenda(self) -> Agenda: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def action_items(self) -> ActionItems: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def trail(self) -> Trail: ...


class Store(Protocol):
    """Opens transactions. Leaving the block commits, an exception rolls back; both raise Busy after two seconds."""

    def write(self, organization: OrganizationId) -> AbstractAsyncContextManager[Transaction]: ...
    def read(self, organization: OrganizationId) -> AbstractAsyncContextManager[Transaction]: ...


class Outbox(Protocol):
    """The outbox, as the worker sees it: each call is a transaction of its own, over all organizations."""

    async def claim(self, *, owner: str, now: datetime, lease: timedelta, most: int) -> Sequence[Delivery]:
        """Turn up to ``most`` due deliveries from pending to sending, committed before this returns."""

    async def expire_leases(self, *, now: datetime) -> int:
        """Turn sendings whose lease has run out into unknown ones; how many there were."""

    async def waiting(self, *, now: datetime) -> int:
        """How many deliveries are due and pending."""

    async def next_due(self, *, now: datetime) -> datetime | None:
        """The earliest moment at which something pending may be claimed; None when nothing waits."""


class Messenger(Protocol):
    """Sends one card to one address; raises Gone, Later, Unknown or Broken."""

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        """The platform's id of the message it accepted."""


class Gone(Exception):
    """The recipient cannot be reached any more: do not try again."""


class Later(Exception):
    """Definitely not accepted; try again after so many seconds."""

    def __init__(self, code: str, *, after: float) -> None:
        super().__init__(code)
        self.after = after


class Unknown(Exception):
    """It may or may not have been accepted."""


class Broken(Exception):
    """Definitely refused, and it will be again: our message is wrong."""


class Now(Protocol):
    """The clock: an aware UTC moment."""

    def __call__(self) -> datetime: ...


class NewId(Protocol):
    """Makes ids of 22 characters."""

    def __call__(self) -> str: ...
