"""What is left of a text when everything that came from prompts/ and from people is taken out of it."""

import re
from collections.abc import Iterable
from zoneinfo import available_timezones

from tests.stateful.knowing import MARK

OPENING, CLOSING, FILLED, FILLED_END, CUT = "⟦", "⟧", "⟨", "⟩", "…"
_SEPARATORS = re.compile(r"[\s@·○□✓–…/,\u200b]+")
_OF_PEOPLE = re.compile(rf"{MARK}-[\w-]*|\d{{4}}-\d\d-\d\d|\d\d:\d\d")


class Foreign:
    """Finds words that came from elsewhere; ``known`` are names, addresses and whatever else people brought."""

    def __init__(self, known: Iterable[str]) -> None:
        names = sorted({*known, *available_timezones()}, key=len, reverse=True)
        self._known = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)

    def words(self, text: str) -> str:
        """What is left; empty when all is well."""
        left = _OF_PEOPLE.sub(" ", outside(text))
        return _SEPARATORS.sub(" ", self._known.sub(" ", left)).strip()


def outside(text: str) -> str:
    """What stands outside every ⟦mark⟧, or was filled into one; a text that was cut may leave marks open."""
    within: list[str] = []
    found: list[str] = []
    for letter in text:
        if letter in (OPENING, FILLED):
            within.append(letter)
            found.append(" ")
        elif letter in (CLOSING, FILLED_END) and within:
            within.pop()
            found.append(" ")
        elif not within or within[-1] == FILLED:
            found.append(letter)
    return "".join(found) + ("" if not within or text.endswith(CUT) else " unclosed")
