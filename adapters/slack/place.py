"""Where a view stands in Slack, carried by the view itself, so that it can be refreshed there."""

import json
from dataclasses import dataclass
from typing import Any

METADATA_LIMIT = 3000
DEEPEST = 3
_AT = "at"


@dataclass(frozen=True)
class HomeTab:
    """The person's Home tab."""


@dataclass(frozen=True)
class ChatMessage:
    """A message that stays; ``address`` shows its card again."""

    channel: str
    ts: str
    address: str | None


@dataclass(frozen=True)
class AnswerLink:
    """A command's or an ephemeral message's response_url; with an ``address`` there is a card to replace."""

    url: str
    address: str | None = None


@dataclass(frozen=True)
class Nowhere:
    """Where nothing needs a refresh."""


Origin = HomeTab | ChatMessage | AnswerLink | Nowhere


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a modal remembers: ``under`` are the addresses of the views below it, the lowest first."""

    key: str
    address: str | None = None
    submit: str | None = None
    under: tuple[str, ...] = ()
    origin: Origin = Nowhere()

    @property
    def depth(self) -> int:
        """1 for the lowest view of a modal."""
        return len(self.under) + 1

    def packed(self) -> str:
        """The frame as private_metadata; what is too long forgets where it came from."""
        text = self._json(self.origin)
        return text if len(text) <= METADATA_LIMIT else self._json(Nowhere())

    def _json(self, origin: Origin) -> str:
        return json.dumps(
            {"k": self.key, "a": self.address, "s": self.submit, "u": self.under, "o": _origin_parts(origin)},
            separators=(",", ":"),
        )


def frame_of(text: str) -> Frame:
    """The frame that a modal brought back; what another release left there is an empty one."""
    try:
        parts: Any = json.loads(text or "{}")
    except (ValueError, RecursionError):
        parts = {}
    if not isinstance(parts, dict):
        return Frame(key="")
    under = parts.get("u")
    return Frame(
        key=_text(parts.get("k")) or "",
        address=_text(parts.get("a")),
        submit=_text(parts.get("s")),
        under=tuple(str(address) for address in under[: DEEPEST - 1]) if isinstance(under, list) else (),
        origin=_origin(parts.get("o")),
    )


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two packed addresses show the same thing; another page of it is the same thing."""
    return one is not None and other is not None and _thing(one) == _thing(other)


def address_block_id(number: int, address: str | None) -> str:
    """A block_id that is unique in its message and carries the address of the card."""
    return f"{_AT}.{number}.{address or ''}"


def address_in(block_id: str) -> str | None:
    """The address that a block_id of ours carries."""
    beginning, _, rest = block_id.partition(".")
    return (rest.partition(".")[2] or None) if beginning == _AT else None


def _thing(packed: str) -> tuple[str, ...]:
    # Numbers are pages and switches; ids, dates and words are what the address is about.
    return tuple(part for part in packed.split(":") if not part.isdigit())


def _origin_parts(origin: Origin) -> list[str | None]:
    match origin:
        case HomeTab():
            return ["home"]
        case ChatMessage():
            return ["message", origin.channel, origin.ts, origin.address]
        case AnswerLink():
            return ["link", origin.url, origin.address]
        case Nowhere():
            return []


def _origin(parts: object) -> Origin:
    match parts:
        case ["home"]:
            return HomeTab()
        case ["message", str(channel), str(ts), address]:
            return ChatMessage(channel, ts, _text(address))
        case ["link", str(url), address]:
            return AnswerLink(url, _text(address))
        case _:
            return Nowhere()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
