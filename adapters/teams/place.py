"""Where a view stands in Teams, carried by its buttons, so that it can be shown again there."""

from dataclasses import dataclass

# Teams has no stack of dialogs: one dialog shows one view after the other, and these many can be gone back to.
DEEPEST_UNDER = 3
# The frame rides on each button of a dialog, and all of them share 25 KB.
FRAME_LIMIT = 1000
# Signs that neither a packed action nor an id of Teams has, and that JSON does not make longer.
_PART = "|"
_EACH = ","


@dataclass(frozen=True)
class ChatCard:
    """A card that stays in a chat; ``address`` shows it again."""

    conversation: str
    activity: str
    address: str | None = None


@dataclass(frozen=True)
class Nowhere:
    """Where nothing needs a refresh."""


Origin = ChatCard | Nowhere


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a dialog remembers: ``under`` are the addresses of the views that Back leads to, the lowest first."""

    key: str
    address: str | None = None
    under: tuple[str, ...] = ()
    origin: Origin = Nowhere()

    def packed(self) -> str:
        """The frame as a button's data; what is too long forgets where it came from."""
        text = self._text(self.origin)
        return text if len(text) <= FRAME_LIMIT else self._text(Nowhere())

    def _text(self, origin: Origin) -> str:
        under = _EACH.join(self.under[-DEEPEST_UNDER:])
        return _PART.join([self.key, self.address or "", under, *_origin_parts(origin)])


def frame_of(text: object) -> Frame:
    """The frame that a dialog brought back; what another release left there is an empty one."""
    match text.split(_PART) if isinstance(text, str) and len(text) <= FRAME_LIMIT else ():
        case [key, address, under, *origin]:
            below = tuple(each for each in under.split(_EACH) if each)
            return Frame(key=key, address=address or None, under=below[-DEEPEST_UNDER:], origin=_origin(origin))
        case _:
            return Frame(key="")


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two packed addresses show the same thing; another page of it is the same thing."""
    return one is not None and other is not None and _thing(one) == _thing(other)


def _thing(packed: str) -> tuple[str, ...]:
    # Numbers are pages and switches; ids, dates and words are what the address is about.
    return tuple(part for part in packed.split(":") if not part.isdigit())


def _origin_parts(origin: Origin) -> list[str]:
    match origin:
        case ChatCard():
            return [origin.conversation, origin.activity, origin.address or ""]
        case Nowhere():
            return []


def _origin(parts: list[str]) -> Origin:
    match parts:
        case [conversation, activity, address]:
            return ChatCard(conversation, activity, address or None)
        case _:
            return Nowhere()
