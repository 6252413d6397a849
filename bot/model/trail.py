"""What was done, by whom and when; never what was written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import OrganizationId, PersonId


class Result(StrEnum):
    """How an action ended."""

    done = "done"
    refused = "refused"
    failed = "failed"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """A line of the audit log: ``action`` is the action's name, ``subject`` the first id it names."""

    organization: OrganizationId
    person: PersonId | None
    action: str
    subject: str | None
    result: Result
    at: datetime


@dataclass(frozen=True)
class Seen:
    """An input that has been handled, and the packed action that shows what it led to."""

    key: str
    address: str | None
