"""The secret address at which one person's calendar is read."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.ids import OrganizationId, PersonId


@dataclass(frozen=True, kw_only=True)
class CalendarLink:
    """``digest`` is what the token is found by: the SHA-256 of it, in hexadecimal."""

    person: PersonId
    organization: OrganizationId
    token: str = field(repr=False)
    digest: str
    made_at: datetime
