"""What becomes of the view that a button in a dialog, or one that opens a dialog, leads to."""

from dataclasses import dataclass, replace

from adapters.asking import Asking
from adapters.teams.inputs import Answer, InDialog, Opened, Sender
from adapters.teams.place import ChatCard, Frame, Origin, same_place
from adapters.teams.refreshing import Refreshing
from adapters.teams.render import headed, packed
from adapters.teams.replies import CLOSED, dialog_sentence
from adapters.teams.retyped import Person, retyped, with_people, words_to_copy
from adapters.teams.screens import Screens
from bot.views import Card, Form, Notice, Page, View


@dataclass(frozen=True, kw_only=True)
class Dialogs:
    """Teams has no stack of dialogs: one shows one view after the other, and its frame remembers the way back.

    ``person`` finds whoever was chosen in a picker.
    """

    asking: Asking
    screens: Screens
    refreshing: Refreshing
    person: Person

    async def opened(self, press: Opened) -> Answer:
        """Commits before it returns the dialog."""
        at = press.origin.address if isinstance(press.origin, ChatCard) else None
        given = self.asking.input(press.sender.account, press.key, entered=press.entered, at=at)
        view = await self.asking.press(given, press.packed)
        if self._wrote(press.packed, view):
            self._refresh(press.sender, press.origin)
        return self.first(view, press.origin)

    def first(self, view: View, origin: Origin) -> Answer:
        """A new dialog with any view."""
        match view:
            case Notice():
                return dialog_sentence(view.text)
            case Card():
                return self._shown(_as_page(view), origin=origin)
            case Page() | Form():
                return self._shown(view, origin=origin)

    async def used(self, use: InDialog) -> Answer:
        """Commits before it returns what the dialog shows next."""
        at = self._beneath(use.frame) if use.sent else use.frame.address
        given = self.asking.input(use.sender.account, use.key, entered=use.entered, at=at)
        view = await self.asking.press(given, use.packed)
        answer = await (self._submitted(use, view) if use.sent else self._pressed(use, view))
        if self._wrote(use.packed, view) and not isinstance(view, Card):
            self._refresh(use.sender, use.frame.origin)
        return answer

    async def _pressed(self, use: InDialog, view: View) -> Answer:
        match view:
            case Notice():
                return await self._stay(use, view.text)
            case Card():
                return await self._next(use, _as_page(view))
            case Page() | Form():
                return await self._next(use, view)

    async def _next(self, use: InDialog, view: Page | Form) -> Answer:
        frame, address = use.frame, packed(view.address)
        if use.back:
            return self._shown(view, under=frame.under[:-1], origin=frame.origin)
        if same_place(address, frame.address):
            return await self._same(use, view)
        under = _above(frame.under, address)
        if under == frame.under and frame.address:
            under = (*under, frame.address)
        return self._shown(view, under=under, origin=frame.origin)

    async def _same(self, use: InDialog, view: Page | Form) -> Answer:
        """The view once more; what is being typed stays."""
        if isinstance(view, Form):
            view = await retyped(view, use.entered, self.person)
        return self.screens.dialog(view, replace(use.frame, address=packed(view.address)))

    async def _submitted(self, use: InDialog, view: View) -> Answer:
        match view:
            case Form() if view.errors:
                return self.screens.dialog(await with_people(view, use.entered, self.person), use.frame)
            case Page() | Form():
                under = _above(use.frame.under, packed(view.address))
                return self._shown(view, under=under, origin=use.frame.origin)
            case Card():
                self.asking.tasks.start(self._show_card(use, view), event="submit")
                return CLOSED
            case Notice(problem=True):
                return await self._stay(use, view.text)
            case Notice():
                return await self._done(use, view.text)

    async def _done(self, use: InDialog, text: str) -> Answer:
        """What is beneath the form, under the sentence; or the sentence alone, which closes the dialog."""
        *under, below = (*use.frame.under,) or (None,)
        view = await self.refreshing.quick_look(use.sender, below)
        if view is None:
            return dialog_sentence(text)
        return self._shown(headed(view, text), under=tuple(each for each in under if each), origin=use.frame.origin)

    async def _stay(self, use: InDialog, text: str) -> Answer:
        """What the dialog shows, with all that was typed, under the sentence; or the words, to copy them."""
        view = await self.refreshing.quick_look(use.sender, use.frame.address)
        if isinstance(view, Form):
            view = await retyped(view, use.entered, self.person)
        if view is not None:
            return self.screens.dialog(headed(view, text), use.frame)
        if not use.entered.values:
            return dialog_sentence(text)
        language = self.asking.language_of(use.sender.account)
        copied = words_to_copy(text, use.entered, self.screens.speak(language))
        return self.screens.dialog(replace(copied, language=language), use.frame)

    async def _show_card(self, use: InDialog, card: Card) -> None:
        origin = use.frame.origin
        if isinstance(origin, ChatCard) and same_place(packed(card.address), origin.address):
            await self.screens.replace(use.sender, origin, card)
            return
        await self.screens.post(use.sender, card)
        if self.asking.writes(use.packed):
            await self.refreshing.origin(use.sender, origin)

    def _shown(self, view: Page | Form, *, under: tuple[str, ...] = (), origin: Origin) -> Answer:
        return self.screens.dialog(view, self.screens.frame(view, under=under, origin=origin))

    def _beneath(self, frame: Frame) -> str | None:
        """What the person sees once the form is gone."""
        if frame.under:
            return frame.under[-1]
        return frame.origin.address if isinstance(frame.origin, ChatCard) else None

    def _wrote(self, packed_action: str, view: View) -> bool:
        failed = (isinstance(view, Notice) and view.problem) or (isinstance(view, Form) and bool(view.errors))
        return self.asking.writes(packed_action) and not failed

    def _refresh(self, sender: Sender, origin: Origin) -> None:
        self.asking.tasks.start(self.refreshing.origin(sender, origin), event="refresh")


def _above(under: tuple[str, ...], address: str | None) -> tuple[str, ...]:
    """The way back from a view that may be on it already."""
    for depth, below in enumerate(under):
        if same_place(below, address):
            return under[:depth]
    return under


def _as_page(card: Card) -> Page:
    """A card where only a page can be shown; who can see it is nobody else either way."""
    return Page(title=card.title, body=card.body, sees="", address=card.address, language=card.language)
