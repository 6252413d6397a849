"""The check-in's questions, for admins: who see what is asked and never what is answered (E1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.actions import Action
from bot.check_in import QUESTION_LIMIT, STANDARD, Asked, asked_of, known_of
from bot.features.admins import admins_only
from bot.features.check_in_rows import fresh, one_more
from bot.features.check_in_said import question_said
from bot.features.conflict import both_texts
from bot.features.people import spelled_out
from bot.model.check_in import AnswerKind, CheckInQuestion, Standard
from bot.model.ids import CheckInQuestionId
from bot.refused import Conflicted, Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    ChoiceField,
    Form,
    Heading,
    Option,
    Page,
    Quiet,
    Row,
    Style,
    Text,
    TextField,
)

handlers = Handlers()


@dataclass(frozen=True)
class OpenCheckInQuestions(Action):
    """What is asked, and what was."""


@dataclass(frozen=True)
class OpenCheckInQuestion(Action):
    """What can be done about one of them, which is a standard one or has an id."""

    standard: Standard | None = None
    question: CheckInQuestionId | None = None


@dataclass(frozen=True)
class NewCheckInQuestion(Action):
    """Asks for one more."""


@dataclass(frozen=True)
class AddCheckInQuestion(Action):
    """Asks it from now on."""


@dataclass(frozen=True)
class EditCheckInQuestion(Action):
    """Asks for another wording."""

    question: CheckInQuestionId
    edition: int


@dataclass(frozen=True)
class SaveCheckInQuestion(Action):
    """Keeps the wording."""

    question: CheckInQuestionId
    edition: int


@dataclass(frozen=True)
class MoveCheckInQuestion(Action):
    """One place up, or down."""

    up: bool
    standard: Standard | None = None
    question: CheckInQuestionId | None = None


@dataclass(frozen=True)
class StopCheckInQuestion(Action):
    """Asks it no longer."""

    standard: Standard | None = None
    question: CheckInQuestionId | None = None


@dataclass(frozen=True)
class ResumeCheckInQuestion(Action):
    """Asks it again."""

    standard: Standard | None = None
    question: CheckInQuestionId | None = None


@dataclass(frozen=True)
class StandardCheckInQuestions(Action):
    """Asks the four standard ones again, and no others."""


@handlers.reads(OpenCheckInQuestions)
async def open_questions(turn: Turn, action: OpenCheckInQuestions) -> Page:
    admins_only(turn)
    return await questions_page(turn)


async def questions_page(turn: Turn) -> Page:
    """What is asked, in its order, and what no longer is."""
    stored = await turn.tx.check_ins.questions()
    asked = asked_of(stored)
    gone = [one for one in known_of(stored) if one not in asked]
    return Page(
        title=turn.say("check_in.questions"),
        body=(
            Text(turn.say("check_in.questions_intro")),
            *[await _row(turn, one) for one in asked],
            _buttons(turn, is_standard=asked == STANDARD),
            *_no_longer(turn, gone),
        ),
        sees=turn.say("check_in.questions_sees"),
        address=OpenCheckInQuestions(),
    )


async def _row(turn: Turn, asked: Asked) -> Row:
    edit = await _edit(turn, asked, turn.say("views.edit"))
    opened = Button(turn.say("views.open"), OpenCheckInQuestion(asked.standard, asked.question))
    return Row(question_said(turn, asked), _kind(turn, asked), (*edit, opened))


def _kind(turn: Turn, asked: Asked) -> str:
    return turn.say("check_in.ratings" if asked.kind is AnswerKind.rating else "check_in.texts")


def _buttons(turn: Turn, *, is_standard: bool) -> Buttons:
    add = Button(turn.say("check_in.add_question"), NewCheckInQuestion())
    back = () if is_standard else (Button(turn.say("check_in.standard"), StandardCheckInQuestions()),)
    return Buttons((add, *back))


def _no_longer(turn: Turn, gone: Sequence[Asked]) -> tuple[Block, ...]:
    if not gone:
        return ()
    rows = (
        Row(
            question_said(turn, one),
            _kind(turn, one),
            (_again(turn, one),),
        )
        for one in gone[-10:]
    )
    return (Heading(turn.say("check_in.no_longer")), Quiet(turn.say("check_in.kept_answers")), *rows)


def _again(turn: Turn, asked: Asked) -> Button:
    return Button(turn.say("check_in.ask_again"), ResumeCheckInQuestion(asked.standard, asked.question))


@handlers.reads(OpenCheckInQuestion)
async def open_question(turn: Turn, action: OpenCheckInQuestion) -> Page:
    admins_only(turn)
    stored = await turn.tx.check_ins.questions()
    wanted = (action.standard, action.question)
    asked = next((one for one in known_of(stored) if (one.standard, one.question) == wanted), None)
    if asked is None:
        raise Refused("refused.gone")
    is_asked = asked in asked_of(stored)
    return Page(
        title=turn.say("check_in.question_title"),
        body=(
            Text(question_said(turn, asked)),
            Quiet(_kind(turn, asked) if is_asked else turn.say("check_in.no_longer")),
            Buttons(await _choices(turn, asked) if is_asked else (_again(turn, asked),)),
            Buttons((Button(turn.say("check_in.all_questions"), OpenCheckInQuestions()),)),
        ),
        sees=turn.say("check_in.questions_sees"),
        address=action,
    )


async def _edit(turn: Turn, asked: Asked, label: str) -> tuple[Button, ...]:
    """Only one's own have a wording to change: the standard ones are there in every language."""
    stored = await turn.tx.check_ins.question(asked.question) if asked.question else None
    if stored is None:
        return ()
    return (Button(label, EditCheckInQuestion(stored.id, stored.edition)),)


async def _choices(turn: Turn, asked: Asked) -> tuple[Button, ...]:
    edit = await _edit(turn, asked, turn.say("check_in.edit_question"))
    move = (
        Button(turn.say(f"check_in.{'up' if up else 'down'}"), MoveCheckInQuestion(up, asked.standard, asked.question))
        for up in (True, False)
    )
    stop = StopCheckInQuestion(asked.standard, asked.question)
    return (*edit, *move, Button(turn.say("check_in.leave_out_question"), stop, Style.danger))


@handlers.reads(NewCheckInQuestion)
async def new_question(turn: Turn, action: NewCheckInQuestion) -> Form:
    admins_only(turn)
    kinds = tuple(Option(kind.value, turn.say(f"check_in.kinds.{kind.value}")) for kind in AnswerKind)
    example = turn.say("check_in.question_example")
    return Form(
        title=turn.say("check_in.new_question"),
        body=(
            TextField("text", turn.say("check_in.question_text"), most=QUESTION_LIMIT, placeholder=example),
            ChoiceField("kind", turn.say("check_in.kind"), kinds, value=AnswerKind.rating.value),
        ),
        submit=AddCheckInQuestion(),
        submit_label=turn.say("views.save"),
        sees=turn.say("check_in.questions_sees"),
        address=action,
    )


@handlers.writes(AddCheckInQuestion, form=NewCheckInQuestion)
async def add_question(turn: Turn, action: AddCheckInQuestion) -> Page:
    admins_only(turn)
    text = await spelled_out(turn, turn.entered.text("text", most=QUESTION_LIMIT))
    kind = turn.entered.choice("kind", AnswerKind)
    asked = await one_more(turn)
    await turn.tx.check_ins.add_question(replace(fresh(turn, kind, position=len(asked)), text=text))
    return await questions_page(turn)


@handlers.reads(EditCheckInQuestion)
async def edit_question(turn: Turn, action: EditCheckInQuestion) -> Form:
    admins_only(turn)
    stored = await _own(turn, action.question)
    return Form(
        title=turn.say("check_in.edit_question"),
        body=(
            TextField(
                "text",
                turn.say("check_in.question_text"),
                value=stored.text or "",
                most=QUESTION_LIMIT,
                hint=turn.say("check_in.edit_hint"),
            ),
        ),
        submit=SaveCheckInQuestion(stored.id, stored.edition),
        submit_label=turn.say("views.save"),
        sees=turn.say("check_in.questions_sees"),
        address=EditCheckInQuestion(stored.id, stored.edition),
    )


async def _own(turn: Turn, question: CheckInQuestionId) -> CheckInQuestion:
    """One of the organization's own wording."""
    found = await turn.tx.check_ins.question(question)
    if found is None or found.standard is not None:
        raise Refused("refused.gone")
    return found


@handlers.writes(SaveCheckInQuestion, form=EditCheckInQuestion)
async def save_question(turn: Turn, action: SaveCheckInQuestion) -> Page:
    admins_only(turn)
    stored = await _own(turn, action.question)
    text = await spelled_out(turn, turn.entered.text("text", most=QUESTION_LIMIT))
    if text == stored.text:
        return await questions_page(turn)
    if stored.edition != action.edition:
        raise Conflicted(await _conflict(turn, stored, text))
    edited = replace(stored, text=text, author=turn.person.id, edition=stored.edition + 1)
    await turn.tx.check_ins.save_question(edited)
    return await questions_page(turn)


async def _conflict(turn: Turn, stored: CheckInQuestion, mine: str) -> Form:
    saver = await turn.tx.people.get(stored.author)
    return both_texts(
        turn,
        theirs=stored.text or "",
        mine=mine,
        name=saver.first_name if saver else "",
        submit=SaveCheckInQuestion(stored.id, stored.edition),
        sees=turn.say("check_in.questions_sees"),
        address=EditCheckInQuestion(stored.id, stored.edition),
    )
