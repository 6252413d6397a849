"""What the page draws: the organization, one person's screen, and the wire, as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from adapters.playground.slack_inputs import state_values
from adapters.playground.slack_people import Json, SlackChannel, SlackUser
from adapters.playground.slack_person import SlackPerson
from adapters.playground.slack_view import View
from adapters.playground.slack_world import Message, World
from adapters.playground.wire import Exchange

MOST_MESSAGES = 200
MOST_EXCHANGES = 100


@dataclass(frozen=True)
class Hint:
    """A command that the page offers while one types, what it is for, and what choosing it types."""

    text: str
    says: str
    becomes: str


def can_act(world: World, user_id: str) -> bool:
    """Whether a visitor may act as this account: it belongs to a human who still works here."""
    user = world.users.get(user_id)
    return user is not None and not (user.is_bot or user.deleted or user.id == "USLACKBOT")


def stage_json(world: World, starts: Sequence[str], hints: Sequence[Hint]) -> Json:
    """What stays the same while one plays."""
    people = [_person(world, user) for user in world.users.values() if user.id != "USLACKBOT"]
    shown_hints = [asdict(hint) for hint in hints]
    app = {"id": world.app.bot_user, "name": "OneOnOne"}
    return {"app": app, "people": people, "starts": list(starts), "hints": shown_hints}


def _person(world: World, user: SlackUser) -> Json:
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


def wire_json(world: World) -> Json:
    """The last requests, newest first, and how many faults still wait to happen."""
    exchanges = world.wire.exchanges
    newest = list(islice(reversed(exchanges), MOST_EXCHANGES))
    return {
        "exchanges": [_exchange(each) for each in newest],
        "waiting": len(world.faults.waiting),
    }


def _exchange(exchange: Exchange) -> Json:
    return {
        "n": f"{exchange.at.timestamp()} {exchange.method}",
        "direction": exchange.direction.value,
        "method": exchange.method,
        "status": exchange.status,
        "ms": round(exchange.seconds * 1000),
        "body": exchange.body,
        "answer": exchange.answer,
    }
