"""What makes a conversation active: each of the seven deeds is written down as it is done, and nothing else is (M2)."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import cast

from adapters.clock import new_id
from bot.features.agenda import DropItem, MoveItem, NewItem, Prepare, ReopenItem, ShareItem
from bot.features.asking import AddQuestion
from bot.features.handover import ChooseCarried
from bot.features.item_page import AddComment, EditItem
from bot.features.meeting_page import AnswerMeaningful, OpenMeeting
from bot.features.meetings import StartMeeting
from bot.features.notes import EditNote, RemoveNote, RestoreNote
from bot.features.placing import AddFromMessage
from bot.features.template_pages import AddPrompt
from bot.features.wrapping_up import EndMeeting, NotMet
from bot.lines import settle
from bot.model.answer import Meaningful
from bot.model.conversation import Relationship
from bot.model.hierarchy import ReportingLine
from bot.model.ids import ConversationId
from bot.model.meeting import Meeting
from bot.model.note import Note
from bot.model.usage import Done
from bot.pen import Pen
from bot.turn import Quoted
from bot.views import Form
from prompts.templates import Kind
from storage.store import Store
from tests.bot.desk import Desk
from tests.bot.pairs import assigned, planner, staffed
from tests.bot.test_agenda import items, ours
from tests.bot.test_check_in import checks_in
from tests.stateful.snapshot import _read


async def _deeds(desk: Desk) -> set[Done]:
    rows = await _read(cast("Store", desk.store), desk.ana.account.organization, ["deed"])
    return set(rows["deed"].values())


async def by(desk: Desk, act: Awaitable[object], *, where: ConversationId | None = None) -> list[str]:
    """The deeds that an act wrote down, all of them at that moment and in that conversation of Ana's."""
    desk.clock.advance(minutes=1)
    before, where = await _deeds(desk), where or await ours(desk)
    await act
    added = await _deeds(desk) - before
    assert {(done.at, done.conversation) for done in added} <= {(desk.clock(), where)}
    return sorted(done.deed.value for done in added)


async def _meeting(desk: Desk) -> Meeting:
    where = await ours(desk)
    async with desk.store.read(desk.ana.account.organization) as tx:
        return (await tx.meetings.of(where))[0]


async def _notes(desk: Desk) -> list[Note]:
    where = await ours(desk)
    async with desk.store.read(desk.ana.account.organization) as tx:
        return list(await tx.notes.of(where))


async def _met(desk: Desk) -> None:
    await desk.ana.says("meet")
    await desk.ben.says("wrap up")


async def test_whatever_puts_something_on_the_agenda_adds(pair: Desk) -> None:
    where = await ours(pair)
    assert await by(pair, pair.ben.says("add Promotion case")) == ["added"]
    await pair.ana.does(NewItem(where))
    assert await by(pair, pair.ana.submits(text="For my eyes", visibility="mine")) == ["added"]
    await pair.ana.does(AddFromMessage(), quoted=Quoted("Could we talk?", None))
    assert await by(pair, pair.ana.submits(text="What Ben asked")) == ["added"]
    assert await by(pair, pair.ana.does(AddPrompt(where, 0, 0, Kind.goals))) == ["added"]
    assert await by(pair, pair.ana.does(AddPrompt(where, 0, 0, Kind.goals))) == []  # it is there
    assert await by(pair, pair.ben.does(AddQuestion(where, 101))) == ["added"]
    assert await by(pair, pair.ana.does(AddQuestion(where, 101))) == []


async def test_an_answer_and_a_part_of_a_plan_add_when_they_go_on_the_agenda(pair: Desk) -> None:
    assert await by(pair, checks_in(pair.ben, challenge="Too many meetings")) == ["checked_in"]
    assert await by(pair, pair.ben.presses("To agenda", near="Too many meetings")) == ["added"]
    await pair.ben.says("growth")
    await pair.ben.presses("Prepare my career talk")
    assert await by(pair, pair.ben.submits(text="Lead the migration")) == []
    await pair.ben.says("growth")
    assert await by(pair, pair.ben.presses("Share with Ana")) == []
    await pair.ana.says("growth")
    assert await by(pair, pair.ana.presses("Talk about it", near="Lead the migration")) == ["added"]


async def test_what_is_discussed_is_a_deed_and_what_is_dropped_or_undone_is_none(pair: Desk) -> None:
    await pair.ana.says("add Course budget")
    await pair.ana.says("add Parking")
    await pair.ben.says("ana")
    assert await by(pair, pair.ben.presses("Discussed", near="Course budget")) == ["discussed"]
    (budget, parking) = await items(pair)
    assert await by(pair, pair.ana.does(ReopenItem(budget.id))) == []
    assert await by(pair, pair.ana.does(DropItem(parking.id))) == []
    assert len({done.at for done in await _deeds(pair)}) == 2


async def test_what_comes_back_by_itself_is_not_added(pair: Desk) -> None:
    await pair.ana.says("add")
    await pair.ana.submits(text="How are you", repeat="every_meeting")
    assert await by(pair, pair.ana.presses("Discussed", near="How are you")) == ["discussed"]


async def test_notes_are_deeds_private_ones_too_and_their_changes_are_not(pair: Desk) -> None:
    for kind in ("private", "shared"):
        await pair.ben.says("note")
        assert await by(pair, pair.ben.submits(text=f"A {kind} one", kind=kind)) == ["noted"]
    note = (await _notes(pair))[0]
    await pair.ben.does(EditNote(note.id, note.edition))
    assert await by(pair, pair.ben.submits(text="Another text")) == []
    assert await by(pair, pair.ben.does(RemoveNote(note.id))) == []
    assert await by(pair, pair.ben.does(RestoreNote(note.id))) == []


async def test_answers_are_a_deed_when_there_are_other_ones_than_before(pair: Desk) -> None:
    assert await by(pair, checks_in(pair.ana, mood="0", workload="")) == []
    assert await by(pair, checks_in(pair.ana, mood="7")) == ["checked_in"]
    assert await by(pair, checks_in(pair.ana)) == []
    assert await by(pair, checks_in(pair.ana, mood="8")) == ["checked_in"]
    assert await by(pair, checks_in(pair.ana, mood="0")) == []


async def test_promises_are_deeds_when_they_are_made_and_when_they_are_closed(pair: Desk) -> None:
    for closing in ("Done", "Drop"):
        await pair.ana.says("action")
        assert await by(pair, pair.ana.submits(text="Send the draft", owner=await pair.person("ana"))) == ["promised"]
        await pair.ana.presses("Edit")
        assert await by(pair, pair.ana.submits(text=f"Send the plan, {closing}", due="friday")) == []
        assert await by(pair, pair.ana.presses(closing)) == ["closed"]
        assert await by(pair, pair.ana.presses("Undo")) == []


async def test_a_wrap_up_is_one_and_what_is_entered_with_it_is_too(pair: Desk) -> None:
    await pair.ana.says("add Course budget")
    (item,) = await items(pair)
    await _met(pair)
    await pair.ana.says("wrap up")
    entered = {"note": "She agreed", "promise0": "Ask finance", "meaningful": "yes"}
    done = await by(pair, pair.ana.submits(**entered, discussed0=(item.id,)))
    assert done == ["discussed", "noted", "promised", "wrapped_up"]
    assert await by(pair, pair.ben.submits(meaningful="yes")) == []  # it is wrapped up, and Ben adds nothing
    meeting = await _meeting(pair)
    assert await by(pair, pair.ana.does(AnswerMeaningful(meeting.id, Meaningful.no))) == []
    pair.clock.advance(days=1)
    await _met(pair)
    assert await by(pair, pair.ben.submits()) == ["wrapped_up"]


async def test_a_meeting_that_ended_by_itself_is_wrapped_up_when_somebody_does_it(pair: Desk) -> None:
    await pair.ana.says("meet")
    meeting = await _meeting(pair)
    pair.clock.advance(days=1)
    assert await by(pair, planner(pair).tick()) == []
    assert await by(pair, pair.ben.does(EndMeeting(meeting.id))) == ["wrapped_up"]


async def test_a_refusal_at_the_end_takes_back_every_deed_before_it(pair: Desk) -> None:
    await _met(pair)
    await pair.ana.says("wrap up")
    assert await by(pair, pair.ana.submits(note="She agreed", promise0="Ask finance", meaningful="superb")) == []
    assert isinstance(pair.ana.view, Form)
    assert await _notes(pair) == []


async def test_a_press_that_comes_twice_or_from_both_at_once_is_one_deed(pair: Desk) -> None:
    await by(pair, pair.ana.says("add Course budget", key="again"))
    assert await by(pair, pair.ana.says("add Course budget", key="again")) == []
    await pair.ana.says("ben")
    await pair.ben.says("ana")
    both = asyncio.gather(pair.ana.presses("Discussed"), pair.ben.presses("Discussed"))
    assert await by(pair, both) == ["discussed"]


async def test_what_is_taken_along_is_done_in_the_new_conversation_alone(pair: Desk) -> None:
    await pair.ben.says("add My growth plan")
    await pair.ben.says("action")
    await pair.ben.submits(text="Read the book")
    old = await ours(pair)
    await _reports_to(pair, "ben", "cleo")
    async with pair.store.read(pair.ben.account.organization) as tx:
        new = await tx.conversations.of_pair(await pair.person("ben"), await pair.person("cleo"))
    assert new is not None
    form = await pair.ben.does(ChooseCarried(old))
    assert isinstance(form, Form)
    ticked = {field.name: tuple(option.value for option in field.options) for field in form.fields}  # type: ignore[union-attr]
    assert await by(pair, pair.ben.submits(**ticked), where=new.id) == ["added", "promised"]


async def _reports_to(desk: Desk, report: str, manager: str) -> None:
    organization, person = desk.mia.account.organization, await desk.person(report)
    line = ReportingLine(
        person=person, organization=organization, changed_at=desk.clock(), in_file=f"{manager}@example.com"
    )
    async with desk.store.write(organization) as tx:
        found = (await tx.conversations.seated(person))[0].conversation
        senior = await desk.person("ana")
        await tx.conversations.save(replace(found, relationship=Relationship.manager, senior=senior, line=True))
        await tx.hierarchy.put_line(line)
        await settle(Pen(tx, desk.clock(), new_id), domains=frozenset({"example.com"}))


async def test_nothing_else_is_a_deed(pair: Desk) -> None:
    await pair.ana.says("add One")
    await pair.ana.says("add Two")
    await pair.ana.says("add")
    await pair.ana.submits(text="Kept back", visibility="mine")
    where, (one, two, kept) = await ours(pair), await items(pair)
    for words in ("ben", "home", "help", "search one", "settings", "actions", "conversations", "prepare", "trend"):
        assert await by(pair, pair.ana.says(words)) == [], words
    for action in (MoveItem(two.id, up=True), ShareItem(kept.id), Prepare(where)):
        assert await by(pair, pair.ana.does(action)) == [], action
    assert await by(pair, pair.ana.does(AddComment(one.id), text="Since May")) == []
    await pair.ana.does(EditItem(one.id, one.edition))
    assert await by(pair, pair.ana.submits(text="Other words")) == []
    await pair.ana.says("schedule")
    assert await by(pair, pair.ana.submits()) == []
    assert await by(pair, pair.ana.does(StartMeeting(where))) == []
    meeting = await _meeting(pair)
    assert await by(pair, pair.ben.does(OpenMeeting(meeting.id))) == []
    assert await by(pair, pair.ben.does(NotMet(meeting.id))) == []
    assert await by(pair, pair.ana.says("archive ben")) == []


async def test_a_topic_is_no_deed_until_it_is_discussed(desk: Desk) -> None:
    pair, *_ = await staffed(desk, 5)
    await assigned(desk)
    desk.clock.advance(days=1)
    await planner(desk).tick()
    assert await _deeds(desk) == set()
    await pair.report.says(f"<@{pair.manager.account.external_id}>")
    await pair.report.presses("Discussed", near="Mid-year reflection")
    assert {(done.conversation, done.deed.value) for done in await _deeds(desk)} == {(pair.conversation, "discussed")}
