"""What stays possible when the other has left, and what a meeting shows."""

from dataclasses import replace

from tests.bot.desk import Desk, profile


async def test_a_promise_can_be_kept_after_the_other_has_left(pair: Desk) -> None:
    await pair.ben.says("action")
    await pair.ben.submits(text="Hand over the keys", due="friday")
    await pair.engine.learn(pair.ana.account, replace(profile("ana"), active=False))
    await pair.ben.says("home")
    await pair.ben.presses("Done", near="Hand over the keys")
    assert "Done: Hand over the keys" in pair.ben.reads
    await pair.ben.presses("Undo")
    assert "□ Hand over the keys" in pair.ben.reads


async def test_what_is_kept_for_the_day_is_shown_at_once_while_the_two_meet(pair: Desk) -> None:
    await pair.ana.says("ben")
    await pair.ana.presses("We meet now")
    await pair.ana.presses("Add item")
    await pair.ana.submits(text="One more thing", visibility="on_the_day")
    await pair.ben.says("ana")
    assert "○ One more thing" in pair.ben.reads


async def test_the_line_about_an_item_of_one_s_own_does_not_name_it(pair: Desk) -> None:
    await pair.ana.says("ben")
    await pair.ana.presses("Add item")
    await pair.ana.submits(text="For my eyes", visibility="mine")
    await pair.ana.presses("Open", near="For my eyes")
    drop = pair.ana.button("Drop").action
    pair.ana.view = None
    await pair.ana.does(drop)
    assert "For my eyes" not in pair.ana.reads
