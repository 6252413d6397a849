"""Handover: whoever has another manager takes along what they choose of what is open, in their own words only (A6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_item_page import promise_made
from bot.features.agenda import put_on_agenda
from bot.features.conversation_page import OpenConversation, conversation_page
from bot.features.discussing import close_item
from bot.features.item_words import words_of
from bot.features.news import changed
from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, ItemState
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ConversationId
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.reminding import kept
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Form, Option, Page, Style, Text, TicksField

handlers = Handlers()

TICKS = 10
TICK_FIELDS = 3
T = TypeVar("T", AgendaItem, ActionItem)


@dataclass(frozen=True)
class ChooseCarried(Action):
    """Asks what to take along from the conversation with who was one's manager."""

    conversation: ConversationId


@dataclass(frozen=True)
class CarryOver(Action):
    """Takes it along."""

    conversation: ConversationId


@dataclass(frozen=True)
class Handover:
    """From whom to whom, and what is open there that the report alone has written."""

    old: Thread
    new: Thread
    items: Sequence[AgendaItem]
    promises: Sequence[ActionItem]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.items) + len(self.promises)


async def _handover(turn: Turn, conversation: ConversationId) -> Handover | None:
    """None where the reader has no other manager now, or nothing is open; raises Refused for everybody else."""
    old = await access.thread(turn, conversation)
    if old.conversation.rests_since is None or old.conversation.senior != old.other.id:
        return None
    new = await _with_the_manager_now(turn)
    if new is None or new.id == old.id:
        return None
    items = [item for item in await turn.tx.agenda.open_in([old.id]) if _is_own(turn, item) and item.topic is None]
    promises = [one for one in await turn.tx.action_items.open_in(old.id) if _is_own(turn, one)]
    mine = [one for one in promises if one.owner == turn.person.id]
    found = Handover(old, new, items[: TICKS * TICK_FIELDS], mine[: TICKS * TICK_FIELDS])
    return found if found.count else None


def _is_own(turn: Turn, what: AgendaItem | ActionItem) -> bool:
    """In the report's own words: those of who was their manager never leave."""
    return what.author == turn.person.id and not what.reworded


async def _with_the_manager_now(turn: Turn) -> Thread | None:
    line = await turn.tx.hierarchy.line(turn.person.id)
    there = await turn.tx.conversations.of_pair(turn.person.id, line.manager) if line and line.manager else None
    if there is None or there.rests_since is not None:
        return None
    return await access.live(turn, there.id)


@handlers.message(DeliveryKind.handover)
async def told(turn: Turn, delivery: Delivery) -> Card | None:
    found = await _handover(turn, ConversationId(delivery.subject))
    if found is None:
        return None
    names = {"old": found.old.other.first_name, "new": found.new.other.first_name}
    return Card(
        title=turn.say("handover.told_title", **names),
        body=(
            Text(turn.say("handover.told", count=found.count, **names)),
            Text(turn.say("handover.only_you", **names)),
            Buttons(
                (
                    Button(turn.say("handover.choose"), ChooseCarried(found.old.id), Style.primary),
                    Button(turn.say("views.open"), OpenConversation(found.new.id)),
                )
            ),
        ),
        summary=turn.say("handover.summary"),
    )


@handlers.section("handover")
async def handover_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    found = await _handover(turn, thread.id)
    if found is None:
        return ()
    name = found.new.other.first_name
    choose = Button(turn.say("handover.choose"), ChooseCarried(thread.id))
    return (Text(turn.say("handover.offer", count=found.count, name=name)), Buttons((choose,)))


@handlers.reads(ChooseCarried)
async def choose_carried(turn: Turn, action: ChooseCarried) -> Form:
    found = await _handover(turn, action.conversation)
    if found is None:
        raise Refused("refused.nothing_to_carry")
    names = {"old": found.old.other.first_name, "new": found.new.other.first_name}
    return Form(
        title=turn.say("handover.title"),
        body=(
            Text(turn.say("handover.intro", **names)),
            *_ticks(turn, "item", found.items),
            *_ticks(turn, "promise", found.promises),
        ),
        submit=CarryOver(action.conversation),
        submit_label=turn.say("handover.carry"),
        sees=turn.say("handover.sees", **names),
        address=action,
    )


def _ticks(turn: Turn, kind: str, found: Sequence[AgendaItem] | Sequence[ActionItem]) -> Iterable[TicksField]:
    for number, start in enumerate(range(0, len(found), TICKS)):
        label = turn.say(f"handover.{kind}s" if number == 0 else f"handover.more_{kind}s")
        options = tuple(Option(one.id, clip(_said(turn, one))) for one in found[start : start + TICKS])
        yield TicksField(f"{kind}{number}", label, options)


def _said(turn: Turn, one: AgendaItem | ActionItem) -> str:
    return words_of(turn, one) if isinstance(one, AgendaItem) else one.text


@handlers.writes(CarryOver, form=ChooseCarried)
async def carry_over(turn: Turn, action: CarryOver) -> Page:
    found = await _handover(turn, action.conversation)
    if found is None:
        raise Refused("refused.nothing_to_carry")
    items, promises = _ticked(turn, "item", found.items), _ticked(turn, "promise", found.promises)
    if not items and not promises:
        raise Refused("refused.choose_some", field="item0" if found.items else "promise0")
    for item in items:
        await _carry_item(turn, found, item)
    for promise in promises:
        await _carry_promise(turn, found, promise)
    return await conversation_page(turn, found.new)


def _ticked(turn: Turn, kind: str, found: Sequence[T]) -> Sequence[T]:
    ticked = {tick for number in range(TICK_FIELDS) for tick in turn.entered.ticks(f"{kind}{number}")}
    return [one for one in found if one.id in ticked]


async def _carry_item(turn: Turn, found: Handover, item: AgendaItem) -> None:
    """Its words alone: what was quoted from a chat, and what was said to it, stays."""
    await put_on_agenda(
        turn, found.new, item.text, visibility=item.visibility, repeat=item.repeat, question=item.question
    )
    await close_item(turn, replace(item, carried_at=turn.now), ItemState.dropped)
    await changed(turn, found.old, tell=False, hidden=item.is_hidden)


async def _carry_promise(turn: Turn, found: Handover, promise: ActionItem) -> None:
    await promise_made(turn, found.new, promise.text, owner=turn.person.id, due=promise.due)
    carried = replace(promise, dropped_at=turn.now, carried_at=turn.now, closed_by=turn.person.id)
    await kept(turn.pen, carried)
    await changed(turn, found.old, tell=False)
