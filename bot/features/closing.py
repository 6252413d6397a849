"""How an agenda item was closed, in words, and by whom."""

from bot.model.agenda import AgendaItem, ItemState
from bot.model.thread import Thread
from bot.turn import Turn


def is_taken_back(item: AgendaItem) -> bool:
    """Whether the people team has taken back the topic that it came with."""
    return item.topic is not None and item.state is ItemState.dropped and item.closed_by is None


def became(item: AgendaItem) -> str:
    """What has become of a closed item: it was discussed, dropped or carried over, or of a topic something else."""
    if is_taken_back(item):
        return "taken_back"
    if item.topic is not None and item.state is ItemState.dropped:
        return "not_relevant"
    return item.state.value if item.carried_at is None else "carried"


def how_closed(turn: Turn, thread: Thread, item: AgendaItem) -> str:
    """Who has closed it, as what, and when."""
    name = thread.called(item.closed_by).first_name if item.closed_by else ""
    return turn.say(f"item.{became(item)}", at=item.closed_at, name=name)
