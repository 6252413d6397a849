"""Preparing one's own career conversation: six open questions, left and taken up again at will (H5)."""

from dataclasses import dataclass

from bot.actions import Action
from bot.features.growth_page import WALKED, WalkGrowth, sees
from bot.features.growth_part import SavePart, edition_of, keep_own, led, part_of, question_field
from bot.model.growth import GrowthSection
from bot.model.ids import ConversationId
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Button, Buttons, Form, Here, Quiet

handlers = Handlers()


@dataclass(frozen=True)
class NextPart(Action):
    """Keeps what was typed, if anything, and asks the next question."""

    conversation: ConversationId
    section: GrowthSection
    edition: int


@dataclass(frozen=True)
class LeavePart(Action):
    """Keeps what was typed, and where to go on."""

    conversation: ConversationId
    section: GrowthSection
    edition: int


@handlers.reads(WalkGrowth)
async def walk(turn: Turn, action: WalkGrowth) -> Form:
    thread, mine = await led(turn, action.conversation, action.section)
    section = action.section or (mine.reached if mine else None) or WALKED[0]
    part = await part_of(turn, mine, section)
    here = (thread.id, section, edition_of(part))
    is_last = section is WALKED[-1]
    return Form(
        title=turn.say("growth.walk"),
        body=(
            Quiet(_step(turn, section)),
            question_field(turn, section, part),
            Buttons((Button(turn.say("growth.later"), LeavePart(*here)),)),
        ),
        submit=SavePart(*here) if is_last else NextPart(*here),
        submit_label=turn.say("growth.finish" if is_last else "growth.next"),
        sees=sees(turn, thread, mine),
        address=WalkGrowth(thread.id, section),
    )


def _step(turn: Turn, section: GrowthSection) -> str:
    facts = {"number": 1 + WALKED.index(section), "all": len(WALKED)}
    return turn.say("growth.step", section=turn.say(f"growth.sections.{section.value}"), **facts)


@handlers.writes(NextPart, form=WalkGrowth)
async def next_part(turn: Turn, action: NextPart) -> Form:
    following = _after(action.section)
    what = SavePart(action.conversation, action.section, action.edition)
    thread = await keep_own(turn, what, then=NextPart, reached=lambda _: following)
    return await walk(turn, WalkGrowth(thread.id, following))


def _after(section: GrowthSection) -> GrowthSection:
    """The next one, after the last one that again: it ends with being saved."""
    return WALKED[min(WALKED.index(section) + 1, len(WALKED) - 1)] if section in WALKED else section


@handlers.writes(LeavePart, form=WalkGrowth)
async def leave_part(turn: Turn, action: LeavePart) -> Here:
    what = SavePart(action.conversation, action.section, action.edition)
    await keep_own(turn, what, then=LeavePart, reached=lambda _: action.section)
    return Here(text=turn.say("growth.kept_for_later"))
