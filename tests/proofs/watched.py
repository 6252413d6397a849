"""One service on one or two platforms; all that anybody is sent or shown is searched for what they may not know."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from aiohttp import ClientSession

from bot.actions import Action
from bot.engine import Input
from bot.entered import Entered, Value
from bot.model.calendar_link import CalendarLink
from bot.model.people import Account
from bot.model.trail import Result
from prompts.library import PseudoLibrary
from tests.adapters.contract import slack_stage
from tests.adapters.contract.backstage import Backstage
from tests.adapters.contract.slack_stage import slack_user
from tests.proofs.client_crawler import ClientCrawler, Thoroughness
from tests.proofs.crawler import ALONE, Words
from tests.proofs.hands import Hands, Platform, Sent
from tests.proofs.marks import Foreign
from tests.proofs.scene import ADMIN, Breaking
from tests.proofs.weeks import A_DAY, A_MINUTE, DISCREET
from tests.stateful.knowing import MARK, Aviary, canaries
from tests.stateful.snapshot import Snapshot, audit_of, snapshot

PSEUDO = PseudoLibrary("en")
PARTNERS = {"ana": ("ben", "dan"), "ben": ("ana", "dan"), "cleo": ("mia",), "mia": ("cleo",), "dan": ("ana", "ben")}
OUTSIDERS = ("cleo", "mia")
ELSEWHERE = {"mia": "support"}
"""Mia alone is in this channel; where others ask, everybody may read."""
INCIDENT = "incident"
"""What all ids of a service begin with, so that an incident's number is no word from elsewhere."""
DAN = slack_user("Dan", "Iveri", "Europe/Berlin", 1)
_NAMES = {"UTC", "Playground", "Microsoft Teams"}
"""A time zone, and what the two workspaces are called."""


@dataclass(kw_only=True)
class Watched:
    """``told`` is what somebody was sent or shown that they may not know, ``foreign`` what is not from prompts/.

    ``indiscreet`` are messages with people's words to the one who wants none; ``in_calendars`` names the fields whose
    words some calendar shows.
    """

    back: Backstage
    breaking: Breaking
    platforms: Sequence[Platform]
    hands: Mapping[str, Hands]
    persons: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    deeds: Iterator[int] = field(default_factory=lambda: count(1))
    aviary: Aviary = field(default_factory=Aviary)
    told: list[str] = field(default_factory=list)
    indiscreet: list[str] = field(default_factory=list)
    in_calendars: set[str] = field(default_factory=set)
    previews: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    heard: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: set[str] = field(default_factory=set)

    async def begin(self) -> None:
        """Everybody says hello, so that they are known."""
        for hands in self.hands.values():
            await hands.says("home")
        for one in (await self.stored()).identity.values():
            self.persons[one.external_id] = str(one.person)
            self.accounts[one.external_id] = Account(one.organization, one.workspace, one.external_id)
        self.aviary = Aviary(admins=frozenset({self.person(ADMIN)}))

    async def does(self, name: str, action: Action, entered: Mapping[str, Value]) -> None:
        """Somebody sends an action, past their client."""
        account = self.accounts[self.hands[name].external_id]
        given = Input(account=account, key=f"past-{next(self.deeds)}", entered=Entered(entered))
        await self.back.service.engine.act(given, action)

    async def lives(self, until: datetime) -> None:
        """All that the clock does until then, each thing at its moment."""
        clock = self.back.clock
        while clock.now() < until:
            following = await self.back.service.next_due() or until
            clock.advance(min(until, max(following, clock.now() + A_MINUTE), clock.now() + A_DAY) - clock.now())
            await self.back.delivers()
        await self._read("")

    def words(self, name: str) -> Words:
        """What makes canaries of this person."""
        return lambda where, field: self.aviary.breed(self.person(name), name=name, where=where, field=field)

    async def crawled(self, name: str, thoroughness: Thoroughness) -> None:
        """All that one of them can reach, and the next day what others are told of it."""
        crawler = ClientCrawler(
            hands=self.hands[name],
            partners=PARTNERS[name],
            words=self.words(name),
            fault=self.breaking.breaks,
            settled=lambda: self._settled(name),
            thoroughness=thoroughness,
        )
        await crawler.crawl(_verbs(), where=ELSEWHERE.get(name, "general"))
        self.forms |= crawler.filled.keys()
        await self.delivers()
        await self.look_at_every_screen()

    @contextmanager
    def unreachable(self, name: str) -> Iterator[None]:
        """Somebody has blocked the bot, until they write to it."""
        self.hands[name].blocks()
        yield
        self.hands[name].unblocks()

    async def delivers(self) -> None:
        """A day passes."""
        await self.lives(self.back.clock.now() + A_DAY)

    async def look_at_every_screen(self) -> None:
        for name, hands in self.hands.items():
            await self._search(hands.everything_seen(), hands.external_id, f"on {name}'s screen")

    async def look_at_every_calendar(self) -> None:
        """Over HTTP, as who has its address; it shows where one meets, and nothing else that anybody wrote."""
        stored = await self.stored()
        self.aviary.looks_at(stored)
        async with ClientSession() as client:
            for link in stored.calendar_link.values():
                async with client.get(f"{self.back.service.url}/calendar/{link.token}.ics") as answer:
                    shown = (await answer.text()).replace("\r\n ", "")
                self.told += [f"{secret} in a calendar" for secret in self.aviary.secrets(shown, link.person)]
                self.in_calendars |= {canary.split("-")[-2] for canary in canaries(shown)}
                self._address_is_secret(link)

    def _address_is_secret(self, link: CalendarLink) -> None:
        for name, hands in self.hands.items():
            if link.token in hands.everything_seen() and self.person(name) != link.person:
                self.told.append(f"the calendar of {link.person} on {name}'s screen")

    async def done(self) -> set[str]:
        """The actions that somebody has succeeded with."""
        service = self.back.service
        audit = await audit_of(service.store, service.organization)
        return {entry.action for entry in audit if entry.result is Result.done}

    async def stored(self) -> Snapshot:
        service = self.back.service
        return await snapshot(service.store, service.organization)

    async def _settled(self, name: str) -> None:
        await self._read(self.hands[name].external_id)

    async def _read(self, actor: str) -> None:
        """All that was sent since the last time."""
        for platform in self.platforms:
            for sent in platform.drained():
                await self._judge(sent, frozenset({actor}) if sent.readers is None else sent.readers, actor)

    async def _judge(self, sent: Sent, readers: frozenset[str], actor: str) -> None:
        if MARK in sent.whole and not actor and readers == {self.hands[DISCREET].external_id}:
            self.indiscreet.append(sent.whole)
        for reader in readers:
            await self._search(sent.whole, reader, f"to {reader}")
        self.previews |= {text for text in sent.previews if MARK in text}
        self.foreign |= {text for text in sent.texts if _FOREIGN.words(text)}

    async def _search(self, text: str, reader: str, where: str) -> None:
        person = self.persons.get(reader, reader)
        if self.aviary.secrets(text, person):
            self.aviary.looks_at(await self.stored())
        self.told += [f"{secret} {where}" for secret in self.aviary.secrets(text, person)]
        self.heard[person] |= canaries(text)

    def heard_by_outsiders(self) -> set[str]:
        """Said without the model: what Cleo and Mia were sent of others' words, except what was asked of Mia."""
        heard = {one for name in OUTSIDERS for one in self.heard[self.person(name)]}
        return {one for one in heard if one.split("-")[1] not in OUTSIDERS and "-SendQuestion-" not in one}

    def complaints(self) -> Iterator[Any]:
        """What a platform would have refused."""
        for platform in self.platforms:
            yield from platform.complaints()

    def person(self, name: str) -> str:
        return self.persons[self.hands[name].external_id]


def _verbs() -> Sequence[str]:
    """Each verb's usual way; archiving comes last, for it empties the list that the others choose from."""
    return [PSEUDO.verbs[name][0] for name in sorted(PSEUDO.verbs, key=lambda verb: verb == "archive")]


def _known() -> Iterator[str]:
    """What people bring along: their names and addresses, and what they can type."""
    for user in (*slack_stage.EVERYBODY, DAN):
        yield from (user.real_name, user.display_name, *user.real_name.split(), user.email)
    yield from (way for ways in PSEUDO.verbs.values() for way in ways)
    yield from (*_NAMES, INCIDENT)


_FOREIGN = Foreign(_known(), alone=ALONE)
