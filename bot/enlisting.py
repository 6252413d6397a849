"""Takes in who is in a channel, as a platform tells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.features.channel_audience import place_at
from bot.model.ids import PersonId, WorkspaceId
from bot.model.people import Account
from bot.pen import Pen
from bot.ports import Store, Transaction


@dataclass(frozen=True)
class Enlisting:
    """What adapters ask beside the engine; a channel is named by its platform's id, in the workspace of an account."""

    store: Store
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    async def strangers(self, by: Account, accounts: Sequence[str]) -> Sequence[str]:
        """Those of these accounts that are not known at all; raises Busy."""
        async with self.store.read(by.organization) as tx:
            known = {one.external_id for one in await tx.people.identities_at(by.workspace, accounts)}
        return [account for account in accounts if account not in known]

    async def enlist(self, by: Account, channel: str, members: Sequence[str]) -> None:
        """Let these accounts be all that are in a channel; who is no colleague does not count. Raises Busy."""
        async with self.store.write(by.organization) as tx:
            await tx.people.one_at_a_time()  # two who read the same channel would add each member twice
            place = await place_at(Pen(tx, self.now(), self.new_id), by.organization, by.workspace, channel)
            people = await _people(tx, by.workspace, members)
            await tx.organizations.put_members(place, people, at=self.now())


async def _people(tx: Transaction, workspace: WorkspaceId, members: Sequence[str]) -> Sequence[PersonId]:
    accounts = await tx.people.identities_at(workspace, members)
    return sorted({one.person for one in accounts if one.active})
