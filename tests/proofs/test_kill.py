"""Proof 4: killed at every named place, nothing that was acknowledged is lost, and nothing is there twice."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.model.agenda import ItemState
from bot.model.ids import ConversationId, OrganizationId
from storage.store import Store
from tests.bot.desk import A_MONDAY, Desk, desk_on, paired
from tests.proofs.kill_child import KEY, PLACES

TOP = Path(__file__).parents[2]
KINDS = ("item", "item", "note", "promise", "ask", "comment", "discuss", "drop", "finish", "tick")


@dataclass
class Parent:
    """Gives deeds to one child after another, each with the same key until it was acknowledged."""

    url: str
    post: Path
    ids: dict[str, str]
    deaths: Iterator[tuple[str, int]]
    child: subprocess.Popen[str] | None = None
    place: str = ""
    killed: Counter[str] = field(default_factory=Counter)

    def does(self, deed: dict[str, str]) -> None:
        while not self._acknowledged(deed):
            self.killed[self.place] += 1
            self.child = None

    def _acknowledged(self, deed: dict[str, str]) -> bool:
        child = self._living()
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(deed) + "\n")
            child.stdin.flush()
        if child.stdout.readline().strip() == deed["key"]:
            return True
        assert child.wait() == -9, "it died of something else than the kill"
        _close(child)
        return False

    def _living(self) -> subprocess.Popen[str]:
        if self.child is None:
            self.place, hit = next(self.deaths)
            command = [sys.executable, "-m", "tests.proofs.kill_child"]
            arguments = [self.url, self.place, str(hit), str(self.post), json.dumps(self.ids)]
            self.child = subprocess.Popen(
                [*command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TOP
            )
        return self.child

    def ends(self) -> None:
        if self.child is not None:
            assert self.child.stdin is not None
            self.child.stdin.close()
            assert self.child.wait() == 0
            _close(self.child)


def _close(child: subprocess.Popen[str]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None and not pipe.closed:
            with suppress(BrokenPipeError):
                pipe.close()


@dataclass
class Truth:
    """What must be in the database in the end, by text."""

    items: dict[str, ItemState] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    promises: dict[str, bool] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    questions: int = 0

    def deed(self, chance: random.Random, number: int) -> dict[str, str]:
        """A random deed that is possible now, and what it changes."""
        open_items = [text for text, state in self.items.items() if state is ItemState.open]
        open_promises = [text for text, done in self.promises.items() if not done]
        about = {
            "comment": list(self.items),
            "discuss": open_items,
            "drop": open_items,
            "finish": open_promises,
        }
        kind = chance.choice([kind for kind in KINDS if about.get(kind, ["anything"])])
        subject = chance.choice(about[kind]) if kind in about else ""
        text = f"{kind} {number}"
        self._happens(kind, text, subject)
        moment = A_MONDAY + timedelta(minutes=10 * number)
        return {
            "key": f"deed-{number}",
            "kind": kind,
            "who": chance.choice(["U0ANA", "U0BEN"]),
            "text": text,
            "about": subject,
            "now": str(int(moment.timestamp())),
        }

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
            case "ask":
                self.questions += 1
            case _:
                pass  # a tick changes nothing that people see


def deaths(chance: random.Random) -> Iterator[tuple[str, int]]:
    """Each place in turn, at a random hit of it."""
    for place in cycle(PLACES):
        yield place, chance.randint(1, 6 if place.endswith("commit") else 2)


async def run(url: str, post: Path, *, deeds: int, seed: int) -> Counter[str]:
    """Plays the deeds with a kill now and then, compares, and tells how often each place was hit."""
    store = Store(url, (KEY,))
    desk = await desk_on(store)
    await paired(desk)
    ids = await _ids(desk)
    await store.close()
    chance = random.Random(seed)
    truth = Truth()
    parent = Parent(url, post, ids, deaths(chance))
    for number in range(deeds):
        parent.does(truth.deed(chance, number))
        if number % 10 == 9:
            parent.does(
                {"key": f"tick-{number}", "kind": "tick", "who": "", "text": "", "about": "", "now": _at(number)}
            )
    parent.ends()
    await _compare(url, ids, truth, post)
    return parent.killed


def _at(number: int) -> str:
    return str(int((A_MONDAY + timedelta(minutes=10 * number)).timestamp()))


async def _ids(desk: Desk) -> dict[str, str]:
    account = desk.ana.account
    async with desk.store.read(account.organization) as tx:
        [seated] = await tx.conversations.seated(await desk.person("ana"))
    return {
        "organization": account.organization,
        "workspace": account.workspace,
        "conversation": seated.conversation.id,
    }


async def _compare(url: str, ids: dict[str, str], truth: Truth, post: Path) -> None:
    store = Store(url, (KEY,))
    conversation = ConversationId(ids["conversation"])
    async with store._database.read() as connection:
        states = Counter(row[0] for row in await connection.execute(sql("SELECT state FROM delivery")))
        questions = (await connection.execute(sql("SELECT count(*) FROM question"))).scalar_one()
        sent = {row[0] for row in await connection.execute(sql("SELECT id FROM delivery WHERE state = 'sent'"))}
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
    delivered = _delivered(post)
    assert [delivery for delivery, times in delivered.items() if times > 1] == []
    assert sent <= delivered.keys()
    assert states.keys() <= {"pending", "sending", "sent", "unknown", "dropped"}


def _delivered(post: Path) -> Counter[str]:
    """How often the platform was given each delivery."""
    lines = post.read_text(encoding="ascii").splitlines() if post.exists() else []
    return Counter(line.split()[0] for line in lines)


async def test_a_few_deeds_survive_a_kill_at_every_place(sqlite_url: str, tmp_path: Path) -> None:
    killed = await run(sqlite_url, tmp_path / "post", deeds=25, seed=4)
    assert killed["before commit"] >= 1
    assert killed["after commit"] >= 1


@pytest.mark.soak
async def test_two_hundred_deeds_survive_kills_at_every_place(
    database_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    killed = await run(database_url, tmp_path / "post", deeds=200, seed=2026)
    record_property("killed", dict(killed))
    assert all(killed[place] >= 1 for place in PLACES), killed
