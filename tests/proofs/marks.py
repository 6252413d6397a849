"""What is left of a text when everything that came from prompts/ and from people is taken out of it."""

import re
from collections.abc import Iterable
from itertools import pairwise
from zoneinfo import available_timezones

from tests.stateful.knowing import MARK

OPENING, CLOSING, FILLED, FILLED_END, CUT = "⟦", "⟧", "⟨", "⟩", "…"
_SEPARATORS = re.compile(r"[\s@·:○□✓–…/,()#\u200b▁▂▃▄▅▆▇█-]+")
_OF_PEOPLE = re.compile(rf"{MARK}-[\w-]*|\d{{4}}-\d\d-\d\d|\d\d:\d\d")
_CALENDAR = re.compile(r"https?://[\w.:-]+/calendar/[\w-]{44}\.ics")
_RULE = re.compile(r"FREQ=[A-Z]+(;[A-Z]+=[A-Z0-9,+-]+)*")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
"""What machines read: a calendar's secret address, a rhythm of RFC 5545, and what a template fills in or chooses."""

_IN_CHARTS = re.compile(r"\b([1-9]?\d|100)\b")
"""Ratings, and percent."""

CITIES = frozenset({"Madrid", "New York", "Tokyo", "Berlin"})
COUNTRIES = frozenset({"Spain", "United States", "Japan", "Germany"})
CODES = frozenset({"ES", "US", "JP", "DE"})
"""Of the zones that people live in, as the time zone database knows them; a code stands alone or not at all."""


class Foreign:
    """Finds words that came from elsewhere; ``known`` are names, addresses and whatever else people brought.

    ``alone`` is what people type that is known only where it is a whole text.
    """

    def __init__(self, known: Iterable[str], *, alone: Iterable[str] = ()) -> None:
        names = sorted({*known, *CITIES, *COUNTRIES, *available_timezones()}, key=len, reverse=True)
        self._alone = {*alone, *CODES}
        self._known = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)

    def words(self, text: str) -> str:
        """What is left; empty when all is well."""
        if text in self._alone:
            return ""
        left = outside(_TEMPLATE.sub(" ", text))
        for pattern in (_OF_PEOPLE, _CALENDAR, _RULE, _IN_CHARTS):
            left = pattern.sub(" ", left)
        return _SEPARATORS.sub(" ", self._known.sub(" ", left)).strip()


def outside(text: str) -> str:
    """What stands outside every ⟦mark⟧, or was filled into one; a text that was cut may leave marks open."""
    within: list[str] = []
    found: list[str] = []
    for before, letter in pairwise(f" {text}"):
        if letter in (OPENING, FILLED):
            within.append(letter)
            found.append(" ")
        elif letter in (CLOSING, FILLED_END) and within:
            if letter == FILLED_END and before == CUT and within[-1] == OPENING and FILLED in within:
                within.pop()  # a marked text that was cut before it was filled in
            within.pop()
            found.append(" ")
        elif not within or within[-1] == FILLED:
            found.append(letter)
    return "".join(found) + ("" if not within or text.endswith(CUT) else " unclosed")
