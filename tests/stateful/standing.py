"""How the things that are stored stand to somebody, and which of them an action is about."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from bot.actions import Action
from bot.entered import Value
from bot.features.reminder_card import REMINDERS
from bot.model.agenda import Visibility
from bot.model.template import TemplateState
from tests.stateful.allowed import OF_A_CONVERSATION
from tests.stateful.knowing import pair
from tests.stateful.snapshot import Snapshot

POOLS = {
    "ConversationId": "conversation",
    "ItemId": "item",
    "CommentId": "comment",
    "MeetingId": "meeting",
    "SeriesId": "series",
    "NoteId": "note",
    "ActionItemId": "promise",
    "DraftId": "draft",
    "AwayId": "away",
    "DeliveryId": "delivery",
    "PersonId": "person",
    "PlaceId": "place",
    "TopicId": "topic",
    "TemplateId": "template",
    "GrowthPlanId": "plan",
    "CheckInId": "check_in",
    "CheckInQuestionId": "asked",
    "DepartmentId": "department",
}
"""Where the ids of each kind are found."""

_OF_ONE = {"draft": "person", "away": "person", "delivery": "recipient"}
_OF_THE_PAIR = ("note", "promise", "meeting", "series", "plan", "check_in")
_STATES = ("visibility", "state", "private", "active", "ended_by")


def is_hidden(person: str, ours: Snapshot, key: str) -> bool:
    """Whether this is the id of something of the person's organization that they may not see."""
    if key in ours.item:
        return person not in _readers_of_item(ours, key)
    if key in ours.comment:
        return person not in _readers_of_item(ours, ours.comment[key].item)
    if key in ours.note and ours.note[key].private:
        return bool(person != ours.note[key].author)
    if key in ours.conversation:
        return person not in pair(ours, key)
    if key in ours.template:
        return not knows_template(person, ours, key)
    if key in ours.plan and ours.plan[key].shared_at is None:
        return bool(person != ours.plan[key].person)
    for table, whose in _OF_ONE.items():
        if key in ours.table(table):
            return bool(getattr(ours.table(table)[key], whose) != person)
    rows = (ours.table(name)[key] for name in _OF_THE_PAIR if key in ours.table(name))
    return any(person not in pair(ours, row.conversation) for row in rows)


def knows_template(person: str, stored: Snapshot, key: str) -> bool:
    """One's own, or one for everybody."""
    return stored.template[key].author == person or stored.template[key].state is TemplateState.shared


def _readers_of_item(stored: Snapshot, key: str) -> set[str]:
    item = stored.item[key]
    return pair(stored, item.conversation) if item.visibility is Visibility.shared else {item.author}


def is_closed(stored: Snapshot, key: str) -> bool:
    """Whether it is, or is in, a conversation that was declined or that somebody left."""
    where = next((stored.table(name)[key].conversation for name in OF_A_CONVERSATION if key in stored.table(name)), key)
    found = stored.conversation.get(where)
    if found is None:
        return False
    return found.declined_at is not None or not all(stored.person[one].active for one in pair(stored, where))


def stands(person: str, stored: Snapshot, table: str, row: Any) -> tuple[object, ...]:
    """What matters about a row: whom it is between, whose it is, who sees it, and in which state it is."""
    where = row.id if table == "conversation" else getattr(row, "conversation", None)
    two = frozenset(pair(stored, where)) if where else frozenset()
    owner = getattr(row, "author", getattr(row, "person", getattr(row, "started_by", getattr(row, "recipient", None))))
    states = (getattr(row, name, None) for name in _STATES)
    kind = getattr(row, "kind", None)
    kind = kind if owner == person else kind in REMINDERS
    is_shared = getattr(row, "shared_at", None) is not None
    return (two if person in two else None, owner == person, getattr(row, "id", "") == person, kind, is_shared, *states)


def kinds_of(kind: type[Action]) -> Mapping[str, Any]:
    """The types of an action's parts, without "or None"."""
    return {name: _plain(hint) for name, hint in _hints(kind)}


def left_out(kind: type[Action]) -> list[str]:
    """The parts of an action that it can do without."""
    return [name for name, hint in _hints(kind) if type(None) in get_args(hint)]


def _hints(kind: type[Action]) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return ((part.name, hints[part.name]) for part in fields(kind))


def _plain(hint: Any) -> Any:
    return next((one for one in get_args(hint) if one is not type(None)), hint)


def ids_in(wanted: Action | str, entered: Mapping[str, Value]) -> list[str]:
    """Everything that may be an id in an action and what is entered with it."""
    found = [value for _, value in parts(wanted)] if isinstance(wanted, Action) else []
    typed = [one for value in entered.values() for one in ((value,) if isinstance(value, str) else value)]
    return [one for one in (*found, *typed) if isinstance(one, str) and len(one) == 22]


def parts(action: Action) -> list[tuple[str, Any]]:
    """What an action is made of."""
    return [(part.name, getattr(action, part.name)) for part in fields(action)]


def instead(value: Value, absent: Mapping[str, str]) -> Value:
    """The same, about what does not exist."""
    return absent.get(value, value) if isinstance(value, str) else tuple(absent.get(one, one) for one in value)
