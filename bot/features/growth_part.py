"""One part of a growth plan: reading it in full, and writing it, by its author alone (H4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.features.conflict import both_texts
from bot.features.growth_page import (
    WALKED,
    EditPart,
    EditSupport,
    OpenGrowth,
    OpenPart,
    OpenPlan,
    growth_page,
    may_lead,
    plan_page,
    section_name,
    sees,
    talk,
)
from bot.features.news import changed
from bot.features.people import spelled_out
from bot.model.growth import GrowthPart, GrowthPlan, GrowthSection
from bot.model.ids import ConversationId, GrowthPartId, GrowthPlanId
from bot.model.thread import Thread
from bot.ports import Stale
from bot.refused import Conflicted, Refused
from bot.registry import Handlers
from bot.revisiting import asked_again, kept_plan
from bot.turn import Turn
from bot.views import Button, Buttons, Form, Page, Quote, TextField

handlers = Handlers()

GIVEN = GrowthSection.support_given


@dataclass(frozen=True)
class SavePart(Action):
    """Keeps a part of one's own plan; ``edition`` is that of the text that was before one's eyes, 0 where none was."""

    conversation: ConversationId
    section: GrowthSection
    edition: int


@dataclass(frozen=True)
class SaveSupport(Action):
    """Keeps what one offers the other one."""

    plan: GrowthPlanId
    edition: int


@handlers.reads(OpenPart)
async def open_part(turn: Turn, action: OpenPart) -> Page:
    thread, plan = await access.growth(turn, action.plan)
    part = await part_of(turn, plan, action.section)
    if part is None or not part.text:
        raise Refused("refused.gone")
    by = turn.say("growth.by", name=thread.called(part.author).first_name, at=part.changed_at)
    edit = Button(turn.say("views.edit"), _editing(thread, plan, action.section))
    may_edit = thread.is_live and part.author == turn.person.id
    whole = OpenGrowth(thread.id) if plan.person == turn.person.id or not may_lead(thread) else OpenPlan(plan.id)
    back = Button(turn.say("growth.back"), whole)
    return Page(
        title=section_name(turn, thread, plan, action.section),
        body=(
            Quote(part.text, by),
            Buttons((*((edit,) if may_edit else ()), *talk(turn, thread, plan, action.section), back)),
        ),
        sees=sees(turn, thread, plan),
        address=action,
    )


async def part_of(turn: Turn, plan: GrowthPlan | None, section: GrowthSection) -> GrowthPart | None:
    """The part of this section, where it was ever written."""
    parts: Sequence[GrowthPart] = () if plan is None else await turn.tx.growth.parts(plan.id)
    return next((part for part in parts if part.section is section), None)


def _editing(thread: Thread, plan: GrowthPlan, section: GrowthSection) -> Action:
    return EditSupport(plan.id) if section is GIVEN else EditPart(thread.id, section)


@handlers.reads(EditPart)
async def edit_part(turn: Turn, action: EditPart) -> Form:
    thread, mine = await led(turn, action.conversation, action.section)
    part = await part_of(turn, mine, action.section)
    return Form(
        title=turn.say(f"growth.sections.{action.section.value}"),
        body=(question_field(turn, action.section, part),),
        submit=SavePart(thread.id, action.section, edition_of(part)),
        submit_label=turn.say("views.save"),
        sees=sees(turn, thread, mine),
        address=action,
    )


async def led(
    turn: Turn, conversation: ConversationId, section: GrowthSection | None
) -> tuple[Thread, GrowthPlan | None]:
    """A conversation in which growth is the reader's to lead, and their plan; raises Refused for everybody else."""
    thread, mine, _ = await access.growth_in(turn, conversation)
    await access.live(turn, thread.id)
    if mine is None and not may_lead(thread):
        raise Refused("refused.they_lead", name=thread.other.first_name)
    if section is GIVEN:
        raise Refused("refused.gone")
    return thread, mine


def question_field(turn: Turn, section: GrowthSection, part: GrowthPart | None) -> TextField:
    """The open question about a part, with what is there already."""
    return TextField(
        "text",
        turn.say(f"growth.questions.{section.value}"),
        value="" if part is None else part.text,
        many_lines=True,
        required=False,
        hint=turn.say(f"growth.hints.{section.value}"),
    )


def edition_of(part: GrowthPart | None) -> int:
    """By which a second saver is noticed."""
    return 0 if part is None else part.edition


@handlers.writes(SavePart, form=EditPart)
async def save_part(turn: Turn, action: SavePart) -> Page:
    is_last = action.section is WALKED[-1]
    thread = await keep_own(turn, action, then=SavePart, reached=lambda plan: None if is_last else plan.reached)
    return await growth_page(turn, thread)


async def keep_own(
    turn: Turn,
    what: SavePart,
    *,
    then: Callable[[ConversationId, GrowthSection, int], Action],
    reached: Callable[[GrowthPlan], GrowthSection | None],
) -> Thread:
    """Keeps what was typed about a part of one's own plan, which begins with it.

    ``then`` makes the action by which both texts are decided upon, ``reached`` says where the walk goes on.
    """
    thread, mine = await led(turn, what.conversation, what.section)
    plan = mine or await _begun(turn, thread)
    form = EditPart(thread.id, what.section)
    conflict = Conflict(form, lambda edition: then(thread.id, what.section, edition))
    is_other = await keep_text(turn, thread, plan, what.section, what.edition, conflict)
    moved = replace(plan, reached=reached(plan))
    if is_other:
        moved = asked_again(replace(moved, changed_at=turn.now), turn.today)
    if moved != plan:
        await kept_plan(turn.pen, moved)
    if is_other:
        await changed(turn, thread, tell=True, hidden=plan.shared_at is None)
    return thread


async def _begun(turn: Turn, thread: Thread) -> GrowthPlan:
    plan = GrowthPlan(
        id=GrowthPlanId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        person=turn.person.id,
        created_at=turn.now,
        changed_at=turn.now,
    )
    if not await turn.tx.growth.start(plan):
        raise Stale  # in another window, just now; the second look finds it
    return plan


@dataclass(frozen=True)
class Conflict:
    """What shows the form that one had before one, and what saves one's text over another ``edition``."""

    form: Action
    save: Callable[[int], Action]


async def keep_text(
    turn: Turn, thread: Thread, plan: GrowthPlan, section: GrowthSection, edition: int, conflict: Conflict
) -> bool:
    """Whether what was typed is another text than before; raises Conflicted where that is not what one began with."""
    there = await part_of(turn, plan, section)
    text = await spelled_out(turn, turn.entered.text_or_none("text") or "")
    if text == ("" if there is None else there.text):
        return False
    if edition_of(there) != edition:
        raise Conflicted(_both(turn, thread, plan, there, text, conflict))
    if there is None:
        await _write(turn, plan, section, text)
    else:
        await turn.tx.growth.rewrite(replace(there, text=text, changed_at=turn.now, edition=edition + 1))
    return True


async def _write(turn: Turn, plan: GrowthPlan, section: GrowthSection, text: str) -> None:
    part = GrowthPart(
        id=GrowthPartId(turn.new_id()),
        organization=turn.organization.id,
        plan=plan.id,
        section=section,
        author=turn.person.id,
        text=text,
        changed_at=turn.now,
    )
    if not await turn.tx.growth.write(part):
        raise Stale  # in another window, just now; the second look shows both texts


def _both(
    turn: Turn, thread: Thread, plan: GrowthPlan, there: GrowthPart | None, mine: str, conflict: Conflict
) -> Form:
    return both_texts(
        turn,
        theirs="" if there is None else there.text,
        mine=mine,
        name=turn.person.first_name,
        submit=conflict.save(edition_of(there)),
        sees=sees(turn, thread, plan),
        address=conflict.form,
    )


@handlers.reads(EditSupport)
async def edit_support(turn: Turn, action: EditSupport) -> Form:
    thread, plan = await _offered_to(turn, action.plan)
    part = await part_of(turn, plan, GIVEN)
    name = thread.other.first_name
    field = TextField(
        "text",
        turn.say("growth.questions.support_given", name=name),
        value="" if part is None else part.text,
        many_lines=True,
        required=False,
        hint=turn.say("growth.hints.support_given", name=name),
    )
    return Form(
        title=turn.say("growth.offer_title"),
        body=(field,),
        submit=SaveSupport(plan.id, edition_of(part)),
        submit_label=turn.say("views.save"),
        sees=sees(turn, thread, plan),
        address=action,
    )


async def _offered_to(turn: Turn, plan_id: GrowthPlanId) -> tuple[Thread, GrowthPlan]:
    """The other one's plan; raises Refused for one's own, where the offer is not one's own to write."""
    thread, plan = await access.live_growth(turn, plan_id)
    if plan.person == turn.person.id:
        raise Refused("refused.they_offer", name=thread.other.first_name)
    return thread, plan


@handlers.writes(SaveSupport, form=EditSupport)
async def save_support(turn: Turn, action: SaveSupport) -> Page:
    thread, plan = await _offered_to(turn, action.plan)
    conflict = Conflict(EditSupport(plan.id), lambda edition: SaveSupport(plan.id, edition))
    if await keep_text(turn, thread, plan, GIVEN, action.edition, conflict):
        await changed(turn, thread, tell=True)
    return await plan_page(turn, thread, plan)
