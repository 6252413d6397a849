"""The answers that Teams understands, as Microsoft's pages describe them."""

from collections.abc import Sequence

from adapters.teams.inputs import Answer, Json
from adapters.teams.render import CARD_TYPE, attachment
from adapters.teams.render_fields import search_results
from bot.views import Option

_MESSAGE = "application/vnd.microsoft.activity.message"
_FOUND = "application/vnd.microsoft.search.searchResponse"
MOST_FOUND = 15

TAKEN = Answer(200)
# Teams closes a dialog whose submission is answered with nothing.
CLOSED = Answer(200, {})
NOT_OURS = Answer(501)


def card_answer(card: Json) -> Answer:
    """Another card in the place of the one that was pressed, for whoever pressed it."""
    return _executed(CARD_TYPE, card)


def sentence_answer(text: str) -> Answer:
    """A sentence under the card that was pressed; the card and what was typed into it stay."""
    return _executed(_MESSAGE, text)


def dialog_answer(title: str, card: Json) -> Answer:
    """A dialog, or what an open one shows now."""
    value = {"title": title, "height": "large", "width": "large", "card": attachment(card)}
    return Answer(200, {"task": {"type": "continue", "value": value}})


def dialog_sentence(text: str) -> Answer:
    """A sentence in place of the dialog."""
    return Answer(200, {"task": {"type": "message", "value": text}})


def found_answer(options: Sequence[Option]) -> Answer:
    """What a picker offers."""
    return _executed(_FOUND, {"results": search_results(options[:MOST_FOUND])})


def _executed(kind: str, value: object) -> Answer:
    return Answer(200, {"statusCode": 200, "type": kind, "value": value})
