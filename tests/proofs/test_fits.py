"""Proof 7: in no language is a text of ours too long for a place where a platform shows it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.playground.slack_rules import Surface, message_problems, view_problems
from adapters.playground.teams_rules_actions import Where
from adapters.playground.teams_rules_card import card_problems
from adapters.slack import limits, render
from adapters.slack.place import Frame
from adapters.teams import render as teams
from adapters.teams.place import Frame as TeamsFrame
from bot.features.home import Home
from bot.views import Button, Buttons, Card, Form, Notice, Option, Page, TicksField, View
from prompts import Library
from prompts.compare import ENGLISH, others
from tests.proofs.logs import all_lines
from tests.proofs.marks import CUT
from tests.proofs.opening import scene_on
from tests.proofs.shown import buttons, texts
from tests.stateful.knowing import MARK

LONGEST_LABEL = 40
"""Of a button: two of them find room side by side on a phone."""


@pytest.mark.soak
@pytest.mark.parametrize("language", [ENGLISH, *others()])
async def test_nothing_that_is_ours_is_cut_or_refused(sqlite_url: str, language: str) -> None:
    spoken = Library(language, beside=Library(ENGLISH))
    with all_lines() as lines:
        scene = await scene_on(sqlite_url, libraries={ENGLISH: spoken})
        crawler = replace(scene.crawler(), fault=_unbroken)
        for name in ("ana", "ben", "mia", "cleo"):
            await scene.crawled(name, crawler)
        await scene.delivers()
        await scene.store.close()
    assert lines.failed == []
    views = [view for _, view in scene.seen]
    assert len(views) > 1000
    assert {said for view in views for said in _too_long(view, spoken)} == set()
    assert {said for view in views for said in _refused(view, spoken)} == set()


def _unbroken(words: str | None) -> None:
    """Nothing fails here but a text."""


def _too_long(view: View, library: Library) -> Iterator[str]:
    """Our texts that a platform's renderer shortened, and those that look bad at their length."""
    whole = {text for text in texts(view) if MARK not in text}
    for shown in _read(_payloads(view, library)):
        if shown.endswith(CUT) and shown not in whole:
            yield from (text for text in whole if text.startswith(shown.removesuffix(CUT).rstrip()))
    yield from (
        button.label for button in buttons(view) if len(button.label) > LONGEST_LABEL and MARK not in button.label
    )
    if isinstance(view, Form):
        yield from (text for text in view.errors.values() if len(text) > limits.ERROR and MARK not in text)
        yield from [view.submit_label] * (len(view.submit_label) > limits.TITLE)


def _refused(view: View, library: Library) -> Iterator[str]:
    """What the stand-ins say of what is rendered."""
    say = _say(library)
    match view:
        case Card():
            shown = render.message(view, say)
            yield from map(str, message_problems({"text": shown.text, "blocks": shown.blocks}))
            yield from map(str, view_problems(render.home(view, say), Surface.HOME))
            yield from map(str, card_problems(teams.message(view, say, _opens).card, where=Where.MESSAGE))
        case Page() | Form():
            yield from map(str, view_problems(render.modal(view, Frame(key="k"), say)))
            yield from map(str, card_problems(teams.dialog(view, TeamsFrame(key="k"), say), where=Where.DIALOG))
        case Notice():
            yield from map(str, card_problems(teams.notice(view.text, say).card, where=Where.MESSAGE))


def _payloads(view: View, library: Library) -> list[Any]:
    say = _say(library)
    match view:
        case Card():
            return [render.message(view, say).blocks, render.home(view, say), teams.message(view, say, _opens).card]
        case Page() | Form():
            # Slack has room for a short title only; a longer one is whole in the window itself.
            window = {**render.modal(view, Frame(key="k"), say), "title": {}}
            return [window, teams.dialog(view, TeamsFrame(key="k"), say)]
        case Notice():
            return [render.notice(view.text, say).blocks, teams.notice(view.text, say).card]


def _say(library: Library) -> Any:
    return lambda key, **facts: library.say(key, facts)


def _opens(_: object) -> bool:
    return True


def _read(payload: Any) -> Iterator[str]:
    if isinstance(payload, str):
        yield payload
    for each in payload.values() if isinstance(payload, dict) else payload if isinstance(payload, list) else ():
        yield from _read(each)


@pytest.mark.parametrize(
    ("view", "cut"),
    [
        (Form(title="T", body=(), submit=Home(), submit_label="Send all of it to Ana now", sees=""), "Send all"),
        (Form(title="T" * 25, body=(), submit=Home(), submit_label="Send", sees=""), ""),
        (Page(title="T", body=(Buttons((Button("b" * 41, Home()),)),), sees=""), "b" * 41),
        (Page(title="T", body=(Buttons((Button("b" * 80, Home()),)),), sees=""), "b" * 80),
        (
            Form(
                title="T",
                body=(TicksField("t", "T", (Option("o", "O", "h" * 76),)),),
                submit=Home(),
                submit_label="Send",
                sees="",
            ),
            "h" * 76,
        ),
        (
            Form(
                title="T",
                body=(TicksField("t", "T", (Option("o", "O", "h" * 75),)),),
                submit=Home(),
                submit_label="Send",
                sees="",
            ),
            "",
        ),
        (Notice(text=f"{MARK} " * 3000), ""),
    ],
)
def test_what_is_cut_is_found(view: View, cut: str) -> None:
    found = set(_too_long(view, Library(ENGLISH)))
    assert found == set() if not cut else all(each.startswith(cut) for each in found) and found
