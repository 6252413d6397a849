"""What is entered about one promise beside its words: whose it is, and until when (D1)."""

from datetime import date

from bot.model.ids import PersonId
from bot.model.thread import Thread
from bot.refused import Refused
from bot.turn import Turn
from bot.typed import typed_day
from bot.views import ChoiceField, Option, TextField

DUE_LENGTH = 60


def owner_field(turn: Turn, thread: Thread, chosen: PersonId, *, name: str = "owner") -> ChoiceField:
    """Who promises."""
    options = (
        Option(thread.me.id, turn.say("action_items.you")),
        Option(thread.other.id, thread.other.name),
    )
    return ChoiceField(name, turn.say("action_items.owner"), options, value=chosen)


def due_field(turn: Turn, value: str, *, name: str = "due") -> TextField:
    """Until when, as people say it."""
    return TextField(
        name,
        turn.say("action_items.due_label"),
        value=value,
        most=DUE_LENGTH,
        required=False,
        hint=turn.say("action_items.due_hint"),
    )


def entered_owner(turn: Turn, thread: Thread, *, name: str = "owner") -> PersonId:
    """The one of the two who was chosen."""
    owner = turn.entered.id(name)
    if not thread.conversation.has(PersonId(owner)):
        raise Refused("refused.choose", field=name)
    return PersonId(owner)


def entered_due(turn: Turn, *, name: str = "due", known: date | None = None) -> date | None:
    """The day that was meant, or None where nothing was said; not in the past, except the one it was already."""
    words = turn.entered.text_or_none(name, most=DUE_LENGTH)
    if words is None:
        return None
    day = typed_day(turn, words)
    if day is None:
        raise Refused("refused.unknown_date", field=name)
    if day < turn.today and day != known:
        raise Refused("refused.past_date", field=name)
    return day
