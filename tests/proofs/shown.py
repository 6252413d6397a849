"""What is in a view: its buttons, and every text that a person reads in it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from bot.actions import Action
from bot.views import Button, Buttons, Drawn, Notice, Row, Style, View

# What a machine reads: names and values of fields, links, and how something looks.
_NOT_READ = {
    "Card": {"language"},
    "Page": {"language"},
    "Form": {"language"},
    "Notice": {"language"},
    "Option": {"value"},
    "TextField": {"name"},
    "ChoiceField": {"name", "value"},
    "TicksField": {"name", "values"},
    "PersonField": {"name"},
    "Jump": {"url"},
}


def buttons(view: View) -> list[Button]:
    """All buttons in a view, from its top."""
    if isinstance(view, Notice):
        return []
    return [button for part in view.body if isinstance(part, Row | Buttons) for button in part.buttons]


def texts(part: object) -> Iterator[str]:
    """Every text that a person reads in a view, or in a part of one; none is empty."""
    match part:
        case Action() | Style() | Drawn() | None | int():
            return
        case str():
            if part:
                yield part
        case tuple():
            for each in part:
                yield from texts(each)
        case Mapping():
            yield from texts(tuple(part.values()))
        case _ if is_dataclass(part):
            unread = _NOT_READ.get(type(part).__name__, set())
            for each in fields(part):
                if each.name not in unread:
                    yield from texts(getattr(part, each.name))
        case _:
            raise TypeError(type(part).__name__)
