"""My conversations: the list, archiving, and finding the one that words mean (A3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot import access
from bot.actions import Action
from bot.features.conversation_page import OpenConversation, StartConversation
from bot.features.people import MENTION, named, nobody
from bot.features.roles import role_said
from bot.model.conversation import Seated
from bot.model.ids import ConversationId
from bot.model.thread import Thread
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Here, Page, Quiet, Row, Style, Text

handlers = Handlers()


class Order(StrEnum):
    """How my conversations are sorted."""

    next = "next"
    recent = "recent"
    name = "name"


class Show(StrEnum):
    """Which of my conversations are listed."""

    all = "all"
    manager = "manager"
    skip_level = "skip_level"
    colleague = "colleague"
    mentor = "mentor"
    archived = "archived"


@dataclass(frozen=True)
class ArchiveConversation(Action):
    """Puts it out of my sight, not out of the other's."""

    conversation: ConversationId


@dataclass(frozen=True)
class UnarchiveConversation(Action):
    """Brings it back."""

    conversation: ConversationId


@dataclass(frozen=True)
class MyConversations(Action):
    """The list."""

    show: Show = Show.all
    order: Order = Order.next
    page: int = 0


@handlers.writes(ArchiveConversation)
async def archive(turn: Turn, action: ArchiveConversation) -> Here:
    thread = await access.thread(turn, action.conversation)
    await set_archived(turn, thread, turn.now)
    return Here(
        text=turn.say("conversations.archived", name=thread.other.first_name),
        undo=Button(turn.say("views.undo"), UnarchiveConversation(thread.id)),
    )


@handlers.writes(UnarchiveConversation)
async def unarchive(turn: Turn, action: UnarchiveConversation) -> Here:
    thread = await access.thread(turn, action.conversation)
    await set_archived(turn, thread, None)
    return Here(text=turn.say("conversations.unarchived", name=thread.other.first_name))


async def set_archived(turn: Turn, thread: Thread, at: datetime | None) -> None:
    seat = await turn.tx.conversations.seat(thread.id, turn.person.id)
    if seat is not None and (seat.archived_at is None) != (at is None):
        await turn.tx.conversations.save_seat(replace(seat, archived_at=at))


@handlers.reads(MyConversations)
async def my_conversations(turn: Turn, action: MyConversations) -> Page:
    everything = await turn.tx.conversations.seated(turn.person.id)
    mine = [one for one in everything if is_shown(one, action.show)]
    following = await _following(turn, mine)
    page = paged(_sorted(mine, action.order, following), action.page)
    rows: tuple[Block, ...] = tuple(
        conversation_row(turn, one, following.get(one.conversation.id)) for one in page.rows
    )
    return Page(
        title=turn.say("conversations.title"),
        body=(
            *_sorting(turn, action, everything),
            *(rows or (Text(turn.say("conversations.none")),)),
            *page.turner(turn, lambda number: replace(action, page=number)),
            Buttons((Button(turn.say("conversations.start_new"), StartConversation(), Style.primary),)),
        ),
        sees=turn.say("views.only_you"),
        address=action,
    )


def is_shown(one: Seated, show: Show) -> bool:
    if show is Show.archived:
        return one.seat.archived_at is not None or one.conversation.declined_at is not None
    if one.seat.archived_at is not None or one.conversation.declined_at is not None:
        return False
    return show is Show.all or one.conversation.relationship.value == show.value


async def _following(turn: Turn, mine: Sequence[Seated]) -> Mapping[ConversationId, datetime]:
    """When each of these meets next, as far as it is planned."""
    upcoming = await turn.tx.meetings.upcoming(*(one.conversation.id for one in mine))
    return {one.conversation: one.starts_at for one in reversed(upcoming) if one.starts_at >= turn.now}


def _sorted(mine: Sequence[Seated], order: Order, following: Mapping[ConversationId, datetime]) -> Sequence[Seated]:
    by_name = sorted(mine, key=lambda one: one.other_name.casefold())
    if order is Order.name:
        return _resting_last(by_name)
    by_change = sorted(by_name, key=lambda one: one.conversation.changed_at, reverse=True)
    if order is Order.recent:
        return _resting_last(by_change)
    planned = [one for one in by_change if one.conversation.id in following]
    unplanned = [one for one in by_change if one.conversation.id not in following]
    return [*sorted(planned, key=lambda one: following[one.conversation.id]), *_resting_last(unplanned)]


def _resting_last(mine: Sequence[Seated]) -> Sequence[Seated]:
    return sorted(mine, key=lambda one: one.conversation.rests_since is not None)


def _sorting(turn: Turn, action: MyConversations, everything: Sequence[Seated]) -> tuple[Block, ...]:
    """What is listed, and buttons for the other orders and kinds that would list something."""
    orders = tuple(
        Button(turn.say(f"conversations.order.{order.value}"), replace(action, order=order, page=0))
        for order in Order
        if order is not action.order
    )
    shown = tuple(
        Button(turn.say(f"conversations.show.{show.value}"), replace(action, show=show, page=0))
        for show in Show
        if show is not action.show and any(is_shown(one, show) for one in everything)
    )
    said = turn.say(f"conversations.showing.{action.show.value}")
    return (Quiet(said), Buttons((*orders, *shown)))


def conversation_row(turn: Turn, one: Seated, following: datetime | None) -> Row:
    """One of my conversations, as a row of a list."""
    facts = turn.say(
        "conversations.row",
        role=role_said(turn, one.conversation),
        changed=turn.day_of(one.conversation.changed_at),
        next=following,
    )
    detail = facts if one.other_active else f"{facts} · {turn.say('conversations.inactive')}"
    opened = Button(turn.say("views.open"), OpenConversation(one.conversation.id))
    if one.seat.archived_at is None:
        return Row(one.other_name, detail, (opened,))
    back = Button(turn.say("conversations.unarchive"), UnarchiveConversation(one.conversation.id))
    return Row(one.other_name, detail, (back, opened))


@handlers.verb("conversations")
async def list_words(turn: Turn, rest: str) -> Step:
    return Step(MyConversations())


@handlers.verb("archive")
async def archive_words(turn: Turn, rest: str) -> Step:
    if not rest:
        return Step(MyConversations(show=Show.archived))
    seated = await meant_by(turn, rest)
    return Step(ArchiveConversation(seated[0].conversation.id) if len(seated) == 1 else MyConversations())


async def meant_by(turn: Turn, words: str) -> Sequence[Seated]:
    """Which of my conversations the words name, all of them without words.

    Raises Refused when they name none: to meet or archive with somebody else would be worse than to ask again.
    """
    seated, rest = await partner(turn, words)
    if not words or rest != words:
        return seated
    people, _ = await named(turn, words)
    if people:
        raise Refused("refused.no_conversation", name=people[0].first_name)
    raise nobody(words)


async def partner(turn: Turn, words: str) -> tuple[Sequence[Seated], str]:
    """Which of my conversations the words begin with (all in sight when no one is named), and the rest.

    Who is named is meant, archived or not.

    Raises Refused when a mention names someone with whom there is no conversation, or nobody.
    """
    everything = await turn.tx.conversations.seated(turn.person.id)
    people, rest = await named(turn, words) if _may_name(everything, words) else ([], words)
    wanted = {person.id for person in people}
    found = [one for one in everything if one.other_id in wanted and one.conversation.declined_at is None]
    if found:
        return found, rest
    if MENTION.match(words):
        raise Refused("refused.no_conversation", name=people[0].first_name) if people else nobody(words)
    return _at_hand(everything), words


def _at_hand(everything: Sequence[Seated]) -> Sequence[Seated]:
    """Those in sight that words without a name may mean; what rests is meant where there is nothing else."""
    in_sight = [one for one in everything if is_shown(one, Show.all)]
    return [one for one in in_sight if one.conversation.rests_since is None] or in_sight


def whose(seated: Sequence[Seated]) -> Refused:
    """Why words that could be about any of these cannot be followed."""
    return Refused("refused.with_whom", name=seated[0].other_name)


def _may_name(seated: Sequence[Seated], words: str) -> bool:
    """Whether the words can begin with one of these: nobody needs to be looked for in "add a word"."""
    first = words.split()[:1]
    if not first or "@" in first[0]:
        return bool(first)
    return any(first[0].casefold() in one.other_name.casefold().split() for one in seated)
