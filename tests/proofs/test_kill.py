"""Proof 4: killed at every named place, nothing that was acknowledged is lost, and nothing is there twice."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.model.agenda import ItemState
from bot.model.delivery import Delivery, DeliveryState
from bot.model.ids import ConversationId, OrganizationId
from storage.store import Store
from tests.bot.desk import A_MONDAY, Desk, desk_on, paired
from tests.proofs.kill_child import KEY, PLACES, Death, begin
from tests.proofs.kill_schedule import LOST, PEOPLE, Appointments
from tests.stateful.snapshot import _read

NURSERY = multiprocessing.get_context("forkserver")
"""A process that has imported everything once, from which each child is forked."""

NURSERY.set_forkserver_preload(["tests.proofs.kill_child"])

KINDS = ("item", "item", "note", "promise", "ask", "comment", "discuss", "drop", "finish")
ABOUT = ("comment", "discuss", "drop", "finish")
COUNTED = {
    "item": ("added",),
    "note": ("noted",),
    "promise": ("promised",),
    "discuss": ("discussed",),
    "finish": ("closed",),
    "wrap": ("wrapped_up", "noted"),
}
"""What is written down of a deed for the usage report; of all others nothing."""

COMMITS = ("before commit", "after commit")
BETWEEN_DEEDS = timedelta(minutes=10, seconds=7)
TIME_PASSES = 0.5
AT_ITS_TIME = 0.7
THE_CLOCK = ("plan", "send")
"""What the clock does, in this order."""


@dataclass
class Parent:
    """Gives deeds to one child after another, each with the same key until it was acknowledged."""

    url: str
    post: Path
    ids: dict[str, str]
    deaths: Iterator[Death]
    child: BaseProcess | None = None
    pipe: Connection | None = None
    place: str = ""
    killed: Counter[str] = field(default_factory=Counter)

    def does(self, deed: dict[str, str]) -> None:
        while not self._acknowledged(deed):
            self.killed[self.place] += 1
            self.killed[f"{self.place} of {deed['kind']}"] += 1

    def _acknowledged(self, deed: dict[str, str]) -> bool:
        pipe = self.pipe or self._begins()
        try:
            pipe.send(deed)
            return bool(pipe.recv() == deed["key"])
        except (EOFError, ConnectionError):
            assert self._ended() == -9, "it died of something else than the kill"
            return False

    def _begins(self) -> Connection:
        death = next(self.deaths)
        self.place = death.place
        self.pipe, theirs = NURSERY.Pipe()
        given = (theirs, self.url, death, self.post, self.ids)
        self.child = NURSERY.Process(target=begin, args=given, daemon=True)
        self.child.start()
        theirs.close()
        return self.pipe

    def _ended(self) -> int | None:
        assert self.child is not None
        assert self.pipe is not None
        self.pipe.close()
        self.pipe = None
        self.child.join()
        return self.child.exitcode

    def ends(self) -> None:
        if self.pipe is not None:
            assert self._ended() == 0


@dataclass
class Truth:
    """What must be in the database in the end, by text."""

    items: dict[str, ItemState] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    promises: dict[str, bool] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    questions: int = 0
    schedule: Appointments = field(default_factory=Appointments)
    counted: set[tuple[str, datetime]] = field(default_factory=set)
    now: datetime = A_MONDAY

    def deed(self, chance: random.Random, number: int) -> dict[str, str]:
        """A random deed that is possible now, and what it changes."""
        self.now += BETWEEN_DEEDS
        kind = chance.choice([*self._possible(), *self.schedule.possible(self.now)])
        text, who, about = f"{kind} {number}", chance.choice(["U0ANA", "U0BEN"]), ""
        if kind in KINDS:
            about = self._about(chance, kind)
            self.schedule.saw(kind, who, self.now, text, about)
            self._happens(kind, text, about)
        else:
            about, text = self.schedule.deed(chance, kind, who, self.now, text)
            if kind == "wrap":
                self.notes.append(text)
        self.schedule.pair.settles(self.now)
        self.counted |= {(deed, self.now) for deed in COUNTED.get(kind, ())}
        return self._written(f"deed-{number}", kind, who=who, text=text, about=about)

    def _possible(self) -> Iterator[str]:
        yield from (kind for kind in KINDS if kind not in ABOUT or self._subjects(kind))

    def _about(self, chance: random.Random, kind: str) -> str:
        return chance.choice(self._subjects(kind)) if kind in ABOUT else ""

    def _subjects(self, kind: str) -> list[str]:
        """What such a deed can be about."""
        match kind:
            case "comment":
                return list(self.items)
            case "finish":
                return [text for text, done in self.promises.items() if not done]
            case _:
                return [text for text, state in self.items.items() if state is ItemState.open]

    def _written(self, key: str, kind: str, *, who: str = "", text: str = "", about: str = "") -> dict[str, str]:
        now = str(int(self.now.timestamp()))
        return {"key": key, "kind": kind, "who": who, "text": text, "about": about, "now": now}

    def time_passes(self, chance: random.Random, number: int) -> Iterator[dict[str, str]]:
        """The clock strikes, when something is due or some hours later: it plans, begins and closes, and then sends."""
        pair = self.schedule.pair
        due = pair.next_moment(self.now)
        later = self.now + timedelta(hours=chance.randint(1, 40))
        self.now = due if due is not None and chance.random() < AT_ITS_TIME else later
        pair.clock_strikes(self.now, looks=2)
        yield from (self._written(f"{kind}-{number}", kind) for kind in THE_CLOCK)

    def _happens(self, kind: str, text: str, subject: str) -> None:
        match kind:
            case "item":
                self.items[text] = ItemState.open
            case "note":
                self.notes.append(text)
            case "promise":
                self.promises[text] = False
            case "comment":
                self.comments.append(text)
            case "discuss" | "drop":
                self.items[subject] = ItemState.discussed if kind == "discuss" else ItemState.dropped
            case "finish":
                self.promises[subject] = True
            case _:
                self.questions += 1


def deaths(chance: random.Random) -> Iterator[Death]:
    """Each place in turn, at a random hit of it, and each commit while the clock plans."""
    for place, during in cycle([*((place, "plan") for place in COMMITS), *((place, "") for place in PLACES)]):
        hit = 1 if during else chance.randint(1, 6 if place in COMMITS else 2)
        yield Death(place, hit, during)


async def run(url: str, post: Path, *, deeds: int, seed: int) -> Counter[str]:
    """Plays the deeds with a kill now and then, compares, and tells how often each place was hit."""
    store = Store(url, (KEY,))
    desk = await desk_on(store)
    await paired(desk)
    ids = await _ids(desk)
    await store.close()
    chance = random.Random(seed)
    truth = Truth()
    parent = Parent(url, post, ids, deaths(random.Random(seed)))  # the same deeds, however many of them are killed
    for number in range(deeds):
        parent.does(truth.deed(chance, number))
        if chance.random() < TIME_PASSES:
            for deed in truth.time_passes(chance, number):
                parent.does(deed)
    parent.ends()
    await _compare(url, ids, truth, post)
    return parent.killed


async def _ids(desk: Desk) -> dict[str, str]:
    account = desk.ana.account
    people = {name: await desk.person(name) for name in PEOPLE.values()}
    async with desk.store.read(account.organization) as tx:
        [seated] = await tx.conversations.seated(people["ana"])
    return {
        **people,
        "organization": account.organization,
        "workspace": account.workspace,
        "conversation": seated.conversation.id,
    }


async def _compare(url: str, ids: dict[str, str], truth: Truth, post: Path) -> None:
    store = Store(url, (KEY,))
    conversation = ConversationId(ids["conversation"])
    async with store._database.read() as connection:
        questions = (await connection.execute(sql("SELECT count(*) FROM question"))).scalar_one()
    rows = await _read(store, OrganizationId(ids["organization"]), ["meeting", "delivery", "deed"])
    deliveries: Mapping[str, Delivery] = rows["delivery"]
    async with store.read(OrganizationId(ids["organization"])) as tx:
        items = await tx.agenda.of(conversation)
        comments = await tx.agenda.comments_in(conversation)
        notes = await tx.notes.of(conversation)
        promises = await tx.action_items.of(conversation)
    await store.close()
    assert sorted((item.text, item.state) for item in items) == sorted(truth.items.items())
    assert sorted(note.text for note in notes) == sorted(truth.notes)
    assert sorted(comment.text for comment in comments) == sorted(truth.comments)
    assert sorted((one.text, one.done_at is not None) for one in promises) == sorted(truth.promises.items())
    assert questions == truth.questions
    assert {(done.deed.value, done.at) for done in rows["deed"].values()} == truth.counted
    names = {ids[name]: name for name in PEOPLE.values()}
    truth.schedule.compare(rows["meeting"].values(), deliveries.values(), names)
    delivered = _delivered(post)
    assert [delivery for delivery, times in delivered.items() if times > 1] == []
    assert {key for key, one in deliveries.items() if one.state is DeliveryState.sent} <= delivered.keys()
    assert delivered.keys() <= {key for key, one in deliveries.items() if one.state in (DeliveryState.sent, *LOST)}
    assert all(one.state is not DeliveryState.rejected for one in deliveries.values())


def _delivered(post: Path) -> Counter[str]:
    """How often the platform was given each delivery."""
    lines = post.read_text(encoding="ascii").splitlines() if post.exists() else []
    return Counter(line.split()[0] for line in lines)


@pytest.mark.soak
async def test_a_few_deeds_survive_a_kill_at_every_place(sqlite_url: str, tmp_path: Path) -> None:
    killed = await run(sqlite_url, tmp_path / "post", deeds=20, seed=4)
    assert all(killed[place] > killed[f"{place} of plan"] >= 1 for place in COMMITS), killed


@pytest.mark.soak
async def test_two_hundred_deeds_survive_kills_at_every_place(
    database_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    killed = await run(database_url, tmp_path / "post", deeds=200, seed=2026)
    record_property("killed", dict(killed))
    assert all(killed[place] >= 1 for place in PLACES), killed
    assert all(killed[f"{place} of plan"] >= 1 for place in COMMITS), killed
