"""What a crawl goes through: people in several conversations at an engine, and a worker that tells them of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from adapters.clock import new_id
from bot.features.conversation_page import StartConversation
from bot.features.placing import AddFromMessage
from bot.model.delivery import Address
from bot.model.ids import DeliveryId, WorkspaceId
from bot.model.people import Account, Platform, Workspace
from bot.ports import Gone, Messenger
from bot.registry import Registry
from bot.turn import Channel
from bot.views import Card, View
from bot.worker import Worker
from prompts import Library
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.desk import Actor, Desk, desk_on, profile
from tests.proofs.crawler import Crawler, Visitor
from tests.stateful.knowing import Aviary
from tests.stateful.snapshot import UNHURRIED, Snapshot, snapshot

ADMIN = "mia"
IN_TEAMS = "guid-mia"
TENANT = "Contoso"
PARTNERS = {"ana": "ben", "ben": "ana", "cleo": "mia", "mia": "cleo", "dan": "ana"}


@dataclass
class Post:
    """A messenger that hands over whatever it is given, but to those who have blocked it."""

    sent: list[tuple[str, Card]] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        if address.external_id in self.blocked:
            raise Gone("blocked")
        self.sent.append((address.external_id, card))
        return delivery


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
    """``seen`` is every view with the one whose it was; each was checked for what that person may not know."""

    desk: Desk
    store: Store
    aviary: Aviary
    post: Post
    worker: Worker
    ids: Mapping[str, str]
    breaking: Breaking
    seen: list[tuple[str, View]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def crawler(self) -> Crawler:
        engine = self.desk.engine
        return Crawler(engine=engine, look=self.look, from_message=AddFromMessage(), fault=self.breaking.breaks)

    async def crawled(self, name: str, crawler: Crawler) -> None:
        """All that one of the four can reach, the messages that wait for them included."""
        mine = self.desk.actors[name].account.external_id
        messages = [card for recipient, card in await self.delivers() if recipient == mine]
        await crawler.crawl(self.visitor(name), messages)

    def visitor(self, name: str) -> Visitor:
        """One of the four, rested: ready to press everything once more."""
        actor, person = self.desk.actors[name], self.ids[name]
        return Visitor(
            name=name,
            account=actor.account,
            words=lambda where, field: self.aviary.breed(person, name=name, where=where, field=field),
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

    async def delivers(self) -> Sequence[tuple[str, Card]]:
        """All messages that are due by tomorrow; each is a view of the one who gets it."""
        self.desk.clock.advance(days=1)
        while await self.worker.tick():
            pass
        fresh, self.post.sent = self.post.sent, []
        names = {actor.account.external_id: name for name, actor in self.desk.actors.items()} | {IN_TEAMS: ADMIN}
        for external_id, card in fresh:
            # A channel that an admin named is read by whoever is in it, so what goes there is the admin's.
            await self.look(self.visitor(names.get(external_id, ADMIN)), card)
        return fresh


async def scene_on(
    url: str, *, libraries: Mapping[str, Library] | None = None, features: Registry | None = None
) -> Scene:
    """Ana, Ben and Dan have conversations with each other; Cleo and Mia know nothing of it.

    Mia has an account in Teams as well. Dan could not be written to for a while.
    """
    breaking = Breaking()
    store = Store(url, (KEY,), failpoint=breaking, patience=UNHURRIED)
    desk = await desk_on(store, features=features)
    if libraries is not None:
        desk.engine = replace(desk.engine, libraries=libraries)
    await _joins(desk, "dan")
    ids = {name: str(await desk.person(name)) for name in PARTNERS}
    post = Post()
    aviary = Aviary(admins=frozenset({ids[ADMIN]}))
    tenant = await _tenant(desk)
    worker = _worker(desk, store, {desk.ana.account.workspace: post, tenant: post})
    scene = Scene(desk=desk, store=store, aviary=aviary, post=post, worker=worker, ids=ids, breaking=breaking)
    for starter, other, role in (("ana", "ben", "my_report"), ("ana", "dan", "colleague"), ("dan", "ben", "my_mentor")):
        await desk.actors[starter].does(StartConversation())
        await desk.actors[starter].submits(person=ids[other], role=role)
    dan = desk.actors["dan"]
    post.blocked = {dan.account.external_id}
    await scene.delivers()
    post.blocked = set()
    await dan.says("home")
    return scene


async def _tenant(desk: Desk) -> WorkspaceId:
    """A second workspace, in which Mia has an account too."""
    organization = desk.mia.account.organization
    tenant = Workspace(
        id=WorkspaceId(new_id()),
        organization=organization,
        platform=Platform.teams,
        external_id="tenant",
        name=TENANT,
    )
    async with desk.store.write(organization) as tx:
        await tx.organizations.add_workspace(tenant)
    desk.engine = replace(desk.engine, domains=frozenset({"example.com"}))
    await desk.engine.learn(Account(organization, tenant.id, IN_TEAMS), replace(profile(ADMIN), external_id=IN_TEAMS))
    return tenant.id


def _worker(desk: Desk, store: Store, messengers: Mapping[WorkspaceId, Messenger]) -> Worker:
    engine = desk.engine
    return Worker(
        outbox=store.outbox,
        store=store,
        registry=engine.registry,
        libraries=engine.libraries,
        messengers=lambda: messengers,
        now=engine.now,
        new_id=new_id,
        owner=new_id(),
        admins=engine.admins,
    )


async def _joins(desk: Desk, name: str) -> None:
    account = replace(desk.ana.account, external_id=f"U0{name.upper()}")
    known = replace(profile("ana"), external_id=account.external_id, handle=name)
    await desk.engine.learn(account, replace(known, name=f"{name.title()} Iveri", email=f"{name}@example.com"))
    desk.actors[name] = Actor(desk, account)
