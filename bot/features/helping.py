"""Help, and "Ask a person", which reaches the organization's support (P5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.actions import Action
from bot.features.admins import all_admins
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, PersonId, PlaceId, QuestionId
from bot.model.question import Question
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Form, Heading, Notice, Page, Quote, Row, Text, TextField

handlers = Handlers()

QUESTION_LIFETIME = timedelta(days=7)
HELPED_WITH = (
    "home",
    "start",
    "add",
    "note",
    "action",
    "actions",
    "schedule",
    "move",
    "skip",
    "prepare",
    "check_in",
    "trend",
    "templates",
    "growth",
    "meet",
    "wrap_up",
    "conversations",
    "archive",
    "search",
    "calendar",
    "settings",
    "people",
    "admins",
    "assign",
    "topics",
    "report",
    "ask",
    "help",
)


@dataclass(frozen=True)
class OpenHelp(Action):
    """What can be said, and who can read what."""


@dataclass(frozen=True)
class AskPerson(Action):
    """Asks for the question."""


@dataclass(frozen=True)
class SendQuestion(Action):
    """Sends it."""


@handlers.reads(OpenHelp)
async def open_help(turn: Turn, action: OpenHelp) -> Page:
    return Page(
        title=turn.say("help.title"),
        body=(
            Text(turn.say("help.intro")),
            Heading(turn.say("help.words")),
            *(_verb(turn, name) for name in HELPED_WITH),
            Text(turn.say("help.message")),
            Heading(turn.say("help.privacy")),
            Text(turn.say("help.who_reads")),
            Text(turn.say("help.limits")),
            Heading(turn.say("admins.title")),
            Text(turn.say("admins.can")),
            Text(turn.say("admins.cannot")),
            Buttons((Button(turn.say("help.ask"), AskPerson()),)),
        ),
        sees=turn.say("views.only_you"),
        address=action,
    )


def _verb(turn: Turn, name: str) -> Block:
    return Row(turn.say(f"help.usage.{name}", verb=turn.voice.library.verbs[name][0]), turn.say(f"help.verbs.{name}"))


@handlers.reads(AskPerson)
async def ask_person(turn: Turn, action: AskPerson) -> Form:
    return Form(
        title=turn.say("help.ask"),
        body=(TextField("question", turn.say("help.question"), many_lines=True),),
        submit=SendQuestion(),
        submit_label=turn.say("help.send"),
        sees=turn.say("help.ask_sees"),
        address=action,
    )


@handlers.writes(SendQuestion, form=AskPerson)
async def send_question(turn: Turn, action: SendQuestion) -> Notice:
    question = Question(
        id=QuestionId(turn.new_id()),
        organization=turn.organization.id,
        asker=turn.person.id,
        text=turn.entered.text("question"),
        created_at=turn.now,
    )
    readers = await _readers(turn)
    if not readers:
        raise Refused("refused.nobody_to_ask", field="question")
    await turn.tx.questions.add(question)
    for reader in readers:
        await turn.tx.deliveries.plan(_delivery(turn, question, reader))
    return Notice(text=turn.say("help.sent"))


@handlers.returned(DeliveryKind.question)
async def ask_the_admins(turn: Turn, delivery: Delivery) -> None:
    """A channel that cannot be written to must not swallow a question."""
    question = await turn.tx.questions.get(QuestionId(delivery.subject))
    place = await turn.tx.organizations.place(PlaceId(delivery.recipient))
    if question is not None and place is not None:
        for admin in await all_admins(turn):
            await turn.tx.deliveries.plan(_delivery(turn, question, admin.id))


async def _readers(turn: Turn) -> Sequence[PersonId | PlaceId]:
    """The support channel if an admin has named one, else every admin."""
    if turn.organization.support_place is not None:
        return [turn.organization.support_place]
    return [admin.id for admin in await all_admins(turn)]


def _delivery(turn: Turn, question: Question, reader: PersonId | PlaceId) -> Delivery:
    return Delivery(
        id=DeliveryId(turn.new_id()),
        organization=turn.organization.id,
        recipient=reader,
        kind=DeliveryKind.question,
        subject=question.id,
        planned_at=turn.now,
        due_at=turn.now,
        expires_at=turn.now + QUESTION_LIFETIME,
    )


@handlers.message(DeliveryKind.question)
async def question_card(turn: Turn, delivery: Delivery) -> Card | None:
    question = await turn.tx.questions.get(QuestionId(delivery.subject))
    asker = await turn.tx.people.get(question.asker) if question else None
    if question is None or asker is None:
        return None
    answer = turn.say("help.answer", name=asker.first_name)
    return Card(
        title=turn.say("help.question_from", name=asker.name),
        body=(Quote(question.text, asker.email or ""), Text(answer)),
        summary=turn.say("help.question_summary"),
    )


@handlers.verb("help")
async def help_words(turn: Turn, rest: str) -> Step:
    return Step(OpenHelp())


@handlers.verb("ask")
async def ask_words(turn: Turn, rest: str) -> Step:
    return Step(AskPerson())
