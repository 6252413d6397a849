"""One promise: making it, its own page, keeping it (D1)."""

from dataclasses import dataclass, replace
from datetime import date

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_item_fields import due_field, entered_due, entered_owner, owner_field
from bot.features.action_items import FinishActionItem, NewActionItem, OpenActionItem, due_words
from bot.features.agenda import running_meeting
from bot.features.conflict import both_texts
from bot.features.conversation_list import meant_by, partner
from bot.features.conversation_page import OpenConversation
from bot.features.news import changed
from bot.features.people import spelled_out
from bot.model.action_item import ActionItem
from bot.model.ids import ActionItemId, ConversationId, MeetingId, PersonId
from bot.model.thread import Thread
from bot.model.usage import Deed
from bot.refused import Conflicted, Refused
from bot.registry import Handlers, Step
from bot.reminding import arrange_due, kept
from bot.turn import Turn
from bot.views import Button, Buttons, ChoiceField, Field, Form, Here, Option, Page, Quote, Style, TextField

handlers = Handlers()


@dataclass(frozen=True)
class AddActionItem(Action):
    """Keeps the promise."""

    conversation: ConversationId


@dataclass(frozen=True)
class PromiseSomewhere(Action):
    """Asks for the same, and with whom: what the typed verb opens."""


@dataclass(frozen=True)
class AddPromiseSomewhere(Action):
    """Keeps it where the person said."""


@dataclass(frozen=True)
class EditActionItem(Action):
    """Asks for its new text, owner and date."""

    action_item: ActionItemId
    edition: int


@dataclass(frozen=True)
class SaveActionItem(Action):
    """Keeps them, unless it has changed since ``edition``."""

    action_item: ActionItemId
    edition: int


@dataclass(frozen=True)
class DropActionItem(Action):
    """It is no longer wanted."""

    action_item: ActionItemId


@dataclass(frozen=True)
class ReopenActionItem(Action):
    """It is to be done after all."""

    action_item: ActionItemId


@handlers.reads(NewActionItem)
async def new_action_item(turn: Turn, action: NewActionItem) -> Form:
    thread = await access.live(turn, action.conversation)
    return Form(
        title=turn.say("action_items.new_title"),
        body=(_text_field(turn, ""), owner_field(turn, thread, turn.person.id), due_field(turn, "")),
        submit=AddActionItem(thread.id),
        submit_label=turn.say("action_items.add"),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=action,
    )


def _text_field(turn: Turn, text: str) -> TextField:
    return TextField("text", turn.say("action_items.text"), value=text, placeholder=turn.say("action_items.example"))


@handlers.writes(AddActionItem, form=NewActionItem)
async def add_action_item(turn: Turn, action: AddActionItem) -> Page:
    thread = await access.live(turn, action.conversation)
    promise = await promise_made(
        turn, thread, turn.entered.text("text"), owner=entered_owner(turn, thread), due=entered_due(turn)
    )
    return promise_page(turn, thread, promise)


async def promise_made(
    turn: Turn, thread: Thread, text: str, *, owner: PersonId, due: date | None, meeting: MeetingId | None = None
) -> ActionItem:
    """Keeps a promise; while the two meet, it belongs to that meeting."""
    promise = ActionItem(
        id=ActionItemId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        owner=owner,
        text=await spelled_out(turn, text),
        created_at=turn.now,
        changed_at=turn.now,
        due=due,
        meeting=meeting or await running_meeting(turn, thread),
    )
    await turn.tx.action_items.add(promise)
    await turn.tx.usage.did(thread.id, Deed.promised, turn.now)
    await arrange_due(turn.pen, promise)
    await changed(turn, thread, tell=meeting is None)  # else the summary tells
    return promise


@handlers.reads(PromiseSomewhere)
async def promise_somewhere(turn: Turn, action: PromiseSomewhere) -> Form:
    seated, _ = await partner(turn, "")
    if not seated:
        raise Refused("refused.no_conversations")
    options = tuple(Option(one.conversation.id, one.other_name) for one in seated[:100])
    owners = tuple(Option(who, turn.say(f"action_items.owners.{who}")) for who in ("me", "other"))
    return Form(
        title=turn.say("action_items.new_title"),
        body=(
            ChoiceField(
                "conversation",
                turn.say("placing.conversation"),
                options,
                value=options[0].value if len(options) == 1 else None,
            ),
            _text_field(turn, ""),
            ChoiceField("owner", turn.say("action_items.owner"), owners, value="me"),
            due_field(turn, ""),
        ),
        submit=AddPromiseSomewhere(),
        submit_label=turn.say("action_items.add"),
        sees=turn.say("placing.sees"),
        address=action,
    )


@handlers.writes(AddPromiseSomewhere, form=PromiseSomewhere)
async def add_promise_somewhere(turn: Turn, action: AddPromiseSomewhere) -> Page:
    thread = await access.live(turn, ConversationId(turn.entered.id("conversation")))
    owner = thread.other.id if turn.entered.id("owner") == "other" else thread.me.id
    promise = await promise_made(turn, thread, turn.entered.text("text"), owner=owner, due=entered_due(turn))
    return promise_page(turn, thread, promise)


@handlers.reads(OpenActionItem)
async def open_action_item(turn: Turn, action: OpenActionItem) -> Page:
    thread, promise = await access.action_item(turn, action.action_item)
    return promise_page(turn, thread, promise)


def promise_page(turn: Turn, thread: Thread, promise: ActionItem) -> Page:
    """A promise in full, with what can be done about it."""
    return Page(
        title=turn.say("action_items.title"),
        body=(
            Quote(promise.text, _facts(turn, thread, promise)),
            Buttons(_choices(turn, thread, promise)),
            Buttons((Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id)),)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenActionItem(promise.id),
    )


def _facts(turn: Turn, thread: Thread, promise: ActionItem) -> str:
    owner = turn.say("action_items.owned_by", name=thread.called(promise.owner).name)
    return " · ".join(part for part in (owner, due_words(turn, promise)) if part)


def _choices(turn: Turn, thread: Thread, promise: ActionItem) -> tuple[Button, ...]:
    if not promise.is_open:
        return (Button(turn.say("action_items.reopen"), ReopenActionItem(promise.id)),)
    edit = (Button(turn.say("views.edit"), EditActionItem(promise.id, promise.edition)),) if thread.is_live else ()
    return (
        Button(turn.say("action_items.done"), FinishActionItem(promise.id), Style.primary),
        *edit,
        Button(turn.say("action_items.drop"), DropActionItem(promise.id), Style.danger),
    )


@handlers.reads(EditActionItem)
async def edit_action_item(turn: Turn, action: EditActionItem) -> Form:
    thread, promise = await access.live_action_item(turn, action.action_item)
    return Form(
        title=turn.say("action_items.edit_title"),
        body=(_text_field(turn, promise.text), *_beside_the_text(turn, thread, promise)),
        submit=SaveActionItem(promise.id, promise.edition),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=EditActionItem(promise.id, promise.edition),
    )


def _beside_the_text(turn: Turn, thread: Thread, promise: ActionItem) -> tuple[Field, ...]:
    due = promise.due.isoformat() if promise.due else ""
    return owner_field(turn, thread, promise.owner), due_field(turn, due)


@handlers.writes(SaveActionItem, form=EditActionItem)
async def save_action_item(turn: Turn, action: SaveActionItem) -> Page:
    thread, promise = await access.live_action_item(turn, action.action_item)
    text = await spelled_out(turn, turn.entered.text("text"))
    edited = _edited(turn, thread, promise, text)
    if promise.edition not in (action.edition, edited.edition):
        raise Conflicted(_conflict(turn, thread, promise, edited))
    saved = await kept(turn.pen, edited)
    await changed(turn, thread, tell=True)
    return promise_page(turn, thread, saved)


def _edited(turn: Turn, thread: Thread, promise: ActionItem, text: str) -> ActionItem:
    """The promise as entered, and a new edition of it if that differs from what is stored."""
    owner, due = entered_owner(turn, thread), entered_due(turn, known=promise.due)
    differs = (text, owner, due) != (promise.text, promise.owner, promise.due)
    return replace(
        promise,
        text=text,
        owner=owner,
        due=due,
        changed_at=turn.now,
        reworded=promise.reworded or (text != promise.text and promise.author != turn.person.id),
        edition=promise.edition + (1 if differs else 0),
    )


def _conflict(turn: Turn, thread: Thread, promise: ActionItem, mine: ActionItem) -> Form:
    return both_texts(
        turn,
        theirs=promise.text,
        facts=_facts(turn, thread, promise),
        mine=mine.text,
        also=_beside_the_text(turn, thread, mine),
        name=thread.other.first_name,
        submit=SaveActionItem(promise.id, promise.edition),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=EditActionItem(promise.id, promise.edition),
    )


@handlers.writes(FinishActionItem)
async def finish(turn: Turn, action: FinishActionItem) -> Here:
    """Also when the other has left or declined: nobody should owe for ever what can no longer be asked for."""
    thread, promise = await access.action_item(turn, action.action_item)
    if promise.is_open:
        await kept(turn.pen, replace(promise, done_at=turn.now, closed_by=turn.person.id))
        await turn.tx.usage.did(thread.id, Deed.closed, turn.now)
        await _closed_or_open(turn, thread, tell=True)
    return _closed(turn, thread, promise, "action_items.was_done")


@handlers.writes(DropActionItem)
async def drop(turn: Turn, action: DropActionItem) -> Here:
    thread, promise = await access.action_item(turn, action.action_item)
    if promise.is_open:
        await kept(turn.pen, replace(promise, dropped_at=turn.now, closed_by=turn.person.id))
        await turn.tx.usage.did(thread.id, Deed.closed, turn.now)
        await _closed_or_open(turn, thread, tell=False)
    return _closed(turn, thread, promise, "action_items.was_dropped")


async def _closed_or_open(turn: Turn, thread: Thread, *, tell: bool) -> None:
    if thread.is_live:
        await changed(turn, thread, tell=tell)


def _named(turn: Turn, thread: Thread, promise: ActionItem) -> str:
    """Its words; in discreet mode not, for the line may stay in a chat."""
    if not turn.discreet:
        return clip(promise.text, 60)
    mine = promise.owner == turn.person.id
    name = thread.other.first_name
    return turn.say("action_items.an_item") if mine else turn.say("action_items.an_item_of", name=name)


def _closed(turn: Turn, thread: Thread, promise: ActionItem, said: str) -> Here:
    undo = Button(turn.say("views.undo"), ReopenActionItem(promise.id))
    return Here(text=turn.say(said, promise=_named(turn, thread, promise)), undo=undo)


@handlers.writes(ReopenActionItem)
async def reopen(turn: Turn, action: ReopenActionItem) -> Here:
    thread, promise = await access.action_item(turn, action.action_item)
    if not promise.is_open:
        await kept(turn.pen, replace(promise, done_at=None, dropped_at=None, closed_by=None, carried_at=None))
        await _closed_or_open(turn, thread, tell=False)
    return Here(text=turn.say("action_items.was_reopened", promise=_named(turn, thread, promise)))


@handlers.verb("action")
async def action_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(NewActionItem(seated[0].conversation.id) if len(seated) == 1 else PromiseSomewhere())
