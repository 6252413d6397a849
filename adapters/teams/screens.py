"""Puts views on a person's screen: messages with cards, and dialogs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from adapters.saying import Speak
from adapters.teams import render
from adapters.teams.chats import Chats
from adapters.teams.connector import Connector
from adapters.teams.inputs import Answer, Json, Sender
from adapters.teams.place import ChatCard, Frame, Nowhere, Origin
from adapters.teams.render import Rendered, packed
from adapters.teams.render_actions import Opens
from adapters.teams.replies import dialog_answer
from adapters.teams.windows import People, window
from adapters.trouble import Outcome, Trouble
from bot.ports import NewId
from bot.views import Button, Buttons, Card, Form, Notice, Page, Style, Text, View

# Somebody waits for an answer: Teams takes seven messages a second in a chat, and says so when it had more.
_TRIES = 3
_LONGEST_WAIT = 5.0


@dataclass(frozen=True, kw_only=True)
class Screens:
    """What is around a view comes in its language; ``language_of`` knows that of who gets to see none.

    ``people`` are whom to choose from in a client that opens no dialogs and searches nobody, if it is such a one.
    """

    connector: Connector
    chats: Chats
    speak: Speak
    language_of: Callable[[str], str]
    new_id: NewId
    opens: Opens
    people: People | None = None

    def message(self, view: View, *, member: str | None) -> Rendered:
        """Any view as a message: a form of one line as it is, a longer one and a page as a button that opens it."""
        match view:
            case Card():
                return render.message(view, self.speak(view.language), self.opens, member=member)
            case Notice():
                return render.notice(view.text, self.speak(view.language))
            case Form():
                return render.inline(view, self.speak(view.language), self.opens) or self._door(view)
            case Page():
                return self._door(view)

    def frame(self, view: Page | Form, *, under: tuple[str, ...] = (), origin: Origin, key: str = "") -> Frame:
        """What a dialog with this view has to remember."""
        return Frame(key=key or self.new_id(), address=packed(view.address), under=under, origin=origin)

    def dialog(self, view: Page | Form, frame: Frame) -> Answer:
        """The view in a dialog."""
        return dialog_answer(render.dialog_title(view), render.dialog(view, frame, self.speak(view.language)))

    async def in_chat(self, sender: Sender, answer: Answer) -> Rendered:
        """What a dialog would show, as a message with the same buttons."""
        people = await self.people(sender.account, "") if self.people else ()
        return window(answer, people, self.speak(self.language_of(sender.account)))

    async def reply(self, sender: Sender, activity: str, view: View) -> None:
        """A message under the one that asked for it."""
        shown = await self._shown(sender, view)
        await self._send(sender.service_url, sender.conversation, {**_activity(shown), "replyToId": activity})

    async def post(self, sender: Sender, view: View) -> None:
        """A message in the person's own chat, wherever they are now; raises Trouble where there is none."""
        chat = await self.chats.own(sender)
        await self._send(chat.service_url, chat.conversation, _activity(await self._shown(sender, view)))

    async def tell_all(self, sender: Sender, activity: str, text: str) -> None:
        """A sentence that everybody in a channel reads."""
        sentence = {"type": "message", "text": text, "replyToId": activity}
        await self._send(sender.service_url, sender.conversation, sentence)

    async def rewrite(self, sender: Sender, place: ChatCard, view: View) -> None:
        """Other contents for a card in the person's own chat."""
        await self.put(sender, place.activity, await self._shown(sender, view))

    async def put(self, sender: Sender, activity: str, shown: Rendered) -> None:
        """Other contents for a message in the chat where the sender is."""
        body = _activity(shown)
        await _taken(lambda: self.connector.update(sender.service_url, sender.conversation, activity, body))

    async def replace(self, sender: Sender, place: ChatCard, card: Card) -> None:
        """The same, or a new message where it can no longer be changed."""
        try:
            await self.rewrite(sender, place, card)
        except Trouble:
            await self.post(sender, card)

    async def _shown(self, sender: Sender, view: View) -> Rendered:
        if self.people is None or not isinstance(view, Page | Form):
            return self.message(view, member=sender.member)
        return await self.in_chat(sender, self.dialog(view, self.frame(view, origin=Nowhere())))

    async def _send(self, service_url: str, conversation: str, activity: Json) -> None:
        await _taken(lambda: self.connector.send(service_url, conversation, activity))

    def _door(self, view: Page | Form) -> Rendered:
        say = self.speak(view.language)
        body = (Text(say("views.open_here")),)
        card = Card(title=view.title, body=body, summary=say("views.summary"))
        if view.address is not None:
            button = Button(say("views.open"), view.address, Style.primary)
            card = replace(card, body=(*body, Buttons((button,))))
        return render.message(card, say, self.opens)


async def _taken(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call, again where Teams surely did not take it; raises Trouble when it still does not."""
    for _ in range(_TRIES - 1):
        try:
            await call()
        except Trouble as trouble:
            if trouble.outcome is not Outcome.later or trouble.after > _LONGEST_WAIT:
                raise
            await asyncio.sleep(trouble.after)
        else:
            return
    await call()


def _activity(shown: Rendered) -> Json:
    return {"type": "message", "summary": shown.summary, "attachments": [render.attachment(shown.card)]}
