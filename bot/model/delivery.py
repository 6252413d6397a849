"""A message that nobody asked for at this moment, and the state of its sending."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import DeliveryId, OrganizationId, PersonId, PlaceId, WorkspaceId


class DeliveryKind(StrEnum):
    """What a delivery says; its text is rendered when it is sent."""

    started = "started"
    declined = "declined"
    news = "news"
    question = "question"
    linked = "linked"
    unreachable = "unreachable"
    prepare = "prepare"
    agenda = "agenda"
    wrap_up = "wrap_up"
    summary = "summary"
    shift = "shift"
    due = "due"
    drifting = "drifting"
    arranged = "arranged"
    rescheduled = "rescheduled"
    handover = "handover"
    assigned = "assigned"
    growth = "growth"
    report = "report"


NUDGES = frozenset(
    {
        DeliveryKind.news,
        DeliveryKind.drifting,
        DeliveryKind.due,
        DeliveryKind.wrap_up,
        DeliveryKind.summary,
        DeliveryKind.growth,
        DeliveryKind.report,
    }
)
"""What can wait while something else is due, and is not worth saying twice when nobody knows whether it was said."""

URGENT, USUAL, PATIENT = PRIORITIES = (0, 1, 2)
"""What goes first when more is due than a platform takes."""


def priority_of(kind: DeliveryKind) -> int:
    """Minutes count before a meeting, hours for most else, and nudges can wait."""
    if kind is DeliveryKind.agenda:
        return URGENT
    return PATIENT if kind in NUDGES else USUAL


UNREACHABLE = "unreachable"
"""The ``last_error`` of a pending delivery that waits until its recipient can be written to."""

UNWANTED = "unwanted"
"""The ``last_error`` of a dropped delivery whose occasion went away before it was due."""

ANYWHERE = ""
"""The ``via`` of a delivery that no workspace has been chosen for."""

EXPIRED = "expired"
"""The ``last_error`` of a dropped delivery whose time was over before it could be sent."""


class DeliveryState(StrEnum):
    """``sending`` is committed before the call; the four outcomes follow it. ``dropped`` was no longer wanted."""

    pending = "pending"
    sending = "sending"
    sent = "sent"
    rejected = "rejected"
    unknown = "unknown"
    dropped = "dropped"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message to one recipient about one subject; unique by subject, recipient, kind and offset.

    It is about what happened from ``planned_at`` on, is sent from ``due_at`` on, and never after ``expires_at``.
    ``snoozed_from`` is the one that its recipient put off to now. ``via`` is the workspace that it waits for or was
    given to, while that is known; ``doubts`` is how often nobody knew whether it had been accepted.
    """

    id: DeliveryId
    organization: OrganizationId
    recipient: PersonId | PlaceId
    kind: DeliveryKind
    subject: str
    planned_at: datetime
    due_at: datetime
    expires_at: datetime
    offset: int = 0
    workspace: WorkspaceId | None = None
    state: DeliveryState = DeliveryState.pending
    attempts: int = 0
    next_attempt_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None
    fence: int = 0
    external_id: str | None = None
    last_error: str | None = None
    snoozed_from: DeliveryId | None = None
    via: str = ANYWHERE
    doubts: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery: the platform's id of the message, or its code for why there is none.

    ``via`` is the workspace that it waits for or was given to; None leaves that as it was. What was ``given_back``
    was not tried.
    """

    state: DeliveryState
    external_id: str | None = None
    error: str | None = None
    next_attempt_at: datetime | None = None
    via: str | None = None
    given_back: bool = False


@dataclass(frozen=True)
class Address:
    """Where a message goes: a user or channel of a workspace."""

    workspace: WorkspaceId
    external_id: str


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What there is to do: whether claims have lapsed, times are over, doubts can be resolved, and where to send."""

    lapsed: bool
    expired: bool
    doubtful: bool
    lanes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How many deliveries are due and wait, when the oldest of them was due, and of how many it is not known."""

    due: int
    oldest_due_at: datetime | None = None
    doubtful: int = 0
