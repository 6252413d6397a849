"""Where each of my conversations stands: when the two meet next, when they last met, and how much waits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.agenda import is_resting
from bot.model.conversation import Seated
from bot.model.ids import ConversationId
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import SeriesState
from bot.timetable import next_meetings
from bot.turn import Turn


@dataclass(frozen=True)
class Standing:
    """``following`` is the next meeting, ``last`` the latest that began; ``is_paused`` says that none is wanted now."""

    seated: Seated
    following: Meeting | None
    last: Meeting | None
    is_paused: bool

    @property
    def id(self) -> ConversationId:
        """The conversation's id."""
        return self.seated.conversation.id

    @property
    def name(self) -> str:
        """The other one's."""
        return self.seated.other_name

    @property
    def running(self) -> Meeting | None:
        """The meeting that is under way."""
        return self.last if self.last is not None and self.last.state is MeetingState.running else None

    @property
    def is_ahead(self) -> bool:
        """Whether their next meeting is what comes next; while they meet, it is not."""
        return self.following is not None and self.running is None and self.seated.other_active

    @property
    def is_over(self) -> bool:
        """Whether nobody expects the two to meet any more."""
        return self.seated.conversation.rests_since is not None or not self.seated.other_active

    @property
    def drifts(self) -> bool:
        """Whether nothing is planned, and nobody meant it so."""
        return self.following is None and self.running is None and not self.is_paused and not self.is_over


async def standings_of(turn: Turn, seated: Sequence[Seated]) -> Sequence[Standing]:
    """Where these conversations stand, in their order."""
    ids = [one.conversation.id for one in seated]
    following = await next_meetings(turn.pen, ids)
    last = {meeting.conversation: meeting for meeting in await turn.tx.meetings.latest_of(ids)}
    series = await turn.tx.series.of_all([one for one in ids if one not in following])
    paused = {one.conversation for one in series if one.state is SeriesState.paused}
    return [
        Standing(one, following.get(each), last.get(each), each in paused)
        for one, each in zip(seated, ids, strict=True)
    ]


@dataclass(frozen=True)
class Waiting:
    """How much there is to talk about in each conversation, and how much of it is from the people team."""

    all: Counter[ConversationId]
    topics: Counter[ConversationId]

    def said(self, turn: Turn, conversation: ConversationId) -> str:
        """It in words; nothing where there is nothing."""
        return turn.say("home.open", count=self.all[conversation], topics=self.topics[conversation])


async def waiting_in(turn: Turn, standings: Sequence[Standing]) -> Waiting:
    """What waits to be talked about in these conversations."""
    items = await turn.tx.agenda.open_in([one.id for one in standings])
    mine = [item for item in items if item.seen_by(turn.person.id) and not is_resting(turn, item)]
    return Waiting(
        all=Counter(item.conversation for item in mine),
        topics=Counter(item.conversation for item in mine if item.topic is not None),
    )
