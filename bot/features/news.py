"""News about the other side, gathered: at most one message a day, none about what one has seen (A8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import access
from bot.clip import clip
from bot.features.conversation_page import OpenConversation
from bot.features.item_words import words_of
from bot.features.presence import visit
from bot.model.agenda import AgendaItem
from bot.model.conversation import Seated
from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.ids import DeliveryId, PersonId
from bot.model.people import Person
from bot.model.thread import Thread
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Card, Row, Text
from bot.week import week_of

handlers = Handlers()

GATHERING = timedelta(minutes=30)
LIFETIME = timedelta(days=3)
NAMED_TITLES = 3


async def changed(turn: Turn, thread: Thread, *, tell: bool, hidden: bool = False) -> None:
    """After every change: the conversation moves up, its author was here, and, if ``tell``, the other hears of it.

    What is ``hidden`` from the other does not even move the conversation up: they would see that something was done.
    """
    await visit(turn.tx, turn.person.id, [thread.id], turn.now)
    if hidden:
        return
    await turn.tx.conversations.touch(thread.id, turn.now)
    if tell and thread.other.wants_news:
        await _plan(turn, thread.other)


async def _plan(turn: Turn, reader: Person) -> None:
    """Today's message if it is still to come, otherwise the next day's."""
    week = await week_of(turn.tx, reader)
    due = week.next_moment(turn.now + GATHERING)
    for _ in range(2):
        if await turn.tx.deliveries.plan(_delivery(turn, reader, due)) is DeliveryState.pending:
            return
        due = week.next_morning(due)


def _delivery(turn: Turn, reader: Person, due: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(turn.new_id()),
        organization=turn.organization.id,
        recipient=reader.id,
        kind=DeliveryKind.news,
        subject=reader.id,
        offset=due.astimezone(ZoneInfo(reader.zone)).date().toordinal(),
        planned_at=turn.now,
        due_at=due,
        expires_at=due + LIFETIME,
    )


@dataclass(frozen=True)
class News:
    """What one side did in one conversation since the other looked; only what the other may see."""

    thread: Thread
    titles: tuple[str, ...] = ()
    discussed: int = 0
    comments: int = 0
    notes: int = 0
    promises: int = 0
    kept: int = 0
    met: bool = False
    growth: bool = False

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(
            self.titles
            or self.discussed
            or self.comments
            or self.notes
            or self.promises
            or self.kept
            or self.met
            or self.growth
        )


async def news_in(turn: Turn, seated: Seated, since: datetime) -> News:
    """What the other side did in this conversation from ``since`` on, or since the reader last looked."""
    thread = await access.thread(turn, seated.conversation.id)
    if seated.seat.visited_at is not None:
        since = max(since, seated.seat.visited_at)
    other = thread.other.id
    items = await turn.tx.agenda.of(thread.id)
    visible = {item.id for item in items if item.seen_by(turn.person.id)}
    notes = await turn.tx.notes.of(thread.id)
    promises = await turn.tx.action_items.of(thread.id)
    meetings = await turn.tx.meetings.of(thread.id)
    comments = await turn.tx.agenda.comments_in(thread.id)
    return News(
        thread,
        titles=tuple(
            clip(words_of(turn, item), 80)
            for item in items
            if item.id in visible and _is_by(item, other) and _since(item.shared_at, since) and item.closed_at is None
        ),
        discussed=sum(i.id in visible and i.closed_by == other and _was_closed(i, since) for i in items),
        comments=sum(c.author == other and c.item in visible and _since(c.created_at, since) for c in comments),
        notes=sum(not n.private and n.changed_by == other and _since(n.changed_at, since) for n in notes),
        promises=sum(p.author == other and p.dropped_at is None and _since(p.created_at, since) for p in promises),
        kept=sum(p.closed_by == other and _since(p.done_at, since) for p in promises),
        met=any(m.started_by == other and _since(m.met_at, since) for m in meetings),
        growth=await _grew(turn, thread, since),
    )


async def _grew(turn: Turn, thread: Thread, since: datetime) -> bool:
    """Whether the other one shared a growth plan, or wrote in one that both can see."""
    _, *plans = await access.growth_in(turn, thread.id)
    for plan in filter(None, plans):
        parts = await turn.tx.growth.parts(plan.id)
        if any(part.author == thread.other.id and _since(part.changed_at, since) for part in parts):
            return True
        if plan.person == thread.other.id and _since(plan.shared_at, since):
            return True
    return False


def _is_by(item: AgendaItem, person: PersonId) -> bool:
    """Whether one of the two wrote it: what an admin assigned is no news about them, though they may be that admin."""
    return item.author == person and item.topic is None


def _was_closed(item: AgendaItem, since: datetime) -> bool:
    """Not what came and went while the reader was away: that was a slip, or never concerned them."""
    return _since(item.closed_at, since) and not _since(item.shared_at, since)


def _since(moment: datetime | None, since: datetime) -> bool:
    return moment is not None and moment >= since


@handlers.message(DeliveryKind.news)
async def news(turn: Turn, delivery: Delivery) -> Card | None:
    """One message about all conversations, or none when everything has been seen."""
    since = delivery.planned_at
    found = [await news_in(turn, seated, since) for seated in await _listening(turn, since)]
    told = [one for one in found if one.is_any]
    if not told or not turn.person.wants_news:
        return None
    return Card(
        title=turn.say("news.title"),
        body=tuple(_row(turn, one) for one in told[:10]) + _rest(turn, told[10:]),
        summary=turn.say("news.summary"),
    )


async def _listening(turn: Turn, since: datetime) -> Sequence[Seated]:
    """The conversations in sight where something has changed: a whole history is too much to read for nothing."""
    seated = await turn.tx.conversations.seated(turn.person.id)
    changed_since = [one for one in seated if one.conversation.changed_at >= since]
    return [one for one in changed_since if one.seat.archived_at is None and one.conversation.declined_at is None]


def _row(turn: Turn, told: News) -> Block:
    counts = [
        turn.say("news.items", count=len(told.titles)) if told.titles else "",
        turn.say("news.discussed", count=told.discussed) if told.discussed else "",
        turn.say("news.comments", count=told.comments) if told.comments else "",
        turn.say("news.notes", count=told.notes) if told.notes else "",
        turn.say("news.promises", count=told.promises) if told.promises else "",
        turn.say("news.kept", count=told.kept) if told.kept else "",
        turn.say("news.met") if told.met else "",
        turn.say("news.growth") if told.growth else "",
    ]
    name = told.thread.other.first_name
    said = turn.say("news.line", name=name, what=turn.voice.listed([count for count in counts if count]))
    titles = "" if turn.discreet else " · ".join(told.titles[:NAMED_TITLES])
    return Row(said, titles, (Button(turn.say("views.open"), OpenConversation(told.thread.id)),))


def _rest(turn: Turn, rest: Sequence[News]) -> tuple[Block, ...]:
    return (Text(turn.say("views.more", count=len(rest))),) if rest else ()


def invitation(turn: Turn, thread: Thread, kind: DeliveryKind, to: PersonId) -> Delivery:
    """A message to one of the two about the conversation itself, due at once."""
    return Delivery(
        id=DeliveryId(turn.new_id()),
        organization=turn.organization.id,
        recipient=to,
        kind=kind,
        subject=thread.id,
        offset=int(turn.now.timestamp()),
        planned_at=turn.now,
        due_at=turn.now,
        expires_at=turn.now + LIFETIME,
    )
