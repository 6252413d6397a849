"""One person at Slack's client: types, presses, reads. Everything goes to the bot as Slack would send it."""

import asyncio
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from adapters.playground import slack_payloads as payloads
from adapters.playground.slack_chat import say
from adapters.playground.slack_desk import Desk, Surface, anything_goes
from adapters.playground.slack_events import Events
from adapters.playground.slack_forms import Forms
from adapters.playground.slack_hand import Hand
from adapters.playground.slack_line import Answer, Call, CallKind, Failure
from adapters.playground.slack_people import Json, SlackChannel, SlackUser
from adapters.playground.slack_rules import ack_problems
from adapters.playground.slack_screen import shown_text
from adapters.playground.slack_tickets import AnswerLink
from adapters.playground.slack_typing import Value
from adapters.playground.slack_view import View
from adapters.playground.slack_world import Message

_T = TypeVar("_T")


class SlackPerson:
    """Acts as one person; nothing that the bot does wrong raises here: it is in the Answer and in `failures`."""

    def __init__(self, desk: Desk, events: Events) -> None:
        self._desk = desk
        self._world = desk.world
        self._events = events
        self._hand = Hand(desk)
        self._forms = Forms(desk)

    @property
    def user(self) -> SlackUser:
        return self._desk.user

    @property
    def id(self) -> str:
        return self._desk.user.id

    @property
    def dm(self) -> str:
        """The channel id of the direct messages with the bot."""
        return self._world.dm_of(self.id).id

    @property
    def modals(self) -> tuple[View, ...]:
        """The open modal's views, the visible one last."""
        return self._desk.modals

    @property
    def modal(self) -> View | None:
        """The view on top, if a modal is open."""
        return self.modals[-1] if self.modals else None

    @property
    def home(self) -> View | None:
        return self._desk.home

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What Slack's client complained about since the start, oldest first."""
        return tuple(self._desk.failures)

    @property
    def looking_at(self) -> str | None:
        """The open channel's id; None for the Home tab."""
        return self._desk.looking_at

    def messages(self, channel: str | None = None) -> tuple[Message, ...]:
        """What the person sees in a channel (the direct messages with the bot), oldest first."""
        return tuple(self._world.seen(self.id, self._channel(channel).id))

    def everything_seen(self) -> str:
        """All that the platform shows this person now, screens and hidden parts alike, as text to search in."""
        mine = (each for each in self._world.channels.values() if self.id in each.members)
        messages = [each for channel in mine for each in self._world.seen(self.id, channel.id)]
        views = [*self.modals, *([self.home] if self.home else [])]
        hidden = [view.payload for view in views] + [dict(view.errors) for view in views]
        said = [each.text for each in messages] + [list(each.blocks) for each in messages]
        return json.dumps([*hidden, *said], ensure_ascii=False)

    def reads(self, surface: Surface | None = None) -> str:
        """The words on a surface (the top modal, else Home or the last message), errors included, a line each."""
        near = self._desk.current(surface) if surface else next(iter(self._desk.surfaces()), None)
        if near is None:
            return ""
        if isinstance(near, View):
            return "\n".join([near.title, shown_text(near.blocks), *near.errors.values()])
        return shown_text(near.blocks) if near.blocks else html.unescape(near.text)

    async def command(self, command: str, text: str = "", *, channel: str | None = None) -> Answer:
        """Type a slash command; what the bot answers at once appears as a message."""
        place = self._channel(channel)
        self._desk.looking_at = place.id
        typed = payloads.escaped(self._world, text, named=True)
        form = payloads.command_form(self._world, self.user, place, command=command, text=typed)
        form["trigger_id"] = self._world.tickets.trigger(self.id)
        form["response_url"] = self._desk.answer_link(place.id)
        answer = await self._desk.send(Call(CallKind.COMMAND, command, form), ack_problems)
        if answer.ok and answer.body:
            say(self._world, AnswerLink(self.id, place.id, born=0), answer.body)
        return answer

    async def says(self, text: str) -> Answer:
        """Write to the bot in the direct messages."""
        self._desk.looking_at = self.dm
        message = self.writes(text, channel=self.dm)
        return await self._events.send(payloads.message_event(self._world, message, "message"))

    async def mentions_bot(self, text: str, *, channel: str) -> Answer:
        """Write `@bot text` in a channel; Slack tells the bot only where it is a member."""
        place = self._channel(channel)
        self._desk.looking_at = place.id
        message = self.writes(f"@{self._world.app.bot_name} {text}", channel=place.id)
        if self._world.app.bot_user not in place.members:
            return Answer()
        return await self._events.send(payloads.message_event(self._world, message, "app_mention"))

    def writes(self, text: str, *, channel: str) -> Message:
        """Write a message of which the bot is told nothing."""
        world, place = self._world, self._channel(channel)
        said = payloads.escaped(world, text, named=False)
        message = Message(place.id, world.next_ts(), self.id, said)
        span = {"type": "text", "text": text}
        section = {"type": "rich_text_section", "elements": [span]}
        block: Json = {"type": "rich_text", "block_id": world.new_id(), "elements": [section]}
        return world.put(replace(message, blocks=(block,), client_msg_id=world.new_id()))

    async def opens_home(self) -> Answer:
        """Open the bot's Home tab."""
        self._desk.looking_at = None
        return await self._events.send(payloads.home_event(self._world, self.user, "home"))

    async def opens_messages(self) -> Answer:
        """Open the bot's Messages tab."""
        self._desk.looking_at = self.dm
        return await self._events.send(payloads.home_event(self._world, self.user, "messages"))

    def looks_at(self, channel: str | None = None) -> None:
        """Open a channel without the bot being told."""
        self._desk.looking_at = self._channel(channel).id

    async def press(
        self,
        text: str | None = None,
        *,
        near: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        on: Surface | None = None,
    ) -> Answer:
        """Press a button, or choose an option of that text, at or below the words `near`; raises NotOnScreen.

        Looked for on the top modal, else on what the person looks at: Home, or the newest message that has it.
        """
        surface, spot = self._hand.find(on, text=text, near=near, action_id=action_id, block_id=block_id)
        return await self._hand.touch(surface, spot, text)

    async def choose(
        self,
        value: Value,
        *,
        near: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        on: Surface | None = None,
    ) -> Answer:
        """Choose in the menu, date picker or checkboxes found by id or by words above; raises NotOnScreen."""
        wanted = value if isinstance(value, str) and action_id is None and block_id is None else None
        surface, spot = self._hand.find(on, text=wanted, near=near, action_id=action_id, block_id=block_id)
        return await self._hand.touch(surface, spot, value)

    async def fill(self, field: str, value: Value, *, on: Surface | None = None) -> Answer:
        """Put a value into the field with that label (or block id); options are chosen by text; raises NotOnScreen."""
        surface, spot = self._hand.field(field, on)
        return await self._hand.enter(surface, spot, value)

    async def search_options(self, field: str, query: str, *, on: Surface | None = None) -> Answer:
        """Type letters into a menu that asks the bot; what it offers is in the answer's body."""
        surface, spot = self._hand.field(field, on)
        return await self._hand.search(surface, spot, query)

    async def submit(self, *, force: bool = False) -> Answer:
        """Submit the top modal; `force` sends what Slack's client would have refused."""
        return await self._forms.submit(force=force)

    async def close_modal(self) -> Answer:
        return await self._forms.close()

    async def close_all_modals(self) -> Answer:
        return await self._forms.close_all()

    async def message_shortcut(self, callback_id: str, message: Message) -> Answer:
        """Choose a shortcut of the bot from a message's menu."""
        self._desk.looking_at = message.channel
        trigger = self._world.tickets.trigger(self.id)
        payload = payloads.message_action(self._world, self.user, message, callback_id=callback_id, trigger_id=trigger)
        payload["response_url"] = self._desk.answer_link(message.channel)
        return await self._desk.interact("message_action", payload, anything_goes)

    async def shortcut(self, callback_id: str) -> Answer:
        """Choose a global shortcut of the bot."""
        trigger = self._world.tickets.trigger(self.id)
        payload = payloads.global_shortcut(self._world, self.user, callback_id=callback_id, trigger_id=trigger)
        return await self._desk.interact("shortcut", payload, anything_goes)

    async def forge(self, payload: Json) -> Answer:
        """Send an interaction that no client would, well signed."""
        return await self._desk.interact(str(payload.get("type", "forged")), payload, anything_goes)

    async def raw(self, body: str | bytes, headers: Mapping[str, str]) -> Answer:
        """Send any bytes with any headers to the bot's address."""
        return await self._desk.line.raw(body, headers)

    async def wait_for(self, found: Callable[["SlackPerson"], _T], within: float = 5.0) -> _T:
        """What the predicate returns once it is true, tried again after each change; raises TimeoutError."""
        with self._world.changed.listen() as news:
            async with asyncio.timeout(within):
                while not (result := found(self)):
                    await news.get()
        return result

    def _channel(self, name: str | None) -> SlackChannel:
        if name is None:
            return self._world.dm_of(self.id)
        known = self._world.channels.get(name)
        return known or next(each for each in self._world.channels.values() if each.name == name)
