"""What the playground's page draws of Teams, and what a visitor does there as the deed of the person they act as."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from adapters.playground.entries import chosen
from adapters.playground.page_intent import BadIntent, Intent
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_desk import Surface
from adapters.playground.teams_inputs import Spot, held_by, spots
from adapters.playground.teams_line import Answer
from adapters.playground.teams_people import Json, TeamsUser
from adapters.playground.teams_person import TeamsPerson, plain_words
from adapters.playground.teams_world import Conversation, Dialog, Kind, Message, World

_T = TypeVar("_T")
MOST_MESSAGES = 200


def person_json(user: TeamsUser) -> Json:
    """A person as the page's picker shows them."""
    facts = {"id": user.id, "name": user.name, "handle": (user.upn or user.email).partition("@")[0]}
    return {**facts, "title": user.title, "zone": user.zone, "kind": "person", "acts": True}


def screen_json(world: World, person: TeamsPerson) -> Json:
    """Everything on one person's screen, and nothing of anybody else's."""
    return {
        "person": person.id,
        "platform": "teams",
        "now": world.now().timestamp(),
        "places": [_place(world, person, place) for place in _places(world, person)],
        "dialog": _dialog(person, person.dialog) if person.dialog else None,
        "notice": person.notice,
    }


def _places(world: World, person: TeamsPerson) -> Iterator[Conversation]:
    mine = [each for each in world.conversations.values() if person.id in each.members]
    yield from (each for each in mine if each.kind is Kind.PERSONAL)
    yield from (each for each in mine if each.kind is not Kind.PERSONAL)


def _place(world: World, person: TeamsPerson, place: Conversation) -> Json:
    team = world.teams.get(place.team or "")
    return {
        "id": place.id,
        "name": place.name,
        "team": team.name if team else None,
        "kind": "app" if place.kind is Kind.PERSONAL else "channel",
        "members": len(place.members),
        "has_app": world.has_bot(place),
        "messages": [_message(world, person, each) for each in person.messages(place.id)[-MOST_MESSAGES:]],
    }


def _message(world: World, person: TeamsPerson, message: Message) -> Json:
    shown = list(person.desk.shown(message))
    author = world.users.get(message.author)
    return {
        "id": message.id,
        "author": message.author,
        "name": author.name if author else world.app.name,
        "text": plain_words(message.text),
        "cards": [each.card for each in shown if each.card is not None],
        "at": (message.at or world.now()).timestamp(),
        "edited": message.edited,
        "values": {name: value for each in shown for name, value in _values(person, each).items()},
        "errors": {name: says for each in shown for name, says in person.desk.entered_in(each).wrong.items()},
        "mine": message.author == person.id,
    }


def _dialog(person: TeamsPerson, dialog: Dialog) -> Json:
    return {
        "id": dialog.id,
        "title": dialog.title,
        "card": dialog.card,
        "text": dialog.text,
        "width": dialog.width,
        "height": dialog.height,
        "values": _values(person, dialog),
        "errors": dict(person.desk.entered_in(dialog).wrong),
    }


def _values(person: TeamsPerson, surface: Surface) -> Json:
    """What each input holds now, by its id."""
    typed = person.desk.entered_in(surface).typed
    return {spot.id: held_by(spot, typed) for spot in spots(surface.card or {}) if spot.is_input}


@dataclass(frozen=True)
class TeamsVisitor:
    """Acts as one person, and touches only what that person sees: what is not there raises NotOnScreen."""

    world: World
    person: TeamsPerson

    def place(self, intent: Intent) -> Conversation:
        """The conversation, if the person is in it."""
        known = self.world.conversations.get(intent.text("place"))
        if known is None or self.person.id not in known.members:
            raise NotOnScreen("you are not in that conversation")
        return known

    def message(self, intent: Intent) -> Message:
        found = self.world.find(self.place(intent).id, intent.text("message"))
        if found is None:
            raise NotOnScreen("that message is gone")
        return found

    def dialog(self, intent: Intent) -> Dialog:
        """The open dialog, if it is the one that the visitor looked at."""
        dialog = self.person.dialog
        if dialog is None or dialog.id != intent.text("dialog"):
            raise NotOnScreen("that window is closed")
        return dialog

    def surface(self, intent: Intent) -> Surface:
        """What the visitor touched: the dialog, or a card in a message."""
        if intent.maybe("dialog") is not None:
            return self.dialog(intent)
        shown = list(self.person.desk.shown(self.message(intent)))
        return _at(shown, intent.maybe("card") or "0")

    def button(self, surface: Surface, intent: Intent) -> Spot:
        """The action with this number, counted in the order in which people read."""
        spot = _at([spot for spot in spots(surface.card or {}) if spot.is_action], intent.text("action"))
        if not spot.is_button:
            raise BadIntent("that is nothing to send")
        return spot

    async def types(self, surface: Surface, intent: Intent) -> None:
        """Put in what was typed; a field that the app took away meanwhile is passed over."""
        for field in intent.fields():
            try:
                await self.person.fill(field.text("block"), field.value(), on=surface)
            except NotOnScreen:
                continue


def _at(found: Sequence[_T], number: str) -> _T:
    if not number.isdigit() or int(number) >= len(found):
        raise NotOnScreen("that is gone")
    return found[int(number)]


async def perform(visitor: TeamsVisitor, intent: Intent) -> Json:
    """Do it, and say how the app answered; raises BadIntent, and NotOnScreen for what is gone."""
    deed = _DEEDS.get(intent.text("do"))
    if deed is None:
        raise BadIntent("there is no such deed")
    return _told(await deed(visitor, intent))


def _told(answer: Answer) -> Json:
    value = answer.body.get("value")
    return {
        "ok": answer.failure is None,
        "failure": answer.failure,
        "problems": [f"{problem.rule} at {problem.path}" for problem in answer.problems],
        "options": list(value.get("results", ())) if isinstance(value, dict) else [],
    }


async def _say(who: TeamsVisitor, intent: Intent) -> Answer:
    place, text = who.place(intent), intent.text("text")
    if place.kind is Kind.PERSONAL:
        return await who.person.says(text)
    mention = f"@{who.world.app.name}"
    if text.split()[:1] == [mention]:
        return await who.person.mentions_bot(text.removeprefix(mention).strip(), channel=place.id)
    who.person.writes(text, conversation=place.id)
    return Answer()


async def _look(who: TeamsVisitor, intent: Intent) -> Answer:
    return await who.person.opens_chat(who.place(intent).id)


async def _press(who: TeamsVisitor, intent: Intent) -> Answer:
    surface = who.surface(intent)
    spot = who.button(surface, intent)
    await who.types(surface, intent)
    return await who.person.press_spot(surface, spot)


async def _close(who: TeamsVisitor, intent: Intent) -> Answer:
    who.dialog(intent)
    return await who.person.close_dialog()


async def _options(who: TeamsVisitor, intent: Intent) -> Answer:
    return await who.person.search_people(intent.text("block"), intent.text("query"), on=who.surface(intent))


async def _message_action(who: TeamsVisitor, intent: Intent) -> Answer:
    message = who.message(intent)
    return await who.person.message_action(chosen(intent), message)


_DEEDS: Mapping[str, Callable[[TeamsVisitor, Intent], Awaitable[Answer]]] = {
    "say": _say,
    "look": _look,
    "press": _press,
    "close": _close,
    "options": _options,
    "message_action": _message_action,
}
