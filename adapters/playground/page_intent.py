"""What the page asks for, read with suspicion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")


class BadIntent(ValueError):
    """The page asked for something that nobody can do; the message says what."""


@dataclass(frozen=True)
class Intent:
    """One named part at a time; each reader raises BadIntent for a part of the wrong kind."""

    parts: Mapping[str, object]

    def text(self, name: str) -> str:
        return _must_be(self.parts.get(name), str, name)

    def maybe(self, name: str) -> str | None:
        found = self.parts.get(name)
        return None if found is None else _must_be(found, str, name)

    def value(self) -> str | list[str] | None:
        """What was typed or chosen: words, several of them, or nothing."""
        found = self.parts.get("value")
        if isinstance(found, list):
            return [_must_be(each, str, "value") for each in found]
        return self.maybe("value")

    def fields(self) -> list["Intent"]:
        """What was typed into the form around a button since the app last saw it."""
        found = _must_be(self.parts.get("fields", []), list, "fields")
        return [Intent(_must_be(each, dict, "fields")) for each in found]


def _must_be(found: object, kind: type[_T], name: str) -> _T:
    if not isinstance(found, kind):
        raise BadIntent(f"{name!r} is not what it should be")
    return found
