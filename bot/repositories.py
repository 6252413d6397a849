"""The nouns as a transaction reads and writes them, as Protocols; ``storage`` implements them.

Every query is limited to the organization of the transaction. ``get`` answers None for what does not exist. ``save``
writes a value whose ``version`` is the stored one, stores ``version + 1``, returns that, and raises Stale when somebody
else was faster.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.audience import Audience
from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Comment
from bot.model.answer import Answer
from bot.model.calendar_link import CalendarLink
from bot.model.conversation import Conversation, Seat, Seated
from bot.model.delivery import Delivery, DeliveryKind, DeliveryState, Outcome
from bot.model.draft import Draft
from bot.model.habits import Away, Habits
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
    PersonId,
    QuestionId,
    SeriesId,
    TopicId,
    WorkspaceId,
)
from bot.model.meeting import Meeting
from bot.model.note import Note, NoteTally
from bot.model.question import Question
from bot.model.series import Series
from bot.model.suggested import Suggested
from bot.model.topic import Assignment, AssignmentState, Due, Reached, Tally, Topic
from bot.model.trail import AuditEntry, Seen


class Topics(Protocol):
    """Topics that admins assign."""

    async def get(self, topic: TopicId) -> Topic | None: ...
    async def unless_taken(self, topic: TopicId) -> Topic | None:
        """Get it to change it; None also while another transaction is at it."""

    async def all(self) -> Sequence[Topic]:
        """The newest first."""

    async def add(self, topic: Topic) -> None: ...
    async def save(self, topic: Topic) -> Topic: ...
    async def assign(self, assignments: Sequence[Assignment]) -> None:
        """Add those whose round of the topic the conversation does not have yet."""

    async def add_tally(self, tally: Tally) -> bool:
        """Add it; False, and nothing written, when the topic has one of that week."""

    async def tallies(self, topic: TopicId) -> Sequence[Tally]:
        """The oldest first."""

    async def assignments_in(self, conversation: ConversationId) -> Sequence[Assignment]:
        """All that the conversation was given, by their time."""

    async def zones(self) -> Sequence[str]:
        """The time zones of all reports."""

    async def reach(self, audience: Audience) -> int:
        """How many conversations it means at this moment."""

    async def full(self, audience: Audience, months: Sequence[Mapping[str, date]], *, most: int) -> int:
        """How many of them have ``most`` topics in each of these months, which are given by the report's time zone."""

    async def settle(
        self,
        topic: Topic,
        audience: Audience,
        dues: Sequence[Mapping[str, Due]],
        *,
        seed: str,
        most: int,
        now: datetime,
        some_have_it: bool,
    ) -> None:
        """Give this round to whom the audience means, but not a second time to those who have it.

        ``dues`` say by the report's time zone when it is due, at its time and in each later month; it comes in the
        first month in which there are fewer than ``most``. What is due by ``now`` is on the agendas then. The ids are
        made of ``seed``, which is a fresh one.
        """

    async def given(self, topic: Topic) -> int:
        """How many have this round."""

    async def place(self, topic: Topic, at: datetime) -> None:
        """Put what is due on the agendas of those who can write there."""

    async def clear(self, topic: TopicId, at: datetime) -> None:
        """Take it off every agenda where it is open, and from all who wait for it; where there are comments drop it."""

    async def follow(self, item: ItemId, state: AssignmentState, at: datetime | None) -> None:
        """What has become of the agenda item that came with a topic."""

    async def reached(self, topic: TopicId, round_: int, *, without: Collection[PersonId]) -> Reached:
        """How far a round has come, but for the conversations of these people."""


class Conversations(Protocol):
    """Conversations and the seats of their participants."""

    async def get(self, conversation: ConversationId) -> Conversation | None: ...
    async def of_pair(self, one: PersonId, other: PersonId) -> Conversation | None: ...
    async def start(self, conversation: Conversation) -> bool:
        """Add it with both seats; False, and nothing written, when the pair has one already."""

    async def save(self, conversation: Conversation) -> Conversation: ...
    async def touch(self, conversation: ConversationId, at: datetime) -> None:
        """Move ``changed_at`` forward, without a new version."""

    async def seated(self, person: PersonId) -> Sequence[Seated]:
        """All conversations of this person, archived and declined ones too."""

    async def visit(self, conversation: ConversationId, person: PersonId, at: datetime) -> None:
        """Set ``visited_at`` of this person's seat, if they have one there."""

    async def seat(self, conversation: ConversationId, person: PersonId) -> Seat | None: ...
    async def save_seat(self, seat: Seat) -> None:
        """The last writer wins: only its person writes a seat."""


class Agenda(Protocol):
    """Agenda items and the comments on them."""

    async def get(self, item: ItemId) -> AgendaItem | None: ...
    async def add(self, item: AgendaItem) -> None: ...
    async def save(self, item: AgendaItem) -> AgendaItem: ...
    async def of(self, *conversations: ConversationId) -> Sequence[AgendaItem]:
        """Every item of these conversations in any state, by position, then by age."""

    async def open_in(self, conversations: Iterable[ConversationId]) -> Sequence[AgendaItem]: ...
    async def remove(self, item: ItemId) -> None:
        """Take away an item that nobody has commented on."""

    async def last_position(self, conversation: ConversationId) -> int:
        """The highest position in the conversation, 0 where there are no items."""

    async def place(self, positions: Iterable[tuple[ItemId, int]]) -> None:
        """Set positions, without a new version."""

    async def add_comment(self, comment: Comment) -> None: ...
    async def comment(self, comment: CommentId) -> Comment | None: ...
    async def remove_comment(self, comment: CommentId) -> None: ...
    async def comments(self, item: ItemId) -> Sequence[Comment]: ...
    async def comments_in(self, *conversations: ConversationId) -> Sequence[Comment]: ...


class Notes(Protocol):
    """Notes, shared and private."""

    async def get(self, note: NoteId) -> Note | None: ...
    async def add(self, note: Note) -> None: ...
    async def save(self, note: Note) -> Note: ...
    async def of(self, *conversations: ConversationId) -> Sequence[Note]:
        """Every entry of these conversations that was not removed, oldest first, private ones of both too."""

    async def tally(self, conversation: ConversationId, reader: PersonId) -> NoteTally: ...


class ActionItems(Protocol):
    """Promises."""

    async def get(self, action_item: ActionItemId) -> ActionItem | None: ...
    async def add(self, action_item: ActionItem) -> None: ...
    async def save(self, action_item: ActionItem) -> ActionItem: ...
    async def of(self, *conversations: ConversationId) -> Sequence[ActionItem]:
        """All of these conversations: the earliest due first, undated ones last."""

    async def open_in(self, conversation: ConversationId) -> Sequence[ActionItem]:
        """The open ones of the conversation: the earliest due first, undated ones last."""

    async def kept(self, conversation: ConversationId) -> Mapping[PersonId, int]:
        """How many each owner has done."""

    async def owned(self, owner: PersonId) -> Sequence[ActionItem]:
        """All open ones of this owner: the earliest due first, undated ones last."""


class Meetings(Protocol):
    """Meetings."""

    async def get(self, meeting: MeetingId) -> Meeting | None: ...
    async def unless_taken(self, meeting: MeetingId) -> Meeting | None:
        """Get it to change it; None also while another transaction is at it."""

    async def add(self, meeting: Meeting) -> bool:
        """Add it; False, and nothing written, when that day of its series is there, or one is under way already."""

    async def save(self, meeting: Meeting) -> Meeting: ...
    async def of(self, conversation: ConversationId) -> Sequence[Meeting]:
        """Those that were held or are under way, the latest first."""

    async def running(self, conversation: ConversationId) -> Meeting | None:
        """The one that is under way."""

    async def latest_of(self, conversations: Iterable[ConversationId]) -> Sequence[Meeting]:
        """The latest held meeting of each of these conversations that has one."""

    async def upcoming(self, *conversations: ConversationId) -> Sequence[Meeting]:
        """Those that are scheduled, as far as they are planned, the next first."""

    async def on(self, series: SeriesId, day: date) -> Meeting | None:
        """The one that was due on that day of its series at first."""

    async def in_series(self, series: SeriesId, *, since: date) -> Sequence[Meeting]:
        """Those due from that day of the series on, in any state, by time."""

    async def since(self, at: datetime, conversations: Iterable[ConversationId]) -> Sequence[Meeting]:
        """Those of these conversations in any state that begin, or were changed, from that moment on."""

    async def answer(self, answer: Answer) -> None:
        """Keep it; the newest of a person about a meeting counts."""

    async def answered(self, meeting: MeetingId, person: PersonId) -> Answer | None: ...


class AllSeries(Protocol):
    """The schedules of conversations."""

    async def get(self, series: SeriesId) -> Series | None: ...
    async def unless_taken(self, series: SeriesId) -> Series | None:
        """Get it to change it; None also while another transaction is at it."""

    async def start(self, series: Series) -> bool:
        """Add it; False, and nothing written, when the conversation has one that has not ended."""

    async def save(self, series: Series) -> Series: ...
    async def of(self, conversation: ConversationId) -> Series | None:
        """The one that has not ended."""

    async def plan_anew(self, now: datetime) -> None:
        """Let the clock look at every active one again: what is said of all has changed."""

    async def of_all(self, conversations: Iterable[ConversationId]) -> Sequence[Series]:
        """Those of these conversations that have not ended."""


class AllHabits(Protocol):
    """How people work, and the days on which they do not."""

    async def get(self, person: PersonId) -> Habits:
        """Theirs, or the usual ones."""

    async def of_all(self, people: Iterable[PersonId]) -> Sequence[Habits]:
        """Those of these people that are not the usual ones."""

    async def away_of_all(self, people: Iterable[PersonId]) -> Sequence[Away]:
        """The days away of all these people, by their first day."""

    async def put(self, habits: Habits) -> None: ...
    async def away(self, person: PersonId) -> Sequence[Away]:
        """By their first day."""

    async def add_away(self, away: Away) -> None: ...
    async def away_at(self, away: AwayId) -> Away | None: ...
    async def remove_away(self, away: AwayId) -> None: ...


class CalendarLinks(Protocol):
    """The secret addresses at which calendars are read."""

    async def of(self, person: PersonId) -> CalendarLink | None: ...
    async def with_digest(self, digest: str) -> CalendarLink | None: ...
    async def put(self, link: CalendarLink) -> None:
        """Add it, or replace the one that the person has."""


class Suggestions(Protocol):
    """Which questions were suggested to whom."""

    async def since(self, conversation: ConversationId, meetings: int) -> Sequence[Suggested]:
        """Those of both, from the time on when the two had had so many meetings, in the order they were made."""

    async def add(self, suggested: Iterable[Suggested]) -> None: ...


class Drafts(Protocol):
    """Sealed drafts."""

    async def get(self, draft: DraftId) -> Draft | None: ...
    async def add(self, draft: Draft) -> None: ...
    async def remove(self, draft: DraftId) -> None: ...
    async def remove_older(self, than: datetime) -> None: ...


class Questions(Protocol):
    """Questions to a human being."""

    async def get(self, question: QuestionId) -> Question | None: ...
    async def add(self, question: Question) -> None: ...


class Deliveries(Protocol):
    """The outbox, as a participant's action sees it."""

    async def plan(self, delivery: Delivery) -> DeliveryState:
        """Insert it unless there is one of the same subject, recipient, kind and offset; the state it now stands in.

        One that was dropped as no longer wanted becomes pending again, with the new times.
        """

    async def plan_all(self, deliveries: Sequence[Delivery]) -> None:
        """Insert those of which there is none of the same subject, recipient, kind and offset."""

    async def arrange(self, subject: str, kinds: Iterable[DeliveryKind], wanted: Sequence[Delivery]) -> int:
        """Let what is pending of these kinds about the subject be just ``wanted``; how many are not wanted any more.

        What was put off by its recipient, and what was sent, stays. Nothing is added whose time was over when planned.
        """

    async def get(self, delivery: DeliveryId) -> Delivery | None: ...
    async def record(self, delivery: Delivery, outcome: Outcome) -> bool:
        """Write what became of a claimed delivery; False when its fence says that another worker took it over."""

    async def record_all(self, results: Sequence[tuple[Delivery, Outcome]]) -> frozenset[DeliveryId]:
        """The same for several; those that no other worker took over."""

    async def given_up(self, recipient: PersonId, *, since: datetime) -> Sequence[Delivery]:
        """What was due since then and never reached them, or of which nobody will ever know whether it did."""

    async def release(self, recipient: PersonId) -> None:
        """Let what waits until this recipient can be written to be sent now."""


class Trail(Protocol):
    """Inputs handled, and the audit log."""

    async def seen(self, workspace: WorkspaceId, key: str) -> Seen | None: ...
    async def mark_seen(self, workspace: WorkspaceId, seen: Seen, at: datetime) -> bool:
        """Record it; False when another transaction was first."""

    async def forget_seen(self, before: datetime) -> None: ...
    async def audit(self, entry: AuditEntry) -> None: ...
