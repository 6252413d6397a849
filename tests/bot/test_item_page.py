"""An agenda item's own page."""

from bot.views import Page, Quote
from tests.bot.desk import Desk


async def test_ones_own_comment_is_shown_in_full(pair: Desk) -> None:
    await pair.ana.says("add Course budget")
    await pair.ana.says("ben")
    await pair.ana.presses("Open", near="Course budget")
    await pair.ana.presses("Comment")
    view = await pair.ana.submits(text="y" * 3000)
    assert isinstance(view, Page)
    # Quotes have room for all that one may write; a row is a line or two.
    assert "y" * 3000 in [part.text for part in view.body if isinstance(part, Quote)]
    await pair.ana.presses("Remove", near="y" * 3000)
    assert "y" * 3000 not in pair.ana.reads


async def test_a_new_comment_is_in_view_though_there_are_many(pair: Desk) -> None:
    await pair.ben.says("add Promotion case")
    await pair.ben.says("ana")
    await pair.ben.presses("Open", near="Promotion case")
    for number in range(12):
        pair.clock.advance(minutes=1)
        await pair.ben.presses("Comment")
        await pair.ben.submits(text=f"Remark {number}")
    assert "Remark 11" in pair.ben.reads
