"""Templates: who may see and change which, and what a meeting has when its series has another."""

from dataclasses import replace

from bot.features.agenda import OpenTemplates
from bot.features.template_pages import AddPrompt, AskShare, RemoveTemplate, UnshareTemplate, WriteTemplate
from bot.features.template_sharing import ShareTemplate
from bot.features.template_use import OpenTemplate, UseTemplate
from bot.features.template_writing import MOST_OWN, RestoreTemplate, SaveTemplate, in_parts
from bot.model.ids import ConversationId, TemplateId
from bot.model.meeting import Meeting
from bot.model.template import NAME_LIMIT, SOURCE_LIMIT, Template, TemplateState
from bot.views import Form, Notice, Page, TextField
from prompts.template_source import SOURCE_MOST
from prompts.templates import Kind
from tests.bot.desk import Actor, Desk, labels
from tests.bot.test_agenda import items, ours

SOURCE = "# The talk\n- What would you ask {{ other }} first?"
GONE = "This does not exist, or it is not yours to see."
ONLY = "Only an admin can do this."


async def templates(desk: Desk) -> dict[str, Template]:
    """All that anybody made, by their names."""
    async with desk.store.read(desk.ana.account.organization) as tx:
        people = [await desk.person(name) for name in ("ana", "ben", "mia")]
        found = [*await tx.templates.shared(), *[each for one in people for each in await tx.templates.own(one)]]
    return {template.name: template for template in found}


async def written(desk: Desk, one: Actor, name: str, source: str = SOURCE) -> TemplateId:
    await one.does(SaveTemplate(await conversation(desk, one)), name=name, source0=source)
    assert isinstance(one.view, Page), one.view
    return (await templates(desk))[name].id


async def conversation(desk: Desk, one: Actor) -> ConversationId:
    async with desk.store.read(one.account.organization) as tx:
        seated = await tx.conversations.seated(await desk.person(_handle(desk, one)))
    return seated[0].conversation.id


def _handle(desk: Desk, one: Actor) -> str:
    return next(name for name, each in desk.actors.items() if each is one)


async def with_admin(desk: Desk) -> None:
    """Mia, an admin, has a conversation with Cleo."""
    await desk.mia.says("start @cleo")
    await desk.mia.submits(role="colleague")


async def meetings(desk: Desk) -> list[Meeting]:
    async with desk.store.read(desk.ana.account.organization) as tx:
        return list(await tx.meetings.upcoming(await ours(desk)))


def text_field(form: object, name: str) -> str:
    assert isinstance(form, Form), form
    return next(part.value for part in form.fields if isinstance(part, TextField) and part.name == name)


def test_what_is_written_and_what_is_read_have_one_limit() -> None:
    assert SOURCE_LIMIT == SOURCE_MOST
    assert all(len(kind.value) < 22 for kind in Kind)  # so that none is taken for the id of one that somebody made


def test_a_text_is_taken_apart_into_whole_lines() -> None:
    for lines in (["x" * 1600] * 5, ["short"] * 900, ["a", "", "b"], [""]):
        parts = in_parts("\n".join(lines))
        assert "\n".join(parts).split("\n") == lines
        assert all(len(part) <= 3000 for part in parts)
        assert len(parts) <= 6


async def test_nobody_but_its_author_does_anything_with_an_own_template(pair: Desk) -> None:
    await with_admin(pair)
    theirs = await written(pair, pair.ben, "Secret")
    for one in (pair.ana, pair.mia):
        where = await conversation(pair, one)
        for action in (
            OpenTemplate(where, template=theirs),
            WriteTemplate(where, template=theirs),
            SaveTemplate(where, template=theirs, edition=1),
            AddPrompt(where, 0, 1, template=theirs),
            UseTemplate(where, every=False, template=theirs),
            RemoveTemplate(where, theirs),
            RestoreTemplate(where, theirs),
        ):
            view = await one.does(action, name="x", source0=SOURCE)
            assert GONE in (view.text if isinstance(view, Notice) else str(getattr(view, "errors", ""))), action
        for admins in (AskShare(where, theirs), ShareTemplate(where, theirs, 1), UnshareTemplate(where, theirs)):
            view = await one.does(admins)
            assert isinstance(view, Notice)
            assert view.text == (GONE if one is pair.mia else ONLY)
        await one.does(OpenTemplates(where))
        assert "Secret" not in one.reads
    assert (await templates(pair))["Secret"].edition == 1
    assert not await items(pair)


async def test_a_stranger_sees_no_template_in_somebody_elses_conversation(pair: Desk) -> None:
    where = await ours(pair)
    for action in (
        OpenTemplates(where),
        OpenTemplate(where, Kind.goals),
        AddPrompt(where, 0, 0, Kind.goals),
        UseTemplate(where, every=False, kind=Kind.goals),
        WriteTemplate(where),
    ):
        view = await pair.cleo.does(action)
        assert isinstance(view, Notice)
        assert view.text == GONE


async def test_what_is_shared_is_changed_by_admins_only_and_taken_back_to_its_author(pair: Desk) -> None:
    await with_admin(pair)
    shared = await written(pair, pair.mia, "For all")
    hers = await conversation(pair, pair.mia)
    await pair.mia.does(ShareTemplate(hers, shared, 1))
    where = await ours(pair)
    for action in (WriteTemplate(where, template=shared), SaveTemplate(where, template=shared, edition=1)):
        view = await pair.ben.does(action, name="Mine", source0="# Mine\n- Mine?")
        assert isinstance(view, Notice)
        assert view.text == ONLY
    await pair.ben.does(RemoveTemplate(where, shared))
    await pair.mia.does(RemoveTemplate(hers, shared))
    assert (await templates(pair))["For all"].state is TemplateState.shared
    await pair.mia.does(UnshareTemplate(hers, shared))
    await pair.ben.does(OpenTemplate(where, template=shared))
    assert pair.ben.reads == GONE


async def test_sharing_shares_what_was_looked_at(pair: Desk) -> None:
    await with_admin(pair)
    mine = await written(pair, pair.mia, "For all")
    where = await conversation(pair, pair.mia)
    await pair.mia.does(SaveTemplate(where, template=mine, edition=1), name="Not yet", source0=SOURCE)
    await pair.mia.does(ShareTemplate(where, mine, 1))
    assert pair.mia.reads == "This template has changed meanwhile. Please look at it again."
    assert (await templates(pair))["Not yet"].state is TemplateState.own


async def test_two_who_change_it_at_once_do_not_overwrite_each_other_silently(pair: Desk) -> None:
    mine = await written(pair, pair.ben, "Mine")
    where = await ours(pair)
    first = SaveTemplate(where, template=mine, edition=1)
    await pair.ben.does(first, name="First", source0=SOURCE)
    view = await pair.ben.does(first, name="Second", source0="# Mine\n- Mine?")
    assert "This template was changed while you wrote." in pair.ben.reads
    assert text_field(view, "source0") == "# Mine\n- Mine?"
    assert list(await templates(pair)) == ["First"]
    await pair.ben.submits()
    assert list(await templates(pair)) == ["Second"]


async def test_nobody_has_more_templates_than_they_can_look_through(pair: Desk) -> None:
    for number in range(MOST_OWN):
        await written(pair, pair.ben, f"Number {number}")
    view = await pair.ben.does(SaveTemplate(await ours(pair)), name="One more", source0=SOURCE)
    assert isinstance(view, Form)
    assert view.errors == {"name": f"You have {MOST_OWN} templates already. Please remove one first."}
    assert text_field(view, "source0") == SOURCE


async def test_a_name_fits_into_one_line_and_is_not_left_out(pair: Desk) -> None:
    where = await ours(pair)
    view = await pair.ben.does(SaveTemplate(where), name="n" * (NAME_LIMIT + 1), source0=SOURCE)
    assert isinstance(view, Form)
    assert set(view.errors) == {"name"}
    view = await pair.ben.does(SaveTemplate(where), name="  ", source0=SOURCE)
    assert isinstance(view, Form)
    assert set(view.errors) == {"name"}
    view = await pair.ben.does(SaveTemplate(where), name="Mine", source0=" \n ")
    assert isinstance(view, Form)
    assert view.errors == {"source0": "Please write something here."}
    await pair.ben.does(SaveTemplate(where), name="Two \n words", source0=SOURCE)
    assert list(await templates(pair)) == ["Two words"]


async def test_a_text_of_too_many_characters_is_refused_and_kept(pair: Desk) -> None:
    comment = "{# " + "c" * 2900 + " #}"
    three = SaveTemplate(await ours(pair), parts=3)
    view = await pair.ben.does(three, name="Long", source0=f"{SOURCE}\n{comment}", source1=comment, source2=comment)
    assert isinstance(view, Form)
    assert "at most 8000 fit into a template" in view.errors["source0"]
    assert text_field(view, "source2") == comment


async def test_a_number_that_is_not_there_adds_nothing(pair: Desk) -> None:
    await pair.ben.does(AddPrompt(await ours(pair), 99, 0, Kind.goals))
    assert "This is from an earlier version of OneOnOne" in pair.ben.reads
    assert not await items(pair)


async def test_who_keeps_the_same_words_to_themselves_can_still_put_them_on_the_table(pair: Desk) -> None:
    prompt = "What do others ask you for help with?"
    await pair.ben.says("add")
    await pair.ben.submits(text=prompt, visibility="mine")
    await pair.ben.says("templates")
    await pair.ben.presses("Open", near="Career conversation")
    await pair.ben.presses("Add", near=prompt)
    await pair.ana.says("ben")
    assert prompt in pair.ana.reads


async def test_a_meeting_that_was_only_reckoned_becomes_a_row_by_its_template(pair: Desk) -> None:
    await pair.ben.says("schedule @ana last friday of every month at 10:00 from 2027-01-01")
    assert not await meetings(pair)
    await pair.ben.does(UseTemplate(await ours(pair), every=False, kind=Kind.goals))
    (meeting,) = await meetings(pair)
    assert meeting.template == "goals"
    await pair.ana.says("ben")
    assert "template of the next meeting" in pair.ana.reads
    await pair.ana.says("schedule @ben last friday of every month at 11:00")
    assert [each.template for each in await meetings(pair) if each.id == meeting.id] == ["goals"]


async def test_what_calendars_know_of_a_meeting_stays_as_it_is(pair: Desk) -> None:
    await pair.ben.says("schedule @ana friday 10:00")
    (before,) = await meetings(pair)
    await pair.ben.does(UseTemplate(await ours(pair), every=False, kind=Kind.goals))
    (after,) = await meetings(pair)
    assert after == replace(before, template="goals", version=before.version + 1)


async def test_a_meeting_names_a_template_only_where_its_series_has_another(pair: Desk) -> None:
    where = await ours(pair)
    await pair.ben.says("schedule @ana every tuesday at 14:00")
    await pair.ben.does(UseTemplate(where, every=True, kind=Kind.goals))
    assert {meeting.template for meeting in await meetings(pair)} == {None}
    await pair.ben.does(UseTemplate(where, every=False, kind=Kind.weekly))
    await pair.ben.does(UseTemplate(where, every=False, kind=Kind.goals))
    assert {meeting.template for meeting in await meetings(pair)} == {None}
    await pair.ben.does(UseTemplate(where, every=False))
    assert [meeting.template for meeting in await meetings(pair)][:2] == ["none", None]
    await pair.ben.says("ana")
    assert "template of the next meeting" not in pair.ben.reads


async def test_without_a_meeting_there_is_nothing_to_choose_for(pair: Desk) -> None:
    where = await ours(pair)
    for every in (False, True):
        await pair.ben.does(UseTemplate(where, every, Kind.goals))
        assert "Nothing is planned." in pair.ben.reads


async def test_an_undo_brings_back_what_was_chosen_before(pair: Desk) -> None:
    where = await ours(pair)
    await pair.ben.says("schedule @ana friday 10:00")
    await pair.ben.does(UseTemplate(where, every=False, kind=Kind.goals))
    await pair.ben.does(OpenTemplate(where, Kind.weekly))
    await pair.ben.presses("For the next meeting")
    await pair.ben.presses("Undo")
    assert [meeting.template for meeting in await meetings(pair)] == ["goals"]
    await pair.ben.presses("Undo")
    assert [meeting.template for meeting in await meetings(pair)] == ["weekly"]


async def test_nobody_brings_back_what_was_the_other_ones_own(pair: Desk) -> None:
    where = await ours(pair)
    await pair.ben.says("schedule @ana friday 10:00")
    mine = await written(pair, pair.ben, "Mine")
    await pair.ben.does(UseTemplate(where, every=False, template=mine))
    await pair.ana.does(OpenTemplate(where, Kind.goals))
    await pair.ana.presses("For the next meeting")
    assert pair.ana.view is not None
    assert "Undo" not in labels(pair.ana.view)
