"""One agenda item's own page: edit, comment, visibility, repetition, order, drop (B1, B3)."""

from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.audience import read_audience
from bot.features.agenda import (
    DiscussItem,
    DropItem,
    MoveItem,
    OpenItem,
    ReopenItem,
    ShareItem,
    item_facts,
    repeat_field,
    visibility_field,
)
from bot.features.closing import how_closed, is_taken_back
from bot.features.conflict import both_texts
from bot.features.conversation_page import OpenConversation
from bot.features.item_words import words_of
from bot.features.news import changed
from bot.features.people import spelled_out
from bot.features.topic_said import audience_said, name_of, topic_words
from bot.model.agenda import AgendaItem, Comment, ItemState, Repeat, Visibility
from bot.model.ids import CommentId, ItemId
from bot.model.thread import Thread
from bot.paging import paged
from bot.refused import Conflicted, Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    Divider,
    Field,
    Form,
    Heading,
    Here,
    Jump,
    Page,
    Quiet,
    Quote,
    Style,
    Text,
    TextField,
)

handlers = Handlers()

LAST = 999_999
"""A page beyond the end is the last one, where a new comment stands."""


@dataclass(frozen=True)
class EditItem(Action):
    """Asks for the item's new text, visibility and repetition."""

    item: ItemId
    edition: int


@dataclass(frozen=True)
class SaveItem(Action):
    """Keeps them, unless the text has changed since ``edition``."""

    item: ItemId
    edition: int


@dataclass(frozen=True)
class OpenComments(Action):
    """Turns the pages of an item's comments."""

    item: ItemId
    page: int


@dataclass(frozen=True)
class NewComment(Action):
    """Asks for a comment."""

    item: ItemId


@dataclass(frozen=True)
class AddComment(Action):
    """Adds it."""

    item: ItemId


@dataclass(frozen=True)
class RemoveComment(Action):
    """Takes one's own comment away."""

    comment: CommentId


@handlers.reads(OpenItem)
async def open_item(turn: Turn, action: OpenItem) -> Page:
    thread, item = await access.item(turn, action.item)
    return await item_page(turn, thread, item, page=0)


@handlers.reads(OpenComments)
async def open_comments(turn: Turn, action: OpenComments) -> Page:
    thread, item = await access.item(turn, action.item)
    return await item_page(turn, thread, item, page=action.page)


async def item_page(turn: Turn, thread: Thread, item: AgendaItem, *, page: int) -> Page:
    """The item in full, with what can be done about it."""
    comments = paged(await turn.tx.agenda.comments(item.id), page)
    return Page(
        title=turn.say("item.title"),
        body=(
            *await _words(turn, thread, item),
            *_origin(turn, item),
            *_state(turn, thread, item),
            Divider(),
            Heading(turn.say("item.comments")),
            *(block for one in comments.rows for block in _comment(turn, thread, one)),
            *comments.turner(turn, lambda number: OpenComments(item.id, number)),
            *((Buttons((Button(turn.say("item.comment"), NewComment(item.id)),)),) if thread.is_live else ()),
            Buttons((Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id)),)),
        ),
        sees=_sees(turn, thread, item),
        address=OpenComments(item.id, comments.number) if comments.number else OpenItem(item.id),
    )


async def _words(turn: Turn, thread: Thread, item: AgendaItem) -> tuple[Block, ...]:
    """What it is about; of a topic also who assigned it, and why to these two."""
    topic = await turn.tx.topics.get(item.topic) if item.topic else None
    if topic is None:
        return (Quote(words_of(turn, item), await item_facts(turn, thread, item)),)
    audience = await audience_said(turn, read_audience(topic.audience))
    return (
        *topic_words(turn, replace(topic, title=item.text)),
        Quiet(turn.say("topics.from_whom", name=await name_of(turn, topic.author), audience=audience)),
        Quiet(turn.say("topics.only_counted")),
    )


def _sees(turn: Turn, thread: Thread, item: AgendaItem) -> str:
    match item.visibility:
        case Visibility.shared:
            return turn.say("views.only_two", name=thread.other.first_name)
        case Visibility.on_the_day:
            return turn.say("item.sees_on_the_day", name=thread.other.first_name)
        case Visibility.mine:
            return turn.say("views.only_you")


def _origin(turn: Turn, item: AgendaItem) -> tuple[Block, ...]:
    quoted = (Quote(item.quote, turn.say("item.from_message")),) if item.quote else ()
    return (*quoted, Jump(turn.say("item.to_message"), item.link)) if item.link else quoted


def _state(turn: Turn, thread: Thread, item: AgendaItem) -> tuple[Block, ...]:
    if item.state is not ItemState.open:
        said = how_closed(turn, thread, item)
        if is_taken_back(item):
            return (Text(said),)
        again = Buttons((Button(turn.say("item.reopen"), ReopenItem(item.id)),))
        return (Text(said), again) if thread.is_live else (Text(said),)
    return (Buttons(_choices(turn, item)),) if thread.is_live else ()


def _choices(turn: Turn, item: AgendaItem) -> tuple[Button, ...]:
    move = tuple(Button(turn.say(f"agenda.{'up' if up else 'down'}"), MoveItem(item.id, up=up)) for up in (True, False))
    if item.topic is not None:
        discuss = Button(turn.say("agenda.discuss"), DiscussItem(item.id), Style.primary)
        return (discuss, Button(turn.say("topics.mark_not_relevant"), DropItem(item.id)), *move)
    shared = item.visibility is Visibility.shared
    share = () if shared else (Button(turn.say("agenda.share_now"), ShareItem(item.id)),)
    return (
        Button(turn.say("agenda.discuss"), DiscussItem(item.id), Style.primary),
        *share,
        Button(turn.say("views.edit"), EditItem(item.id, item.edition)),
        *move,
        Button(turn.say("agenda.drop"), DropItem(item.id), Style.danger),
    )


def _comment(turn: Turn, thread: Thread, comment: Comment) -> tuple[Block, ...]:
    """A comment in full: a row would cut a long one."""
    by = turn.say("item.comment_by", name=thread.called(comment.author).first_name, at=comment.created_at)
    remove = Button(turn.say("item.remove_comment"), RemoveComment(comment.id))
    own = (Buttons((remove,)),) if comment.author == turn.person.id and thread.is_live else ()
    return (Quote(comment.text, by), *own)


@handlers.reads(EditItem)
async def edit_item(turn: Turn, action: EditItem) -> Form:
    thread, item = await _with_own_words(turn, action.item)
    return Form(
        title=turn.say("item.edit_title"),
        body=(
            TextField("text", turn.say("agenda.text"), value=words_of(turn, item), many_lines=True),
            *_beside_the_text(turn, thread, item),
        ),
        submit=SaveItem(item.id, item.edition),
        submit_label=turn.say("views.save"),
        sees=turn.say("agenda.sees", name=thread.other.first_name),
        address=EditItem(item.id, item.edition),
    )


async def _with_own_words(turn: Turn, item: ItemId) -> tuple[Thread, AgendaItem]:
    """One that the two can change; raises Refused for a topic, whose words are the people team's."""
    thread, found = await access.live_item(turn, item)
    if found.topic is not None:
        raise Refused("refused.topic_words")
    return thread, found


def _beside_the_text(turn: Turn, thread: Thread, item: AgendaItem) -> tuple[Field, ...]:
    own = item.author == turn.person.id
    seen = (visibility_field(turn, thread.other.first_name, item.visibility),) if own else ()
    return (*seen, repeat_field(turn, item.repeat))


@handlers.writes(SaveItem, form=EditItem)
async def save_item(turn: Turn, action: SaveItem) -> Page:
    thread, item = await _with_own_words(turn, action.item)
    entered = await spelled_out(turn, turn.entered.text("text"))
    text = item.text if entered == words_of(turn, item) else entered
    edited = _edited(turn, item, text)
    if item.edition != action.edition and item.text != text:
        raise Conflicted(_conflict(turn, thread, item, edited))
    saved = await turn.tx.agenda.save(edited)
    await changed(turn, thread, tell=item.text != text, hidden=saved.is_hidden)
    return await item_page(turn, thread, saved, page=0)


def _edited(turn: Turn, item: AgendaItem, text: str) -> AgendaItem:
    """The item as entered; only its author decides who sees it."""
    visibility, repeat = item.visibility, item.repeat
    if "visibility" in turn.entered.values and item.author == turn.person.id:
        visibility = turn.entered.choice("visibility", Visibility)
    if "repeat" in turn.entered.values:
        repeat = turn.entered.choice("repeat", Repeat)
    newly_shared = visibility is Visibility.shared and item.visibility is not Visibility.shared
    return replace(
        item,
        text=text,
        visibility=visibility,
        repeat=repeat,
        changed_at=turn.now,
        shared_at=turn.now if newly_shared else item.shared_at,
        reworded=item.reworded or (item.text != text and item.author != turn.person.id),
        edition=item.edition + (1 if item.text != text else 0),
    )


def _conflict(turn: Turn, thread: Thread, item: AgendaItem, mine: AgendaItem) -> Form:
    # What the other cannot see only oneself can have changed, in another window.
    saver = thread.me if item.is_hidden else thread.other
    return both_texts(
        turn,
        theirs=words_of(turn, item),
        mine=mine.text,
        also=_beside_the_text(turn, thread, mine),
        name=saver.first_name,
        submit=SaveItem(item.id, item.edition),
        sees=turn.say("agenda.sees", name=thread.other.first_name),
        address=EditItem(item.id, item.edition),
    )


@handlers.reads(NewComment)
async def new_comment(turn: Turn, action: NewComment) -> Form:
    thread, item = await access.live_item(turn, action.item)
    return Form(
        title=turn.say("item.comment_title"),
        body=(TextField("text", turn.say("item.comment_text"), many_lines=True),),
        submit=AddComment(item.id),
        submit_label=turn.say("item.comment"),
        sees=_sees(turn, thread, item),
        address=action,
    )


@handlers.writes(AddComment, form=NewComment)
async def add_comment(turn: Turn, action: AddComment) -> Page:
    thread, item = await access.live_item(turn, action.item)
    comment = Comment(
        id=CommentId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        item=item.id,
        author=turn.person.id,
        text=await spelled_out(turn, turn.entered.text("text")),
        created_at=turn.now,
    )
    await turn.tx.agenda.add_comment(comment)
    await changed(turn, thread, tell=True, hidden=item.is_hidden)
    return await item_page(turn, thread, item, page=LAST)


@handlers.writes(RemoveComment)
async def remove_comment(turn: Turn, action: RemoveComment) -> Here:
    thread, item, comment = await access.comment(turn, action.comment)
    await turn.tx.agenda.remove_comment(comment.id)
    await changed(turn, thread, tell=False, hidden=item.is_hidden)
    return Here(text=turn.say("item.comment_removed"))
