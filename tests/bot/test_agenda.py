"""The agenda: whose it is, its order, and what comes back."""

from dataclasses import replace

from bot.features.agenda import DropItem, MoveItem
from bot.model.agenda import AgendaItem
from bot.model.ids import ConversationId, ItemId
from bot.model.people import Account
from bot.views import ChoiceField, Form
from tests.bot.desk import Actor, Desk, profile


async def ours(desk: Desk) -> ConversationId:
    async with desk.store.read(desk.ana.account.organization) as tx:
        (seated,) = await tx.conversations.seated(await desk.person("ana"))
    return seated.conversation.id


async def items(desk: Desk) -> list[AgendaItem]:
    conversation = await ours(desk)
    async with desk.store.read(desk.ana.account.organization) as tx:
        return list(await tx.agenda.of(conversation))


async def another_ana(desk: Desk) -> None:
    """A second Ana, who has a conversation with Ben as well."""
    account = Account(desk.ana.account.organization, desk.ana.account.workspace, "U0ANASILVA")
    said = replace(profile("ana"), external_id=account.external_id, name="Ana Silva", email="silva@example.com")
    await desk.engine.learn(account, said)
    other = Actor(desk, account)
    await other.says("start <@U0BEN>")
    await other.submits(role="colleague")


async def test_a_name_that_two_have_asks_which_of_them(pair: Desk) -> None:
    await another_ana(pair)
    view = await pair.ben.says("add ana")
    assert isinstance(view, Form)
    asked = next(part for part in view.fields if isinstance(part, ChoiceField))
    assert {option.label for option in asked.options} == {"Ana Ruiz", "Ana Silva"}


async def test_a_move_leaves_what_was_discussed_alone(pair: Desk) -> None:
    for words in ("One", "Two", "Three", "Four"):
        await pair.ana.says(f"add {words}")
    await pair.ana.says("ben")
    await pair.ana.presses("Discussed", near="One")
    before = {item.text: item.position for item in await items(pair)}
    last = next(item.id for item in await items(pair) if item.text == "Four")
    await pair.ana.does(MoveItem(ItemId(last), up=True))
    after = {item.text: item.position for item in await items(pair)}
    assert [text for text in sorted(after, key=lambda text: after[text]) if text != "One"] == ["Two", "Four", "Three"]
    assert {text for text in after if after[text] != before[text]} == {"Three", "Four"}


async def repeating_and_discussed(desk: Desk) -> None:
    await desk.ana.says("add")
    await desk.ana.submits(text="How are you", repeat="every_meeting")
    await desk.ana.presses("Discussed", near="How are you")


async def test_an_undo_of_what_repeats_leaves_no_trace(pair: Desk) -> None:
    await repeating_and_discussed(pair)
    await pair.ana.presses("Undo")
    assert [item.text for item in await items(pair)] == ["How are you"]
    await pair.ben.says("ana")
    await pair.ben.presses("History")
    assert "How are you" not in pair.ben.reads


async def test_an_undo_keeps_what_the_other_has_written_meanwhile(pair: Desk) -> None:
    await repeating_and_discussed(pair)
    await pair.ben.says("ana")
    await pair.ben.presses("Open", near="How are you")
    await pair.ben.presses("Comment")
    await pair.ben.submits(text="Better since May")
    await pair.ana.presses("Undo")
    await pair.ben.says("search better")
    assert "Better since May" in pair.ben.reads
    assert len(await items(pair)) == 2


async def test_who_was_slower_is_told_how_the_item_was_closed(pair: Desk) -> None:
    await pair.ana.says("add Course budget")
    await pair.ben.says("ana")
    (item,) = await items(pair)
    await pair.ana.does(DropItem(item.id))
    await pair.ben.presses("Discussed")
    assert "Dropped by Ana" in pair.ben.reads
    assert "Discussed: " not in pair.ben.reads


async def test_what_carried_over_from_a_meeting_stays_as_it_was(pair: Desk) -> None:
    await pair.ana.says("add One")
    await pair.ana.says("add Two")
    await pair.ana.says("meet")
    await pair.ana.presses("Wrap up")
    one = next(item.id for item in await items(pair) if item.text == "One")
    await pair.ana.submits(discussed0=(one,))
    assert "1 item carries over." in pair.ana.reads
    pair.clock.advance(days=1)
    await pair.ana.says("add Three")
    await pair.ana.says("ben")
    await pair.ana.presses("Discussed", near="Two")
    pair.clock.advance(days=1)
    await pair.ana.says("ben")
    await pair.ana.presses("History")
    await pair.ana.presses("Open", near="You met")
    assert "1 item carries over." in pair.ana.reads


async def test_an_undo_survives_the_page_it_was_pressed_on(pair: Desk) -> None:
    await pair.ben.says("add Promotion case")
    await pair.ana.says("ben")
    await pair.ana.presses("Discussed", near="Promotion case")
    undo = pair.ana.button("Undo").action
    await pair.ben.says("add Shown for a while")
    await pair.ana.says("ben")
    await pair.ana.presses("Open", near="Shown for a while")
    await pair.ben.says("ana")
    await pair.ben.presses("Open", near="Shown for a while")
    await pair.ben.presses("Edit")
    await pair.ben.submits(visibility="mine")
    await pair.ana.does(undo)
    assert "Open again: Promotion case" in pair.ana.reads
    await pair.ben.says("ana")
    assert "○ Promotion case" in pair.ben.reads
