"""The whole company of ``oneonone demo``: so many people and so long a time that its admin sees a report (M1, M5)."""

from collections import Counter
from pathlib import Path

import pytest

from adapters.people_file import read
from adapters.playground import demo_company, demo_people
from adapters.playground.demo_stage import Playground
from adapters.playground.demo_teams import MIA
from adapters.playground.demo_year import WEEKS, live_a_year
from bot.insights import read_report
from bot.model.people import Person
from bot.model.usage import WINDOWS
from bot.ports import Transaction
from prompts import Voice

ENOUGH = 250


def test_nobody_is_there_twice_and_every_manager_is_there() -> None:
    rows = list(demo_company.rows())
    addresses = [address for address, *_ in rows]
    with_accounts = {user.email for user in demo_people.PEOPLE}
    assert len(rows) > ENOUGH
    assert max(Counter(addresses).values()) == 1
    assert not with_accounts & set(addresses)
    known = {*addresses, *(each.head for each in demo_company.DEPARTMENTS), "hari.menon@brightwater.example"}
    assert {manager for *_, manager in rows} <= known
    assert rows == list(demo_company.rows())


def test_it_is_a_file_that_anybody_could_import(tmp_path: Path) -> None:
    file = Playground(tmp_path, whole=True)._people_file()
    sheet = read(file, manager_attribute="Manager e-mail")
    assert len(sheet.entries) > ENOUGH
    assert len(read(Playground(tmp_path)._people_file(), manager_attribute="Manager e-mail").entries) < 20


async def _met(tx: Transaction) -> list[tuple[str, str]]:
    """When each pair has met, by the names of its report's."""
    found: list[tuple[str, str]] = []
    for person in await tx.people.matching("", 100):
        for seated in await tx.conversations.seated(person.id):
            if seated.conversation.senior == person.id:
                met = await tx.meetings.of(seated.conversation.id)
                found += [(seated.other_name, meeting.starts_at.isoformat()) for meeting in met]
    return sorted(found)


async def test_a_year_is_the_same_each_time_and_goes_back_that_far(tmp_path: Path) -> None:
    stage = Playground(tmp_path)
    try:
        await stage.start()
        now = stage.now.replace(year=2026, month=11, day=23, hour=9, minute=0, second=0, microsecond=0)
        service = stage.service
        years = []
        for _ in range(2):
            await live_a_year(service.store, service.organization, now=now, new_id=service.engine.new_id)
            async with service.store.read(service.organization) as tx:
                years.append(await _met(tx))
    finally:
        await stage.stop()
    assert years[1] == sorted(years[0] * 2)
    assert len(years[0]) > WEEKS
    assert min(at for _, at in years[0]) < "2025-11-23"
    assert max(at for _, at in years[0]) < "2026-11-23"


async def _counted(stage: Playground) -> Person:
    """All weeks are counted; the admin."""
    while await stage.service.planner.tick():
        pass
    async with stage.service.store.read(stage.service.organization) as tx:
        [mia] = await tx.people.by_emails([demo_people.ADMIN])
    return mia


@pytest.mark.soak
async def test_mia_types_report_and_sees_how_a_year_went(tmp_path: Path) -> None:
    stage = Playground(tmp_path, whole=True)
    try:
        await stage.start()
        mia = await _counted(stage)
        library = stage.service.engine.libraries["en"]
        voice = Voice(library, zone=mia.zone, now=stage.now)
        async with stage.service.store.read(stage.service.organization) as tx:
            reports = [await read_report(tx, voice, days=days) for days in WINDOWS]
        for report in reports:
            assert report is not None
            assert len(report.departments) > 3
            assert all(figure is not None for _, figure in report.trend)
        assert stage.service.slack is not None
        assert stage.service.teams is not None
        in_slack, in_teams = stage.slack.person("U0MIA"), stage.teams.person(MIA)
        await in_slack.command("/oneonone", "report", channel="people-team")
        await stage.service.slack.tasks.settle()
        assert "Engineering" in in_slack.reads()
        await in_teams.says("report")
        await stage.service.teams.tasks.settle()
        assert "Engineering" in in_teams.reads()
    finally:
        await stage.stop()
