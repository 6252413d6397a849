"""Notes: shared entries of both, and private ones of each alone (C1, C2, C3)."""

from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.agenda import running_meeting
from bot.features.conflict import both_texts
from bot.features.conversation_list import partner
from bot.features.conversation_page import OpenConversation
from bot.features.news import changed
from bot.features.people import spelled_out
from bot.model.ids import ConversationId, MeetingId, NoteId
from bot.model.note import NOTE_LIMIT, Note
from bot.model.thread import Thread
from bot.model.usage import Deed
from bot.paging import paged
from bot.refused import Conflicted, Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    ChoiceField,
    Form,
    Heading,
    Here,
    Option,
    Page,
    Quiet,
    Quote,
    Row,
    Style,
    Text,
    TextField,
)

handlers = Handlers()

NOTES_A_PAGE = 5


@dataclass(frozen=True)
class OpenNotes(Action):
    """Shows the shared notes of a conversation, or one's own private ones."""

    conversation: ConversationId
    private: bool
    page: int = 0


@dataclass(frozen=True)
class OpenNote(Action):
    """Shows one entry in full."""

    note: NoteId


@dataclass(frozen=True)
class NewNote(Action):
    """Asks for an entry."""

    conversation: ConversationId
    private: bool


@dataclass(frozen=True)
class AddNote(Action):
    """Keeps it."""

    conversation: ConversationId
    private: bool


@dataclass(frozen=True)
class WriteNote(Action):
    """Asks for an entry, with whom, and who may read it: what the typed verb opens."""


@dataclass(frozen=True)
class AddWrittenNote(Action):
    """Keeps it where the person said."""


@dataclass(frozen=True)
class EditNote(Action):
    """Asks for the entry's new text."""

    note: NoteId
    edition: int


@dataclass(frozen=True)
class SaveNote(Action):
    """Keeps it, unless the text has changed since ``edition``."""

    note: NoteId
    edition: int


@dataclass(frozen=True)
class RemoveNote(Action):
    """Takes an entry away."""

    note: NoteId


@dataclass(frozen=True)
class RestoreNote(Action):
    """Brings it back."""

    note: NoteId


@handlers.section("notes")
async def notes_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    tally = await turn.tx.notes.tally(thread.id, turn.person.id)
    last = turn.say("notes.last", at=tally.last_shared_at) if tally.last_shared_at else turn.say("notes.none_yet")
    return (
        Heading(turn.say("notes.heading")),
        Quiet(last),
        Buttons(
            (
                Button(turn.say("notes.shared", count=tally.shared), OpenNotes(thread.id, private=False)),
                Button(turn.say("notes.private", count=tally.private), OpenNotes(thread.id, private=True)),
            )
        ),
    )


@handlers.reads(OpenNotes)
async def open_notes(turn: Turn, action: OpenNotes) -> Page:
    thread = await access.thread(turn, action.conversation)
    return await notes_page(turn, thread, private=action.private, page=action.page)


async def notes_page(turn: Turn, thread: Thread, *, private: bool, page: int = 0) -> Page:
    """The newest entries first."""
    everything = [note for note in await turn.tx.notes.of(thread.id) if note.seen_by(turn.person.id)]
    notes = paged([note for note in reversed(everything) if note.private == private], page, size=NOTES_A_PAGE)
    kind = "private" if private else "shared"
    rows: tuple[Block, ...] = tuple(_entry(turn, thread, note) for note in notes.rows)
    add = (Button(turn.say(f"notes.add_{kind}"), NewNote(thread.id, private), Style.primary),) if thread.is_live else ()
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say(f"notes.{kind}_title", name=thread.other.first_name),
        body=(
            *(rows or (Text(turn.say(f"notes.no_{kind}")),)),
            *notes.turner(turn, lambda number: OpenNotes(thread.id, private, number)),
            Buttons((*add, back)),
        ),
        sees=_sees(turn, thread, private=private),
        address=OpenNotes(thread.id, private, page),
    )


def _sees(turn: Turn, thread: Thread, *, private: bool) -> str:
    return turn.say("views.only_you") if private else turn.say("views.only_two", name=thread.other.first_name)


def _entry(turn: Turn, thread: Thread, note: Note) -> Row:
    return Row(
        clip(note.text, 200), note_facts(turn, thread, note), (Button(turn.say("views.open"), OpenNote(note.id)),)
    )


def note_facts(turn: Turn, thread: Thread, note: Note) -> str:
    """Who wrote an entry and when, and who changed it last."""
    facts = turn.say("notes.by", name=thread.called(note.author).first_name, at=note.created_at)
    if note.edition == 1:
        return facts
    changed_by = thread.called(note.changed_by).first_name
    return f"{facts} · {turn.say('notes.changed', name=changed_by, at=note.changed_at)}"


@handlers.reads(OpenNote)
async def open_note(turn: Turn, action: OpenNote) -> Page:
    thread, note = await access.note(turn, action.note)
    return note_page(turn, thread, note)


def note_page(turn: Turn, thread: Thread, note: Note) -> Page:
    """An entry in full."""
    return Page(
        title=turn.say("notes.title"),
        body=(Quote(note.text, note_facts(turn, thread, note)), *_note_buttons(turn, thread, note)),
        sees=_sees(turn, thread, private=note.private),
        address=OpenNote(note.id),
    )


def _note_buttons(turn: Turn, thread: Thread, note: Note) -> tuple[Block, ...]:
    if not thread.is_live:
        return ()
    if note.removed_at is not None:
        return (Buttons((Button(turn.say("notes.restore"), RestoreNote(note.id)),)),)
    edit = Button(turn.say("views.edit"), EditNote(note.id, note.edition))
    remove = Button(turn.say("notes.remove"), RemoveNote(note.id), Style.danger)
    return (Buttons((edit, remove)),)


@handlers.reads(NewNote)
async def new_note(turn: Turn, action: NewNote) -> Form:
    thread = await access.live(turn, action.conversation)
    kind = "private" if action.private else "shared"
    return Form(
        title=turn.say(f"notes.new_{kind}"),
        body=(_text_field(turn, ""),),
        submit=AddNote(thread.id, action.private),
        submit_label=turn.say("views.save"),
        sees=_sees(turn, thread, private=action.private),
        address=action,
    )


def _text_field(turn: Turn, text: str) -> TextField:
    return TextField("text", turn.say("notes.text"), value=text, many_lines=True, most=NOTE_LIMIT)


@handlers.writes(AddNote, form=NewNote)
async def add_note(turn: Turn, action: AddNote) -> Page:
    thread = await access.live(turn, action.conversation)
    await keep_note(turn, thread, turn.entered.text("text", most=NOTE_LIMIT), private=action.private)
    return await notes_page(turn, thread, private=action.private)


async def keep_note(turn: Turn, thread: Thread, text: str, *, private: bool, meeting: MeetingId | None = None) -> Note:
    """Adds an entry; while the two meet, it belongs to that meeting."""
    note = Note(
        id=NoteId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        text=await spelled_out(turn, text),
        private=private,
        created_at=turn.now,
        changed_at=turn.now,
        changed_by=turn.person.id,
        meeting=meeting or await running_meeting(turn, thread),
    )
    await turn.tx.notes.add(note)
    await turn.tx.usage.did(thread.id, Deed.noted, turn.now)
    await changed(turn, thread, tell=meeting is None, hidden=private)  # else the summary tells
    return note


@handlers.reads(WriteNote)
async def write_note(turn: Turn, action: WriteNote) -> Form:
    seated, _ = await partner(turn, "")
    if not seated:
        raise Refused("refused.no_conversations")
    options = tuple(Option(one.conversation.id, one.other_name) for one in seated[:100])
    kinds = tuple(Option(kind, turn.say(f"notes.kinds.{kind}")) for kind in ("private", "shared"))
    return Form(
        title=turn.say("notes.new"),
        body=(
            ChoiceField(
                "conversation",
                turn.say("placing.conversation"),
                options,
                value=options[0].value if len(options) == 1 else None,
            ),
            ChoiceField("kind", turn.say("agenda.who_sees"), kinds, value="private"),
            _text_field(turn, ""),
        ),
        submit=AddWrittenNote(),
        submit_label=turn.say("views.save"),
        sees=turn.say("notes.sees_as_chosen"),
        address=action,
    )


@handlers.writes(AddWrittenNote, form=WriteNote)
async def add_written_note(turn: Turn, action: AddWrittenNote) -> Page:
    thread = await access.live(turn, ConversationId(turn.entered.id("conversation")))
    private = turn.entered.id("kind") != "shared"
    await keep_note(turn, thread, turn.entered.text("text", most=NOTE_LIMIT), private=private)
    return await notes_page(turn, thread, private=private)


@handlers.reads(EditNote)
async def edit_note(turn: Turn, action: EditNote) -> Form:
    thread, note = await access.live_note(turn, action.note)
    return Form(
        title=turn.say("notes.edit_title"),
        body=(_text_field(turn, note.text),),
        submit=SaveNote(note.id, note.edition),
        submit_label=turn.say("views.save"),
        sees=_sees(turn, thread, private=note.private),
        address=EditNote(note.id, note.edition),
    )


@handlers.writes(SaveNote, form=EditNote)
async def save_note(turn: Turn, action: SaveNote) -> Page:
    thread, note = await access.live_note(turn, action.note)
    text = await spelled_out(turn, turn.entered.text("text", most=NOTE_LIMIT))
    if text == note.text:
        return note_page(turn, thread, note)
    if note.edition != action.edition:
        raise Conflicted(_conflict(turn, thread, note, text))
    edited = replace(
        note, text=text, changed_at=turn.now, changed_by=turn.person.id, edition=note.edition + 1, removed_at=None
    )
    saved = await turn.tx.notes.save(edited)
    await changed(turn, thread, tell=True, hidden=note.private)
    return note_page(turn, thread, saved)


def _conflict(turn: Turn, thread: Thread, note: Note, mine: str) -> Form:
    return both_texts(
        turn,
        theirs=note.text,
        mine=mine,
        name=thread.called(note.changed_by).first_name,
        submit=SaveNote(note.id, note.edition),
        sees=_sees(turn, thread, private=note.private),
        address=EditNote(note.id, note.edition),
    )


@handlers.writes(RemoveNote)
async def remove_note(turn: Turn, action: RemoveNote) -> Here:
    thread, note = await access.live_note(turn, action.note)
    if note.removed_at is None:
        await turn.tx.notes.save(replace(note, removed_at=turn.now))
        await changed(turn, thread, tell=False, hidden=note.private)
    return Here(text=turn.say("notes.was_removed"), undo=Button(turn.say("views.undo"), RestoreNote(note.id)))


@handlers.writes(RestoreNote)
async def restore_note(turn: Turn, action: RestoreNote) -> Here:
    thread, note = await access.live_note(turn, action.note)
    if note.removed_at is not None:
        await turn.tx.notes.save(replace(note, removed_at=None))
        await changed(turn, thread, tell=False, hidden=note.private)
    return Here(text=turn.say("notes.was_restored"))


@handlers.verb("note")
async def note_words(turn: Turn, rest: str) -> Step:
    """Opens a form and never takes the text: a note may be private, and a chat keeps what is typed into it."""
    seated, _ = await partner(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(WriteNote())
