"""What is worth asking the other one: questions with their reason, settled by being shown (F1, F2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import access
from bot.actions import Action
from bot.features.agenda import DropItem, is_resting, open_items, put_on_agenda
from bot.features.roles import Role, role_in
from bot.features.talked import last_talked, themes_of
from bot.model.agenda import AgendaItem, ItemState, Visibility
from bot.model.ids import ConversationId
from bot.model.people import Person
from bot.model.suggested import Suggested
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.suggesting import Past, Reader, Suggestion, suggest, weeks_since
from bot.turn import Turn
from bot.views import Block, Button, Here, Row
from prompts.questions import Asker, Theme

handlers = Handlers()

MEETINGS_WITHOUT_REPEAT = 6
IN_ORDER = timedelta(microseconds=1)
_SENIOR = {Role.my_report, Role.my_mentee, Role.their_skip_level}
_JUNIOR = {Role.my_manager, Role.my_mentor, Role.my_skip_level}


@dataclass(frozen=True)
class AddQuestion(Action):
    """Puts a question of the library on the agenda."""

    conversation: ConversationId
    number: int


def question_rows(
    turn: Turn, thread: Thread, suggested: Sequence[Suggestion], items: Sequence[AgendaItem]
) -> tuple[Block, ...]:
    """Each with its reason, or that it is on the agenda already."""
    there = {item.question for item in items}
    return tuple(_question_row(turn, thread, one, is_there=one.question.number in there) for one in suggested)


def _question_row(turn: Turn, thread: Thread, suggested: Suggestion, *, is_there: bool) -> Row:
    question = suggested.question
    if is_there:
        return Row(question.text, turn.say("preparing.is_on_the_agenda"))
    add = Button(turn.say("preparing.add"), AddQuestion(thread.id, question.number))
    return Row(question.text, reason_said(turn, suggested), (add,))


def reason_said(turn: Turn, suggested: Suggestion) -> str:
    """Why it is suggested."""
    about = turn.voice.library.questions.names[suggested.question.theme]
    if suggested.weeks is None:
        return turn.say("preparing.never", about=about)
    return turn.say("preparing.for_weeks", about=about, weeks=suggested.weeks)


async def worth_asking(turn: Turn, thread: Thread) -> Suggestion | None:
    """The first of them that is not on the agenda yet."""
    there = {item.question for item in await open_items(turn, thread)}
    return next((one for one in await suggestions(turn, thread) if one.question.number not in there), None)


async def suggestions(turn: Turn, thread: Thread) -> Sequence[Suggestion]:
    """Those settled for this person and the next meeting; before that, those that are settled by being shown now."""
    round_ = len(await turn.tx.meetings.of(thread.id))
    recent = await turn.tx.suggestions.since(thread.id, max(0, round_ - MEETINGS_WITHOUT_REPEAT + 1))
    past = await _past(turn, thread, recent, round_)
    now = [one for one in recent if one.round == round_]
    mine = [one.number for one in now if one.person == turn.person.id]
    if mine:
        return _settled(turn, past, mine)
    if thread.me.id == thread.conversation.second and not now:
        # Both may be asked at the same moment: what the first of them would be asked is not for the second.
        theirs = _suggest(turn, thread, thread.other, past, recent)
        past = replace(past, used=past.used | {one.question.number for one in theirs})
    shown = _suggest(turn, thread, thread.me, past, recent)
    turn.suggested.extend(_suggested(turn, thread, round_, [each.question.number for each in shown]))
    return shown


async def _past(turn: Turn, thread: Thread, recent: Sequence[Suggested], round_: int) -> Past:
    return Past(
        talked=await _talked(turn, thread),
        since=turn.day_of(thread.conversation.created_at),
        used=frozenset(one.number for one in recent),
        round=round_,
    )


def _suggest(
    turn: Turn, thread: Thread, person: Person, past: Past, recent: Sequence[Suggested]
) -> Sequence[Suggestion]:
    """What one of the two is to be asked."""
    library = turn.voice.library.questions
    found = [(library.get(one.number), one.round) for one in recent if one.person == person.id]
    shown = {question.theme: round_ for question, round_ in sorted(found, key=lambda one: one[1]) if question}
    return suggest(library, _reader(thread, person), replace(past, shown=shown), today=turn.today)


def _settled(turn: Turn, past: Past, numbers: Sequence[int]) -> Sequence[Suggestion]:
    found = [turn.voice.library.questions.get(number) for number in numbers]
    return [Suggestion(one, weeks_since(past.talked.get(one.theme), turn.today)) for one in found if one is not None]


def _reader(thread: Thread, person: Person) -> Reader:
    role = role_in(thread.conversation, person.id)
    asker = Asker.manager if role in _SENIOR else Asker.report if role in _JUNIOR else Asker.either
    return Reader(asker=asker, relationship=thread.conversation.relationship.value)


async def _talked(turn: Turn, thread: Thread) -> Mapping[Theme, date]:
    """When each theme was last talked about, as far as this person may know; what is on the agenda soon will be."""
    items = await turn.tx.agenda.of(thread.id)
    soon = [item for item in items if item.state is ItemState.open and item.seen_by(turn.person.id)]
    themes = {theme for item in soon if not is_resting(turn, item) for theme in themes_of(turn, thread, item)}
    return {**last_talked(turn, thread, items), **dict.fromkeys(themes, turn.today)}


async def remember(turn: Turn, thread: Thread, numbers: Sequence[int]) -> None:
    """These were suggested for the next meeting, and do not come again for six."""
    round_ = len(await turn.tx.meetings.of(thread.id))
    await turn.tx.suggestions.add(_suggested(turn, thread, round_, numbers))


def _suggested(turn: Turn, thread: Thread, round_: int, numbers: Sequence[int]) -> Sequence[Suggested]:
    return [
        Suggested(
            conversation=thread.id,
            person=turn.person.id,
            round=round_,
            number=number,
            organization=turn.organization.id,
            at=turn.now + place * IN_ORDER,
        )
        for place, number in enumerate(numbers)
    ]


@handlers.writes(AddQuestion)
async def add_question(turn: Turn, action: AddQuestion) -> Here:
    thread = await access.live(turn, action.conversation)
    question = turn.voice.library.questions.get(action.number)
    if question is None:
        raise Refused("refused.old_button")
    items = await turn.tx.agenda.open_in([thread.id])
    there = next((one for one in items if one.question == question.number and one.seen_by(turn.person.id)), None)
    item = there or await put_on_agenda(
        turn, thread, question.text, visibility=Visibility.shared, question=question.number
    )
    undo = Button(turn.say("views.undo"), DropItem(item.id)) if there is None else None
    return Here(text=turn.say("preparing.was_added"), undo=undo)
