"""What becomes of the view that a pressed button leads to."""

from dataclasses import dataclass, replace

from adapters.asking import Asking
from adapters.slack.inputs import Pressed, Window
from adapters.slack.place import DEEPEST, AnswerLink, ChatMessage, Frame, HomeTab, same_place
from adapters.slack.refreshing import Refreshing
from adapters.slack.render import packed
from adapters.slack.screens import Screens
from bot.views import Card, Form, Notice, Page, View


@dataclass(frozen=True, kw_only=True)
class Presses:
    asking: Asking
    screens: Screens
    refreshing: Refreshing

    async def pressed(self, press: Pressed) -> None:
        """Commits before it returns; what is then shown is a task of its own."""
        place = press.place
        at = place.frame.address if isinstance(place, Window) else place.address
        given = self.asking.input(press.user, press.key, entered=press.entered, at=at)
        view = await self.asking.press(given, press.packed)
        self.asking.tasks.start(self._show(press, view), event="press")

    async def _show(self, press: Pressed, view: View) -> None:
        match press.place:
            case Window(is_home=True):
                await self._at_home(press, press.place, view)
            case Window():
                await self._in_modal(press, press.place, view)
            case ChatMessage() | AnswerLink():
                await self._at_message(press, press.place, view)

    def _wrote(self, press: Pressed, view: View) -> bool:
        return self.asking.writes(press.packed) and not (isinstance(view, Notice) and view.problem)

    async def _at_home(self, press: Pressed, window: Window, view: View) -> None:
        match view:
            case Card():
                await self.screens.publish(press.user, view)
            case Page() | Form():
                await self.screens.open(press.user, press.trigger, view, HomeTab())
                if self._wrote(press, view):
                    await self.refreshing.publish_home(press.user)
            case Notice(problem=True):
                await self.screens.publish_notice(press.user, window.shell, view.text)
            case Notice():
                await self.refreshing.home_under(press.user, window, view.text)

    async def _at_message(self, press: Pressed, place: ChatMessage | AnswerLink, view: View) -> None:
        match view:
            case Card():
                await self.screens.replace(press.user, place, view)
            case Page() | Form():
                await self.screens.open(press.user, press.trigger, view, place)
                if self._wrote(press, view):
                    await self.refreshing.origin(press.user, place)
            case Notice():
                await self.screens.reply(press.user, press.reply, view)

    async def _in_modal(self, press: Pressed, window: Window, view: View) -> None:
        match view:
            case Page() | Form():
                await self._page(press, window, view)
            case Card():
                await self._page(press, window, _as_page(view))
            case Notice():
                await self._notice(press, window, view)
        if self._wrote(press, view):
            await self.refreshing.beneath(press.user, window)

    async def _page(self, press: Pressed, window: Window, view: Page | Form) -> None:
        frame, address = window.frame, packed(view.address)
        stays = same_place(address, frame.address)
        if stays or frame.depth >= DEEPEST or any(same_place(address, under) for under in frame.under):
            await self.screens.update(press.user, window.id, self._in_place(frame, view, stays=stays))
            return
        await self.screens.push(press.user, press.trigger, view, frame)

    def _in_place(self, frame: Frame, view: Page | Form, *, stays: bool) -> dict[str, object]:
        # The key goes into the ids of fields: with the same one Slack keeps what is being typed.
        key = frame.key if stays else ""
        return self.screens.modal(view, self.screens.frame(view, under=frame.under, origin=frame.origin, key=key))

    async def _notice(self, press: Pressed, window: Window, notice: Notice) -> None:
        fresh = None
        if self._wrote(press, notice):
            fresh = await self.asking.look(press.user, window.frame.address or "")
        if isinstance(fresh, Page):
            shell = self.screens.modal(fresh, replace(window.frame, submit=None))
            window = replace(window, shell=shell)
        await self.screens.notice_in(press.user, window, notice.text)


def _as_page(card: Card) -> Page:
    """A card where only a page can be shown; who can see it is nobody else either way."""
    return Page(title=card.title, body=card.body, sees="", address=card.address, language=card.language)
