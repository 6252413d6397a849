"""Closing an agenda item: discussed or dropped, with an undo; what repeats comes back (B2, B3)."""

from dataclasses import replace
from datetime import date

from bot import access
from bot.clip import clip
from bot.due import months_after
from bot.features.agenda import DiscussItem, DropItem, ReopenItem, running_meeting
from bot.features.closing import became, how_closed, is_taken_back
from bot.features.item_words import words_of
from bot.features.news import changed
from bot.model.agenda import AgendaItem, ItemState, Repeat
from bot.model.ids import ItemId, MeetingId
from bot.model.thread import Thread
from bot.model.topic import AssignmentState
from bot.model.usage import Deed
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Button, Here

handlers = Handlers()


_BECOMES = {ItemState.discussed: AssignmentState.discussed, ItemState.dropped: AssignmentState.not_relevant}
"""What closing an item means for the topic that it came with."""


async def close_item(turn: Turn, item: AgendaItem, state: ItemState, meeting: MeetingId | None = None) -> AgendaItem:
    """Discusses or drops an open item; one that repeats comes back as a new one when it was discussed."""
    comes_back = state is ItemState.discussed and item.repeat is not Repeat.never
    again = ItemId(turn.new_id()) if comes_back else None
    closed = replace(
        item,
        state=state,
        closed_at=turn.now,
        closed_by=turn.person.id,
        changed_at=turn.now,
        meeting=meeting,
        repeated_as=again,
    )
    if again is not None:
        await turn.tx.agenda.add(_next_time(turn, item, again))
    saved = await turn.tx.agenda.save(closed)
    if state is ItemState.discussed:
        await turn.tx.usage.did(item.conversation, Deed.discussed, turn.now)
    if item.topic is not None:
        await turn.tx.topics.follow(item.id, _BECOMES[state], turn.now)
    return saved


def _next_time(turn: Turn, item: AgendaItem, again: ItemId) -> AgendaItem:
    resting: date | None = months_after(turn.today, 1) if item.repeat is Repeat.monthly else None
    return replace(
        item, id=again, created_at=turn.now, changed_at=turn.now, resting_until=resting, edition=1, version=1
    )


@handlers.writes(DiscussItem)
async def discuss(turn: Turn, action: DiscussItem) -> Here:
    thread, item = await access.live_item(turn, action.item)
    if item.state is ItemState.open:
        await close_item(turn, item, ItemState.discussed, await running_meeting(turn, thread))
        await changed(turn, thread, tell=True, hidden=item.is_hidden)
    return _closed(turn, thread, item, ItemState.discussed)


@handlers.writes(DropItem)
async def drop(turn: Turn, action: DropItem) -> Here:
    thread, item = await access.live_item(turn, action.item)
    if item.state is ItemState.open:
        await close_item(turn, item, ItemState.dropped)
        await changed(turn, thread, tell=True, hidden=item.is_hidden)
    return _closed(turn, thread, item, ItemState.dropped)


def _closed(turn: Turn, thread: Thread, item: AgendaItem, wanted: ItemState) -> Here:
    """What became of it, or how it was closed before: the other may have been faster."""
    if is_taken_back(item):
        return Here(text=how_closed(turn, thread, item))
    was = became(replace(item, state=wanted, closed_by=turn.person.id, carried_at=None))
    said = turn.say(f"agenda.was_{was}", item=_named(turn, thread, item))
    if item.state not in (ItemState.open, wanted):
        said = how_closed(turn, thread, item)
    return Here(text=said, undo=Button(turn.say("views.undo"), ReopenItem(item.id)))


@handlers.writes(ReopenItem)
async def reopen(turn: Turn, action: ReopenItem) -> Here:
    thread, item = await access.live_item(turn, action.item)
    if is_taken_back(item):
        raise Refused("refused.taken_back")
    if item.state is not ItemState.open:
        await _forget_repetition(turn, item)
        await turn.tx.agenda.save(
            replace(
                item,
                state=ItemState.open,
                closed_at=None,
                closed_by=None,
                meeting=None,
                repeated_as=None,
                carried_at=None,
            )
        )
        if item.topic is not None:
            await turn.tx.topics.follow(item.id, AssignmentState.placed, None)
        await changed(turn, thread, tell=False, hidden=item.is_hidden)
    return Here(text=turn.say("agenda.was_reopened", item=_named(turn, thread, item)))


def _named(turn: Turn, thread: Thread, item: AgendaItem) -> str:
    """The item's words; not where the line may stay in a chat and the words are its author's alone."""
    if not item.is_hidden and not turn.discreet:
        return clip(words_of(turn, item), 60)
    if item.topic is not None:
        return turn.say("topics.a_topic")
    mine = item.author == turn.person.id
    return turn.say("agenda.an_item") if mine else turn.say("agenda.an_item_of", name=thread.other.first_name)


async def _forget_repetition(turn: Turn, item: AgendaItem) -> None:
    """The copy that came back goes without a trace when the item itself is open again, unless someone worked on it."""
    copy = await turn.tx.agenda.get(item.repeated_as) if item.repeated_as else None
    if copy is not None and copy.version == 1 and not await turn.tx.agenda.comments(copy.id):
        await turn.tx.agenda.remove(copy.id)
