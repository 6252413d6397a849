"""Weeks in which people meet, forget, drift apart and are reminded, so that every kind of message was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.actions import Action
from bot.entered import Value
from bot.features.action_item_page import AddActionItem
from bot.features.agenda import AddItem, DiscussItem
from bot.features.conversation_page import StartConversation
from bot.features.conversations import AcceptConversation, BeginConversation, DeclineConversation
from bot.features.growth_page import ShareGrowth
from bot.features.growth_walk import NextPart
from bot.features.habits import SaveReminders
from bot.features.monthly import SendMonthly
from bot.features.notes import AddNote
from bot.features.schedule import SaveSchedule
from bot.features.schedule_page import EndSeries
from bot.model.growth import GrowthSection
from bot.model.ids import ConversationId, PersonId
from tests.bot.desk import A_MONDAY
from tests.proofs.crawler import Words
from tests.stateful.knowing import pair
from tests.stateful.snapshot import Snapshot

LONG_BEFORE = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
"""Clocks change in Europe two weeks later, and in New York after three."""

DISCREET = "dan"
EVERY_KIND = ("prepare", "agenda", "wrap_up", "summary", "due", "drifting", "shift", "growth")
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
LATE_IN_THE_YEAR = "2026-12-15"


class Living(Protocol):
    """People at an engine, and a clock that sends and plans as it goes."""

    async def does(self, name: str, action: Action, entered: Mapping[str, Value]) -> None:
        """Somebody sends an action."""
        ...

    async def lives(self, until: datetime) -> None:
        """All that the clock does until then, each thing at its moment."""
        ...

    async def stored(self) -> Snapshot:
        """What is there now."""
        ...

    def person(self, name: str) -> str:
        """Somebody's id."""
        ...

    def words(self, name: str) -> Words:
        """What makes the words that they type."""
        ...


@dataclass(frozen=True)
class Weeks:
    """Ana meets Ben, who hesitated, and Dan every week; Dan, who is discreet, and Ben drift apart."""

    among: Living

    async def begin(self) -> None:
        """Three conversations, of which two are set up and one is declined for a day; an admin wants the report."""
        await self.among.does("mia", SendMonthly(), {})
        for one, other, role in (("ana", "ben", "my_report"), ("ana", "dan", "my_report"), ("dan", "ben", "my_mentor")):
            person = self.among.person(other)
            await self.among.does(one, StartConversation(PersonId(person)), {})
            await self.among.does(one, BeginConversation(PersonId(person)), {"person": person, "role": role})
        await self.among.lives(LONG_BEFORE + A_DAY)
        with_ben = await self._where("ana", "ben")
        await self.among.does("ben", DeclineConversation(with_ben), {})
        await self.among.lives(LONG_BEFORE + 2 * A_DAY)
        await self.among.does("ben", AcceptConversation(with_ben), {})

    async def pass_by(self) -> None:
        """Until it is the Monday of all tests."""
        with_ben, with_dan = await self._where("ana", "ben"), await self._where("ana", "dan")
        of_dan = await self._where("dan", "ben")
        wanted: dict[str, Value] = {
            "kinds": EVERY_KIND,
            "prepare_days": "usual",
            "agenda_minutes": "usual",
            "discreet": ("on",),
        }
        await self.among.does(DISCREET, SaveReminders(), wanted)
        await self._schedules("ana", with_ben, first="2026-10-13", time="14:00")
        await self._schedules("ana", with_dan, first="2026-10-15", time="16:00")
        await self._schedules("dan", of_dan, first=LATE_IN_THE_YEAR, time="09:00")
        for name, where, due in (
            ("ben", with_ben, "2026-10-16"),
            ("ana", with_dan, "2026-11-20"),
            ("dan", of_dan, "2026-10-16"),
        ):
            await self._writes(name, where, due=due)
        await self._grows("ben", with_ben)
        for name, where, began in (
            ("ben", with_ben, datetime(2026, 10, 13, 12, tzinfo=UTC)),
            ("ana", with_dan, datetime(2026, 10, 15, 14, tzinfo=UTC)),
            ("dan", with_dan, datetime(2026, 11, 19, 15, tzinfo=UTC)),
        ):
            await self.among.lives(began + A_MINUTE)
            await self._meets(name, where)
        await self._ends("ana", with_dan)
        await self.among.lives(A_MONDAY)

    async def _where(self, one: str, other: str) -> ConversationId:
        stored, two = await self.among.stored(), {self.among.person(one), self.among.person(other)}
        return next(found for found in map(ConversationId, stored.conversation) if pair(stored, found) == two)

    async def _schedules(self, name: str, where: ConversationId, **entered: Value) -> None:
        place = self.among.words(name)("weeks", "place")
        rhythm = {"every": "week", "minutes": "30", "zone": "Madrid", "place": place, **entered}
        await self.among.does(name, SaveSchedule(where), rhythm)

    async def _ends(self, name: str, where: ConversationId) -> None:
        """Nothing is planned there any more."""
        for series in (await self.among.stored()).series.values():
            if series.conversation == where:
                await self.among.does(name, EndSeries(series.id), {})

    async def _writes(self, name: str, where: ConversationId, *, due: str) -> None:
        words, owner = self.among.words(name), self.among.person(name)
        item = {"text": words("weeks", "item"), "visibility": "shared", "repeat": "never"}
        await self.among.does(name, AddItem(where), item)
        await self.among.does(
            name, AddActionItem(where), {"text": words("weeks", "promise"), "owner": owner, "due": due}
        )

    async def _grows(self, name: str, where: ConversationId) -> None:
        """A plan that is shared, more than a month before the end."""
        text = self.among.words(name)("weeks", "growth")
        await self.among.does(name, NextPart(where, GrowthSection.aspirations, 0), {"text": text})
        await self.among.does(name, ShareGrowth(where), {})

    async def _meets(self, name: str, where: ConversationId) -> None:
        """A meeting that has begun by itself: one writes, and says what they talked about."""
        for private in (True, False):
            await self.among.does(name, AddNote(where, private), {"text": self.among.words(name)("weeks", "note")})
        for item in (await self.among.stored()).item.values():
            if item.conversation == where:
                await self.among.does(name, DiscussItem(item.id), {})
