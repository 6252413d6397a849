"""What one keeps private leaves no trace for the other: no date, no order, no count, no message."""

from collections.abc import Awaitable, Callable

import pytest

from bot.features.conversation_list import MyConversations
from tests.bot.desk import Actor, Desk


async def a_private_note(ana: Actor) -> None:
    await ana.says("note")
    await ana.submits(kind="private", text="Ask about the offer")


async def a_removed_private_note(ana: Actor) -> None:
    await a_private_note(ana)
    await ana.presses("Open", near="Ask about the offer")
    await ana.presses("Remove")
    await ana.presses("Undo")


async def an_item_of_her_own(ana: Actor) -> None:
    await ana.says("add")
    await ana.submits(text="Ask about the offer", visibility="mine")


async def an_item_for_the_day(ana: Actor) -> None:
    await ana.says("add")
    await ana.submits(text="Ask about the offer", visibility="on_the_day")


async def a_comment_on_an_item_of_her_own(ana: Actor) -> None:
    await an_item_of_her_own(ana)
    await ana.presses("Open", near="Ask about the offer")
    await ana.presses("Comment")
    await ana.submits(text="By Friday")
    await ana.presses("Remove", near="By Friday")


async def a_new_text_of_an_item_of_her_own(ana: Actor) -> None:
    await an_item_of_her_own(ana)
    await ana.presses("Open", near="Ask about the offer")
    await ana.presses("Edit")
    await ana.submits(text="Ask about the other offer")


async def an_item_of_her_own_dropped(ana: Actor) -> None:
    await an_item_of_her_own(ana)
    await ana.presses("Open", near="Ask about the offer")
    await ana.presses("Drop")
    await ana.presses("Undo")
    await ana.presses("Discussed")


@pytest.mark.parametrize(
    "deed",
    [
        a_private_note,
        a_removed_private_note,
        an_item_of_her_own,
        an_item_for_the_day,
        a_comment_on_an_item_of_her_own,
        a_new_text_of_an_item_of_her_own,
        an_item_of_her_own_dropped,
    ],
)
async def test_the_other_cannot_tell_when_one_wrote_for_oneself(
    pair: Desk, deed: Callable[[Actor], Awaitable[None]]
) -> None:
    pair.clock.advance(days=9)
    await pair.ben.does(MyConversations())
    before = pair.ben.reads
    await pair.ben.says("home")
    home_before = pair.ben.reads
    await deed(pair.ana)
    await pair.ben.does(MyConversations())
    assert pair.ben.reads == before
    await pair.ben.says("home")
    assert pair.ben.reads == home_before


async def test_what_both_see_moves_the_conversation_up(pair: Desk) -> None:
    pair.clock.advance(days=9)
    await pair.ana.says("add Course budget")
    await pair.ben.does(MyConversations())
    assert "last change today" in pair.ben.reads
