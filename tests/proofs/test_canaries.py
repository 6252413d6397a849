"""Proof 2: what people write is nowhere but on the screens of those who may know it.

A crawler fills every text field of every registered form with a canary of its own, as four people; then the database,
the log, the audit, the errors, the previews and everybody's screens are searched for them.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.model.delivery import DeliveryKind, DeliveryState
from bot.model.trail import Result
from bot.views import Card, Form
from tests.proofs.logs import Lines, all_lines
from tests.proofs.opening import scene_on
from tests.proofs.scene import Scene
from tests.proofs.weeks import DISCREET
from tests.stateful.knowing import MARK, canaries
from tests.stateful.snapshot import audit_of

OUTSIDERS = ("cleo", "mia")
REACHED_BY_MANY_ROWS = {"OpenComments"}


@asynccontextmanager
async def _crawled(url: str) -> AsyncIterator[tuple[Scene, Lines, set[str], set[str]]]:
    """The scene after everybody's crawl, what was logged, and which actions and forms were reached."""
    with all_lines() as lines:
        scene = await scene_on(url)
        crawler = scene.crawler()
        try:
            for name in ("ana", "ben", *OUTSIDERS):
                await scene.crawled(name, crawler)
            await scene.delivers()
            yield scene, lines, crawler.actions, crawler.forms
        finally:
            await scene.store.close()


@pytest.mark.soak
async def test_what_people_write_is_only_where_they_may_read_it(sqlite_url: str) -> None:
    async with _crawled(sqlite_url) as (scene, lines, actions, forms):
        registry = scene.desk.engine.registry
        assert forms >= {name for name, handler in registry.actions.items() if handler.answer is Form}
        audit = await audit_of(scene.store, scene.desk.ana.account.organization)
        done = {entry.action for entry in audit if entry.result is Result.done}
        assert done >= {name for name, handler in registry.actions.items() if handler.writes}
        assert done | actions >= registry.actions.keys() - REACHED_BY_MANY_ROWS
        assert await _kinds_sent(scene) == registry.messages.keys()
        assert scene.told == []
        assert [card for reader, card in scene.letters if reader == DISCREET and MARK in repr(card)] == []
        assert await _in_calendars(scene) == {"place"}
        assert _shown_to_outsiders(scene) == set()
        assert [card.summary for _, card in scene.seen if isinstance(card, Card) and MARK in card.summary] == []
        assert lines.holding(MARK) == []
        quoted = [line for line in lines.failed if "RuntimeError" in line]
        assert quoted == lines.failed != []  # the errors that quoted words were logged, without them
        assert MARK not in repr(audit)
        assert MARK not in repr((await scene.stored()).delivery)
        assert MARK.encode() not in _bytes(sqlite_url)
        assert len(scene.aviary.knowers) > 200


async def _kinds_sent(scene: Scene) -> set[DeliveryKind]:
    deliveries = (await scene.stored()).delivery.values()
    return {delivery.kind for delivery in deliveries if delivery.state is DeliveryState.sent}


async def _in_calendars(scene: Scene) -> set[str]:
    """Of which fields there are words in anybody's calendar; they are among those that the person may read."""
    found: set[str] = set()
    for name in scene.ids:
        shown = repr(await scene.calendar(name))
        assert scene.aviary.secrets(shown, scene.ids[name]) == set()
        found |= {canary.split("-")[-2] for canary in canaries(shown)}
    return found


def _shown_to_outsiders(scene: Scene) -> set[str]:
    """Said without the model: nothing of Ana's and Ben's is on a screen of Cleo's or Mia's, except questions to Mia."""
    return {
        canary
        for name, view in scene.seen
        if name in OUTSIDERS
        for canary in scene.aviary.knowers
        if canary in repr(view) and canary.split("-")[1] not in OUTSIDERS and "-SendQuestion-" not in canary
    }


def _bytes(url: str) -> bytes:
    """The database as it lies on the disk, its log included."""
    file = Path(url.removeprefix("sqlite:///"))
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
