"""Proof 7: every word that a person reads comes from prompts/, from people, or from the time zone database."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.slack import render
from adapters.slack.place import Frame
from bot.views import Card, Form, Notice, Page, View
from prompts import Voice
from prompts.library import PseudoLibrary
from tests.bot.desk import A_MONDAY, NAMES
from tests.proofs.crawler import ALONE, QUOTED_AT
from tests.proofs.logs import all_lines
from tests.proofs.marks import Foreign, outside
from tests.proofs.opening import CALLED, DEPARTMENTS, TENANT, scene_on
from tests.proofs.scene import Scene
from tests.proofs.shown import texts

PSEUDO = PseudoLibrary("en")
SPOKEN = Voice(PSEUDO, zone="UTC", now=A_MONDAY)
READ = ("text", "initial_value")


@pytest.mark.soak
async def test_every_word_comes_from_prompts_or_from_people(sqlite_url: str) -> None:
    with all_lines() as lines:
        scene = await scene_on(sqlite_url, libraries={"en": PSEUDO})
        crawler = replace(scene.crawler(), fault=_unbroken, ways=2)
        for name in ("ana", "ben", "mia", "cleo"):
            await scene.crawled(name, crawler)
        await scene.delivers()
        in_calendars = {text for name in scene.ids async for text in _in_calendar(scene, name)}
        await scene.store.close()
    typed = [*_names(scene), *(way for ways in PSEUDO.verbs.values() for way in ways)]
    foreign = Foreign(typed, alone=ALONE | {QUOTED_AT})
    views = [view for _, view in scene.seen]
    assert {text for view in views for text in texts(view) if foreign.words(text)} == set()
    assert {text for view in views for text in _on_slack(view) if foreign.words(text)} == set()
    assert in_calendars
    assert {text for text in in_calendars if foreign.words(text)} == set()
    assert not [line for line in lines.failed if "MissingText" in line or "Undefined" in line]
    assert crawler.forms >= {name for name, h in scene.desk.engine.registry.actions.items() if h.answer is Form}


async def _in_calendar(scene: Scene, name: str) -> AsyncIterator[str]:
    """All that a calendar says, but the places, which people wrote."""
    feed = await scene.calendar(name)
    if feed is not None:
        yield feed.name
        for event in feed.events:
            yield event.title


def _unbroken(words: str | None) -> None:
    """Nothing fails here: the number of an incident is neither a word nor a name."""


def _names(scene: Scene) -> Iterator[str]:
    for name in (*NAMES.values(), "Dan Iveri"):
        yield from (name, *name.split())
    yield from (f"{name}@example.com" for name in scene.ids)
    yield from ("UTC", "Example", TENANT, CALLED, *DEPARTMENTS)


def _say(key: str, /, **facts: object) -> str:
    return SPOKEN.say(key, **facts)


def _on_slack(view: View) -> Iterator[str]:
    """Every text of the view's Block Kit."""
    match view:
        case Card():
            shown = render.message(view, _say)
            yield shown.text
            yield from _read([*shown.blocks, render.home(view, _say)])
        case Page() | Form():
            yield from _read(render.modal(view, Frame(key="k"), _say))
        case Notice():
            yield from _read(render.notice(view.text, _say).blocks)


def _read(payload: Any) -> Iterator[str]:
    if isinstance(payload, list):
        for each in payload:
            yield from _read(each)
    if isinstance(payload, dict):
        for key, value in payload.items():
            if key in READ and isinstance(value, str):
                yield value
            yield from _read(value)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⟦Add⟧", ""),
        ("○ ⟦by ⟨Ana⟩, ⟨⟦Monday⟧⟩⟧", ""),
        ("⟦by ⟨someone⟩⟧", "someone"),
        ("Open ⟦it⟧", "Open"),
        ("DE", ""),
        ("⟦in ⟨DE⟩⟧", "DE"),
        ("⟦every ⟨FREQ=WEEKLY;BYDAY=MO⟩⟧", ""),
        ("⟦Cut…", ""),
        ("⟦Dropped: ⟨⟦Cut…⟩⟧", ""),
        ("⟦Dropped: ⟨⟦Not cut⟩⟧", "unclosed"),
        ("⟦Never closed", "unclosed"),
    ],
)
def test_a_word_from_elsewhere_is_found(text: str, left: str) -> None:
    assert Foreign(["Ana"]).words(text) == left
    assert outside("⟦a⟧").strip() == ""
