"""The command `report`: what it prints, what it writes, and what it says when it cannot."""

import asyncio
import csv
import io
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.clock import new_id, new_key
from adapters.config import Config
from adapters.environment import ConfigError
from adapters.opening import prepare
from adapters.report_command import NOTHING, STANDARD_OUTPUT, Order, report
from bot.model.ids import DepartmentId, OrganizationId, PersonId
from bot.model.people import Person
from bot.model.usage import EVERYBODY, OTHERS
from storage.store import Store
from tests.adapters.terminal import Terminal
from tests.bot.usage_weeks import LOW, TOP, add_department, add_week, few, shown, team
from tests.proofs.logs import all_lines

KEY = b"k" * 32


class Office:
    """Weeks on record, and an operator who asks for them."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.store = Store(config.database_url, (KEY,), patience=30)
        self.said: list[str] = []
        self.put = b""

    async def organization(self) -> OrganizationId:
        return await self.store.organization(name="Example", new_id=new_id)

    async def department(self, label: str) -> DepartmentId:
        return await add_department(self.store, await self.organization(), label)

    async def manager(self, name: str) -> PersonId:
        organization = await self.organization()
        person = Person(id=PersonId(new_id()), organization=organization, name=name)
        async with self.store.write(organization) as tx:
            await tx.people.add(person)
        return person.id

    async def reports(self, *, days: int = 30, department: str | None = None, to: Path | None = None) -> int:
        self.said, self.put = [], b""
        order = Order(days=days, department=department, csv=to)
        return await report(self.config, order, say=self.said.append, put=self._take)

    def _take(self, content: bytes) -> None:
        self.put += content

    @property
    def lines(self) -> str:
        return "\n".join(self.said)


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    config = Config(database_url=f"sqlite:///{tmp_path}/report.db", secret_keys=(KEY,))
    await prepare(config, new_key=new_key)
    return Office(config)


async def filled(office: Office, label: str = "Sales") -> None:
    """Two departments, of which one has a team that is shown, and some that are together."""
    organization = await office.organization()
    sales, law = await office.department(label), await office.department("Law")
    await add_week(office.store, organization, {EVERYBODY: shown(active=LOW), sales: shown(40, 4)}, ago=4)
    groups = {EVERYBODY: shown(120), sales: shown(45, 4, active=TOP), OTHERS: shown(9, 4, together=(law,))}
    await add_week(office.store, organization, groups, teams={(sales, await office.manager("Ada Lovelace")): team(9)})
    await office.store.close()


async def test_nothing_is_counted_before_the_first_week(office: Office, tmp_path: Path) -> None:
    assert await office.reports(to=tmp_path / "report.csv") == NOTHING
    assert office.said == ["Nothing is counted yet. The first numbers come when a whole week is over, on Monday."]
    assert not (tmp_path / "report.csv").exists()


async def test_it_prints_what_everybody_may_see(office: Office) -> None:
    await filled(office)
    assert await office.reports() == 0
    assert office.said[:3] == ["Usage report: 30 days, 24 Oct 2026 to 22 Nov 2026", "120 1-on-1s", ""]
    for line in (
        "  Active 1-on-1s                         60 to 80 %    up from under 20 %",
        "  Called meaningful by both              under 20 %    as before",
        "  Other departments: These together: Law.",
    ):
        assert line in office.said
    assert "Sales              45 1-on-1s, 4 managers  80 % or more, up from 60 to 80 %" in office.lines
    assert "Active: one of the two added or discussed" in office.lines
    assert "Ada Lovelace" not in office.lines


@pytest.mark.parametrize("name", ["Sales", " sales ", "SALES"])
async def test_a_department_has_its_managers(office: Office, name: str) -> None:
    await filled(office)
    assert await office.reports(department=name) == 0
    assert "  Ada Lovelace  9 1-on-1s  60 to 80 %" in office.said
    assert "3 managers with fewer than 5 reports are counted in the department only." in office.said


async def test_a_department_that_is_shown_with_others_is_found(office: Office) -> None:
    await filled(office)
    assert await office.reports(department="law") == 0
    assert "Other departments" in office.said
    assert "fewer than 5 reports" not in office.lines


async def test_an_unknown_department_is_refused_with_those_there_are(office: Office) -> None:
    await filled(office)
    with pytest.raises(ConfigError, match="--department names a department that was not counted") as refused:
        await office.reports(department="Marketing")
    assert "There are: Sales, Other departments." in str(refused.value)


async def test_a_file_has_a_row_a_share(office: Office, tmp_path: Path) -> None:
    await filled(office)
    file = tmp_path / "report.csv"
    assert await office.reports(department="Sales", to=file) == 0
    assert office.said == [f"Wrote {file}."]
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert rows[1] == [
        "2026-11-22",
        "30",
        "Everybody",
        "",
        "120",
        "",
        "Active 1-on-1s",
        "60",
        "80",
        "60 to 80 %",
        "under 20 %",
    ]
    assert [
        "2026-11-22",
        "30",
        "Sales",
        "Ada Lovelace",
        "9",
        "",
        "Active 1-on-1s",
        "60",
        "80",
        "60 to 80 %",
        "",
    ] in rows
    assert len({len(row) for row in rows}) == 1


async def test_it_goes_to_the_standard_output_too(office: Office, tmp_path: Path) -> None:
    await filled(office)
    await office.reports(to=tmp_path / "report.csv")
    assert await office.reports(to=STANDARD_OUTPUT) == 0
    assert (office.said, office.put) == ([], (tmp_path / "report.csv").read_bytes())


async def test_a_file_that_cannot_be_written_is_said(office: Office, tmp_path: Path) -> None:
    await filled(office)
    with pytest.raises(ConfigError, match="--csv names a file that cannot be written"):
        await office.reports(to=tmp_path)


async def test_what_is_kept_back_has_its_reason(office: Office) -> None:
    await add_week(office.store, await office.organization(), {EVERYBODY: few()})
    await office.store.close()
    assert await office.reports(days=365) == 0
    assert "too few to say" in office.lines
    assert "Too few to say: no group with fewer than 5 is shown" in office.lines


async def test_a_name_cannot_steer_the_terminal(office: Office) -> None:
    await filled(office, "Sales\x1b[2J")
    await office.reports()
    assert "\x1b" not in office.lines
    with pytest.raises(ConfigError) as refused:
        await office.reports(department="x")
    assert "\x1b" not in str(refused.value)


def test_an_operator_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config(database_url=f"sqlite:///{tmp_path}/report.db", secret_keys=(KEY,))
    asyncio.run(_prepared(config))
    settings = {"DATABASE_URL": config.database_url, "SECRET_KEYS": urlsafe_b64encode(KEY).decode()}
    with all_lines() as lines:
        terminal = Terminal(monkeypatch, capsys, lines)
        assert terminal.run("report", "--days", "7", "--department", "sales", **settings) == 0
        assert terminal.out.startswith("Usage report: 7 days, 16 Nov 2026 to 22 Nov 2026\n")
        assert terminal.run("report", "--csv", "-", **settings) == 0
        assert terminal.out.startswith('\ufeff"Week up to","Days",')
        assert "Marketing" not in terminal.fails("report", "--department", "Marketing", **settings)
        assert lines.holding("Lovelace") == []


async def _prepared(config: Config) -> None:
    await prepare(config, new_key=new_key)
    await filled(Office(config))


@pytest.mark.parametrize("arguments", [["--days", "31"], ["--days", "-1"], ["--days", "month"], ["Sales"]])
def test_what_cannot_be_asked_for_is_refused(arguments: list[str], refused: Callable[[list[str]], str]) -> None:
    assert "usage: oneonone" in refused(["report", *arguments])


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[[list[str]], str]:
    """What is said to arguments that are none."""
    from adapters import cli

    def run(arguments: list[str]) -> str:
        with pytest.raises(SystemExit) as stopped:
            cli.main(arguments)
        assert stopped.value.code == 2
        return capsys.readouterr().err

    return run
