"""Home for a manager with twelve reports: the next three, those who drift, and where the rest is (A3)."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.model.people import Account
from bot.views import Card, Divider, Row
from tests.bot.desk import Actor, Desk, labels, profile
from tests.bot.test_many import CountingStore

REPORTS = [f"Report{number:02}" for number in range(12)]


async def _reports(desk: Desk, *names: str) -> None:
    """Ana starts a 1-on-1 with each of these."""
    known = desk.ana.account
    for name in names:
        account = Account(known.organization, known.workspace, f"U1{name.upper()}")
        about = replace(profile("cleo"), external_id=account.external_id, name=name, handle=name.casefold())
        await desk.engine.learn(account, replace(about, email=f"{name.casefold()}@example.com"))
        await desk.ana.says(f"start @{name.casefold()}")
        await desk.ana.submits(role="my_report")


def _rows(one: Actor) -> list[str]:
    assert isinstance(one.view, Card)
    return [part.title for part in one.view.body if isinstance(part, Row)]


def _labels(one: Actor) -> list[str]:
    assert one.view is not None
    return labels(one.view)


@pytest.fixture
async def twelve(desk: Desk) -> Desk:
    await _reports(desk, *REPORTS)
    for name in REPORTS[4:]:
        await desk.ana.says(f"schedule @{name.casefold()} every friday at {10 + REPORTS.index(name)}:00")
    return desk


async def test_the_next_three_come_first_and_then_those_who_drift(twelve: Desk) -> None:
    await twelve.ana.says("home")
    planned, drifting = REPORTS[4:7], REPORTS[:4]
    assert _rows(twelve.ana)[:3] == planned
    assert _rows(twelve.ana)[-5:] == [*drifting, REPORTS[7]]
    assert "your report · next Friday, 17:00" in twelve.ana.reads
    assert _labels(twelve.ana)[-7:] == [
        "All conversations",
        "Set up my 1-on-1s",
        "Start a conversation",
        "Search",
        "Usage report",
        "Settings",
        "Help",
    ]
    await twelve.ana.presses("All conversations")
    assert "Next page" in _labels(twelve.ana)


async def test_one_line_at_most_is_between_two_sections(desk: Desk) -> None:
    await _reports(desk, REPORTS[0])
    for words in ("home", f"schedule @{REPORTS[0].casefold()} friday 10:00", f"action @{REPORTS[0].casefold()}"):
        await desk.ana.says(words)
        await desk.ana.says("home")
        assert isinstance(desk.ana.view, Card)
        kinds = [type(part) for part in desk.ana.view.body]
        assert kinds[0] is not Divider
        assert kinds[-1] is not Divider
        assert [pair for pair in pairwise(kinds) if pair == (Divider, Divider)] == []


async def test_home_asks_the_database_the_same_however_many_there_are(desk: Desk) -> None:
    await _reports(desk, *REPORTS[:3])
    few = await _asked(desk)
    await _reports(desk, *REPORTS[3:])
    assert await _asked(desk) == few


async def _asked(desk: Desk) -> int:
    for name in REPORTS[:2]:
        await desk.ana.says(f"schedule @{name.casefold()} every friday at 10:00")
    counting = CountingStore(desk.store)
    actor = replace(desk.ana, desk=replace(desk, engine=replace(desk.engine, store=counting)), view=None)  # type: ignore[arg-type] # it answers as a store does
    await actor.says("home")
    return len(counting.asked)
