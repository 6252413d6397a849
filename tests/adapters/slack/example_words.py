"""Words and messages that lead to the example's views, and the registry of all of it."""

from dataclasses import dataclass

from bot.actions import Action
from bot.model.delivery import Delivery, DeliveryKind
from bot.refused import Refused
from bot.registry import Handlers, Registry, Step, together
from bot.turn import Turn
from bot.views import Card, Chart, Line
from tests.adapters.slack import example
from tests.adapters.slack.example import Count, Level, Say, ShowCard, ShowForm, ShowPage, Then, show_card

handlers = Handlers()
CHART = Chart("How are you?", ("9 Nov", "23 Nov"), (Line("You", (6, 8)), Line("Ana", (None, 5))), top=10)


@dataclass(frozen=True)
class ShowCharts(Action):
    pass


@handlers.reads(ShowCharts)
async def show_charts(turn: Turn, action: ShowCharts) -> Card:
    return Card(title="Charts", body=(CHART, CHART, CHART), summary="A card for you")


@handlers.verb("add")
async def verb_add(turn: Turn, words: str) -> Step:
    return Step(ShowForm(Then.card if words == "card" else Then.page))


@handlers.verb("note")
async def verb_note(turn: Turn, words: str) -> Step:
    return Step(ShowPage(Level.one))


@handlers.verb("actions")
async def verb_actions(turn: Turn, words: str) -> Step:
    return Step(ShowCard())


@handlers.verb("trend")
async def verb_trend(turn: Turn, words: str) -> Step:
    return Step(ShowCharts())


@handlers.verb("meet")
async def verb_meet(turn: Turn, words: str) -> Step:
    return Step(Count())


@handlers.verb("ask")
async def verb_ask(turn: Turn, words: str) -> Step:
    """Answers with the words themselves and the channel they came from."""
    where = turn.channel.name if turn.channel else "no channel"
    raise Refused("refused.kept_words", reason=where, words=words)


@handlers.verb("help")
async def verb_help(turn: Turn, words: str) -> Step:
    return Step(Say())


@handlers.message(DeliveryKind.news)
async def news(turn: Turn, delivery: Delivery) -> Card | None:
    return await show_card(turn, ShowCard())


def example_registry() -> Registry:
    return together([example.handlers, handlers])
