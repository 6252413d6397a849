"""What the two do with a growth plan: share it, talk about it, say that it is right, take it along (H4, A6)."""

from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.features.agenda import DropItem, open_items, put_on_agenda
from bot.features.conversation_list import meant_by
from bot.features.growth_page import (
    WALKED,
    AskGrowth,
    DiscussPart,
    HideGrowth,
    OpenGrowth,
    ShareGrowth,
    StillRight,
    growth_page,
    growth_section,
    leads,
)
from bot.features.growth_part import part_of
from bot.features.growth_taking import TakeGrowth, new_home
from bot.features.news import changed
from bot.model.growth import GrowthPlan, Revisit
from bot.model.ids import ConversationId, GrowthPartId, GrowthPlanId
from bot.model.thread import Thread
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.revisiting import asked_again, kept_plan
from bot.turn import Turn
from bot.views import Block, Button, Here, Page, Row, Text

handlers = Handlers()


@dataclass(frozen=True)
class MyGrowth(Action):
    """Lists the 1-on-1s in which there may be something about growth."""

    page: int = 0


@handlers.writes(ShareGrowth)
async def share(turn: Turn, action: ShareGrowth) -> Here:
    thread, plan = await _own(turn, action.conversation)
    if plan.shared_at is None:
        if not any(part.text for part in await turn.tx.growth.parts(plan.id)):
            raise Refused("refused.nothing_written")
        await kept_plan(turn.pen, asked_again(replace(plan, shared_at=turn.now), turn.today))
        await changed(turn, thread, tell=True)
    hide = Button(turn.say("views.undo"), HideGrowth(thread.id))
    return Here(text=turn.say("growth.was_shared", name=thread.other.first_name), undo=hide)


async def _own(turn: Turn, conversation: ConversationId) -> tuple[Thread, GrowthPlan]:
    thread, mine, _ = await access.growth_in(turn, conversation)
    if mine is None:
        raise Refused("refused.gone")
    return await access.live(turn, thread.id), mine


@handlers.writes(HideGrowth)
async def hide(turn: Turn, action: HideGrowth) -> Here:
    thread, plan = await _own(turn, action.conversation)
    if plan.shared_at is not None:
        await kept_plan(turn.pen, asked_again(replace(plan, shared_at=None), turn.today))
        await changed(turn, thread, tell=False)
    return Here(text=turn.say("growth.was_hidden"))


@handlers.writes(DiscussPart)
async def discuss_part(turn: Turn, action: DiscussPart) -> Here:
    """By its name alone: titles on the agenda are shown in messages, and what was written here never is."""
    thread, plan = await access.live_growth(turn, action.plan)
    part = await part_of(turn, plan, action.section)
    if part is None or not part.text or plan.shared_at is None:
        raise Refused("refused.gone")
    text = turn.say(f"growth.items.{action.section.value}")
    if await _is_there(turn, thread, text):
        return Here(text=turn.say("growth.is_on_the_agenda"))
    item = await put_on_agenda(turn, thread, text)
    return Here(text=turn.say("preparing.was_added"), undo=Button(turn.say("views.undo"), DropItem(item.id)))


async def _is_there(turn: Turn, thread: Thread, text: str) -> bool:
    return any(item.text == text for item in await open_items(turn, thread))


@handlers.writes(StillRight)
async def still_right(turn: Turn, action: StillRight) -> Here:
    plan = await _asked_about(turn, action.plan)
    saved = await kept_plan(turn.pen, asked_again(replace(plan, revisited_at=turn.now), turn.today))
    return Here(text=turn.say(f"growth.asked.{saved.revisit.value}", day=saved.revisit_on))


async def _asked_about(turn: Turn, plan_id: GrowthPlanId) -> GrowthPlan:
    """One's own shared plan, about which one may be asked."""
    _, plan = await access.live_growth(turn, plan_id)
    if plan.person != turn.person.id or plan.shared_at is None:
        raise Refused("refused.gone")
    return plan


@handlers.writes(AskGrowth)
async def ask_growth(turn: Turn, action: AskGrowth) -> Here:
    plan = await _asked_about(turn, action.plan)
    saved = await kept_plan(turn.pen, asked_again(replace(plan, revisit=action.revisit), turn.today))
    undo = Button(turn.say("views.undo"), AskGrowth(plan.id, plan.revisit))
    return Here(text=turn.say(f"growth.asked.{action.revisit.value}", day=saved.revisit_on), undo=undo)


@handlers.writes(TakeGrowth)
async def take(turn: Turn, action: TakeGrowth) -> Page:
    """One's own words alone, for oneself at first: what the other one wrote stays with the two."""
    thread, plan = await _own(turn, action.conversation)
    new = await new_home(turn, thread)
    if new is None:
        raise Refused("refused.gone")
    copy = GrowthPlan(
        id=GrowthPlanId(turn.new_id()),
        organization=plan.organization,
        conversation=new.id,
        person=plan.person,
        created_at=turn.now,
        changed_at=turn.now,
        revisit=plan.revisit,
        reached=plan.reached,
    )
    await turn.tx.growth.start(copy)
    for part in await turn.tx.growth.parts(plan.id):
        if part.section in WALKED:
            await turn.tx.growth.write(replace(part, id=GrowthPartId(turn.new_id()), plan=copy.id, edition=1))
    await kept_plan(turn.pen, asked_again(replace(plan, revisit=Revisit.never), turn.today))
    return await growth_page(turn, new)


@handlers.reads(MyGrowth)
async def my_growth(turn: Turn, action: MyGrowth) -> Page:
    seated = await meant_by(turn, "")
    plans = await turn.tx.growth.of(*(one.conversation.id for one in seated))
    there = {plan.conversation for plan in plans if plan.shared_at is not None or plan.person == turn.person.id}
    shown = [one for one in seated if one.conversation.id in there or leads(one.conversation, turn.person.id)]
    page = paged(shown, action.page)
    rows = [await _row(turn, await access.thread(turn, one.conversation.id)) for one in page.rows]
    return Page(
        title=turn.say("growth.title"),
        body=(
            *([row for some in rows for row in some] or [Text(turn.say("growth.nowhere"))]),
            *page.turner(turn, MyGrowth),
        ),
        sees=turn.say("views.only_you"),
        address=action,
    )


async def _row(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """What its page says about growth, with whom it is."""
    found = [row for row in await growth_section(turn, thread, 0) if isinstance(row, Row)]
    return tuple(replace(row, title=turn.say("growth.with", name=thread.other.name)) for row in found[:1])


@handlers.verb("growth")
async def growth_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(OpenGrowth(seated[0].conversation.id) if len(seated) == 1 else MyGrowth())
