"""What two people do to their schedule; the books have each change once it is acknowledged."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.actions import Action
from bot.entered import Value
from bot.features.moving import MoveMeeting, PutBack, SkipOrMove, named
from bot.features.one_more import PlanMeeting
from bot.features.schedule_page import AskSchedule, PauseSeries, ResumeSeries
from bot.model.meeting import Meeting, MeetingState
from bot.pen import Pen
from bot.timetable import meetings_ahead
from bot.views import Form
from tests.simulation.books import Member, Single, Version
from tests.simulation.courier import is_done
from tests.simulation.deeds import NOTHING, Two
from tests.stateful.by_hand import A_DAY, Rhythm, day_of, instant

SIGHT = timedelta(days=25)
RHYTHMS = ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "week", "two_weeks")
TIMES = (14 * 60, 14 * 60, 14 * 60, 9 * 60)
COMPANY_DAY = 2
"""Most of them meet on Wednesdays at two, so that much is due at once."""

DAYS_BETWEEN_CHANGES = 12.0
HEADQUARTERS = "Europe/Madrid"
DAYS_WITHOUT = (8, 25)


@dataclass
class Agreeing:
    """One change at a time: what comes first is known then."""

    two: Two
    at_it: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self) -> None:
        """They agree upon a rhythm: there are as many pairs of each."""
        every = RHYTHMS[self.two.pair.number % len(RHYTHMS)]
        while self.two.pair.rhythm is None:
            await self.saves(self.two.pair.first, every)
            await asyncio.sleep(60)

    async def changes(self) -> None:
        """Now and then one of the two does something to their meetings."""
        two, chance = self.two, self.two.chance
        while True:
            await asyncio.sleep(chance.expovariate(1 / (DAYS_BETWEEN_CHANGES * 86400)))
            who = chance.choice(two.pair.both)
            await two.until_at_work(who)
            kind = chance.choices(["move", "skip", "back", "extra", "pause", "rhythm"], [5, 4, 2, 2, 0.5, 0.7])[0]
            async with self.at_it:
                await self._changes(kind, who)

    async def _changes(self, kind: str, who: Member) -> None:
        match kind:
            case "move":
                await self.moves(who)
            case "skip":
                await self.skips(who)
            case "back":
                await self.brings_back(who)
            case "extra":
                await self.plans_one_more(who)
            case "pause":
                await self.pauses(who)
            case _ if self.two.pair.rhythm is not None:
                await self.saves(who, self.two.pair.rhythm.every)
            case _:
                pass

    async def saves(self, who: Member, every: str) -> None:
        two = self.two
        first = day_of(two.world.moments(), who.zone) + two.chance.randint(1, 8) * A_DAY
        if two.chance.random() < 0.8:
            first += (COMPANY_DAY - first.weekday()) % 7 * A_DAY
        rhythm = Rhythm(every=every, first=first, at=two.chance.choice(TIMES), zone=HEADQUARTERS, minutes=30)
        if every.startswith("FREQ"):  # its first day is one of its days, as a person would have it
            rhythm = replace(rhythm, first=next(rhythm.first + n * A_DAY for n in range(7) if _is_first(rhythm, n)))
        form = await two.does(who, AskSchedule(two.where))
        if not isinstance(form, Form):
            return
        entered = {
            "every": "rule" if every.startswith("FREQ") else every,
            "rule": every if every.startswith("FREQ") else "",
            "first": rhythm.first.isoformat(),
            "time": written(rhythm.at),
            "zone": rhythm.zone,
            "minutes": str(rhythm.minutes),
            "last": "",
            "place": "",
        }
        if await self._does(who, form.submit, entered):
            two.pair.versions.append(Version(two.world.moments(), rhythm))

    async def pauses(self, who: Member) -> None:
        """For a week or three."""
        two = self.two
        rhythm = two.pair.rhythm
        async with two.world.read() as tx:
            series = await tx.series.of(two.where)
        if series is None or rhythm is None or not await self._does(who, PauseSeries(series.id)):
            return
        two.pair.versions.append(Version(two.world.moments(), None))
        await asyncio.sleep(two.chance.uniform(*DAYS_WITHOUT) * 86400)
        while not await self._does(who, ResumeSeries(series.id)):  # noqa: ASYNC110 - people try again
            await asyncio.sleep(600)
        two.pair.versions.append(Version(two.world.moments(), rhythm))

    async def moves(self, who: Member) -> None:
        meeting = await self._one_ahead(MeetingState.scheduled)
        if meeting is None:
            return
        starts, words = self._some_time(who)
        self.two.pair.extras.setdefault(starts, None)
        if await self._does(who, MoveMeeting(*named(meeting)), {"when": words}):
            self._now_begins(meeting, starts)

    async def skips(self, who: Member) -> None:
        meeting = await self._one_ahead(MeetingState.scheduled)
        if meeting is not None and is_done(await self.two.does(who, SkipOrMove(*named(meeting)), {"instead": "skip"})):
            self._now_begins(meeting, None)

    async def brings_back(self, who: Member) -> None:
        meeting = await self._one_ahead(MeetingState.skipped)
        if meeting is None:
            return
        minute = int(meeting.starts_at.timestamp()) // 60
        if await self._does(who, PutBack(meeting.id, minute)):
            self._now_begins(meeting, meeting.starts_at)

    async def plans_one_more(self, who: Member) -> None:
        starts, words = self._some_time(who)
        entered = {"when": words, "minutes": "30", "place": ""}
        self.two.pair.extras.setdefault(starts, None)
        if await self._does(who, PlanMeeting(self.two.where), entered):
            self.two.pair.extras[starts] = self.two.world.moments()

    async def _does(self, who: Member, action: Action, values: Mapping[str, Value] = NOTHING) -> bool:
        """Whether it was done; where nobody answered, all that follows is open."""
        view = await self.two.does(who, action, values)
        self.two.pair.is_certain = self.two.pair.is_certain and view is not None
        return is_done(view) and not isinstance(view, Form)

    async def _one_ahead(self, state: MeetingState) -> Meeting | None:
        """One of the rhythm's that begins in more than an hour."""
        world = self.two.world
        now = world.moments()
        async with world.read() as tx:
            ahead = await meetings_ahead(Pen(tx, now, world.new_id), self.two.where, until=now + SIGHT)
        later = [one for one in ahead if one.series and one.state is state and one.starts_at > now + timedelta(hours=1)]
        later = [one for one in later if state is MeetingState.scheduled or one.is_stored]
        return self.two.chance.choice(later) if later else None

    def _some_time(self, who: Member) -> tuple[datetime, str]:
        """In the next days, not at a full or half hour, as those of a rhythm are; and its words."""
        chance = self.two.chance
        day = day_of(self.two.world.moments(), who.zone) + chance.randint(1, 10) * A_DAY
        at = chance.randint(8, 16) * 60 + chance.choice([10, 20, 40])
        return instant(day, at, who.zone), f"{day} {written(at)}"

    def _now_begins(self, meeting: Meeting, starts: datetime | None) -> None:
        assert meeting.day is not None
        singles = self.two.pair.singles.setdefault(meeting.day, [])
        singles.append(Single(self.two.world.moments(), starts))


def _is_first(rhythm: Rhythm, days: int) -> bool:
    return (rhythm.first + days * A_DAY).weekday() in (0, 2, 4)


def written(minutes: int) -> str:
    """A time of day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
