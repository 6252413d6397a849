"""A form of one line, which Teams shows in the chat itself, and what sending it leads to."""

from dataclasses import dataclass

from bot.actions import Action
from bot.entered import Entered
from bot.refused import Conflicted, Refused
from bot.registry import Handlers, Registry, Step, together
from bot.turn import Turn
from bot.views import Card, Form, Here, Notice, Text, TextField
from tests.adapters.slack import example, example_words
from tests.adapters.slack.example import Then, _add, _form

handlers = Handlers()


@dataclass(frozen=True)
class ShowLine(Action):
    then: Then


@dataclass(frozen=True)
class LineToHere(Action):
    then: Then


@dataclass(frozen=True)
class LineToNotice(Action):
    then: Then


@dataclass(frozen=True)
class LineToCard(Action):
    then: Then


@dataclass(frozen=True)
class Conflict(Action):
    """Somebody else was faster."""


@handlers.reads(ShowLine)
async def show_line(turn: Turn, action: ShowLine) -> Form:
    submits: dict[Then, Action] = {Then.here: LineToHere(action.then), Then.notice: LineToNotice(action.then)}
    return Form(
        title="One line",
        body=(TextField("text", "Your line"),),
        submit=submits.get(action.then, LineToCard(action.then)),
        submit_label="Keep",
        sees="Only you can see this.",
        address=action,
    )


async def _keep(turn: Turn) -> str:
    text = turn.entered.text("text")
    if text == "forbidden":
        raise Refused("refused.past_date", field="text")
    if text == "gone":
        raise Refused("refused.gone")
    if text == "conflict":
        raise Conflicted(_form(Then.page, rows=0))
    await _add(turn, text)
    return text


@handlers.writes(LineToHere, form=ShowLine)
async def line_to_here(turn: Turn, action: LineToHere) -> Here:
    await _keep(turn)
    return Here(text="Kept it here")


@handlers.writes(LineToNotice, form=ShowLine)
async def line_to_notice(turn: Turn, action: LineToNotice) -> Notice:
    await _keep(turn)
    return Notice(text="Kept that")


@handlers.writes(LineToCard, form=ShowLine)
async def line_to_card(turn: Turn, action: LineToCard) -> Card:
    return Card(title="A line", body=(Text(f"Kept {await _keep(turn)}"),), summary="A line")


@handlers.writes(Conflict)
async def conflict(turn: Turn, action: Conflict) -> Card:
    raise Conflicted(_form(Then.page, rows=0))


@handlers.verb("search")
async def verb_search(turn: Turn, words: str) -> Step:
    return Step(ShowLine(Then(words)), Entered())


def teams_registry() -> Registry:
    return together([example.handlers, example_words.handlers, handlers])
