"""What a person reads on an Adaptive Card, and where on it the thing is that they want to touch."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adapters.playground.teams_inputs import Spot, is_shown, parts_of, spots
from adapters.playground.teams_people import Json

_MARKDOWN = re.compile(r"\*\*(?P<bold>\S(?:.*?\S)?)\*\*|\b_(?P<slanted>\S(?:.*?\S)?)_\b|\[(?P<link>[^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Piece:
    """A line or a thing on a card: its words, and what can be touched there."""

    words: tuple[str, ...]
    spot: Spot | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.words)


def shown_text(card: Json) -> str:
    """All words on a card, a line for each piece, as people read them."""
    return "\n".join(word for piece in pieces(card) for word in piece.words)


def pieces(node: Json) -> Iterator[Piece]:
    """Everything visible within, in the order in which people read."""
    for part in parts_of(node):
        if not is_shown(part):
            continue
        kind = str(part.get("type"))
        if kind.startswith(("Action.", "Input.")):
            yield Piece(tuple(_words(part)), Spot(part))
        else:
            words = tuple(_words(part))
            yield from [Piece(words)] if words else []
        yield from pieces(part)


def button_labels(card: Json) -> list[str]:
    return [spot.label for spot in spots(card) if spot.is_button]


def buttons_in(card: Json, *, text: str | None = None, near: str | None = None) -> Iterator[Spot]:
    """The buttons with these words, at or below the words `near`."""
    every = list(pieces(card))
    start = 0 if near is None else next((n for n, piece in enumerate(every) if near in piece.text), len(every))
    touchable = (piece.spot for piece in every[start:] if piece.spot and piece.spot.is_button)
    return (spot for spot in touchable if text in (None, spot.label))


def find_button(card: Json, *, text: str | None = None, near: str | None = None) -> Spot | None:
    """The first of them."""
    return next(buttons_in(card, text=text, near=near), None)


def find_field(card: Json, name: str) -> Spot | None:
    """The input with this id or label (whole, else in part)."""
    every = [spot for spot in spots(card) if spot.is_input]
    exact = (spot for spot in every if name in (spot.id, spot.label))
    part = (spot for spot in every if name in spot.label)
    return next(exact, None) or next(part, None)


def choice_named(choices: Sequence[Json], name: str) -> Json | None:
    """The choice with this title or value; else the only one whose title begins with it, or contains it."""
    for fits in (_is_it, _begins, _contains):
        found = [each for each in choices if fits(each, name)]
        if found and (fits is _is_it or len(found) == 1):
            return found[0]
    return None


def _is_it(choice: Json, name: str) -> bool:
    return name in (choice["title"], choice["value"])


def _begins(choice: Json, name: str) -> bool:
    return str(choice["title"]).startswith(name)


def _contains(choice: Json, name: str) -> bool:
    return name in choice["title"]


def plain(markdown: str) -> str:
    """A text block's words without the marks that a client draws as bold, italic or a link."""
    return _MARKDOWN.sub(lambda hit: next(each for each in hit.groups() if each is not None), markdown)


def _words(part: Json) -> Iterator[str]:
    """What one element says itself, without what stands in it."""
    kind = str(part.get("type"))
    match kind:
        case "TextBlock":
            yield plain(str(part.get("text", "")))
        case "RichTextBlock":
            yield "".join(_run(each) for each in part.get("inlines", ()))
        case "FactSet":
            yield from (f"{fact.get('title', '')} {fact.get('value', '')}" for fact in part.get("facts", ()))
        case "Chart.Line" | "Chart.VerticalBar.Grouped":
            yield str(part.get("title", ""))
            yield from (_line(each) for each in part.get("data", ()))
        case "Image" if part.get("altText"):
            yield str(part["altText"])
        case _ if kind.startswith("Action."):
            yield str(part.get("title", ""))
        case _ if kind.startswith("Input."):
            yield from _input_words(part)
        case _:
            pass


def _line(data: Json) -> str:
    """One line of a drawing, with its points."""
    return f"{data['legend']} " + ", ".join(f"{point['x']} {point['y']}" for point in data["values"])


def _run(inline: object) -> str:
    return str(inline.get("text", "")) if isinstance(inline, Mapping) else str(inline)


def _input_words(part: Json) -> Iterator[str]:
    named = (part.get("label"), part.get("title"), part.get("placeholder"))
    yield from (str(each) for each in named if each)
    if part.get("type") == "Input.Text" and part.get("value"):
        yield str(part["value"])
    yield from (str(choice.get("title", "")) for choice in part.get("choices", ()))
