"""How one person works, and of what they want to be reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.model.delivery import DeliveryKind
from bot.model.ids import AwayId, OrganizationId, PersonId

WORKING_DAYS = "01234"
DAY_BEGINS = 9 * 60
DAY_ENDS = 18 * 60


@dataclass(frozen=True, kw_only=True)
class Habits:
    """``None`` is what the organization does; ``country`` none is where the person's zone lies.

    ``prepare_days`` are working days before a meeting, ``agenda_minutes`` minutes before it; ``muted`` names kinds of
    reminders, with commas; ``days`` are weekdays from 0, Monday; ``begins`` and ``ends`` minutes after midnight.
    Who ``wants_report`` and is an admin gets the usage report each month.
    """

    person: PersonId
    organization: OrganizationId
    prepare_days: int | None = None
    agenda_minutes: int | None = None
    muted: str = ""
    days: str = WORKING_DAYS
    begins: int = DAY_BEGINS
    ends: int = DAY_ENDS
    country: str | None = None
    wants_report: bool = False

    def mutes(self, kind: DeliveryKind) -> bool:
        """Whether the person wants no reminders of this kind."""
        return kind.value in self.muted.split(",")

    def wants(self, kind: DeliveryKind) -> bool:
        """Whether they come: all but the report do until they are turned off."""
        return self.wants_report if kind is DeliveryKind.report else not self.mutes(kind)


def muting(kinds: Iterable[DeliveryKind]) -> str:
    """``muted`` for just these kinds."""
    return ",".join(sorted({kind.value for kind in kinds}))


@dataclass(frozen=True, kw_only=True)
class Away:
    """Days on which a person does not work, both ends included."""

    id: AwayId
    organization: OrganizationId
    person: PersonId
    first: date
    last: date
