"""What a crawl goes through: people at an engine, what plans their meetings, and what tells them of everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.actions import Action
from bot.entered import Value
from bot.features.assigning import TopicFromMessage
from bot.features.placing import AddFromMessage
from bot.model.feed import Feed
from bot.planner import Planner
from bot.turn import Channel
from bot.views import Card, View
from bot.worker import Worker
from storage.store import Store
from tests.bot.desk import Desk
from tests.proofs.crawler import Crawler, Visitor, Words
from tests.proofs.weeks import A_DAY, A_MINUTE
from tests.stateful.knowing import Aviary
from tests.stateful.post import Post, feeds_at
from tests.stateful.snapshot import Snapshot, snapshot

ADMIN = "mia"
FROM_MESSAGE = (AddFromMessage(), TopicFromMessage())
IN_TEAMS = "guid-mia"
PARTNERS = {"ana": "ben", "ben": "ana", "cleo": "mia", "mia": "cleo", "dan": "ana"}


@dataclass
class Breaking:
    """A failpoint of a store: while it has words, no commit works, and the error quotes them."""

    words: str | None = None

    def __call__(self, place: str) -> None:
        if self.words is not None and place == "before commit":
            raise RuntimeError(self.words)

    def breaks(self, words: str | None) -> None:
        """Break from now on, or work again."""
        self.words = words


@dataclass(kw_only=True)
class Scene:
    """``seen`` is every view with the one whose it was; each was checked for what that person may not know.

    ``letters`` are the messages among them, the newest last.
    """

    desk: Desk
    store: Store
    aviary: Aviary
    post: Post
    worker: Worker
    planner: Planner
    ids: Mapping[str, str]
    breaking: Breaking
    seen: list[tuple[str, View]] = field(default_factory=list)
    letters: list[tuple[str, Card]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def crawler(self) -> Crawler:
        engine = self.desk.engine
        return Crawler(engine=engine, look=self.look, from_message=FROM_MESSAGE, fault=self.breaking.breaks)

    async def crawled(self, name: str, crawler: Crawler) -> None:
        """All that one of the four can reach, the messages in their chat included, the newest first."""
        await self.delivers()
        messages = [card for reader, card in reversed(self.letters) if reader == name]
        await crawler.crawl(self.visitor(name), messages)

    async def does(self, name: str, action: Action, entered: Mapping[str, Value]) -> None:
        """Somebody sends an action; what they see of it is not looked at."""
        given: Any = dict(entered)
        await self.desk.actors[name].does(action, **given)

    def person(self, name: str) -> str:
        return self.ids[name]

    def words(self, name: str) -> Words:
        """What makes canaries of this person."""
        return lambda where, field: self.aviary.breed(self.ids[name], name=name, where=where, field=field)

    def visitor(self, name: str) -> Visitor:
        """One of the four, rested: ready to press everything once more."""
        return Visitor(
            name=name,
            account=self.desk.actors[name].account,
            words=self.words(name),
            partner=PARTNERS[name],
            channel=Channel("C0HELP", "help") if name == ADMIN else None,
        )

    async def look(self, visitor: Visitor, view: View) -> None:
        """Remember a view, and what in it the person may not know."""
        self.seen.append((visitor.name, view))
        person, shown = self.ids[visitor.name], repr(view)
        if self.aviary.secrets(shown, person):
            self.aviary.looks_at(await self.stored())
        secrets = self.aviary.secrets(shown, person)
        self.told += [f"{visitor.name} was shown {secret}" for secret in secrets]

    async def stored(self) -> Snapshot:
        return await snapshot(self.store, self.desk.ana.account.organization)

    async def delivers(self) -> None:
        """A day passes."""
        await self.lives(self.desk.clock.at + A_DAY)

    async def lives(self, until: datetime) -> None:
        """All that the clock does until then, each thing at its moment; a message is a view of the one who gets it."""
        clock = self.desk.clock
        while clock.at < until:
            clock.at = min(until, max(await self._next_moment(), clock.at + A_MINUTE))
            while await self.planner.tick() or await self.worker.tick():
                pass
        fresh, self.post.sent = self.post.sent, []
        names = {actor.account.external_id: name for name, actor in self.desk.actors.items()} | {IN_TEAMS: ADMIN}
        for external_id, card in fresh:
            # A channel that an admin named is read by whoever is in it, so what goes there is the admin's.
            reader = names.get(external_id, ADMIN)
            self.letters.append((reader, card))
            await self.look(self.visitor(reader), card)

    async def _next_moment(self) -> datetime:
        now = self.desk.clock.at
        found = (await self.store.outbox.next_due(now=now), await self.store.timetable.next_begin(), now + A_DAY)
        return min(moment for moment in found if moment is not None)

    async def calendar(self, name: str) -> Feed | None:
        """What one's calendar shows, for who has made an address for it."""
        organization = self.desk.ana.account.organization
        link = (await self.stored()).calendar_link.get(self.ids[name])
        return await feeds_at(self.desk.engine, self.store, organization).find(link.token) if link else None
