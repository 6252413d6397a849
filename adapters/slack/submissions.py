"""What becomes of the view that a sent form leads to: the answer to Slack, and what is refreshed beneath."""

from dataclasses import dataclass

from adapters.asking import Asking
from adapters.slack import limits
from adapters.slack.inputs import Json, Submitted, Window
from adapters.slack.limits import clipped
from adapters.slack.place import AnswerLink, ChatMessage, Frame, HomeTab, Nowhere, Origin, same_place
from adapters.slack.refreshing import Refreshing
from adapters.slack.render import packed, with_notice
from adapters.slack.screens import Screens
from bot.views import Card, Form, Notice, Page, View

CLOSE: Json = {}
CLOSE_ALL: Json = {"response_action": "clear"}


@dataclass(frozen=True, kw_only=True)
class Submissions:
    asking: Asking
    screens: Screens
    refreshing: Refreshing

    async def submitted(self, sent: Submitted) -> Json:
        """Commits before it returns the answer to Slack."""
        # The form itself is about to go, so "here" is what the person sees then.
        at = self._beneath(sent.window.frame)
        given = self.asking.input(sent.user, sent.key, entered=sent.entered, at=at)
        view = await self.asking.press(given, sent.packed)
        match view:
            case Page() | Form():
                return self._page(sent, view)
            case Card():
                self.asking.tasks.start(self._show_card(sent, view), event="submit")
                return CLOSE_ALL
            case Notice(problem=True):
                return _kept_open(sent.window, view.text)
            case Notice():
                self.asking.tasks.start(self._show_notice(sent, view), event="submit")
                return CLOSE

    def _beneath(self, frame: Frame) -> str | None:
        if frame.under:
            return frame.under[-1]
        match frame.origin:
            case ChatMessage() | AnswerLink():
                return frame.origin.address
            case HomeTab():
                return packed(self.refreshing.home)
            case Nowhere():
                return None

    def _page(self, sent: Submitted, view: Page | Form) -> Json:
        window, frame = sent.window, sent.window.frame
        if isinstance(view, Form) and _same_fields(view, window) and view.errors:
            return _errors(window, view)
        if frame.under and window.previous and same_place(packed(view.address), frame.under[-1]):
            self.asking.tasks.start(self._show_beneath(sent, window.previous, view), event="submit")
            return CLOSE
        self._refresh(sent, view)
        shown = self.screens.modal(view, self.screens.frame(view, under=frame.under, origin=frame.origin))
        return {"response_action": "update", "view": shown}

    async def _show_beneath(self, sent: Submitted, view_id: str, view: Page | Form) -> None:
        frame = sent.window.frame
        below = self.screens.frame(view, under=frame.under[:-1], origin=frame.origin)
        await self.screens.refresh(view_id, self.screens.modal(view, below))
        if self.asking.writes(sent.packed):
            await self.refreshing.beneath(sent.user, sent.window, skip_next=True)

    def _refresh(self, sent: Submitted, view: View) -> None:
        failed = isinstance(view, Form) and bool(view.errors)
        if self.asking.writes(sent.packed) and not failed:
            self.asking.tasks.start(self.refreshing.beneath(sent.user, sent.window), event="refresh")

    async def _show_notice(self, sent: Submitted, notice: Notice) -> None:
        await self.screens.post(sent.user, notice)
        if self.asking.writes(sent.packed):
            await self.refreshing.beneath(sent.user, sent.window)

    async def _show_card(self, sent: Submitted, card: Card) -> None:
        origin, address = sent.window.frame.origin, packed(card.address)
        match origin:
            case HomeTab() if same_place(address, packed(self.refreshing.home)):
                await self.screens.publish(sent.user, card)
            case ChatMessage() | AnswerLink() if same_place(address, origin.address):
                await self.screens.replace(sent.user, origin, card)
            case _:
                await self._new_card(sent.user, origin, card)
                await self.refreshing.origin(sent.user, origin)

    async def _new_card(self, user: str, origin: Origin, card: Card) -> None:
        match origin:
            case AnswerLink():
                await self.screens.reply(user, origin.url, card)
            case ChatMessage():
                await self.screens.post(origin.channel, card)
            case HomeTab() | Nowhere():
                await self.screens.post(user, card)


def _same_fields(form: Form, window: Window) -> bool:
    names = {field.name for field in form.fields}
    return names == set(window.fields) and set(form.errors) <= names


def _errors(window: Window, form: Form) -> Json:
    errors = {window.fields[name]: clipped(text, limits.ERROR) for name, text in form.errors.items()}
    return {"response_action": "errors", "errors": errors}


def _kept_open(window: Window, text: str) -> Json:
    """The form with everything typed into it, and the sentence."""
    first = next(iter(window.fields.values()), None)
    if first is None:
        return {"response_action": "update", "view": with_notice(window.shell, text)}
    return {"response_action": "errors", "errors": {first: clipped(text, limits.ERROR)}}
