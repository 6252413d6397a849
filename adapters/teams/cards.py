"""What becomes of the view that a button in a card leads to: the answer to the client, and the message itself."""

from dataclasses import dataclass

from adapters.asking import Asking
from adapters.teams.inputs import Answer, Pressed, Refreshed
from adapters.teams.place import ChatCard, Nowhere
from adapters.teams.replies import TAKEN, card_answer, sentence_answer
from adapters.teams.screens import Screens
from bot.views import Card, Form, Notice, Page, View


@dataclass(frozen=True, kw_only=True)
class Cards:
    asking: Asking
    screens: Screens

    async def pressed(self, press: Pressed) -> Answer:
        """Commits before it returns the answer to the client."""
        # A form that was sent is about to go, so there is nothing that "here" could mean.
        at = press.origin.address if isinstance(press.origin, ChatCard) and not press.sent else None
        given = self.asking.input(press.sender.account, press.key, entered=press.entered, at=at)
        view = _plain(press, await self.asking.press(given, press.packed))
        if not press.waits:
            self.asking.tasks.start(self._show(press, view), event="press")
            return TAKEN
        if isinstance(view, Page | Form) and self.screens.people is not None:
            return await self._window(press, view)
        return self._answer(press, view)

    async def refreshed(self, asked: Refreshed) -> Answer:
        """What the card shows now, for the person who looks at it."""
        view = await self.asking.look(asked.sender.account, asked.address)
        if isinstance(view, Card):
            return card_answer(self.screens.message(view, member=asked.sender.member).card)
        return sentence_answer(view.text if isinstance(view, Notice) else self._old_button(asked.sender.account))

    def _old_button(self, account: str) -> str:
        return self.screens.speak(self.asking.language_of(account))("refused.old_button")

    def _answer(self, press: Pressed, view: View) -> Answer:
        match view:
            case Card():
                return self._other_card(press, view)
            case Notice() if press.sent and not view.problem:
                return self._other_card(press, view)  # what was typed into it is kept elsewhere now
            case Notice():
                return sentence_answer(view.text)
            case Page() | Form() if press.sent:
                return self._other_card(press, view)
            case Page() | Form():
                # An answer cannot open a dialog, but a message can hold the button that does.
                self.asking.tasks.start(self.screens.post(press.sender, view), event="press")
                return sentence_answer(self.screens.speak(view.language)("views.open_here"))

    def _other_card(self, press: Pressed, view: View) -> Answer:
        # The answer is for one viewer and one moment; the message is what stays.
        if isinstance(press.origin, ChatCard):
            self.asking.tasks.start(self.screens.rewrite(press.sender, press.origin, view), event="press")
        return card_answer(self.screens.message(view, member=press.sender.member).card)

    async def _window(self, press: Pressed, view: Page | Form) -> Answer:
        """The card becomes the window that the client does not open, with a way back to what it was."""
        at = press.origin.address if isinstance(press.origin, ChatCard) and not press.sent else None
        frame = self.screens.frame(view, under=(at,) if at else (), origin=Nowhere())
        shown = await self.screens.in_chat(press.sender, self.screens.dialog(view, frame))
        if isinstance(press.origin, ChatCard):
            self.asking.tasks.start(self.screens.put(press.sender, press.origin.activity, shown), event="press")
        return card_answer(shown.card)

    async def _show(self, press: Pressed, view: View) -> None:
        """The same for a client that shows no answer: the card is changed, or there is a new message."""
        if isinstance(view, Card) and isinstance(press.origin, ChatCard):
            await self.screens.replace(press.sender, press.origin, view)
        else:
            await self.screens.post(press.sender, view)


def _plain(press: Pressed, view: View) -> View:
    """What is wrong with a form in a card, as a sentence.

    The client keeps what was typed; a card that is drawn anew with it would keep it in the chat.
    """
    if press.sent and isinstance(view, Form) and view.errors:
        return Notice(text=" ".join(view.errors.values()), problem=True)
    return view
