"""Brings what is on the screen beneath a person's action up to date."""

from dataclasses import dataclass, replace

from adapters.asking import Asking
from adapters.slack.inputs import Json, Window
from adapters.slack.place import AnswerLink, ChatMessage, Frame, HomeTab, Nowhere, Origin
from adapters.slack.screens import Screens
from bot.actions import Action
from bot.views import Card, Page


@dataclass(frozen=True, kw_only=True)
class Refreshing:
    """``home`` is the action that shows the Home tab."""

    asking: Asking
    screens: Screens
    home: Action

    async def home_card(self, user: str, key: str = "") -> Card | str:
        """What the Home tab shows, or why it cannot be shown."""
        view = await self.asking.act(self.asking.input(user, key), self.home)
        match view:
            case Card():
                return view
            case _:
                return getattr(view, "text", "")

    async def publish_home(self, user: str) -> None:
        card = await self.home_card(user)
        if isinstance(card, Card):
            await self.screens.publish(user, card)

    async def home_under(self, user: str, window: Window, text: str) -> None:
        """The Home tab as it is now, under a sentence."""
        card = await self.home_card(user)
        shown: Json = self.screens.home(card) if isinstance(card, Card) else window.shell
        await self.screens.publish_notice(user, shown, text)

    async def origin(self, user: str, origin: Origin) -> None:
        """The message or Home from which a modal was opened."""
        match origin:
            case HomeTab():
                await self.publish_home(user)
            case ChatMessage() | AnswerLink():
                await self._message(user, origin)
            case Nowhere():
                pass

    async def beneath(self, user: str, window: Window, *, skip_next: bool = False) -> None:
        """The views under a modal, and where it was opened from; ``skip_next`` spares the one right below."""
        await self.origin(user, window.frame.origin)
        places = self._views_beneath(window)
        for view_id, depth in places[1:] if skip_next else places:
            await self._modal(user, view_id, window.frame, depth)

    async def page(self, user: str, view_id: str, frame: Frame) -> Page | None:
        """What a page shows now, put where it stands; forms are left alone, for what is being typed there."""
        view = await self.asking.look(user, frame.address or "")
        if not isinstance(view, Page):
            return None
        await self.screens.refresh(view_id, self.screens.modal(view, frame))
        return view

    def _views_beneath(self, window: Window) -> list[tuple[str, int]]:
        depth = window.frame.depth
        known = {depth - 1: window.previous, 1: window.root} if depth > 1 else {}
        return [(view_id, at) for at, view_id in known.items() if view_id and view_id != window.id]

    async def _modal(self, user: str, view_id: str, top: Frame, depth: int) -> None:
        frame = replace(top, address=top.under[depth - 1], under=top.under[: depth - 1], submit=None)
        await self.page(user, view_id, frame)

    async def _message(self, user: str, place: ChatMessage | AnswerLink) -> None:
        if place.address is None:
            return
        view = await self.asking.look(user, place.address)
        if isinstance(view, Card):
            await self.screens.rewrite(place, view)
