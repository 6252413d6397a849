"""Proof 2: what people write is nowhere but on the screens of those who may know it.

A crawler fills every text field of every registered form with a canary of its own, as four people; then the database,
the log, the audit, the errors, the previews and everybody's screens are searched for them.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.views import Card, Form
from tests.proofs.logs import Lines, all_lines
from tests.proofs.scene import Scene, scene_on
from tests.stateful.knowing import MARK
from tests.stateful.snapshot import audit_of

OUTSIDERS = ("cleo", "mia")
REACHED_BY_WORDS_OR_MANY_ROWS = {"JotItem", "OpenComments"}


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
        assert actions >= registry.actions.keys() - REACHED_BY_WORDS_OR_MANY_ROWS
        assert {delivery.kind for delivery in (await scene.stored()).delivery.values()} == registry.messages.keys()
        assert scene.told == []
        assert _shown_to_outsiders(scene) == set()
        assert [card.summary for _, card in scene.seen if isinstance(card, Card) and MARK in card.summary] == []
        assert lines.holding(MARK) == []
        assert "RuntimeError" in "".join(lines.failed)  # the errors that quoted words were logged, without them
        assert MARK not in repr(await audit_of(scene.store, scene.desk.ana.account.organization))
        assert MARK not in repr((await scene.stored()).delivery)
        assert MARK.encode() not in _bytes(sqlite_url)
        assert len(scene.aviary.knowers) > 200


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
