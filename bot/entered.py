"""What a person typed or chose in a form, read with its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from bot.refused import Refused

Value = str | tuple[str, ...]
Choice = TypeVar("Choice", bound=StrEnum)

TEXT_LIMIT = 3000


@dataclass(frozen=True)
class Entered:
    """Values by field name; each reader raises Refused, which names the field, for what cannot be taken."""

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, name: str, *, most: int = TEXT_LIMIT) -> str:
        """The words, trimmed, at least one character and at most ``most``."""
        words = self.text_or_none(name, most=most)
        if words is None:
            raise Refused("refused.empty", field=name)
        return words

    def text_or_none(self, name: str, *, most: int = TEXT_LIMIT) -> str | None:
        """The words, trimmed, or None where there are none."""
        value = self.values.get(name)
        words = value.replace("\x00", "").strip() if isinstance(value, str) else ""
        if len(words) > most:
            raise Refused("refused.too_long", field=name, most=most, count=len(words))
        return words or None

    def lines(self, name: str, *, most: int = TEXT_LIMIT) -> str:
        """The words with all lines in their places, also the empty ones before them."""
        value = self.values.get(name)
        words = value.replace("\x00", "").rstrip() if isinstance(value, str) else ""
        if len(words) > most:
            raise Refused("refused.too_long", field=name, most=most, count=len(words))
        return words

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """The chosen member."""
        try:
            return kind(str(self.values.get(name)))
        except ValueError:
            raise Refused("refused.choose", field=name) from None

    def ticks(self, name: str) -> tuple[str, ...]:
        """The values that are ticked."""
        value = self.values.get(name)
        return value if isinstance(value, tuple) else ()

    def id(self, name: str) -> str:
        """The chosen id, which is still to be looked up by ``access``."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            raise Refused("refused.choose", field=name)
        return value
