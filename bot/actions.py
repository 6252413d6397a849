"""Actions: typed values of ids that travel in buttons and forms, and come back months later.

An action is a frozen dataclass; its class name is its name on the wire. ``pack`` gives ``Name:field:field`` of at
most 150 characters (a Slack option's value); what comes back is never trusted, only read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.model.ids import ID_LENGTH

PACKED_LIMIT = 150
_NUMBER_DIGITS = 9
_ID = re.compile(rf"[A-Za-z0-9_-]{{{ID_LENGTH}}}")


@dataclass(frozen=True)
class Action:
    """What every action is: a frozen dataclass of ids, enums, small numbers, dates and yes-or-no."""


class Unreadable(ValueError):
    """The words on the wire name no action that we know."""


def pack(action: Action) -> str:
    """The action as text, at most 150 characters."""
    values = (getattr(action, part.name) for part in fields(action))
    return ":".join([type(action).__name__, *(_packed(value) for value in values)])


def unpack(text: str, kinds: Mapping[str, type[Action]]) -> Action:
    """The action that ``pack`` made; raises Unreadable for anything else."""
    name, *parts = text.split(":")
    kind = kinds.get(name)
    if kind is None:
        raise Unreadable(name[:40])
    hints = get_type_hints(kind)
    names = [part.name for part in fields(kind)]
    if len(names) != len(parts):
        raise Unreadable(name)
    try:
        return kind(**{key: _unpacked(value, hints[key]) for key, value in zip(names, parts, strict=True)})
    except ValueError as error:
        raise Unreadable(name) from error


def longest(kind: type[Action]) -> int:
    """The most characters that an action of this kind can pack to; raises TypeError for a field that cannot travel."""
    hints = get_type_hints(kind)
    return len(kind.__name__) + sum(1 + _width(hints[part.name]) for part in fields(kind))


def _packed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _unpacked(text: str, hint: Any) -> object:
    kind, optional = _plain(hint)
    if text == "" and optional:
        return None
    if kind is bool:
        if text not in ("0", "1"):
            raise ValueError
        return text == "1"
    if kind is int:
        if not text.isascii() or not text.isdigit() or len(text) > _NUMBER_DIGITS:
            raise ValueError
        return int(text)
    if kind is date:
        return date.fromisoformat(text)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(text)
    if not _ID.fullmatch(text):
        raise ValueError
    return text


def _width(hint: Any) -> int:
    kind, _ = _plain(hint)
    if kind is bool:
        return 1
    if kind is int:
        return _NUMBER_DIGITS
    if kind is date:
        return len("2026-11-22")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return max(len(member.value) for member in kind)
    if getattr(kind, "__supertype__", None) is str:
        return ID_LENGTH
    message = f"{hint!r} cannot travel in an action"
    raise TypeError(message)


def _plain(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return kinds[0], NoneType in get_args(hint)
    return hint, False
