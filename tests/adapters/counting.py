"""Says how many of a channel's people we know: what reading a channel is tried with, on both platforms."""

from dataclasses import dataclass

from adapters.entrances import ADD, ASSIGN, Entrances
from bot.actions import Action
from bot.features.channel_audience import members_of, this_channel
from bot.features.home import Home
from bot.features.placing import AddFromMessage
from bot.model.ids import PlaceId
from bot.refused import Refused
from bot.registry import Handlers, Registry, Step, together
from bot.turn import Turn
from bot.views import Notice
from tests.adapters.slack import example
from tests.adapters.slack.example_words import verb_actions

handlers = Handlers()
handlers.verb("actions")(verb_actions)


@dataclass(frozen=True)
class CountPeople(Action):
    place: PlaceId


@dataclass(frozen=True)
class CountFromMessage(Action):
    """Writes the channel down and counts, in one go."""


@handlers.reads(CountPeople)
async def count_people(turn: Turn, action: CountPeople) -> Notice:
    return Notice(text=f"{len(await members_of(turn, action.place))} people are here")


@handlers.writes(CountFromMessage)
async def count_from_message(turn: Turn, action: CountFromMessage) -> Notice:
    return Notice(text=f"{len(await members_of(turn, await _place(turn)))} people are here")


@handlers.verb("meet")
async def count_words(turn: Turn, rest: str) -> Step:
    return Step(CountPeople(await _place(turn)))


async def _place(turn: Turn) -> PlaceId:
    place = await this_channel(turn)
    if place is None:
        raise Refused("refused.gone")
    return place


def counting() -> Registry:
    return together([example.handlers, handlers])


ENTRANCES = Entrances(home=Home(), from_message={ADD: AddFromMessage(), ASSIGN: CountFromMessage()})
