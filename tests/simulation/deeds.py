"""What two people do over the months, through the engine's own actions, and what the books have of it.

Everything is drawn from the pair's own chance, so that a fault elsewhere does not change what these two want.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from types import MappingProxyType

from bot.actions import Action
from bot.entered import Value
from bot.features.action_item_page import AddActionItem
from bot.features.action_items import FinishActionItem
from bot.features.agenda import AddItem, DiscussItem, Prepare
from bot.features.conversation_page import OpenConversation
from bot.features.conversations import BeginConversation
from bot.features.days_away import AddAway
from bot.features.due_reminders import PostponeActionItem
from bot.features.helping import SendQuestion
from bot.features.notes import AddNote
from bot.features.reminder_card import SnoozeReminder
from bot.features.wrapping_up import EndMeeting, NotMet
from bot.model.ids import ConversationId, DeliveryId
from bot.ports import Transaction
from bot.views import View
from tests.simulation.books import Inputs, Member, Pair
from tests.simulation.courier import Courier, is_done
from tests.simulation.platforms import Moments
from tests.stateful.by_hand import A_DAY, day_of, instant, shown

NOTHING: Mapping[str, Value] = MappingProxyType({})
DAYS_BETWEEN_VISITS = 6.0
ROLES = ("my_report", "my_report", "colleague", "my_mentee")
WRAPS_UP, DID_NOT_MEET = 0.4, 0.05


@dataclass(frozen=True, kw_only=True)
class World:
    """What is around the two; ``lately`` is what one of them was sent last, and may put off."""

    moments: Moments
    courier: Courier
    inputs: Inputs
    read: Callable[[], AbstractAsyncContextManager[Transaction]]
    new_id: Callable[[], str]
    lately: Callable[[Member], DeliveryId | None]


@dataclass
class Two:
    """A pair at work."""

    pair: Pair
    world: World
    chance: random.Random
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def where(self) -> ConversationId:
        assert self.pair.conversation is not None, "they have begun"
        return self.pair.conversation

    async def begin(self) -> None:
        """The manager starts the conversation."""
        entered = {"person": self.pair.second.person, "role": self.chance.choice(ROLES)}
        while not is_done(await self.does(self.pair.first, BeginConversation(), entered)):  # noqa: ASYNC110 - people try
            await asyncio.sleep(60)
        async with self.world.read() as tx:
            found = await tx.conversations.of_pair(self.pair.first.person, self.pair.second.person)
        assert found is not None, "it was acknowledged"
        self.pair.conversation = found.id

    async def visits(self) -> None:
        """Now and then one of the two does a few things, one soon after the other."""
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / (DAYS_BETWEEN_VISITS * 86400)))
            who = self.chance.choice(self.pair.both)
            await self.until_at_work(who)
            for number in range(self.chance.randint(1, 3)):
                deed = self.chance.choices(*zip(*DEEDS, strict=True))[0]
                await asyncio.sleep(number * self.chance.uniform(2, 20))
                _ = self.world.courier.keeps(asyncio.create_task(deed(self, who)))

    async def until_at_work(self, who: Member) -> None:
        """Some moment of their day, on the days from Monday to Friday; none at a full or half hour."""
        day, minute = shown(self.world.moments(), who.zone)
        if day.weekday() > 4 or not 8 * 60 <= minute < 17 * 60:
            day += A_DAY
            while day.weekday() > 4:
                day += A_DAY
            morning = instant(day, 8 * 60, who.zone) + timedelta(seconds=self.chance.uniform(100, 32_000))
            await asyncio.sleep((morning - self.world.moments()).total_seconds())

    async def wraps_up(self) -> None:
        """On many evenings one of the two settles what came of the meeting."""
        while True:
            await asyncio.sleep(86400 * self.chance.uniform(0.9, 1.1))
            if self.chance.random() < WRAPS_UP:
                await self._wraps_up(self.chance.choice(self.pair.both))

    async def _wraps_up(self, who: Member) -> None:
        async with self.world.read() as tx:
            meeting = await tx.meetings.running(self.where)
            items = [one.id for one in await tx.agenda.open_in([self.where])]
        if meeting is None:
            return
        if self.chance.random() < DID_NOT_MEET:
            await self.does(who, NotMet(meeting.id))
            return
        ticked = tuple(self.chance.sample(items[:10], k=len(items[:10]) // 2 + len(items[:10]) % 2))
        note = self.words("note") if self.chance.random() < 0.6 else ""
        await self.does(who, EndMeeting(meeting.id), {"note": note, "discussed0": ticked})

    async def does(self, who: Member, action: Action, values: Mapping[str, Value] = NOTHING) -> View | None:
        """What was answered in the end; the books know when these two were at it."""
        begun = self.world.moments()
        view = await self.world.courier.brings(self.chance.choice(who.accounts), action, values)
        self.pair.touched.append((begun, self.world.moments()))
        return view  # what was doubled comes again within minutes, and changes nothing

    def words(self, kind: str) -> str:
        """Words that nobody wrote before."""
        return f"{kind} {self.pair.number}-{next(self.numbers)}"

    async def adds_an_item(self, who: Member) -> None:
        text = self.words("item")
        seen = self.chance.choice(["shared", "shared", "shared", "mine", "on_the_day"])
        view = await self.does(who, AddItem(self.where), {"text": text, "visibility": seen, "repeat": "never"})
        self.world.inputs.texts[text] = None if view is None else is_done(view)

    async def writes_a_note(self, who: Member) -> None:
        await self.does(who, AddNote(self.where, private=False), {"text": self.words("note")})

    async def promises(self, who: Member) -> None:
        due = day_of(self.world.moments(), who.zone) + self.chance.randint(1, 12) * A_DAY
        owner = self.chance.choice(self.pair.both).person
        entered = {"text": self.words("promise"), "owner": owner, "due": due.isoformat()}
        await self.does(who, AddActionItem(self.where), entered)

    async def keeps_a_promise(self, who: Member) -> None:
        async with self.world.read() as tx:
            still_open = [one.id for one in await tx.action_items.open_in(self.where)]
        if still_open:
            promise = self.chance.choice(still_open)
            is_kept = self.chance.random() < 0.7
            await self.does(who, FinishActionItem(promise) if is_kept else PostponeActionItem(promise, 7))

    async def discusses(self, who: Member) -> None:
        async with self.world.read() as tx:
            items = [one.id for one in await tx.agenda.open_in([self.where]) if one.seen_by(who.person)]
        if items:
            await self.does(who, DiscussItem(self.chance.choice(items)))

    async def looks(self, who: Member) -> None:
        await self.does(who, OpenConversation(self.where))

    async def prepares(self, who: Member) -> None:
        await self.does(who, Prepare(self.where))

    async def puts_off(self, who: Member) -> None:
        delivery = self.world.lately(who)
        if delivery is not None:
            self.world.inputs.snoozes[delivery] += 1
            await self.does(who, SnoozeReminder(delivery))

    async def goes_away(self, who: Member) -> None:
        first = day_of(self.world.moments(), who.zone) + self.chance.randint(2, 20) * A_DAY
        last = first + self.chance.randint(0, 9) * A_DAY
        await self.does(who, AddAway(), {"first": first.isoformat(), "last": last.isoformat()})

    async def asks(self, who: Member) -> None:
        await self.does(who, SendQuestion(), {"question": self.words("question")})


Deed = Callable[[Two, Member], Awaitable[None]]
DEEDS: list[tuple[Deed, float]] = [
    (Two.adds_an_item, 5),
    (Two.promises, 3),
    (Two.keeps_a_promise, 3),
    (Two.looks, 3),
    (Two.discusses, 1),
    (Two.writes_a_note, 1),
    (Two.prepares, 1),
    (Two.puts_off, 3),
    (Two.goes_away, 0.2),
    (Two.asks, 0.1),
]
