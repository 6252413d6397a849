"""A growth plan as its person and, once it is shared, the other one see it (H4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.conversation_page import OpenConversation
from bot.features.growth_taking import taking
from bot.features.roles import Role, role_in
from bot.model.conversation import Conversation
from bot.model.growth import GrowthPart, GrowthPlan, GrowthSection, Revisit
from bot.model.ids import ConversationId, GrowthPlanId, PersonId
from bot.model.thread import Thread
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Divider, Page, Quiet, Row, Style, Text

handlers = Handlers()

WALKED = tuple(section for section in GrowthSection if section is not GrowthSection.support_given)
"""The parts that whoever leads the plan writes, in their order."""

SHOWN = 200
_LEADING = {Role.my_manager, Role.my_mentor, Role.my_skip_level, Role.colleague}


@dataclass(frozen=True)
class OpenGrowth(Action):
    """Shows what there is about growth in a conversation: one's own plan, or the one that one was shown."""

    conversation: ConversationId


@dataclass(frozen=True)
class OpenPlan(Action):
    """Shows the other one's plan where one has one's own there too."""

    plan: GrowthPlanId


@dataclass(frozen=True)
class OpenPart(Action):
    """Shows one part of a plan in full."""

    plan: GrowthPlanId
    section: GrowthSection


@dataclass(frozen=True)
class WalkGrowth(Action):
    """Asks the question about one part, without one the question at which one had stopped."""

    conversation: ConversationId
    section: GrowthSection | None = None


@dataclass(frozen=True)
class EditPart(Action):
    """Asks the question about one part, and leads back to the plan."""

    conversation: ConversationId
    section: GrowthSection


@dataclass(frozen=True)
class EditSupport(Action):
    """Asks the other one what they offer."""

    plan: GrowthPlanId


@dataclass(frozen=True)
class ShareGrowth(Action):
    """Shows one's plan to the other one."""

    conversation: ConversationId


@dataclass(frozen=True)
class HideGrowth(Action):
    """Shows it no longer."""

    conversation: ConversationId


@dataclass(frozen=True)
class DiscussPart(Action):
    """Puts a part on the agenda, by its name only."""

    plan: GrowthPlanId
    section: GrowthSection


@dataclass(frozen=True)
class StillRight(Action):
    """One's plan is still right."""

    plan: GrowthPlanId


@dataclass(frozen=True)
class AskGrowth(Action):
    """How often one is asked whether it is."""

    plan: GrowthPlanId
    revisit: Revisit


def leads(conversation: Conversation, person: PersonId) -> bool:
    """Whether growth is this participant's to lead: who reports or learns does, of colleagues both."""
    return role_in(conversation, person) in _LEADING


def may_lead(thread: Thread) -> bool:
    """Whether it is the reader's."""
    return leads(thread.conversation, thread.me.id)


@handlers.section("growth")
async def growth_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    _, mine, theirs = await access.growth_in(turn, thread.id)
    rows: list[Block] = []
    if mine is not None or (may_lead(thread) and thread.is_live):
        rows.append(await _my_row(turn, thread, mine))
    if theirs is not None:
        said = turn.say("growth.theirs", name=thread.other.first_name)
        to = OpenPlan(theirs.id) if mine else OpenGrowth(thread.id)
        rows.append(Row(said, await _state(turn, thread, theirs), (Button(turn.say("views.open"), to),)))
    return (Divider(), *rows) if rows else ()


async def _my_row(turn: Turn, thread: Thread, mine: GrowthPlan | None) -> Row:
    opened = Button(turn.say("views.open"), OpenGrowth(thread.id))
    if mine is None:
        return Row(turn.say("growth.title"), turn.say("growth.not_begun"), (opened,))
    go_on = (Button(turn.say("growth.go_on"), WalkGrowth(thread.id)),) if mine.reached and thread.is_live else ()
    return Row(turn.say("growth.title"), await _state(turn, thread, mine), (*go_on, opened))


async def _state(turn: Turn, thread: Thread, plan: GrowthPlan) -> str:
    """Who sees a plan, and how far it has come."""
    written = sum(bool(part.text) for part in await turn.tx.growth.parts(plan.id) if part.section in WALKED)
    facts = {"written": written, "all": len(WALKED), "name": thread.other.first_name}
    return turn.say("growth.shared_state" if plan.shared_at else "growth.own_state", **facts)


@handlers.reads(OpenGrowth)
async def open_growth(turn: Turn, action: OpenGrowth) -> Page:
    thread, _, _ = await access.growth_in(turn, action.conversation)
    turn.visits.add(thread.id)
    return await growth_page(turn, thread)


async def growth_page(turn: Turn, thread: Thread) -> Page:
    """What there is about growth in this conversation, for its reader."""
    _, mine, theirs = await access.growth_in(turn, thread.id)
    if mine is not None:
        return await plan_page(turn, thread, mine, also=theirs)
    if theirs is not None and not may_lead(thread):
        return await plan_page(turn, thread, theirs)
    return _invitation(turn, thread, theirs)


def _invitation(turn: Turn, thread: Thread, theirs: GrowthPlan | None) -> Page:
    """Where the reader has no plan: how to begin, or who does."""
    name = thread.other.first_name
    leads = may_lead(thread)
    said = ("growth.what", "growth.how", "growth.until_shared") if leads else ("growth.they_lead", "growth.they_share")
    begin = Button(turn.say("growth.begin"), WalkGrowth(thread.id), Style.primary)
    return Page(
        title=turn.say("growth.title"),
        body=(
            *(Text(turn.say(each, name=name)) for each in said),
            *((Buttons((begin,)),) if leads and thread.is_live else ()),
            *_also(turn, thread, theirs),
            _back(turn, thread),
        ),
        sees=turn.say("views.only_you"),
        address=OpenGrowth(thread.id),
    )


def _also(turn: Turn, thread: Thread, theirs: GrowthPlan | None) -> tuple[Block, ...]:
    if theirs is None:
        return ()
    opened = Button(turn.say("views.open"), OpenPlan(theirs.id))
    return (Row(turn.say("growth.theirs", name=thread.other.first_name), "", (opened,)),)


def _back(turn: Turn, thread: Thread, *beside: Button) -> Buttons:
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Buttons((*beside, back))


@handlers.reads(OpenPlan)
async def open_plan(turn: Turn, action: OpenPlan) -> Page:
    thread, plan = await access.growth(turn, action.plan)
    return await plan_page(turn, thread, plan)


async def plan_page(turn: Turn, thread: Thread, plan: GrowthPlan, *, also: GrowthPlan | None = None) -> Page:
    """All of a plan."""
    is_mine = plan.person == turn.person.id
    parts = {part.section: part for part in await turn.tx.growth.parts(plan.id) if part.text}
    name = thread.other.first_name
    return Page(
        title=turn.say("growth.title") if is_mine else turn.say("growth.theirs", name=name),
        body=(
            *_standing(turn, thread, plan),
            *(_part_row(turn, thread, plan, section, parts.get(section)) for section in WALKED),
            *_given(turn, thread, plan, parts),
            Divider(),
            *(await _foot(turn, thread, plan) if is_mine else ()),
            *_also(turn, thread, also),
            _back(turn, thread, *(_hide(turn, thread, plan) if is_mine else ())),
        ),
        sees=sees(turn, thread, plan),
        address=OpenGrowth(thread.id) if is_mine or not may_lead(thread) else OpenPlan(plan.id),
    )


def sees(turn: Turn, thread: Thread, plan: GrowthPlan | None) -> str:
    """Who can see what is in a plan."""
    is_shared = plan is not None and plan.shared_at is not None
    return turn.say("views.only_two", name=thread.other.first_name) if is_shared else turn.say("views.only_you")


def _standing(turn: Turn, thread: Thread, plan: GrowthPlan) -> tuple[Block, ...]:
    name = thread.other.first_name
    if plan.person != turn.person.id:
        return (Quiet(turn.say("growth.they_shared", name=name, since=_day(turn, plan))),)
    if thread.is_live and plan.shared_at is None:
        go_on = (Button(turn.say("growth.go_on"), WalkGrowth(thread.id)),) if plan.reached else ()
        share = Button(turn.say("growth.share", name=name), ShareGrowth(thread.id), Style.primary)
        return (Text(turn.say("growth.not_shared", name=name)), Buttons((share, *go_on)))
    return ()


def _day(turn: Turn, plan: GrowthPlan) -> date | None:
    return None if plan.shared_at is None else turn.day_of(plan.shared_at)


def _part_row(turn: Turn, thread: Thread, plan: GrowthPlan, section: GrowthSection, part: GrowthPart | None) -> Row:
    title = section_name(turn, thread, plan, section)
    if part is not None:
        opened = Button(turn.say("views.open"), OpenPart(plan.id, section))
        return Row(title, clip(part.text, SHOWN), (*talk(turn, thread, plan, section), opened))
    if plan.person != turn.person.id or not thread.is_live:
        return Row(title, turn.say("growth.nothing_yet"))
    return Row(title, turn.say("growth.nothing_yet"), (Button(turn.say("growth.write"), EditPart(thread.id, section)),))


def section_name(turn: Turn, thread: Thread, plan: GrowthPlan, section: GrowthSection) -> str:
    """What a part is called."""
    if section is not GrowthSection.support_given:
        return turn.say(f"growth.sections.{section.value}")
    if plan.person == turn.person.id:
        return turn.say("growth.they_offer", name=thread.other.first_name)
    return turn.say("growth.you_offer", name=thread.other.first_name)


def talk(turn: Turn, thread: Thread, plan: GrowthPlan, section: GrowthSection) -> tuple[Button, ...]:
    """The button that puts a part on the agenda: what nobody else sees yet is nothing to talk about yet."""
    if plan.shared_at is None or not thread.is_live:
        return ()
    return (Button(turn.say("growth.talk"), DiscussPart(plan.id, section)),)


def _given(
    turn: Turn, thread: Thread, plan: GrowthPlan, parts: Mapping[GrowthSection, GrowthPart]
) -> tuple[Block, ...]:
    """What the other one offers: theirs to write, once they know of the plan."""
    section = GrowthSection.support_given
    part = parts.get(section)
    if part is not None:
        return (_part_row(turn, thread, plan, section, part),)
    if plan.person == turn.person.id or not thread.is_live:
        return ()
    offer = Button(turn.say("growth.offer"), EditSupport(plan.id))
    return (Row(section_name(turn, thread, plan, section), turn.say("growth.offer_what"), (offer,)),)


async def _foot(turn: Turn, thread: Thread, plan: GrowthPlan) -> tuple[Block, ...]:
    """How often its person is asked about it, and what else they may do with all of it."""
    if not thread.is_live:
        return ()
    if plan.shared_at is None:
        return await taking(turn, thread)
    said = turn.say(f"growth.asked.{plan.revisit.value}", day=plan.revisit_on)
    asked = Row(turn.say("growth.revisit"), said, (*_right(turn, plan), *_other_rhythms(turn, plan)))
    return (asked, *await taking(turn, thread))


def _hide(turn: Turn, thread: Thread, plan: GrowthPlan) -> tuple[Button, ...]:
    if plan.shared_at is None or not thread.is_live:
        return ()
    return (Button(turn.say("growth.hide"), HideGrowth(thread.id)),)


def _right(turn: Turn, plan: GrowthPlan) -> tuple[Button, ...]:
    is_asked = plan.revisit is not Revisit.never
    return (Button(turn.say("growth.still_right"), StillRight(plan.id)),) if is_asked else ()


def _other_rhythms(turn: Turn, plan: GrowthPlan) -> tuple[Button, ...]:
    """How else one may be asked about a plan."""
    others = [revisit for revisit in Revisit if revisit is not plan.revisit]
    return tuple(Button(turn.say(f"growth.ask.{each.value}"), AskGrowth(plan.id, each)) for each in others)
