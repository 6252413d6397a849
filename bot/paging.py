"""Ten rows a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.actions import Action
from bot.turn import Turn
from bot.views import Block, Button, Buttons

T = TypeVar("T")
PAGE_ROWS = 10


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list, and how to turn it."""

    rows: Sequence[T]
    number: int
    count: int

    def turner(self, turn: Turn, to: Callable[[int], Action]) -> tuple[Block, ...]:
        """Buttons for the page before and the page after, where there are any."""
        before = (Button(turn.say("views.before"), to(self.number - 1)),) if self.number > 0 else ()
        after = (Button(turn.say("views.after"), to(self.number + 1)),) if self.number + 1 < self.count else ()
        return (Buttons((*before, *after)),) if before or after else ()


def paged(rows: Sequence[T], number: int, *, size: int = PAGE_ROWS) -> Paged[T]:
    """The rows of page ``number`` (from 0); the last page when there are fewer."""
    count = max(1, -(-len(rows) // size))
    number = min(max(number, 0), count - 1)
    return Paged(rows[number * size : (number + 1) * size], number, count)
