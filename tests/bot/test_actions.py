"""Actions on the wire."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import PACKED_LIMIT, Action, Unreadable, longest, pack, unpack
from bot.features import registry
from bot.model.ids import ItemId, PersonId

GOLDEN = Path(__file__).parent / "wire_names.txt"
ID = "abcdefghijklmnopqrstuv"


class Colour(StrEnum):
    red = "red"
    blue = "blue"


@dataclass(frozen=True)
class Paint(Action):
    item: ItemId
    colour: Colour
    times: int
    twice: bool
    by: PersonId | None = None


KINDS: dict[str, type[Action]] = {"Paint": Paint}


@given(
    st.from_regex(r"[A-Za-z0-9_-]{22}", fullmatch=True),
    st.sampled_from(Colour),
    st.integers(0, 999_999_999),
    st.booleans(),
    st.none() | st.from_regex(r"[A-Za-z0-9_-]{22}", fullmatch=True),
)
def test_what_is_packed_comes_back(item: str, colour: Colour, times: int, twice: bool, by: str | None) -> None:
    action = Paint(ItemId(item), colour, times, twice, PersonId(by) if by else None)
    assert unpack(pack(action), KINDS) == action
    assert len(pack(action)) <= longest(Paint) <= PACKED_LIMIT


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Paint",
        "Nothing:1",
        f"Paint:{ID}:green:1:1:",
        f"Paint:{ID}:red:-1:1:",
        f"Paint:{ID}:red:١:1:",
        f"Paint:{ID}:red:1:2:",
        f"Paint:{ID}:red:1:1:short",
        f"Paint:{ID[:-1]}/:red:1:1:",
        f"Paint:{ID}:red:1:1::",
        f"Paint:{ID}:red:{'9' * 5000}:1:",
    ],
)
def test_what_nobody_packed_is_unreadable(words: str) -> None:
    with pytest.raises(Unreadable):
        unpack(words, KINDS)


@given(st.text(max_size=200))
def test_any_words_from_the_wire_are_an_action_or_unreadable(words: str) -> None:
    kinds = registry().kinds
    try:
        action = unpack(words, kinds)
    except Unreadable:
        return
    assert unpack(pack(action), kinds) == action


def test_every_action_fits_a_select_option() -> None:
    assert {name: longest(kind) for name, kind in registry().kinds.items() if longest(kind) > PACKED_LIMIT} == {}


def test_no_action_that_was_on_the_wire_has_gone() -> None:
    """Messages with buttons live for months: a name may be added to the golden file, none may leave it silently."""
    assert GOLDEN.read_text(encoding="utf-8").split() == sorted(registry().kinds)
