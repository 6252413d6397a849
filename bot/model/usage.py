"""Whether 1-on-1s happen, in days and numbers: nothing of what anybody wrote, and nobody's name but a manager's (M).

A *week* is named by its last day, a Sunday where the organization is. A *group* is everybody, a department, or the
team of one manager within a department; a conversation belongs, each day, to one department and one team.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.model.ids import ConversationId, DepartmentId, OrganizationId, PersonId

WINDOWS = (7, 14, 30, 90, 365)
"""Days, up to and with the last day of a week."""

RECENTLY = 30
"""In how many days somebody has met, or not (the third of the hero numbers)."""

DRIFTS_AFTER = 28
"""A conversation drifts that had no meeting for so many days, which is twice the usual rhythm."""

EVERYBODY = ""
"""In place of a department's or a manager's id: all of them."""

OTHERS = "others"
"""In place of a department's id: those that are too small to be shown alone, together."""


class Deed(StrEnum):
    """What makes a conversation active on a day (M2)."""

    added = "added"
    discussed = "discussed"
    noted = "noted"
    checked_in = "checked_in"
    promised = "promised"
    closed = "closed"
    wrapped_up = "wrapped_up"


@dataclass(frozen=True, kw_only=True)
class Done:
    """That one of a conversation's two did something, not which of them, and not what."""

    conversation: ConversationId
    organization: OrganizationId
    deed: Deed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Department:
    """``name`` is its label folded; both are empty for those of whom none is known."""

    id: DepartmentId
    organization: OrganizationId
    name: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A manager conversation's time in one department and one team, and what it came to there.

    It has been there ``since`` a day and, when that is over, ``until`` one, both included; these are days on which
    weeks begin and end, but who has come within a week is there since its last day. ``active_on`` is the last day with
    a deed; ``both_on`` the last day on which both had answered about a meeting, and ``meaningful`` whether
    both then said yes.
    """

    conversation: ConversationId
    department: DepartmentId
    manager: PersonId
    organization: OrganizationId
    since: date
    until: date | None = None
    active_on: date | None = None
    both_on: date | None = None
    meaningful: bool | None = None


@dataclass(frozen=True, kw_only=True)
class UsageWeek:
    """One group in one week: what was counted, and what of it everybody may see, as ``bot.disclosure`` wrote it."""

    week: date
    department: str
    manager: str
    organization: OrganizationId
    counted: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How far an organization's usage is counted: ``until`` a moment, None before anything is.

    ``week`` is the last that is written down, ``first`` the moment of the earliest deed that is kept.
    """

    until: datetime | None
    week: date | None
    first: datetime | None
    zone: str


class WeekShown(NamedTuple):
    """What everybody may see of one group in one week, and its manager's ``name``; a tuple, since there may be many."""

    week: date
    department: str
    manager: str
    shown: str
    name: str | None
