"""Two save at once: what the second chose beside the text is kept and asked for again, and nothing is overwritten."""

from bot.views import ChoiceField, Form, TextField
from tests.bot.desk import Actor, Desk


async def editing(one: Actor, partner: str, words: str) -> None:
    await one.says(partner)
    await one.presses("Open", near=words)
    await one.presses("Edit")


def chosen(one: Actor, name: str) -> str | None:
    assert isinstance(one.view, Form)
    (found,) = (part for part in one.view.fields if part.name == name)
    assert isinstance(found, ChoiceField | TextField)
    return found.value


async def test_what_one_meant_to_keep_to_oneself_is_not_shared_by_a_conflict(pair: Desk) -> None:
    await pair.ana.says("add Promotion")
    await editing(pair.ana, "ben", "Promotion")
    await editing(pair.ben, "ana", "Promotion")
    await pair.ben.submits(text="Promotion case")
    await pair.ana.submits(text="Promotion, which I doubt", visibility="mine", repeat="monthly")
    assert "Both of you changed it" in pair.ana.reads
    assert (chosen(pair.ana, "visibility"), chosen(pair.ana, "repeat")) == ("mine", "monthly")
    await pair.ana.submits()
    assert "Only you can see this" in pair.ana.reads
    await pair.ben.says("ana")
    assert "doubt" not in pair.ben.reads


async def test_the_one_who_does_not_decide_who_sees_an_item_is_not_asked(pair: Desk) -> None:
    await pair.ana.says("add Promotion")
    await editing(pair.ana, "ben", "Promotion")
    await editing(pair.ben, "ana", "Promotion")
    await pair.ana.submits(text="Promotion case")
    await pair.ben.submits(text="Pay")
    assert isinstance(pair.ben.view, Form)
    assert [part.name for part in pair.ben.view.fields] == ["text", "repeat"]


async def test_a_conflict_about_an_item_of_ones_own_names_oneself(pair: Desk) -> None:
    await pair.ana.says("add")
    await pair.ana.submits(text="The offer", visibility="mine")
    await editing(pair.ana, "ben", "The offer")
    elsewhere = Actor(pair, pair.ana.account)
    await elsewhere.says("search offer", key="another window")
    await elsewhere.presses("Open", near="The offer")
    await elsewhere.presses("Edit")
    await elsewhere.does(elsewhere.view.submit, key="saved there", text="The new offer")  # type: ignore[union-attr]
    await pair.ana.submits(text="The old offer")
    assert "Ana saved another text" in pair.ana.reads
    assert "Ben saved" not in pair.ana.reads


async def test_the_second_to_change_a_date_sees_the_first_ones_and_decides(pair: Desk) -> None:
    await pair.ana.says("action")
    await pair.ana.submits(text="Send the draft", due="tomorrow")
    await editing(pair.ana, "ben", "Send the draft")
    await editing(pair.ben, "ana", "Send the draft")
    await pair.ben.submits(due="friday")
    await pair.ana.submits(text="Send the whole draft")
    assert "Both of you changed it" in pair.ana.reads
    assert "saved by Ben · Ana Ruiz does it · due Friday" in pair.ana.reads
    assert chosen(pair.ana, "due") == "2026-11-24"
    await pair.ana.submits(due="2026-11-27")
    assert "Send the whole draft" in pair.ana.reads
    assert "due Friday" in pair.ana.reads


async def test_who_changes_nothing_overwrites_nothing_and_is_asked_nothing(pair: Desk) -> None:
    await pair.ana.says("action")
    await pair.ana.submits(text="Send the draft", due="tomorrow")
    await editing(pair.ana, "ben", "Send the draft")
    await editing(pair.ben, "ana", "Send the draft")
    await pair.ben.submits(due="friday")
    await pair.ana.submits(due="friday")
    assert "Both of you changed it" not in pair.ana.reads
    assert "due Friday" in pair.ana.reads
