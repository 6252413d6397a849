"""What a visitor does on the page, as the deed of the person they act as."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from adapters.playground.slack_desk import Surface
from adapters.playground.slack_line import Answer
from adapters.playground.slack_people import Json
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_screen import NotOnScreen, options_of
from adapters.playground.slack_world import World

COMMAND = "/oneonone"
SHORTCUT = "add_to_oneonone"

_T = TypeVar("_T")


class BadIntent(ValueError):
    """The page asked for something that nobody can do; the message says what."""


@dataclass(frozen=True)
class Intent:
    """What the page sent, read one named part at a time."""

    parts: Mapping[str, object]

    def text(self, name: str) -> str:
        """A part that must be words; raises BadIntent."""
        return _must_be(self.parts.get(name), str, name)

    def maybe(self, name: str) -> str | None:
        found = self.parts.get(name)
        return None if found is None else _must_be(found, str, name)

    def value(self, name: str = "value") -> str | list[str] | None:
        """What was chosen or typed: words, several of them, or nothing; raises BadIntent."""
        found = self.parts.get(name)
        if isinstance(found, list):
            return [_must_be(each, str, name) for each in found]
        return self.maybe(name)

    def fields(self) -> list["Intent"]:
        found = _must_be(self.parts.get("fields", []), list, "fields")
        return [Intent(_must_be(each, dict, "fields")) for each in found]


def _must_be(found: object, kind: type[_T], name: str) -> _T:
    if not isinstance(found, kind):
        raise BadIntent(f"{name!r} is not what it should be")
    return found


async def perform(world: World, person: SlackPerson, intent: Intent) -> Json:
    """Do it, and say how the app answered; raises BadIntent, and NotOnScreen for what is gone."""
    deed = _DEEDS.get(intent.text("do"))
    if deed is None:
        raise BadIntent("there is no such deed")
    return _told(await deed(world, person, intent))


def _told(answer: Answer) -> Json:
    return {
        "ok": answer.failure is None,
        "failure": answer.failure,
        "problems": [f"{problem.rule} at {problem.path}" for problem in answer.problems],
        "options": options_of(answer.body),
    }


async def _command(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    return await person.command(COMMAND, intent.text("text"), channel=intent.maybe("channel"))


async def _say(world: World, person: SlackPerson, intent: Intent) -> Answer:
    channel, text = intent.text("channel"), intent.text("text")
    if channel == person.dm:
        return await person.says(text)
    mention = f"@{world.app.bot_name}"
    if text.split()[:1] == [mention]:
        return await person.mentions_bot(text.removeprefix(mention).strip(), channel=_joined(world, person, channel))
    person.writes(text, channel=_joined(world, person, channel))
    return Answer()


def _joined(world: World, person: SlackPerson, channel: str) -> str:
    known = world.channels.get(channel)
    if known is None or person.id not in known.members:
        raise NotOnScreen("not in that channel")
    return channel


async def _home(_world: World, person: SlackPerson, _intent: Intent) -> Answer:
    return await person.opens_home()


async def _messages(_world: World, person: SlackPerson, _intent: Intent) -> Answer:
    return await person.opens_messages()


async def _press(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    surface = _surface(person, intent)
    await _type(person, surface, intent)
    return await person.press(action_id=intent.text("action"), block_id=intent.text("block"), on=surface)


async def _choose(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    surface = _surface(person, intent)
    await _type(person, surface, intent)
    place = {"action_id": intent.text("action"), "block_id": intent.text("block")}
    return await person.choose(intent.value(), on=surface, **place)


async def _fill(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    return await person.fill(intent.text("block"), intent.value(), on=_surface(person, intent))


async def _submit(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    await _type(person, _top(person, intent), intent)
    return await person.submit()


async def _close(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    _top(person, intent)
    return await person.close_modal()


async def _close_all(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    _top(person, intent)
    return await person.close_all_modals()


async def _options(_world: World, person: SlackPerson, intent: Intent) -> Answer:
    return await person.search_options(intent.text("block"), intent.text("query"), on=_surface(person, intent))


async def _shortcut(world: World, person: SlackPerson, intent: Intent) -> Answer:
    message = world.find(intent.text("channel"), intent.text("ts"))
    if message is None or message not in person.messages(message.channel) or message.is_ephemeral:
        raise NotOnScreen("that message is gone")
    _place_of(world, person, message.channel)
    return await person.message_shortcut(SHORTCUT, message)


def _place_of(world: World, person: SlackPerson, channel: str) -> str:
    return channel if channel == person.dm else _joined(world, person, channel)


async def _type(person: SlackPerson, surface: Surface, intent: Intent) -> None:
    """Put in what the visitor has typed since; a field that the app took away meanwhile is passed over."""
    for field in intent.fields():
        try:
            await person.fill(field.text("block"), field.value(), on=surface)
        except NotOnScreen:
            continue


def _top(person: SlackPerson, intent: Intent) -> Surface:
    """The modal on top, if it is the one that the visitor sees; raises NotOnScreen."""
    if person.modal is None or person.modal.id != intent.text("view"):
        raise NotOnScreen("that window is closed")
    return person.modal


def _surface(person: SlackPerson, intent: Intent) -> Surface:
    """The view or message that the visitor touches; raises NotOnScreen."""
    view_id = intent.maybe("view")
    if view_id is None:
        return _seen_message(person, intent.text("channel"), intent.text("ts"))
    home = [person.home] if person.home else []
    for view in (*person.modals[-1:], *home):
        if view.id == view_id:
            return view
    raise NotOnScreen("that window is closed")


def _seen_message(person: SlackPerson, channel: str, ts: str) -> Surface:
    seen = person.messages(channel) if channel == person.dm else person.messages_in_joined(channel)
    for message in seen:
        if message.ts == ts:
            return message
    raise NotOnScreen("that message is gone")


_DEEDS: Mapping[str, Callable[[World, SlackPerson, Intent], Awaitable[Answer]]] = {
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
