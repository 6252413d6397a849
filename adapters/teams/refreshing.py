"""Brings the card from which a dialog was opened up to date."""

from dataclasses import dataclass, replace

from adapters.asking import Asking
from adapters.teams.inputs import Sender
from adapters.teams.place import ChatCard, Origin
from adapters.teams.screens import Screens
from bot.views import Card, Form, Page

# The person's action took its time already, and there are five seconds in all.
_SHARE_OF_PATIENCE = 0.2


@dataclass(frozen=True, kw_only=True)
class Refreshing:
    asking: Asking
    screens: Screens

    async def origin(self, sender: Sender, origin: Origin) -> None:
        """The card as it is now, put where it stands."""
        if not isinstance(origin, ChatCard) or origin.address is None:
            return
        view = await self.asking.look(sender.account, origin.address)
        if isinstance(view, Card):
            await self.screens.rewrite(sender, origin, view)

    async def quick_look(self, sender: Sender, address: str | None) -> Page | Form | None:
        """The page or form at this address, if it can be had at once."""
        impatient = replace(self.asking, patience=self.asking.patience * _SHARE_OF_PATIENCE)
        view = await impatient.look(sender.account, address) if address else None
        return view if isinstance(view, Page | Form) else None
