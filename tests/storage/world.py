"""An organization with one of every noun in it, whose words all carry a canary."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot import ports
from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Comment
from bot.model.answer import Answer, Meaningful
from bot.model.calendar_link import CalendarLink
from bot.model.conversation import Conversation, Relationship
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.draft import Draft
from bot.model.habits import Away, Habits
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import (
    ActionItemId,
    AwayId,
    CommentId,
    ConversationId,
    DeliveryId,
    DraftId,
    ItemId,
    MeetingId,
    NoteId,
    OrganizationId,
    PersonId,
    PlaceId,
    QuestionId,
    SeriesId,
    TopicId,
    WorkspaceId,
)
from bot.model.installation import Installation
from bot.model.meeting import Meeting, MeetingState
from bot.model.note import Note
from bot.model.people import Chat, Identity, Organization, Person, Place, Platform, Workspace
from bot.model.question import Question
from bot.model.series import Series
from bot.model.suggested import Suggested
from bot.model.topic import Assignment, Tally, Topic
from bot.model.trail import AuditEntry, Result, Seen
from storage.store import Store
from tests.storage.marks import id_of
from tests.storage.world_talk import Talk, a_talk, furnish_talk
from tests.storage.world_usage import Use, a_use, furnish_use

KEY = b"k" * 32
NOW = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
CANARY = "canary-yellow-"


@dataclass(frozen=True)
class World:
    """The values, as they are stored."""

    organization: Organization
    workspace: Workspace
    ana: Person
    ben: Person
    identity: Identity
    chat: Chat
    installation: Installation
    place: Place
    conversation: Conversation
    item: AgendaItem
    comment: Comment
    note: Note
    action_item: ActionItem
    meeting: Meeting
    series: Series
    answer: Answer
    suggested: Suggested
    habits: Habits
    away: Away
    calendar_link: CalendarLink
    draft: Draft
    question: Question
    line: ReportingLine
    attribute: Attribute
    topic: Topic
    assignment: Assignment
    tally: Tally
    talk: Talk
    use: Use
    delivery: Delivery
    seen: Seen
    audit: AuditEntry


def a_world(mark: str) -> World:
    """Values whose ids begin with ``mark``."""

    def words(column: str) -> str:
        return f"{CANARY}{mark}-{column}"

    organization, workspace = OrganizationId(id_of(mark, "organization")), WorkspaceId(id_of(mark, "workspace"))
    ana, ben = PersonId(id_of(mark, "ana")), PersonId(id_of(mark, "ben"))
    conversation = ConversationId(id_of(mark, "conversation"))
    item, series = ItemId(id_of(mark, "item")), SeriesId(id_of(mark, "series"))
    topic = TopicId(id_of(mark, "topic"))
    return World(
        organization=Organization(id=organization, name=f"Organization {mark}"),
        workspace=Workspace(
            id=workspace, organization=organization, platform=Platform.slack, external_id=f"T{mark}", name="Workspace"
        ),
        ana=Person(id=ana, organization=organization, name="Ana Ruiz", email=f"Ana@{mark}.example"),
        ben=Person(id=ben, organization=organization, name="Ben Okafor"),
        identity=Identity(
            workspace=workspace, external_id=f"U{mark}", organization=organization, person=ana, handle="anita"
        ),
        chat=Chat(
            workspace=workspace,
            external_id=f"U{mark}",
            organization=organization,
            conversation=f"a:{mark}",
            service_url=f"https://{mark}.example/",
            member=f"29:{mark}",
        ),
        installation=Installation(
            workspace=workspace,
            organization=organization,
            token=words("token"),
            bot_user=f"U{mark}BOT",
            bot_id=f"B{mark}",
            team=f"T{mark}",
            enterprise=None,
            scopes="commands,chat:write",
            installed_at=NOW,
        ),
        place=Place(
            id=PlaceId(id_of(mark, "place")),
            organization=organization,
            workspace=workspace,
            external_id=f"C{mark}",
            listed_at=NOW,
        ),
        conversation=Conversation(
            id=conversation,
            organization=organization,
            first=ana,
            second=ben,
            started_by=ben,
            relationship=Relationship.manager,
            senior=ana,
            created_at=NOW,
            changed_at=NOW,
        ),
        item=AgendaItem(
            id=item,
            organization=organization,
            conversation=conversation,
            author=ana,
            text=words("item"),
            link=words("link"),
            quote=words("quote"),
            created_at=NOW,
            changed_at=NOW,
        ),
        comment=Comment(
            id=CommentId(id_of(mark, "comment")),
            organization=organization,
            conversation=conversation,
            item=item,
            author=ben,
            text=words("comment"),
            created_at=NOW,
        ),
        note=Note(
            id=NoteId(id_of(mark, "note")),
            organization=organization,
            conversation=conversation,
            author=ana,
            text=words("note"),
            private=True,
            created_at=NOW,
            changed_at=NOW,
            changed_by=ana,
        ),
        action_item=ActionItem(
            id=ActionItemId(id_of(mark, "action")),
            organization=organization,
            conversation=conversation,
            author=ana,
            owner=ben,
            text=words("action"),
            created_at=NOW,
            changed_at=NOW,
            due=date(2026, 11, 27),
        ),
        meeting=Meeting(
            id=MeetingId(id_of(mark, "meeting")),
            organization=organization,
            conversation=conversation,
            author=ana,
            starts_at=NOW,
            state=MeetingState.running,
            changed_at=NOW,
            series=series,
            day=date(2026, 11, 20),
            place=words("meeting-place"),
            begun_at=NOW,
            started_by=ana,
        ),
        series=Series(
            id=series,
            organization=organization,
            conversation=conversation,
            author=ana,
            rule="FREQ=WEEKLY;BYDAY=FR",
            first=date(2026, 11, 20),
            at=600,
            zone="Europe/Berlin",
            minutes=30,
            created_at=NOW,
            changed_at=NOW,
            planned_until=NOW,
            place=words("series-place"),
        ),
        answer=Answer(
            meeting=MeetingId(id_of(mark, "meeting")),
            person=ana,
            organization=organization,
            meaningful=Meaningful.yes,
            at=NOW,
        ),
        suggested=Suggested(
            conversation=conversation, person=ana, round=0, number=1, organization=organization, at=NOW
        ),
        habits=Habits(person=ana, organization=organization, prepare_days=1, muted="due", country=f"{mark}"),
        away=Away(
            id=AwayId(id_of(mark, "away")),
            organization=organization,
            person=ana,
            first=date(2026, 12, 24),
            last=date(2026, 12, 31),
        ),
        calendar_link=CalendarLink(
            person=ana, organization=organization, token=words("calendar"), digest=f"digest-{mark}", made_at=NOW
        ),
        draft=Draft(
            id=DraftId(id_of(mark, "draft")),
            organization=organization,
            person=ana,
            text=words("draft"),
            link=words("draft-link"),
            quote=words("draft-quote"),
            created_at=NOW,
        ),
        question=Question(
            id=QuestionId(id_of(mark, "question")),
            organization=organization,
            asker=ana,
            text=words("question"),
            created_at=NOW,
        ),
        line=ReportingLine(
            person=ben, organization=organization, in_file=f"ana@{mark}.example", manager=ana, changed_at=NOW
        ),
        attribute=Attribute(
            person=ben, organization=organization, name="country", label="Country", value=mark, in_file=mark
        ),
        topic=Topic(
            id=topic,
            organization=organization,
            author=ana,
            title=words("topic-title"),
            prompt=words("topic-prompt"),
            note=words("topic-note"),
            links=words("topic-links"),
            audience="{}",
            created_at=NOW,
            changed_at=NOW,
        ),
        assignment=Assignment(
            id=ItemId(id_of(mark, "assignment")),
            organization=organization,
            topic=topic,
            round=1,
            conversation=conversation,
            due_at=NOW,
            month=date(2026, 11, 1),
        ),
        tally=Tally(
            topic=topic, week=date(2026, 11, 16), organization=organization, reached=12, discussed=5, not_relevant=1
        ),
        talk=a_talk(mark, words, NOW),
        use=a_use(mark, NOW),
        delivery=a_delivery(mark),
        seen=Seen(key="Ev1", address="opened"),
        audit=AuditEntry(organization=organization, person=ana, action="Add", subject=item, result=Result.done, at=NOW),
    )


def a_delivery(mark: str, *, number: int = 0, due_at: datetime = NOW) -> Delivery:
    """One that is due, about subject ``number``."""
    return Delivery(
        id=DeliveryId(id_of(mark, f"delivery{number}")),
        organization=OrganizationId(id_of(mark, "organization")),
        recipient=PersonId(id_of(mark, "ana")),
        kind=DeliveryKind.news,
        subject=f"subject-{number}",
        planned_at=due_at,
        due_at=due_at,
        expires_at=due_at + timedelta(days=1),
    )


async def furnished(store: Store, mark: str) -> World:
    world = a_world(mark)
    await store.add_organization(world.organization)
    async with store.write(world.organization.id) as tx:
        await _furnish(tx, world)
    return world


async def _furnish(tx: ports.Transaction, world: World) -> None:
    await tx.organizations.add_workspace(world.workspace)
    await tx.people.add(world.ana)
    await tx.people.add(world.ben)
    await tx.people.add_identity(world.identity)
    await tx.chats.put(world.chat)
    await tx.installations.put(world.installation)
    await tx.organizations.add_place(world.place)
    assert await tx.conversations.start(world.conversation)
    await tx.agenda.add(world.item)
    await tx.agenda.add_comment(world.comment)
    await tx.notes.add(world.note)
    await tx.action_items.add(world.action_item)
    assert await tx.series.start(world.series)
    assert await tx.meetings.add(world.meeting)
    await tx.meetings.answer(world.answer)
    await tx.suggestions.add([world.suggested])
    await tx.habits.put(world.habits)
    await tx.habits.add_away(world.away)
    await tx.calendar_links.put(world.calendar_link)
    await tx.drafts.add(world.draft)
    await tx.questions.add(world.question)
    await tx.hierarchy.put_line(world.line)
    await tx.hierarchy.put_attribute(world.attribute)
    await tx.topics.add(world.topic)
    await tx.topics.assign([world.assignment])
    assert await tx.topics.add_tally(world.tally)
    await furnish_talk(tx, world.talk)
    await furnish_use(tx, world.use)
    await tx.organizations.put_members(world.place.id, [world.ben.id], at=NOW)
    await tx.deliveries.plan(world.delivery)
    assert await tx.trail.mark_seen(world.workspace.id, world.seen, NOW)
    await tx.trail.audit(world.audit)
