"""For whom OneOnOne is on: everyone, or some departments first (N3)."""

from collections.abc import Collection, Sequence

from bot.model.ids import PersonId
from bot.model.people import Organization
from bot.pen import Pen


def departments_of(organization: Organization) -> Sequence[str]:
    """Those for which it is on; none where it is on for everyone."""
    return organization.rollout.splitlines()


async def refresh_enabled(pen: Pen, *, among: Collection[PersonId] | None = None) -> Sequence[PersonId]:
    """Reckons for everybody whether it is on for them, after departments, managers, admins or the rollout changed.

    Only for those few who are ``among`` these, where nobody else can be meant. For whom that changes something: their
    rows have a new version, so a Person that was read before cannot be saved any more.
    """
    departments = departments_of(await pen.tx.organizations.current())
    return await pen.tx.people.let_in(departments, among=among)
