"""A dialog's button brings back where the dialog stands, whoever wrote what it carries."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.place import FRAME_LIMIT, ChatCard, Frame, Nowhere, frame_of, same_place

ID = "i" * 22
# The signs of packed actions, and of the ids of conversations and activities.
names = st.text("abcXYZ019-_:;=@.", min_size=1, max_size=60)
cards = st.builds(ChatCard, names, names, st.none() | names)
frames = st.builds(
    Frame,
    key=st.text("abc019-_", max_size=22),
    address=st.none() | names,
    under=st.lists(names, max_size=3).map(tuple),
    origin=st.just(Nowhere()) | cards,
)


@given(frames)
def test_a_dialog_remembers_what_it_is(frame: Frame) -> None:
    assert frame_of(frame.packed()) == frame


def test_no_more_than_three_views_are_remembered_the_highest_ones() -> None:
    frame = Frame(key="k", under=("a", "b", "c", "d"))
    assert frame_of(frame.packed()).under == ("b", "c", "d")


def test_a_frame_that_grows_too_long_forgets_where_it_came_from_and_nothing_else() -> None:
    frame = Frame(key="k", address="A", under=("B",), origin=ChatCard("c" * FRAME_LIMIT, "1", "C"))
    assert frame_of(frame.packed()) == Frame(key="k", address="A", under=("B",))


def test_a_conversation_with_a_strange_id_is_forgotten_rather_than_mistaken() -> None:
    assert frame_of(Frame(key="k", origin=ChatCard("a|b", "1")).packed()) == Frame(key="k")


@pytest.mark.parametrize("text", [None, "", "k", "k|A", 3, ["k", "A", ""], {"key": "k"}, "\x00" * 9])
def test_what_is_no_frame_is_an_empty_one(text: Any) -> None:
    assert frame_of(text) == Frame(key="")


@given(st.text(st.characters(), max_size=300))
def test_any_words_are_read_as_a_frame(text: str) -> None:
    assert len(frame_of(text).under) <= 3


def test_another_page_of_a_thing_is_the_same_place() -> None:
    assert same_place(f"OpenItem:{ID}:0", f"OpenItem:{ID}:3")


def test_another_thing_is_another_place() -> None:
    assert not same_place(f"OpenItem:{ID}", f"OpenItem:{'j' * 22}")


def test_what_has_no_address_is_nowhere() -> None:
    assert not same_place(None, None)
