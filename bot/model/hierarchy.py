"""Who reports to whom, as the sources say it and as it holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import OrganizationId, PersonId

NOBODY = ""
"""A manager that is named as none: the person reports to nobody."""

DEPARTMENT = "department"
"""The attribute by which it can be on for some people first."""


class Doubt(StrEnum):
    """Why a named manager does not hold; the last good one does, until the file or an admin says something better."""

    oneself = "oneself"
    unknown = "unknown"
    doubled = "doubled"
    inactive = "inactive"
    cycle = "cycle"
    outside = "outside"


@dataclass(frozen=True, kw_only=True)
class ReportingLine:
    """The manager of one person.

    ``in_file`` is the folded e-mail address that the newest file gives, NOBODY where its cell is empty, None where no
    file names the person. ``by_hand`` is what an admin chose, NOBODY for nobody, None while the file decides; it leads.
    ``manager`` is who holds: the last one that was good; ``doubt`` is what is wrong with the one that is named now.
    """

    person: PersonId
    organization: OrganizationId
    in_file: str | None = None
    by_hand: str | None = None
    manager: PersonId | None = None
    doubt: Doubt | None = None
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """Something that is known of a person, such as their department or country, which audiences are made of.

    ``name`` and ``value`` are folded, as they are compared; ``label`` is the name as it was written first. ``in_file``
    is what the newest file says, ``by_hand`` what an admin wrote, which leads; ``value`` is that of the one that leads.
    """

    person: PersonId
    name: str
    organization: OrganizationId
    label: str
    value: str
    in_file: str | None = None
    by_hand: str | None = None

    @property
    def shown(self) -> str:
        """The value as it was written."""
        return (self.in_file if self.by_hand is None else self.by_hand) or ""
