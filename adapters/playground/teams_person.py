"""One person at Teams' client: types, presses, reads. Everything goes to the bot as Teams would send it."""

import json
import re
from collections.abc import Mapping, Sequence

from adapters.playground import teams_payloads as payloads
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_desk import Desk, Surface
from adapters.playground.teams_dialogs import Dialogs
from adapters.playground.teams_hand import Hand
from adapters.playground.teams_inputs import Spot, spots
from adapters.playground.teams_installs import install_for, uninstall_for
from adapters.playground.teams_line import Answer, Failure, Line
from adapters.playground.teams_people import Json, TeamsUser
from adapters.playground.teams_screen import shown_text
from adapters.playground.teams_typing import Value
from adapters.playground.teams_world import Conversation, Dialog, Kind, Message

_HANDLE = re.compile(r"(?<!\S)@([\w.-]*\w)")
_AT = re.compile(r"<at>(.*?)</at>")
FRESH = 10  # messages from the end that are on the screen when a chat is opened


class TeamsPerson:
    """Acts as one person; nothing that the bot does wrong raises here: it is in the Answer and in `failures`."""

    def __init__(self, line: Line, user: TeamsUser) -> None:
        self._world = line.world
        self.desk = Desk(line, user, looking_at="")
        self._dialogs = Dialogs(self.desk)
        self._hand = Hand(self.desk, self._dialogs)

    @property
    def user(self) -> TeamsUser:
        return self._world.users.get(self.id, self.desk.user)

    @property
    def id(self) -> str:
        return self.desk.user.id

    @property
    def chat(self) -> str | None:
        """The id of the chat with the bot; None until the app was installed once."""
        known = self._world.chat_of(self.id)
        return known.id if known else None

    @property
    def dialog(self) -> Dialog | None:
        return self.desk.dialog

    @property
    def notice(self) -> str | None:
        """The sentence that came back after a press in a chat."""
        return self.desk.notice

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What Teams' client complained about since the start, oldest first."""
        return tuple(self.desk.failures)

    def messages(self, conversation: str | None = None) -> tuple[Message, ...]:
        """What the person sees in a conversation (the chat with the bot), oldest first."""
        return tuple(self._world.seen(self.id, self._place(conversation).id))

    def surface(self) -> Surface | None:
        """What is before them: the dialog, else the message they read, else the last one."""
        return next(iter(self.desk.surfaces()), None)

    def reads(self, surface: Surface | None = None) -> str:
        """The words on a surface (what is before them), what is wrong with it included, a line each."""
        near = self.desk.current(surface) if surface else self.surface()
        if near is None:
            return ""
        first = [near.title, near.text or ""] if isinstance(near, Dialog) else [plain_words(near.message.text)]
        words = [shown_text(near.card)] if near.card is not None else []
        wrong = self.desk.entered_in(near).wrong.values()
        return "\n".join(line for line in (self.notice or "", *first, *words, *wrong) if line)

    def everything_seen(self) -> str:
        """All that the platform shows this person now, screens and hidden parts alike, as text to search in."""
        mine = [each for each in self._world.conversations.values() if self.id in each.members]
        messages = [each for place in mine for each in self._world.seen(self.id, place.id)]
        said = [[each.text, each.summary, *each.attachments] for each in messages]
        own = [list(self._world.cards_for(self.id, each)) for each in messages]
        dialog = self.dialog
        open_now = [dialog.title, dialog.text, dialog.card] if dialog else []
        return json.dumps([said, own, open_now, self.notice], ensure_ascii=False)

    async def says(self, text: str) -> Answer:
        """Write to the bot in one's own chat; the app is installed first where it was not."""
        if self.chat is None or self.id not in self._world.installed:
            await self.installs()
        return await self._tells(text, self._place(None))

    async def mentions_bot(self, text: str, *, channel: str) -> Answer:
        """Write to the bot by name in a channel; Teams tells it only where it is a member."""
        return await self._tells(f"<at>{self._world.app.name}</at> {text}", self._place(channel))

    def writes(self, text: str, *, conversation: str) -> Message:
        """Write a message of which the bot is told nothing."""
        place = self._place(conversation)
        said = _HANDLE.sub(self._mention, self._by_full_name(text))
        return self._world.put(Message(place.id, self._world.next_id(), self.id, text=said, at=self._world.now()))

    async def opens_chat(self, conversation: str | None = None) -> Answer:
        """Open a chat: its cards that want to be fresh for this person are asked for anew."""
        self.looks_at(conversation)
        answer = Answer()
        for message in self.messages(conversation)[-FRESH:]:
            for shown in self.desk.shown(message):
                answer = await self._hand.refresh(shown) if shown.card else answer
        return answer

    def looks_at(self, conversation: str | None = None, message: str | None = None) -> None:
        """Look at a chat, and at one message in it, without the bot being asked for anything."""
        self.desk.looking_at, self.desk.reading = self._place(conversation).id, message
        self.desk.notice = None

    async def press(
        self, text: str | None = None, *, near: str | None = None, on: Surface | None = None, force: bool = False
    ) -> Answer:
        """Press the first button of that text at or below the words `near`; raises NotOnScreen.

        Looked for in the dialog, else in the message the person reads and then the newest that has it. `force` sends
        what the client would have kept back because of what is typed.
        """
        surface, spot = self._hand.find(on, text=text, near=near)
        return await self._hand.press(surface, spot, force=force)

    async def press_spot(self, surface: Surface, spot: Spot, *, force: bool = False) -> Answer:
        """Press just this button."""
        return await self._hand.press(surface, spot, force=force)

    async def fill(self, field: str, value: Value, *, on: Surface | None = None) -> Answer:
        """Put a value into the field with that label or id; choices are chosen by title; raises NotOnScreen."""
        surface, spot = self._hand.field(field, on)
        return await self._hand.enter(surface, spot, value)

    async def choose(self, field: str, value: Value, *, on: Surface | None = None) -> Answer:
        """The same for what is chosen and not typed."""
        return await self.fill(field, value, on=on)

    async def submit(self, *, force: bool = False, on: Surface | None = None) -> Answer:
        """Press the button that the app marked as sending its form; raises NotOnScreen."""
        for surface in [on] if on else self.desk.surfaces():
            spot = _sending(surface)
            if spot:
                return await self._hand.press(surface, spot, force=force)
        raise NotOnScreen("there is no form")

    async def close_dialog(self) -> Answer:
        self._dialogs.close()
        return Answer()

    async def search_people(self, field: str, query: str, *, on: Surface | None = None) -> Answer:
        """Type letters into a picker; what the bot offers is in the answer's body."""
        surface, spot = self._hand.field(field, on)
        return await self._hand.search(surface, spot, query)

    async def message_action(self, command: str, message: Message) -> Answer:
        """Choose a message action of the bot in the menu of a message."""
        self.desk.looking_at = message.conversation
        return await self._dialogs.open_from(message, command)

    async def installs(self) -> Answer:
        """Add the app to one's own apps."""
        answers = await install_for(self.desk.line, self.id)
        self.looks_at()
        return self._last(answers)

    async def uninstalls(self) -> Answer:
        return self._last(await uninstall_for(self.desk.line, self.id))

    def blocks(self) -> None:
        """Let the bot write nothing more; Teams does not tell it."""
        self._world.blocked.add(self.id)

    def unblocks(self) -> None:
        self._world.blocked.discard(self.id)

    async def forge(self, activity: Json) -> Answer:
        """Send an activity that no client would, well signed."""
        return await self.desk.deliver(activity)

    async def raw(self, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        """Send any bytes with any headers to the bot's address."""
        return await self.desk.line.raw(body, headers)

    async def _tells(self, text: str, place: Conversation) -> Answer:
        self.looks_at(place.id)
        message = self.writes(text, conversation=place.id)
        if not self._world.has_bot(place):
            return Answer()
        return await self.desk.deliver(payloads.message(self._world, self.user, message))

    def _last(self, answers: Sequence[Answer]) -> Answer:
        """What counts of several answers: the first failure, else the last."""
        for answer in answers:
            if answer.failure is not None:
                self.desk.fails(answer.failure)
                return answer
        return answers[-1] if answers else Answer()

    def _mention(self, hit: re.Match[str]) -> str:
        known = next((user for user in self._world.users.values() if handle(user) == hit[1]), None)
        return f"<at>{known.name}</at>" if known else hit[0]

    def _by_full_name(self, text: str) -> str:
        """The text with each "@Full Name" of a colleague as a mention."""
        names = sorted((user.name for user in self._world.users.values()), key=len, reverse=True)
        every = "|".join(re.escape(name) for name in names)
        return re.sub(rf"(?<!\S)@({every})(?!\w)", r"<at>\1</at>", text)

    def _place(self, name: str | None) -> Conversation:
        """The conversation with this id, or the channel of this name; the chat with the bot for None."""
        wanted = name or self.chat
        if wanted is None:
            raise NotOnScreen("the app was not installed yet")
        known = self._world.conversations
        found = known.get(wanted)
        channels = (each for each in known.values() if each.kind is Kind.CHANNEL)
        return found or next(each for each in channels if each.name == wanted)


def plain_words(text: str) -> str:
    """What somebody wrote, with mentions as people read them."""
    return _AT.sub(r"@\1", text)


def handle(user: TeamsUser) -> str:
    """What one types after an @ for this person."""
    return (user.upn or user.email).partition("@")[0]


def _sending(surface: Surface) -> Spot | None:
    every = [spot for spot in spots(surface.card or {}) if spot.is_button]
    return next((spot for spot in every if spot.data.get("sent")), None)
