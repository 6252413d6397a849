"""The agenda: adding, discussing, dropping and ordering what the two want to talk about (B1, B2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.entered import Entered
from bot.features.conversation_list import partner
from bot.features.conversation_page import OpenConversation, conversation_page
from bot.features.item_words import words_of
from bot.features.news import changed
from bot.features.people import spelled_out
from bot.features.topic_said import origin_said
from bot.model.agenda import AgendaItem, Repeat, Visibility
from bot.model.draft import Draft
from bot.model.ids import ConversationId, DraftId, ItemId, MeetingId
from bot.model.thread import Thread
from bot.model.usage import Deed
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, ChoiceField, Form, Heading, Here, Option, Page, Row, Text, TextField

handlers = Handlers()


@dataclass(frozen=True)
class NewItem(Action):
    """Asks what to talk about."""

    conversation: ConversationId


@dataclass(frozen=True)
class AddItem(Action):
    """Puts it on the agenda."""

    conversation: ConversationId


@dataclass(frozen=True)
class JotItem(Action):
    """Puts typed words on the agenda."""

    conversation: ConversationId


@dataclass(frozen=True)
class OpenItem(Action):
    """Shows one item."""

    item: ItemId


@dataclass(frozen=True)
class DiscussItem(Action):
    """Marks it discussed."""

    item: ItemId


@dataclass(frozen=True)
class DropItem(Action):
    """Takes it off the agenda without having talked about it."""

    item: ItemId


@dataclass(frozen=True)
class ReopenItem(Action):
    """Brings a discussed or dropped one back."""

    item: ItemId


@dataclass(frozen=True)
class MoveItem(Action):
    """One place up, or down."""

    item: ItemId
    up: bool


@dataclass(frozen=True)
class ShareItem(Action):
    """Shows the other what was kept back."""

    item: ItemId


@dataclass(frozen=True)
class Prepare(Action):
    """Settles which questions are suggested for the next meeting, and shows what there is to prepare."""

    conversation: ConversationId


@dataclass(frozen=True)
class OpenTemplates(Action):
    """Lists the kinds of meeting."""

    conversation: ConversationId
    page: int = 0


@dataclass(frozen=True)
class ChooseWhere(Action):
    """Asks to which conversation typed words belong."""

    draft: DraftId


@handlers.reads(NewItem)
async def new_item(turn: Turn, action: NewItem) -> Form:
    thread = await access.live(turn, action.conversation)
    return Form(
        title=turn.say("agenda.add_title"),
        body=(
            TextField("text", turn.say("agenda.text"), many_lines=True, placeholder=turn.say("agenda.text_example")),
            visibility_field(turn, thread.other.first_name, Visibility.shared),
            repeat_field(turn, Repeat.never),
        ),
        submit=AddItem(thread.id),
        submit_label=turn.say("agenda.add_it"),
        sees=turn.say("agenda.sees", name=thread.other.first_name),
        address=action,
    )


def visibility_field(turn: Turn, name: str, chosen: Visibility) -> ChoiceField:
    """Who sees an item."""
    options = tuple(
        Option(kind.value, turn.say(f"agenda.visibility.{kind.value}", name=name))
        for kind in (Visibility.shared, Visibility.on_the_day, Visibility.mine)
    )
    return ChoiceField("visibility", turn.say("agenda.who_sees"), options, value=chosen.value)


def repeat_field(turn: Turn, chosen: Repeat) -> ChoiceField:
    """Whether an item comes back after it was discussed."""
    options = tuple(Option(kind.value, turn.say(f"agenda.repeat.{kind.value}")) for kind in Repeat)
    return ChoiceField("repeat", turn.say("agenda.comes_back"), options, value=chosen.value)


@handlers.writes(AddItem, form=NewItem)
async def add_item(turn: Turn, action: AddItem) -> Page:
    thread = await access.live(turn, action.conversation)
    await put_on_agenda(
        turn,
        thread,
        turn.entered.text("text"),
        visibility=turn.entered.choice("visibility", Visibility),
        repeat=turn.entered.choice("repeat", Repeat),
    )
    return await conversation_page(turn, thread)


@handlers.writes(JotItem)
async def jot_item(turn: Turn, action: JotItem) -> Card:
    thread = await access.live(turn, action.conversation)
    item = await put_on_agenda(turn, thread, turn.entered.text("text"))
    return Card(
        title=turn.say("agenda.added"),
        body=(
            Row(_named(turn, item), turn.say("agenda.added_to", name=thread.other.first_name)),
            Buttons(
                (
                    Button(turn.say("views.open"), OpenConversation(thread.id)),
                    Button(turn.say("views.undo"), DropItem(item.id)),
                )
            ),
        ),
        summary=turn.say("views.summary"),
    )


def _named(turn: Turn, item: AgendaItem) -> str:
    """The item's words; in discreet mode not, for the card stays in the chat."""
    return turn.say("agenda.an_item") if turn.discreet else clip(words_of(turn, item))


async def put_on_agenda(
    turn: Turn,
    thread: Thread,
    text: str,
    *,
    visibility: Visibility = Visibility.shared,
    repeat: Repeat = Repeat.never,
    link: str | None = None,
    quote: str | None = None,
    question: int | None = None,
) -> AgendaItem:
    """Adds an item at the end of the agenda; while the two meet, the day that it is kept for has come."""
    if visibility is Visibility.on_the_day and await running_meeting(turn, thread) is not None:
        visibility = Visibility.shared
    item = AgendaItem(
        id=ItemId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        text=await spelled_out(turn, text),
        created_at=turn.now,
        changed_at=turn.now,
        visibility=visibility,
        repeat=repeat,
        position=1 + await turn.tx.agenda.last_position(thread.id),
        link=link,
        quote=quote,
        question=question,
        shared_at=turn.now if visibility is Visibility.shared else None,
    )
    await turn.tx.agenda.add(item)
    await turn.tx.usage.did(thread.id, Deed.added, turn.now)
    await changed(turn, thread, tell=True, hidden=item.is_hidden)
    return item


async def running_meeting(turn: Turn, thread: Thread) -> MeetingId | None:
    """The meeting of the two that is under way."""
    running = await turn.tx.meetings.running(thread.id)
    return None if running is None else running.id


@handlers.writes(ShareItem)
async def share(turn: Turn, action: ShareItem) -> Here:
    thread, item = await access.live_item(turn, action.item)
    if item.visibility is not Visibility.shared:
        await turn.tx.agenda.save(replace(item, visibility=Visibility.shared, shared_at=turn.now))
        await changed(turn, thread, tell=True)
    return Here(text=turn.say("agenda.was_shared", name=thread.other.first_name))


@handlers.writes(MoveItem)
async def move(turn: Turn, action: MoveItem) -> Here:
    thread, item = await access.live_item(turn, action.item)
    everything = await turn.tx.agenda.open_in([thread.id])
    mine = [one.id for one in await open_items(turn, thread)]
    if item.id in mine:
        neighbour = mine.index(item.id) + (-1 if action.up else 1)
        if 0 <= neighbour < len(mine):
            await turn.tx.agenda.place(_moved(everything, item.id, mine[neighbour], up=action.up))
            await changed(turn, thread, tell=False, hidden=item.is_hidden)
    return Here(text=turn.say("agenda.was_moved", up=action.up))


def _moved(items: Sequence[AgendaItem], moving: ItemId, neighbour: ItemId, *, up: bool) -> list[tuple[ItemId, int]]:
    """The positions that change when one item goes before (or after) its neighbour and the rest stay as they were."""
    order = [item.id for item in items if item.id != moving]
    order.insert(order.index(neighbour) + (0 if up else 1), moving)
    present = {item.id: item.position for item in items}
    numbered = enumerate(order, start=items[0].position)
    return [(item, position) for position, item in numbered if present[item] != position]


async def open_items(turn: Turn, thread: Thread) -> list[AgendaItem]:
    """What this person sees on the agenda now, in its order."""
    return [
        item
        for item in await turn.tx.agenda.open_in([thread.id])
        if item.seen_by(turn.person.id) and not is_resting(turn, item)
    ]


def is_resting(turn: Turn, item: AgendaItem) -> bool:
    """Whether a monthly item is away until a later day."""
    return item.resting_until is not None and item.resting_until > turn.today


@handlers.section("agenda")
async def agenda_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    items = paged(await open_items(turn, thread), page)
    rows: tuple[Block, ...] = tuple([await item_row(turn, thread, item) for item in items.rows])
    return (
        Heading(turn.say("agenda.heading")),
        *(rows or (Text(turn.say("agenda.none")),)),
        *items.turner(turn, lambda number: OpenConversation(thread.id, number)),
        *((_adding(turn, thread),) if thread.is_live else ()),
    )


def _adding(turn: Turn, thread: Thread) -> Buttons:
    add = Button(turn.say("agenda.add"), NewItem(thread.id))
    prepare = Button(turn.say("preparing.suggest"), Prepare(thread.id))
    return Buttons((add, prepare, Button(turn.say("template_pages.open"), OpenTemplates(thread.id))))


async def item_row(turn: Turn, thread: Thread, item: AgendaItem) -> Row:
    """An open agenda item as a row: the likeliest step is one press away, all else on its own page."""
    opened = Button(turn.say("views.open"), OpenItem(item.id))
    facts = await item_facts(turn, thread, item)
    if not thread.is_live:
        return Row(f"○ {clip(words_of(turn, item))}", facts, (opened,))
    likely = Button(turn.say("agenda.discuss"), DiscussItem(item.id))
    if item.visibility is not Visibility.shared:
        likely = Button(turn.say("agenda.share_now"), ShareItem(item.id))
    return Row(f"○ {clip(words_of(turn, item))}", facts, (likely, opened))


async def item_facts(turn: Turn, thread: Thread, item: AgendaItem) -> str:
    """Whose an item is, since when, and who sees it if that is not both."""
    if item.topic is not None:
        return await origin_said(turn, item)
    if item.visibility is not Visibility.shared:
        return turn.say(f"agenda.seen.{item.visibility.value}")
    facts = turn.say("agenda.by", name=thread.called(item.author).first_name, since=turn.day_of(item.created_at))
    return facts if item.repeat is Repeat.never else f"{facts} · {turn.say(f'agenda.repeats.{item.repeat.value}')}"


@handlers.verb("add")
async def add_words(turn: Turn, rest: str) -> Step:
    if not rest:
        return await add_without_words(turn)
    seated, text = await partner(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    if len(seated) > 1:
        return Step(ChooseWhere(await keep_draft(turn, text)))
    where = seated[0].conversation.id
    return Step(JotItem(where), Entered({"text": text})) if text else Step(NewItem(where))


async def add_without_words(turn: Turn) -> Step:
    """The form at once where there is one conversation, else the question which."""
    seated, _ = await partner(turn, "")
    if not seated:
        raise Refused("refused.no_conversations")
    if len(seated) == 1:
        return Step(NewItem(seated[0].conversation.id))
    return Step(ChooseWhere(await keep_draft(turn, "")))


async def keep_draft(turn: Turn, text: str, *, link: str | None = None, quote: str | None = None) -> DraftId:
    """Keeps words, sealed, until the person has said where they belong."""
    draft = Draft(
        id=DraftId(turn.new_id()),
        organization=turn.organization.id,
        person=turn.person.id,
        text=text,
        created_at=turn.now,
        link=link,
        quote=quote,
    )
    await turn.tx.drafts.add(draft)
    return draft.id
