"""What the playground's page draws of Slack, and what a visitor does there as the deed of the person they act as."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from adapters.playground.entries import chosen
from adapters.playground.page_intent import BadIntent, Intent
from adapters.playground.slack_desk import Surface
from adapters.playground.slack_inputs import state_values
from adapters.playground.slack_line import Answer
from adapters.playground.slack_people import Json, SlackChannel, SlackUser
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_screen import NotOnScreen, options_of
from adapters.playground.slack_view import View
from adapters.playground.slack_world import Message, World

COMMAND = "/oneonone"
MOST_MESSAGES = 200


def can_act(world: World, user_id: str) -> bool:
    """Whether a visitor may act as this account: it belongs to a human who still works here."""
    user = world.users.get(user_id)
    return user is not None and not (user.is_bot or user.deleted or user.id == "USLACKBOT")


def person_json(world: World, user: SlackUser) -> Json:
    """An account as the page's picker and its messages show it."""
    is_app = user.id == world.app.bot_user
    return {
        "id": user.id,
        "handle": user.name,
        "name": "OneOnOne" if is_app else user.real_name,
        "title": user.title,
        "zone": user.tz,
        "kind": "bot" if user.is_bot else "person",
        "acts": can_act(world, user.id),
    }


def screen_json(world: World, person: SlackPerson) -> Json:
    """Everything on one person's screen, and nothing of anybody else's."""
    home = person.home
    return {
        "person": person.id,
        "platform": "slack",
        "now": world.now().timestamp(),
        "places": [_place(world, person, channel) for channel in _channels(world, person)],
        "home": _view(home) if home else None,
        "modals": [_view(view) for view in person.modals],
    }


def _channels(world: World, person: SlackPerson) -> Iterator[SlackChannel]:
    yield world.dm_of(person.id)
    yield from (each for each in world.channels.values() if not each.is_im and person.id in each.members)


def _place(world: World, person: SlackPerson, channel: SlackChannel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": "app" if channel.is_im else "channel",
        "members": sum(can_act(world, each) for each in channel.members),
        "has_app": world.app.bot_user in channel.members,
        "messages": [_message(each) for each in person.messages(channel.id)[-MOST_MESSAGES:]],
    }


def _message(message: Message) -> Json:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": list(message.blocks),
        "only_you": message.is_ephemeral,
        "edited": message.edited,
    }


def _view(view: View) -> Json:
    """A view as its reader sees it: without what it carries hidden."""
    return {
        "id": view.id,
        "hash": view.hash,
        "title": view.title,
        "submit": _words(view.payload, "submit"),
        "close": _words(view.payload, "close"),
        "blocks": list(view.blocks),
        "errors": dict(view.errors),
        "values": state_values(view.blocks, view.typed),
    }


def _words(payload: Mapping[str, object], key: str) -> str | None:
    words = payload.get(key)
    return str(words["text"]) if isinstance(words, Mapping) else None


@dataclass(frozen=True)
class SlackVisitor:
    """Acts as one person, and touches only what that person sees: what is not there raises NotOnScreen."""

    world: World
    person: SlackPerson

    def place(self, channel: str) -> str:
        """The channel, if the person is in it."""
        known = self.world.channels.get(channel)
        if known is None or self.person.id not in known.members:
            raise NotOnScreen("you are not in that channel")
        return channel

    def message(self, intent: Intent) -> Message:
        channel, ts = self.place(intent.text("channel")), intent.text("ts")
        for message in self.person.messages(channel):
            if message.ts == ts:
                return message
        raise NotOnScreen("that message is gone")

    def top(self, intent: Intent) -> View:
        """The modal on top, if it is the one that the visitor looked at."""
        modal = self.person.modal
        if modal is None or modal.id != intent.text("view"):
            raise NotOnScreen("that window is closed")
        return modal

    def surface(self, intent: Intent) -> Surface:
        """What the visitor touched: Home, the modal on top, or a message."""
        view_id, home = intent.maybe("view"), self.person.home
        if view_id is None:
            return self.message(intent)
        return home if home and home.id == view_id else self.top(intent)

    async def types(self, surface: Surface, intent: Intent) -> None:
        """Put in what was typed; a field that the app took away meanwhile is passed over."""
        for field in intent.fields():
            try:
                await self.person.fill(field.text("block"), field.value(), on=surface)
            except NotOnScreen:
                continue


async def perform(visitor: SlackVisitor, intent: Intent) -> Json:
    """Do it, and say how the app answered; raises BadIntent, and NotOnScreen for what is gone."""
    deed = _DEEDS.get(intent.text("do"))
    if deed is None:
        raise BadIntent("there is no such deed")
    return _told(await deed(visitor, intent))


def _told(answer: Answer) -> Json:
    return {
        "ok": answer.failure is None,
        "failure": answer.failure,
        "problems": [f"{problem.rule} at {problem.path}" for problem in answer.problems],
        "options": options_of(answer.body),
    }


async def _command(who: SlackVisitor, intent: Intent) -> Answer:
    return await who.person.command(COMMAND, intent.text("text"), channel=who.place(intent.text("channel")))


async def _say(who: SlackVisitor, intent: Intent) -> Answer:
    channel, text = who.place(intent.text("channel")), intent.text("text")
    if channel == who.person.dm:
        return await who.person.says(text)
    mention = f"@{who.world.app.bot_name}"
    if text.split()[:1] == [mention]:
        return await who.person.mentions_bot(text.removeprefix(mention).strip(), channel=channel)
    who.person.writes(text, channel=channel)
    return Answer()


async def _home(who: SlackVisitor, _intent: Intent) -> Answer:
    return await who.person.opens_home()


async def _messages(who: SlackVisitor, _intent: Intent) -> Answer:
    return await who.person.opens_messages()


async def _press(who: SlackVisitor, intent: Intent) -> Answer:
    surface = who.surface(intent)
    await who.types(surface, intent)
    return await who.person.press(action_id=intent.text("action"), block_id=intent.text("block"), on=surface)


async def _choose(who: SlackVisitor, intent: Intent) -> Answer:
    surface, value = who.surface(intent), intent.value()
    await who.types(surface, intent)
    return await who.person.choose(value, action_id=intent.text("action"), block_id=intent.text("block"), on=surface)


async def _fill(who: SlackVisitor, intent: Intent) -> Answer:
    return await who.person.fill(intent.text("block"), intent.value(), on=who.surface(intent))


async def _submit(who: SlackVisitor, intent: Intent) -> Answer:
    await who.types(who.top(intent), intent)
    return await who.person.submit()


async def _close(who: SlackVisitor, intent: Intent) -> Answer:
    who.top(intent)
    return await who.person.close_modal()


async def _close_all(who: SlackVisitor, intent: Intent) -> Answer:
    who.top(intent)
    return await who.person.close_all_modals()


async def _options(who: SlackVisitor, intent: Intent) -> Answer:
    return await who.person.search_options(intent.text("block"), intent.text("query"), on=who.surface(intent))


async def _shortcut(who: SlackVisitor, intent: Intent) -> Answer:
    message = who.message(intent)
    if message.is_ephemeral:
        raise NotOnScreen("nothing can be done with that message")
    return await who.person.message_shortcut(chosen(intent), message)


_DEEDS: Mapping[str, Callable[[SlackVisitor, Intent], Awaitable[Answer]]] = {
    "command": _command,
    "say": _say,
    "home": _home,
    "messages": _messages,
    "press": _press,
    "choose": _choose,
    "fill": _fill,
    "submit": _submit,
    "close": _close,
    "close_all": _close_all,
    "options": _options,
    "shortcut": _shortcut,
}
