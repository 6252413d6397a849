"""Puts views on a person's screen: messages, ephemeral answers, modals and the Home tab."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from adapters.saying import Speak
from adapters.slack import render
from adapters.slack.calls import Calls
from adapters.slack.inputs import Json, Window
from adapters.slack.place import AnswerLink, ChatMessage, Frame, HomeTab, Nowhere, Origin
from adapters.slack.render import Rendered, packed
from adapters.trouble import Trouble
from bot.ports import NewId
from bot.views import Button, Buttons, Card, Form, Notice, Page, Style, Text, View


@dataclass(frozen=True, kw_only=True)
class Screens:
    """What is around a view comes in its language; ``language_of`` knows that of who gets to see none."""

    calls: Calls
    speak: Speak
    language_of: Callable[[str], str]
    new_id: NewId

    def message(self, view: View) -> Rendered:
        """Any view as a message: a page or a form becomes a button that opens it."""
        match view:
            case Card():
                return render.message(view, self.speak(view.language))
            case Notice():
                return render.notice(view.text, self.speak(view.language))
            case Page() | Form():
                return render.message(self._door(view), self.speak(view.language))

    def frame(self, view: Page | Form, *, under: tuple[str, ...] = (), origin: Origin, key: str = "") -> Frame:
        """What a modal with this view has to remember."""
        return Frame(
            key=key or self.new_id(),
            address=packed(view.address),
            submit=packed(view.submit) if isinstance(view, Form) else None,
            under=under,
            origin=origin,
        )

    def modal(self, view: Page | Form, frame: Frame) -> Json:
        return render.modal(view, frame, self.speak(view.language))

    def home(self, card: Card) -> Json:
        return render.home(card, self.speak(card.language))

    async def open(self, user: str, trigger: str, view: Page | Form, origin: Origin) -> None:
        """A new modal, or a sentence about why there is none."""
        shown = self.modal(view, self.frame(view, origin=origin))
        try:
            await self.calls.write("views.open", trigger_id=trigger, view=shown)
        except Trouble:
            await self._could_not_open(user, origin)
            raise

    async def push(self, user: str, trigger: str, view: Page | Form, below: Frame) -> None:
        """A modal on top of another."""
        frame = self.frame(view, under=(*below.under, below.address or ""), origin=below.origin)
        try:
            await self.calls.write("views.push", trigger_id=trigger, view=self.modal(view, frame))
        except Trouble:
            await self._could_not_open(user, Nowhere())
            raise

    async def update(self, user: str, view_id: str, shown: Json) -> None:
        """Other contents for an open modal."""
        try:
            await self.calls.write("views.update", view_id=view_id, view=shown)
        except Trouble:
            await self._could_not_open(user, Nowhere())
            raise

    async def refresh(self, view_id: str, shown: Json) -> None:
        """The same for a modal that the person may have closed meanwhile."""
        await self.calls.write("views.update", view_id=view_id, view=shown)

    async def publish(self, user: str, card: Card) -> None:
        await self.calls.write("views.publish", user_id=user, view=self.home(card))

    async def publish_notice(self, user: str, home: Json, text: str) -> None:
        """The Home tab as it is, under a sentence."""
        await self.calls.write("views.publish", user_id=user, view=render.with_notice(home, text))

    async def notice_in(self, user: str, window: Window, text: str) -> None:
        """A modal as it is, with what has been typed, under a sentence."""
        await self.update(user, window.id, render.with_notice(window.shell, text))

    async def post(self, channel: str, view: View) -> None:
        """A message that stays; a user's id is the direct messages with them."""
        shown = self.message(view)
        await self.calls.write(
            "chat.postMessage",
            channel=channel,
            text=shown.text,
            blocks=shown.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )

    async def whisper(self, channel: str, user: str, view: View) -> None:
        """A message in a channel for one person's eyes, or in their own chat where the bot is not a member."""
        shown = self.message(view)
        try:
            await self.calls.write(
                "chat.postEphemeral", channel=channel, user=user, text=shown.text, blocks=shown.blocks
            )
        except Trouble:
            await self.post(user, view)

    async def reply(self, user: str, url: str | None, view: View) -> None:
        """An ephemeral answer to a press or a command, or a message where its link no longer works."""
        if url is None:
            await self.post(user, view)
            return
        try:
            await self._answer(url, view, replaces=False)
        except Trouble:
            await self.post(user, view)

    async def replace(self, user: str, place: ChatMessage | AnswerLink, card: Card) -> None:
        """Other contents for a message, or a new one where it can no longer be changed."""
        try:
            await self.rewrite(place, card)
        except Trouble:
            await self.post(user, card)

    async def rewrite(self, place: ChatMessage | AnswerLink, card: Card) -> None:
        """Other contents for a message."""
        if isinstance(place, AnswerLink):
            await self._answer(place.url, card, replaces=True)
            return
        shown = self.message(card)
        await self.calls.write("chat.update", channel=place.channel, ts=place.ts, text=shown.text, blocks=shown.blocks)

    async def _answer(self, url: str, view: View, *, replaces: bool) -> None:
        shown = self.message(view)
        await self.calls.answer(
            url, text=shown.text, blocks=shown.blocks, response_type="ephemeral", replace_original=replaces
        )

    async def _could_not_open(self, user: str, origin: Origin) -> None:
        say = self.speak(self.language_of(user))
        sorry = Notice(text=say("views.could_not_open"), problem=True)
        match origin:
            case AnswerLink():
                await self.reply(user, origin.url, sorry)
            case ChatMessage() | HomeTab() | Nowhere():
                await self.post(user, sorry)

    def _door(self, view: Page | Form) -> Card:
        say = self.speak(view.language)
        body = (Text(say("views.open_here")),)
        card = Card(title=view.title, body=body, summary=say("views.summary"))
        if view.address is None:
            return card
        button = Button(say("views.open"), view.address, Style.primary)
        return replace(card, body=(*body, Buttons((button,))))
