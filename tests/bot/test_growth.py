"""A growth plan: who leads it, who sees it, the walk through it, and what the two do with it (H4, H5)."""

import pytest

from bot.actions import Action
from bot.features.growth import MyGrowth
from bot.features.growth_page import (
    AskGrowth,
    DiscussPart,
    EditPart,
    EditSupport,
    HideGrowth,
    OpenGrowth,
    OpenPart,
    OpenPlan,
    ShareGrowth,
    StillRight,
    WalkGrowth,
)
from bot.features.growth_part import SavePart, SaveSupport
from bot.features.growth_taking import TakeGrowth
from bot.features.growth_walk import LeavePart, NextPart
from bot.model.growth import GrowthPlan, GrowthSection, Revisit
from bot.model.ids import ConversationId, GrowthPlanId
from bot.views import Form, Notice, Page, View
from tests.bot.desk import Actor, Desk
from tests.bot.test_agenda import items, ours

SECTIONS = list(GrowthSection)
WISH = "Lead the migration to the new ledger"
GONE = "This does not exist, or it is not yours to see."


async def plans(desk: Desk) -> list[GrowthPlan]:
    async with desk.store.read(desk.ana.account.organization) as tx:
        return list(await tx.growth.of(await ours(desk)))


async def of_ben(desk: Desk) -> GrowthPlan:
    (plan,) = await plans(desk)
    return plan


async def begun(desk: Desk, text: str = WISH) -> None:
    """Ben has answered the first question and stopped."""
    await desk.ben.says("growth")
    await desk.ben.presses("Prepare my career talk")
    await desk.ben.submits(text=text)


async def shared(desk: Desk) -> GrowthPlan:
    await begun(desk)
    await desk.ben.says("growth")
    await desk.ben.presses("Share with Ana")
    return await of_ben(desk)


def _question(view: View | None) -> str:
    assert isinstance(view, Form)
    return view.fields[0].label


async def test_the_walk_asks_six_open_questions_and_ends_at_the_plan(pair: Desk) -> None:
    ben = pair.ben
    await ben.says("growth")
    await ben.presses("Prepare my career talk")
    asked = []
    for number in range(6):
        asked.append(_question(ben.view))
        await ben.submits(text=f"answer {number}")
    assert all(question.endswith("?") for question in asked)
    assert len(set(asked)) == 6
    assert isinstance(ben.view, Page)
    assert [f"answer {number}" in ben.reads for number in range(6)] == [True] * 6
    assert "Only you can see this." in ben.reads
    assert (await of_ben(pair)).reached is None


async def test_a_step_can_be_skipped_and_the_walk_goes_on_where_it_was_left(pair: Desk) -> None:
    await begun(pair)
    await pair.ben.submits(text="")
    left = _question(pair.ben.view)
    await pair.ben.presses("Save for later", text="Negotiating")
    assert "next time you go on from here" in pair.ben.reads
    await pair.ben.says("ana")
    await pair.ben.presses("Go on")
    assert _question(pair.ben.view) == left
    assert isinstance(pair.ben.view, Form)
    assert pair.ben.view.fields[0].value == "Negotiating"  # type: ignore[union-attr] # a text field
    assert "2 of 6 parts" in await _read(pair.ben, "ana")


async def _read(actor: Actor, words: str) -> str:
    await actor.says(words)
    return actor.reads


async def test_until_it_is_shared_it_does_not_exist_for_the_other(pair: Desk) -> None:
    before = await _read(pair.ana, "ben")
    await begun(pair)
    plan = (await of_ben(pair)).id
    assert await _read(pair.ana, "ben") == before
    for action in (
        OpenPlan(plan),
        OpenPart(plan, GrowthSection.aspirations),
        EditSupport(plan),
        SaveSupport(plan, 0),
        DiscussPart(plan, GrowthSection.aspirations),
        StillRight(plan),
        AskGrowth(plan, Revisit.never),
    ):
        assert await pair.ana.does(action, text="I know") == Notice(text=GONE, problem=True)
    assert "Ben leads" in await _read(pair.ana, "growth ben")
    assert WISH not in pair.ana.reads


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("is_shared", [False, True])
async def test_the_manager_cannot_write_what_the_report_leads(
    pair: Desk, section: GrowthSection, is_shared: bool
) -> None:
    await (shared if is_shared else begun)(pair)
    before, where = await _everything(pair), await ours(pair)
    for action in (
        WalkGrowth(where, section),
        EditPart(where, section),
        NextPart(where, section, 0),
        LeavePart(where, section, 1),
        SavePart(where, section, 1),
        ShareGrowth(where),
        HideGrowth(where),
        TakeGrowth(where),
    ):
        view = await pair.ana.does(action, text="Mine now")
        assert isinstance(view, Notice), action
        assert view.problem
    assert await _everything(pair) == before


async def _everything(desk: Desk) -> object:
    found = await plans(desk)
    async with desk.store.read(desk.ana.account.organization) as tx:
        return found, [await tx.growth.parts(plan.id) for plan in found]


async def test_nobody_forges_the_other_ones_part(pair: Desk) -> None:
    """What the manager offers is the manager's alone, and the report's own parts have no other way in."""
    plan = await shared(pair)
    where, before = await ours(pair), await _everything(pair)
    given = GrowthSection.support_given
    forged: tuple[Action, ...] = (
        SavePart(where, given, 0),
        NextPart(where, given, 0),
        LeavePart(where, given, 0),
        WalkGrowth(where, given),
        SaveSupport(plan.id, 0),
    )
    for action in forged:
        view = await pair.ben.does(action, text="Ana promised me the moon")
        assert isinstance(view, Notice)
        assert view.problem
    assert await _everything(pair) == before


async def test_a_stranger_has_nothing_of_it(pair: Desk) -> None:
    plan = await shared(pair)
    where, unknown = await ours(pair), GrowthPlanId("x" * 22)
    for action in (
        OpenGrowth(where),
        WalkGrowth(where, None),
        SavePart(where, GrowthSection.skills, 0),
        OpenPlan(plan.id),
        OpenPart(plan.id, GrowthSection.aspirations),
        SaveSupport(plan.id, 0),
        OpenPlan(unknown),
        OpenGrowth(ConversationId("x" * 22)),
    ):
        assert await pair.cleo.does(action, text="mine") == Notice(text=GONE, problem=True)


async def test_sharing_shows_all_of_it_and_lets_the_other_offer(pair: Desk) -> None:
    await shared(pair)
    await pair.ana.says("ben")
    assert "Ben's growth plan" in pair.ana.reads
    await pair.ana.presses("Open", near="Ben's growth plan")
    assert WISH in pair.ana.reads
    assert "Only you and Ben can see this." in pair.ana.reads
    await pair.ana.presses("Offer support")
    await pair.ana.submits(text="An hour a week")
    assert "An hour a week" in await _read(pair.ben, "growth")
    assert "What Ana offers" in pair.ben.reads


async def test_what_is_kept_for_oneself_again_is_gone_for_the_other(pair: Desk) -> None:
    plan = await shared(pair)
    await pair.ben.presses("Keep for myself")
    assert "growth plan" not in await _read(pair.ana, "ben")
    assert await pair.ana.does(OpenPlan(plan.id)) == Notice(text=GONE, problem=True)
    assert "Only you can see it now." in await _read_after(pair.ben, HideGrowth(await ours(pair)))


async def _read_after(actor: Actor, action: Action) -> str:
    await actor.does(action)
    return actor.reads


async def test_an_empty_plan_cannot_be_shared(pair: Desk) -> None:
    await begun(pair, text="  ")
    await pair.ben.says("growth")
    await pair.ben.presses("Share with Ana")
    assert "nothing in your growth plan yet" in pair.ben.reads
    assert (await of_ben(pair)).shared_at is None


async def test_a_part_goes_on_the_agenda_once_and_by_its_name_only(pair: Desk) -> None:
    await shared(pair)
    await pair.ana.says("growth ben")
    await pair.ana.presses("Talk about it")
    await pair.ben.says("growth")
    await pair.ben.presses("Talk about it")
    assert "It is on the agenda already." in pair.ben.reads
    assert [(item.text, item.author) for item in await items(pair)] == [
        ("Growth plan: aspirations", await pair.person("ana"))
    ]


async def test_a_text_that_is_too_long_is_kept_before_ones_eyes(pair: Desk) -> None:
    await pair.ben.says("growth")
    await pair.ben.presses("Prepare my career talk")
    view = await pair.ben.submits(text="w" * 3001)
    assert isinstance(view, Form)
    assert view.fields[0].value == "w" * 3001  # type: ignore[union-attr] # a text field
    assert "3001 characters" in view.errors["text"]
    assert await plans(pair) == []
    assert isinstance(await pair.ben.submits(text="w" * 3000), Form)


async def test_two_windows_never_overwrite_each_other_silently(pair: Desk) -> None:
    await begun(pair)
    where, section = await ours(pair), GrowthSection.aspirations
    await pair.ben.does(SavePart(where, section, 1), text="Lead a team")
    view = await pair.ben.does(NextPart(where, section, 1), text="Lead nobody")
    assert isinstance(view, Form)
    assert "Lead a team" in pair.ben.reads
    assert "Lead nobody" in pair.ben.reads
    await pair.ben.submits()
    assert "Lead nobody" in await _read(pair.ben, "growth")


async def test_two_windows_that_begin_at_once_see_each_other(pair: Desk) -> None:
    where, section = await ours(pair), GrowthSection.strengths
    await pair.ben.does(SavePart(where, section, 0), text="Patience")
    view = await pair.ben.does(SavePart(where, section, 0), text="Speed")
    assert isinstance(view, Form)
    assert "Patience" in pair.ben.reads


async def test_colleagues_have_one_each_and_see_what_each_has_shared(pair: Desk) -> None:
    await pair.ana.says("start @cleo")
    await pair.ana.submits(role="colleague")
    for actor, other, wish in ((pair.ana, "cleo", "Teach"), (pair.cleo, "ana", "Paint")):
        await actor.says(f"growth {other}")
        await actor.presses("Prepare my career talk")
        await actor.submits(text=wish)
        await actor.says(f"growth {other}")
    assert "Teach" not in pair.cleo.reads
    await pair.cleo.presses("Share with Ana")
    await pair.ana.says("growth cleo")
    assert "Paint" not in pair.ana.reads
    await pair.ana.presses("Open", near="Cleo's growth plan")
    assert "Paint" in pair.ana.reads


async def test_growth_without_a_name_lists_where_there_is_something(pair: Desk) -> None:
    await begun(pair)
    await pair.ana.says("start @cleo")
    await pair.ana.submits(role="my_manager")
    assert "With Cleo Tanaka" in await _read(pair.ana, "growth")
    assert "With Ben Okafor" not in pair.ana.reads
    await pair.ben.says("growth")
    await pair.ben.presses("Share with Ana")
    assert "With Ben Okafor" in await _read_after(pair.ana, MyGrowth())


async def test_who_reports_to_nobody_is_told_so(desk: Desk) -> None:
    await desk.ana.says("start @ben")
    await desk.ana.submits(role="my_report")
    await desk.ana.says("start @cleo")
    await desk.ana.submits(role="my_report")
    assert "No growth plan has been shared with you yet." in await _read(desk.ana, "growth")
