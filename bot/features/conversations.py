"""Starting, finding, naming and archiving conversations (A2, A3, A4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.features.conversation_list import ArchiveConversation, set_archived
from bot.features.conversation_page import OpenConversation, StartConversation, conversation_page
from bot.features.news import changed, invitation
from bot.features.people import named, nobody, person_option
from bot.features.roles import Role, meant, relationship_of, role_in
from bot.model.conversation import Conversation
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import ConversationId, PersonId
from bot.model.people import Person
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Divider,
    Form,
    Here,
    Option,
    Page,
    PersonField,
    Quiet,
    Style,
    Text,
)

handlers = Handlers()


@dataclass(frozen=True)
class BeginConversation(Action):
    """Starts it."""

    person: PersonId | None = None


@dataclass(frozen=True)
class DeclineConversation(Action):
    """The one who was asked does not want it."""

    conversation: ConversationId


@dataclass(frozen=True)
class AcceptConversation(Action):
    """Takes a decline back."""

    conversation: ConversationId


@dataclass(frozen=True)
class ChangeRelationship(Action):
    """Asks what the other one is."""

    conversation: ConversationId


@dataclass(frozen=True)
class SaveRelationship(Action):
    """Keeps the answer."""

    conversation: ConversationId


@handlers.reads(StartConversation)
async def start_form(turn: Turn, action: StartConversation) -> Form:
    chosen = await access.person(turn, action.person) if action.person else None
    return Form(
        title=turn.say("conversations.start_title"),
        body=(
            Text(turn.say("conversations.start_intro")),
            PersonField(
                "person",
                turn.say("conversations.with"),
                value=person_option(chosen) if chosen else None,
                placeholder=turn.say("conversations.with_placeholder"),
            ),
            _role_field(turn, None),
        ),
        submit=BeginConversation(action.person),
        submit_label=turn.say("conversations.start"),
        sees=turn.say("conversations.start_sees"),
        address=action,
    )


def _role_field(turn: Turn, role: Role | None) -> ChoiceField:
    options = tuple(Option(role.value, turn.say(f"conversations.roles.{role.value}")) for role in Role)
    return ChoiceField("role", turn.say("conversations.role"), options, value=role.value if role else None)


@handlers.writes(BeginConversation, form=StartConversation)
async def begin(turn: Turn, action: BeginConversation) -> Page:
    other = await access.person(turn, PersonId(turn.entered.id("person")))
    role = turn.entered.choice("role", Role)
    existing = await turn.tx.conversations.of_pair(turn.person.id, other.id)
    if existing is None:
        existing = await _new(turn, other, role)
    thread = await access.thread(turn, existing.id)
    if existing.declined_at is not None:
        thread = await _revived(turn, thread, role)
    await set_archived(turn, thread, None)
    return await conversation_page(turn, thread)


async def _new(turn: Turn, other: Person, role: Role) -> Conversation:
    """A new conversation, and the other one is told; the one that is there already when both start at once."""
    first, second = sorted((turn.person.id, other.id))
    relationship, senior = meant(role, me=turn.person.id, other=other.id)
    conversation = Conversation(
        id=ConversationId(turn.new_id()),
        organization=turn.organization.id,
        first=first,
        second=second,
        started_by=turn.person.id,
        relationship=relationship,
        senior=senior,
        created_at=turn.now,
        changed_at=turn.now,
    )
    if not await turn.tx.conversations.start(conversation):
        found = await turn.tx.conversations.of_pair(turn.person.id, other.id)
        if found is None:
            raise Refused("refused.busy")
        return found
    await _invite(turn, Thread(conversation, turn.person, other))
    return conversation


async def _invite(turn: Turn, thread: Thread) -> None:
    await changed(turn, thread, tell=False)
    await turn.tx.deliveries.plan(invitation(turn, thread, DeliveryKind.started, thread.other.id))


async def _revived(turn: Turn, thread: Thread, role: Role) -> Thread:
    """A declined conversation begins again, if the one who declined it wants that."""
    if thread.conversation.declined_by != turn.person.id:
        raise Refused("refused.they_declined", field="person", name=thread.other.first_name)
    relationship, senior = meant(role, me=turn.person.id, other=thread.other.id)
    fresh = replace(
        thread.conversation,
        declined_at=None,
        declined_by=None,
        relationship=relationship,
        senior=senior,
        started_by=turn.person.id,
        line=False,
        rests_since=None,
    )
    revived = replace(thread, conversation=await turn.tx.conversations.save(fresh))
    await _invite(turn, revived)
    return revived


@handlers.writes(DeclineConversation)
async def decline(turn: Turn, action: DeclineConversation) -> Here:
    thread = await access.thread(turn, action.conversation)
    _unless_it_is_a_line(thread)
    if thread.conversation.started_by == turn.person.id:
        raise Refused("refused.own_conversation")
    if thread.conversation.declined_at is None:
        declined = replace(thread.conversation, declined_at=turn.now, declined_by=turn.person.id)
        await turn.tx.conversations.save(declined)
        await turn.tx.deliveries.plan(invitation(turn, thread, DeliveryKind.declined, thread.other.id))
    return Here(
        text=turn.say("conversations.declined", name=thread.other.first_name),
        undo=Button(turn.say("views.undo"), AcceptConversation(thread.id)),
    )


@handlers.writes(AcceptConversation)
async def accept(turn: Turn, action: AcceptConversation) -> Here:
    thread = await access.thread(turn, action.conversation)
    if thread.conversation.declined_at is not None:
        if thread.conversation.declined_by != turn.person.id:
            raise Refused("refused.they_declined", name=thread.other.first_name)
        await turn.tx.conversations.save(replace(thread.conversation, declined_at=None, declined_by=None))
        await changed(turn, thread, tell=False)
    return Here(
        text=turn.say("conversations.accepted", name=thread.other.first_name),
        undo=Button(turn.say("views.open"), OpenConversation(thread.id)),
    )


@handlers.message(DeliveryKind.started)
async def started(turn: Turn, delivery: Delivery) -> Card | None:
    thread = await access.thread(turn, ConversationId(delivery.subject))
    if thread.conversation.declined_at is not None or thread.conversation.started_by == turn.person.id:
        return None
    return Card(
        title=turn.say("conversations.invited_title", name=thread.other.name),
        body=(
            Text(turn.say("conversations.invited", name=thread.other.first_name, role=relationship_of(turn, thread))),
            Text(turn.say("conversations.only_two", name=thread.other.first_name)),
            Buttons(
                (
                    Button(turn.say("views.open"), OpenConversation(thread.id), Style.primary),
                    Button(turn.say("conversations.decline"), DeclineConversation(thread.id)),
                )
            ),
        ),
        summary=turn.say("conversations.invited_summary"),
    )


@handlers.message(DeliveryKind.declined)
async def told_declined(turn: Turn, delivery: Delivery) -> Card | None:
    thread = await access.thread(turn, ConversationId(delivery.subject))
    if thread.conversation.declined_at is None:
        return None
    return Card(
        title=turn.say("conversations.declined_title"),
        body=(
            Text(turn.say("conversations.was_declined", name=thread.other.first_name)),
            Buttons((Button(turn.say("views.open"), OpenConversation(thread.id)),)),
        ),
        summary=turn.say("conversations.declined_summary"),
    )


@handlers.reads(ChangeRelationship)
async def relationship_form(turn: Turn, action: ChangeRelationship) -> Form:
    thread = await access.live(turn, action.conversation)
    _unless_it_is_a_line(thread)
    return Form(
        title=turn.say("conversations.relationship_title"),
        body=(_role_field(turn, role_in(thread.conversation, turn.person.id)),),
        submit=SaveRelationship(thread.id),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=action,
    )


@handlers.writes(SaveRelationship, form=ChangeRelationship)
async def save_relationship(turn: Turn, action: SaveRelationship) -> Page:
    thread = await access.live(turn, action.conversation)
    _unless_it_is_a_line(thread)
    relationship, senior = meant(turn.entered.choice("role", Role), me=turn.person.id, other=thread.other.id)
    changed_one = replace(thread.conversation, relationship=relationship, senior=senior, line=False, rests_since=None)
    thread = replace(thread, conversation=await turn.tx.conversations.save(changed_one))
    await _wake(turn, thread)
    await changed(turn, thread, tell=False)
    return await conversation_page(turn, thread)


def _unless_it_is_a_line(thread: Thread) -> None:
    """Raises Refused where the hierarchy says what the two are to each other."""
    if _is_a_line(thread):
        raise Refused("refused.line", name=thread.other.first_name)


def _is_a_line(thread: Thread) -> bool:
    return thread.conversation.line and thread.conversation.rests_since is None


async def _wake(turn: Turn, thread: Thread) -> None:
    """What was paused because the conversation rested is simply paused now: the two decide."""
    series = await turn.tx.series.of(thread.id)
    if series is not None and series.rests:
        await turn.tx.series.save(replace(series, rests=False))


@handlers.section("foot")
async def foot(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    if _is_a_line(thread) and thread.is_live:
        archive = Button(turn.say("conversations.archive"), ArchiveConversation(thread.id))
        return (Divider(), Quiet(turn.say("conversations.line")), Buttons((archive,)))
    change = Button(turn.say("conversations.relationship"), ChangeRelationship(thread.id))
    archive_it = Button(turn.say("conversations.archive"), ArchiveConversation(thread.id))
    return (Divider(), Buttons((change, archive_it) if thread.is_live else (archive_it,)))


async def with_one_of(turn: Turn, people: Sequence[Person]) -> Step:
    """Opening the conversation with the person who was named, or offering to start it."""
    others = [person for person in people if person.id != turn.person.id]
    if not others:
        raise Refused("refused.oneself")
    for person in others:
        found = await turn.tx.conversations.of_pair(turn.person.id, person.id)
        if found is not None and found.declined_at is None:
            return Step(OpenConversation(found.id))
    return Step(StartConversation(others[0].id))


@handlers.verb("start")
async def start_words(turn: Turn, rest: str) -> Step:
    if not rest:
        return Step(StartConversation())
    people, _ = await named(turn, rest)
    if not people:
        raise nobody(rest)
    return await with_one_of(turn, people)
