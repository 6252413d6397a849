"""Whoever has another manager may take their own words about growth along (A6, H4)."""

from dataclasses import dataclass

from bot import access
from bot.actions import Action
from bot.model.ids import ConversationId
from bot.model.thread import Thread
from bot.refused import Refused
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Text


@dataclass(frozen=True)
class TakeGrowth(Action):
    """Takes one's own words along to the conversation with the manager one has now."""

    conversation: ConversationId


async def taking(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """The offer, where there is a manager to take them to."""
    new = await new_home(turn, thread)
    if new is None:
        return ()
    name = new.other.first_name
    take = Button(turn.say("growth.take", name=name), TakeGrowth(thread.id))
    return (Text(turn.say("growth.take_what", name=name)), Buttons((take,)))


async def new_home(turn: Turn, thread: Thread) -> Thread | None:
    """The conversation with the manager that the reader has now instead, while it has no plan of theirs."""
    if thread.conversation.rests_since is None or thread.conversation.senior != thread.other.id:
        return None
    line = await turn.tx.hierarchy.line(turn.person.id)
    there = await turn.tx.conversations.of_pair(turn.person.id, line.manager) if line and line.manager else None
    if there is None or there.rests_since is not None:
        return None
    try:
        new = await access.live(turn, there.id)
    except Refused:
        return None
    _, mine, _ = await access.growth_in(turn, new.id)
    return new if mine is None else None
