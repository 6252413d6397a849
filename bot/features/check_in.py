"""The check-in: each side's short answers before a meeting; any of them becomes an agenda item (E1, E3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.check_in import LEFT_OUT, Answer, Answers, Asked, answers_of, entered_answers, written
from bot.features.agenda import DropItem, open_items, put_on_agenda
from bot.features.check_in_said import (
    AskCheckIn,
    OpenCheckIn,
    OpenTrend,
    Round,
    answer_said,
    asked_now,
    current_round,
    ever_asked,
    given_answers,
    is_open,
    question_said,
    short_question,
    side_name,
    side_said,
)
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.conversation_page import OpenConversation
from bot.features.news import changed
from bot.features.people import spelled_out
from bot.model.check_in import ANSWER_LIMIT, HIGHEST, LOWEST, AnswerKind, CheckIn, Standard
from bot.model.ids import CheckInId, CheckInQuestionId, ConversationId
from bot.model.people import Person
from bot.model.thread import Thread
from bot.model.usage import Deed
from bot.ports import Stale
from bot.refused import Conflicted, Refused
from bot.registry import Handlers, Step
from bot.timetable import next_meeting
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    ChoiceField,
    Divider,
    Field,
    Form,
    Heading,
    Here,
    Option,
    Page,
    Quiet,
    Row,
    Text,
    TextField,
    filled,
)

handlers = Handlers()


@dataclass(frozen=True)
class SaveCheckIn(Action):
    """Keeps the answers; ``version`` is that of the answers with which the form began, 0 without any."""

    conversation: ConversationId
    round: int
    version: int


@dataclass(frozen=True)
class DiscussAnswer(Action):
    """Puts an answer on the agenda."""

    check_in: CheckInId
    standard: Standard | None = None
    question: CheckInQuestionId | None = None


@handlers.section("check_in")
async def check_in_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    """One line for each side, and what can be done."""
    now, known = await current_round(turn, thread), await ever_asked(turn)
    if not now.ever and not thread.is_live:
        return ()
    lines = [side_said(turn, thread, person, said, known) for person, said in now.sides(thread)]
    ask = (_check_in_button(turn, thread),) if thread.is_live and now.mine is None else ()
    read = (Button(turn.say("check_in.answers"), OpenCheckIn(thread.id)),) if now.mine or now.theirs else ()
    trend = (Button(turn.say("check_in.trend"), OpenTrend(thread.id)),) if now.ever else ()
    return (Heading(turn.say("check_in.heading")), Text("\n".join(lines)), Buttons((*ask, *read, *trend)))


def _check_in_button(turn: Turn, thread: Thread) -> Button:
    return Button(turn.say("check_in.check_in"), AskCheckIn(thread.id))


async def check_in_offered(turn: Turn, thread: Thread) -> tuple[Button, ...]:
    """The button that opens the form, until this person has checked in."""
    return (_check_in_button(turn, thread),) if await is_open(turn, thread) else ()


@handlers.reads(AskCheckIn)
async def ask_check_in(turn: Turn, action: AskCheckIn) -> Form:
    thread = await access.live(turn, action.conversation)
    return await _form(turn, thread, await current_round(turn, thread))


async def _form(turn: Turn, thread: Thread, now: Round, *said: Block) -> Form:
    answers = answers_of(now.mine)
    return Form(
        title=turn.say("check_in.title", name=thread.other.first_name),
        body=(
            *said,
            *await _when(turn, thread),
            Quiet(turn.say("check_in.intro")),
            *(_field(turn, one, answers.get(one.key)) for one in await asked_now(turn)),
        ),
        submit=SaveCheckIn(thread.id, now.number, now.mine.version if now.mine else 0),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=AskCheckIn(thread.id),
    )


async def _when(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    following = await next_meeting(turn.pen, thread.id)
    if following is None:
        return ()
    return (Text(turn.say("preparing.is_at", name=thread.other.first_name, at=following.starts_at)),)


def _field(turn: Turn, asked: Asked, answer: Answer | None) -> Field:
    said = question_said(turn, asked)
    if asked.kind is AnswerKind.text:
        text = "" if answer is None else str(answer)
        return TextField(asked.key, said, value=text, many_lines=True, most=ANSWER_LIMIT, required=False)
    numbers = tuple(Option(str(rating), str(rating)) for rating in range(LOWEST, HIGHEST + 1))
    options = (Option(LEFT_OUT, turn.say("check_in.leave_out")), *numbers)
    chosen = None if answer is None else str(answer)
    return ChoiceField(asked.key, said, options, value=chosen, required=False, hint=_hint(turn, asked))


def _hint(turn: Turn, asked: Asked) -> str:
    return turn.say(f"check_in.hint.{asked.standard.value}" if asked.standard else "check_in.scale")


@handlers.writes(SaveCheckIn, form=AskCheckIn)
async def save_check_in(turn: Turn, action: SaveCheckIn) -> Page:
    thread = await access.live(turn, action.conversation)
    now, known = await current_round(turn, thread), await ever_asked(turn)
    given = await _given(turn, known)
    if action.round != now.number:
        # What was typed before they met is about that time, so whoever typed it looks at it once more.
        raise Conflicted(await _again(turn, thread, now, given, Text(turn.say("check_in.met_meanwhile"))))
    answers = await _kept(turn, now) | given
    if action.version != (now.mine.version if now.mine else 0) and answers != answers_of(now.mine):
        raise Conflicted(await _again(turn, thread, now, given, *_saved_meanwhile(turn, now, known, given)))
    await _store(turn, thread, now, answers)
    return await _page(turn, thread)


async def _given(turn: Turn, known: Sequence[Asked]) -> dict[str, Answer]:
    """What the form says, with names instead of mentions."""
    given = entered_answers(turn.entered, known)
    return {key: await spelled_out(turn, one) if isinstance(one, str) else one for key, one in given.items()}


async def _kept(turn: Turn, now: Round) -> dict[str, Answer]:
    """Answers to what is no longer asked: a form cannot have left them out."""
    asked = {one.key for one in await asked_now(turn)}
    return {key: answer for key, answer in answers_of(now.mine).items() if key not in asked}


async def _again(turn: Turn, thread: Thread, now: Round, given: Answers, *said: Block) -> Form:
    """The form once more with what was typed, under the reason."""
    form = await _form(turn, thread, now, *said)
    typed = {field.name: str(given.get(field.name, _nothing(field))) for field in form.fields}
    return filled(form, typed, {})


def _nothing(field: Field) -> str:
    return LEFT_OUT if isinstance(field, ChoiceField) else ""


def _saved_meanwhile(turn: Turn, now: Round, known: Sequence[Asked], given: Answers) -> Sequence[Block]:
    """What has been saved in another window, as far as it is something else."""
    lines = [
        turn.say("check_in.saved_answer", question=short_question(turn, one), answer=answer_said(turn, one, answer))
        for one, answer in given_answers(now.mine, known).items()
        if given.get(one.key) != answer
    ]
    return (Text(turn.say("check_in.saved_elsewhere")), *map(Quiet, lines))


async def _store(turn: Turn, thread: Thread, now: Round, answers: Answers) -> None:
    """Adds, changes or takes back; nothing but answers left out is nothing to keep."""
    if answers == answers_of(now.mine):
        return
    if now.mine is None:
        await _add(turn, thread, now, answers)
    elif answers:
        await turn.tx.check_ins.save(replace(now.mine, answers=written(answers), changed_at=turn.now))
    else:
        await turn.tx.check_ins.remove(now.mine.id)
    if answers:
        await turn.tx.usage.did(thread.id, Deed.checked_in, turn.now)
    await changed(turn, thread, tell=False)


async def _add(turn: Turn, thread: Thread, now: Round, answers: Answers) -> None:
    added = CheckIn(
        id=CheckInId(turn.new_id()),
        organization=turn.organization.id,
        conversation=thread.id,
        author=turn.person.id,
        round=now.number,
        answers=written(answers),
        answered_at=turn.now,
        changed_at=turn.now,
    )
    if not await turn.tx.check_ins.add(added):
        raise Stale  # from another device, at this very moment


@handlers.reads(OpenCheckIn)
async def open_check_in(turn: Turn, action: OpenCheckIn) -> Page:
    return await _page(turn, await access.thread(turn, action.conversation))


async def _page(turn: Turn, thread: Thread) -> Page:
    """What both answered for the next meeting."""
    now = await current_round(turn, thread)
    change = _check_in_button(turn, thread)
    change = replace(change, label=turn.say("check_in.change")) if now.mine else change
    return Page(
        title=turn.say("check_in.title", name=thread.other.first_name),
        body=(
            *await _when(turn, thread),
            *[block for side in now.sides(thread) for block in await _side(turn, thread, *side)],
            Divider(),
            Buttons(
                (
                    *((change,) if thread.is_live else ()),
                    Button(turn.say("check_in.trend"), OpenTrend(thread.id)),
                    Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id)),
                )
            ),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenCheckIn(thread.id),
    )


async def _side(turn: Turn, thread: Thread, person: Person, check_in: CheckIn | None) -> tuple[Block, ...]:
    title = Heading(side_name(turn, thread, person))
    given = given_answers(check_in, await ever_asked(turn))
    if check_in is None or not given:
        return (title, Text(turn.say("check_in.no_answers")))
    there = {item.text for item in await open_items(turn, thread)}
    return (title, *(_row(turn, thread, check_in, *one, there=there) for one in given.items()))


def _row(turn: Turn, thread: Thread, check_in: CheckIn, asked: Asked, answer: Answer, *, there: set[str]) -> Row:
    """An answer; unless it is on the agenda already, it is one press away from it."""
    asks, said = question_said(turn, asked), answer_said(turn, asked, answer)
    if _as_item(turn, thread, check_in, asked, answer) in there:
        return Row(asks, f"{said} · {turn.say('check_in.on_agenda')}")
    discuss = DiscussAnswer(check_in.id, asked.standard, asked.question)
    buttons = (Button(turn.say("check_in.to_agenda"), discuss),) if thread.is_live else ()
    return Row(asks, said, buttons)


def _as_item(turn: Turn, thread: Thread, check_in: CheckIn, asked: Asked, answer: Answer) -> str:
    """What the agenda says of it: words as they are, a number with whose it is and what was asked."""
    if asked.kind is AnswerKind.text:
        return str(answer)
    name = thread.called(check_in.author).first_name
    return turn.say("check_in.rating_item", name=name, question=question_said(turn, asked), rating=answer)


@handlers.writes(DiscussAnswer)
async def discuss_answer(turn: Turn, action: DiscussAnswer) -> Here:
    thread, check_in = await access.live_check_in(turn, action.check_in)
    wanted = action.standard.value if action.standard else action.question
    given = given_answers(check_in, await ever_asked(turn))
    asked = next((one for one in given if one.key == wanted), None)
    if asked is None:
        raise Refused("refused.gone")
    text = _as_item(turn, thread, check_in, asked, given[asked])
    if text in {item.text for item in await open_items(turn, thread)}:
        return Here(text=turn.say("check_in.added"))
    item = await put_on_agenda(turn, thread, text)
    return Here(text=turn.say("check_in.added"), undo=Button(turn.say("views.undo"), DropItem(item.id)))


@handlers.verb("check_in")
async def check_in_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(AskCheckIn(seated[0].conversation.id) if len(seated) == 1 else MyConversations())
