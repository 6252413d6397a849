"""What the engine needs from the outside, as Protocols. ``storage`` and the adapters implement them.

A transaction belongs to one organization; every query in it is limited to that organization. ``get`` answers None
for what does not exist. ``save`` writes a value whose ``version`` is the stored one, stores ``version + 1``,
returns that, and raises Stale when somebody else was faster.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.line_repositories import LineConversations, Lines
from bot.model.delivery import Address, Delivery, Glance, Queue
from bot.model.ids import (
    ActionItemId,
    DeliveryId,
    GrowthPlanId,
    MeetingId,
    OrganizationId,
    PersonId,
    SeriesId,
    TopicId,
    WorkspaceId,
)
from bot.model.topic import Chore
from bot.model.usage import Counted
from bot.pace import Limits
from bot.people_repositories import Census, Chats, Hierarchy, Installations, Organizations, People
from bot.repositories import (
    ActionItems,
    Agenda,
    AllHabits,
    AllSeries,
    CalendarLinks,
    Conversations,
    Deliveries,
    Drafts,
    Meetings,
    Notes,
    Questions,
    Suggestions,
    Topics,
    Trail,
)
from bot.talk_repositories import CheckIns, Growth, Templates
from bot.usage_repositories import Counting, Usage
from bot.views import Card


class Stale(Exception):
    """Somebody else changed this row since it was read."""


class Busy(Exception):
    """The database could not be had in time, or at all; nothing was written."""


class Unlisted(Exception):
    """Who is in this channel has to be read first; the adapter asks its platform, calls ``enlist``, and tries again."""

    def __init__(self, workspace: WorkspaceId, external_id: str) -> None:
        super().__init__("the members of a channel are not known")
        self.workspace = workspace
        self.external_id = external_id


class Transaction(Protocol):
    """All repositories of one transaction."""

    @property
    def organizations(self) -> Organizations: ...
    @property
    def people(self) -> People: ...
    @property
    def census(self) -> Census: ...
    @property
    def hierarchy(self) -> Hierarchy: ...
    @property
    def lines(self) -> Lines: ...
    @property
    def line_conversations(self) -> LineConversations: ...
    @property
    def topics(self) -> Topics: ...
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
    def series(self) -> AllSeries: ...
    @property
    def suggestions(self) -> Suggestions: ...
    @property
    def check_ins(self) -> CheckIns: ...
    @property
    def growth(self) -> Growth: ...
    @property
    def templates(self) -> Templates: ...
    @property
    def habits(self) -> AllHabits: ...
    @property
    def calendar_links(self) -> CalendarLinks: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def trail(self) -> Trail: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def counting(self) -> Counting: ...


class Store(Protocol):
    """Opens transactions. Leaving the block commits, an exception rolls back; both raise Busy after two seconds.

    What nobody waits for and is about very many rows may be given more ``patience``, in seconds.
    """

    def write(
        self, organization: OrganizationId, *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Transaction]: ...
    def read(
        self, organization: OrganizationId, *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Transaction]: ...


class Outbox(Protocol):
    """The outbox, as the worker sees it: each call is a transaction of its own, over all organizations.

    ``via`` and ``lanes`` name workspaces for which deliveries wait; ANYWHERE is that of those without one.
    """

    async def hold(
        self, workspaces: Collection[WorkspaceId], *, owner: str, lease: timedelta, alone: bool
    ) -> Mapping[WorkspaceId, int]:
        """Become or remain the one who sends in these workspaces, as far as nobody else is; the fences of those.

        Who is ``alone`` with the database takes them from whoever had them. What waits for a workspace that has been
        without a sender for a while waits ANYWHERE again.
        """

    async def let_go(self, *, owner: str) -> None:
        """Leave the workspaces to others at once."""

    async def glance(self, lanes: Sequence[str], *, now: datetime) -> Glance:
        """What there is to do."""

    async def claim(
        self, via: str, *, owner: str, now: datetime, lease: timedelta, most: int, fence: int | None = None
    ) -> Sequence[Delivery]:
        """Turn up to ``most`` due deliveries from pending to sending, committed before this returns, the urgent first.

        With a ``fence`` nothing is claimed unless the owner still has the workspace under it.
        """

    async def claim_doubtful(
        self, lanes: Collection[str], *, owner: str, now: datetime, lease: timedelta, most: int
    ) -> Sequence[Delivery]:
        """Take up to ``most`` deliveries of which it is to be found out whether they were accepted."""

    async def expire(self, *, now: datetime, settles: timedelta = ...) -> Sequence[Delivery]:
        """Give up what cannot be sent any more: it is dropped; sendings whose lease has run out become unknown.

        These are looked for once their platform has settled.
        """

    async def renew(self, *, owner: str, lease: timedelta) -> None:
        """Extend the leases of what this owner is sending, after the clock has jumped."""

    async def waiting(self, *, now: datetime) -> int:
        """How many deliveries are due and pending."""

    async def next_due(self, *, now: datetime) -> datetime | None:
        """The earliest moment at which something may be claimed; None when nothing waits."""

    async def queue(self, *, now: datetime) -> Queue:
        """What is due and waits."""


class Timetable(Protocol):
    """What the clock has to do to series and meetings, over all organizations; the most urgent first."""

    async def to_plan(self, *, until: datetime, most: int) -> Sequence[tuple[OrganizationId, SeriesId]]:
        """Active series whose meetings are not planned until then."""

    async def to_begin(self, *, now: datetime, most: int) -> Sequence[tuple[OrganizationId, MeetingId]]:
        """Scheduled meetings whose time has come."""

    async def to_close(self, *, begun_before: datetime, most: int) -> Sequence[tuple[OrganizationId, MeetingId]]:
        """Meetings that have been under way since before then."""

    async def unrevisited(self, *, before: date, most: int) -> Sequence[tuple[OrganizationId, GrowthPlanId]]:
        """Growth plans whose day to ask about them was before this one."""

    async def unreported(self, *, month: date, most: int) -> Sequence[tuple[OrganizationId, PersonId]]:
        """Who wants the usage report each month, and has none planned for that one, or a later one."""

    async def unreminded(self, *, most: int) -> Sequence[tuple[OrganizationId, ActionItemId]]:
        """Open action items with a date for which no reminder was ever planned."""

    async def topics(self, *, now: datetime, week: date) -> Sequence[tuple[Chore, OrganizationId, TopicId]]:
        """What there is to do about topics; a tally is of the ``week`` that begins on that day."""

    async def counted(self) -> Sequence[tuple[OrganizationId, Counted]]:
        """How far the usage of each organization is counted."""

    async def next_begin(self) -> datetime | None:
        """When the next scheduled meeting begins."""


class Messenger(Protocol):
    """Sends one card to one address; raises Gone, Later, Unknown or Broken."""

    @property
    def limits(self) -> Limits:
        """How much the platform takes."""
        ...

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        """The platform's id of the message it accepted."""

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        """The platform's id of the message with this delivery in it; None when it surely has none since then.

        Raises Untraceable where the platform keeps no id of ours; Gone, Later, Unknown or Broken when it cannot be
        asked.
        """


class Meter(Protocol):
    """Counts what happens, without content and without names."""

    def delivered(self, kind: str, outcome: str, *, late: float) -> None:
        """A delivery came to this outcome, so many seconds after it was due.

        Of one whose sending is unknown it may be "found" or "missing", or it is sent again without being sure
        ("risked"), or left so ("given_up").
        """

    def answered(self, what: str, *, seconds: float) -> None:
        """A person's input was answered; ``what`` is "words", "press", "act", "look" or "people"."""


class Links(Protocol):
    """Makes addresses at which one person may read something in a browser, for a day from now on."""

    def report(self, person: PersonId, *, days: int | None = None, department: str | None = None) -> str | None:
        """Where this person reads the usage report, over so many days, of a department by its id or of everybody.

        None where people cannot reach the service.
        """
        ...


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


class Untraceable(Exception):
    """The platform cannot be asked what became of a message."""


class Now(Protocol):
    """The clock: an aware UTC moment."""

    def __call__(self) -> datetime: ...


class NewId(Protocol):
    """Makes ids of 22 characters."""

    def __call__(self) -> str: ...
