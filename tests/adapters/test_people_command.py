"""The command `people import`: what it says, what it changes, and that it is all or nothing."""

import asyncio
import io
import logging
import os
import signal
import sqlite3
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.progress import Progress
from storage.store import Store
from tests.adapters.terminal import Terminal
from tests.proofs.logs import all_lines
from tests.storage.world import KEY

WRITTEN = urlsafe_b64encode(KEY).decode().rstrip("=")
HEADER = "Email,Name,Manager,Department\n"
STAFF = "ana@x.de,Ana Ruiz,,People\nben@x.de,Ben Okafor,ana@x.de,Sales\ncleo@x.de,Cleo Vance,ben@x.de,Sales\n"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """Names and addresses are printed to the operator; nothing of them is logged."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    with all_lines() as lines:
        yield Terminal(monkeypatch, capsys, lines)
    root.handlers, root.level = handlers, level
    for word in ("Okafor", "Cleo", "@x.de"):
        assert lines.holding(word) == []


class Desk:
    """Imports what is written in the file, and looks into the database."""

    def __init__(self, terminal: Terminal, url: str, file: Path) -> None:
        self.terminal = terminal
        self.url = url
        self.file = file

    def takes(self, content: str, *options: object, **variables: str) -> str:
        """What is printed."""
        assert self._run(content, *options, **variables) == 0, self.terminal.err
        assert self.terminal.err == ""
        return self.terminal.out

    def refuses(self, content: str, *options: object) -> str:
        before = self.everything()
        assert self._run(content, *options) == 2
        assert self.everything() == before
        return self.terminal.err

    def _run(self, content: str, *options: object, **variables: str) -> int:
        self.file.write_text(content)
        return self.terminal.run("people", "import", self.file, *options, DATABASE_URL=self.url, **variables)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.url.removeprefix("sqlite:///")) as database:
            return database.execute(query).fetchall()

    def everything(self) -> list[str]:
        with sqlite3.connect(self.url.removeprefix("sqlite:///")) as database:
            return list(database.iterdump())


@pytest.fixture
def desk(terminal: Terminal, tmp_path: Path) -> Desk:
    """Of an installation in which nobody is known yet."""
    desk = Desk(terminal, f"sqlite:///{tmp_path / 'one.db'}", tmp_path / "people.csv")
    assert terminal.run("migrate", DATABASE_URL=desk.url) == 0
    return desk


def test_people_come_with_their_managers_and_conversations(desk: Desk) -> None:
    said = desk.takes(HEADER + STAFF)
    assert said.splitlines() == [
        "New: 3",
        "  row 2: Ana Ruiz <ana@x.de>",
        "  row 3: Ben Okafor <ben@x.de>",
        "  row 4: Cleo Vance <cleo@x.de>",
        "The same as before: 0",
        "1-on-1s of managers and reports: 2 begun",
        f"Imported {desk.file}.",
    ]
    assert desk.rows("SELECT count(*) FROM conversation") == [(2,)]
    assert desk.rows("SELECT action, person FROM audit") == [("ImportPeople", None)]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.takes(HEADER + STAFF)
    said = desk.takes(HEADER + STAFF)
    assert said.splitlines() == ["The same as before: 3", f"Imported {desk.file}."]


def test_a_dry_run_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    desk.takes(HEADER + STAFF)
    before = desk.everything()
    changed = "ana@x.de,Ana R. Ruiz,,People\ncleo@x.de,Cleo Vance,ana@x.de,Support\ndan@x.de,Dan Li,ana@x.de,Sales\n"
    said = desk.takes(HEADER + changed, "--dry-run")
    assert said.splitlines()[:-2] == [
        "New: 1",
        "  row 4: Dan Li <dan@x.de>",
        "Changed: 2",
        "  row 2: ana@x.de: name Ana Ruiz -> Ana R. Ruiz",
        "  row 3: cleo@x.de: Department Sales -> Support",
        "With another manager: 1",
        "  row 3: cleo@x.de: ben@x.de -> ana@x.de",
        "No longer here: 1",
        "  Ben Okafor <ben@x.de> (not in the file)",
        "The same as before: 0",
    ]
    assert said.splitlines()[-2].startswith("1-on-1s of managers and reports: 2 begun")
    assert said.splitlines()[-1] == "This was a dry run: nothing has changed."
    assert desk.everything() == before


def test_of_many_the_first_are_named_and_all_are_counted(desk: Desk) -> None:
    said = desk.takes("Email\n" + "".join(f"p{each}@x.de\n" for each in range(33)))
    assert said.splitlines()[0] == "New: 33"
    assert said.splitlines()[20:22] == ["  row 21: p19@x.de", "  and 13 more"]
    assert "The file has no column for managers, so everybody keeps theirs." in said


def test_half_the_company_does_not_leave_by_mistake(desk: Desk) -> None:
    everybody = [f"p{each}@x.de\n" for each in range(30)]
    desk.takes("Email\n" + "".join(everybody))
    half = "Email\n" + "".join(everybody[:15])
    said = desk.refuses(half)
    assert said.startswith("Nothing was imported. Of 30 people 15 would no longer be here. Is the file complete?")
    assert said.endswith(f"oneonone people import {desk.file} --leavers 15\n")
    assert "you said that 14 leave, but it would be 15" in desk.refuses(half, "--leavers", 14).lower()
    assert "No longer here: 15" in desk.takes(half, "--leavers", 15)
    assert desk.rows("SELECT active, count(*) FROM person GROUP BY active ORDER BY active") == [(0, 15), (1, 15)]


def test_a_circle_of_three_goes_in_and_is_reported(desk: Desk) -> None:
    desk.takes(HEADER + STAFF)
    circle = STAFF.replace("Ana Ruiz,,", "Ana Ruiz,cleo@x.de,")
    said = desk.takes(HEADER + circle)
    assert "3 in a circle of managers; the last manager who was good stays. See: oneonone people check" in said
    assert desk.rows("SELECT count(*) FROM reporting_line WHERE doubt = 'cycle'") == [(3,)]
    assert desk.rows("SELECT count(*) FROM reporting_line WHERE manager IS NOT NULL") == [(2,)]


def test_a_broken_file_is_named_with_its_rows_and_nothing_is_imported(desk: Desk) -> None:
    said = desk.refuses(HEADER + STAFF + "dan@x.de,=1+1,,Sales\nana@x.de,Ana,,\n" + "nobody,,,\n" * 30)
    first, formula, doubled, *others, last = said.splitlines()
    assert first == f"Nothing was imported. {desk.file} needs your attention:"
    assert formula == (
        "- Row 5, column Name: this begins like a formula. Write its value instead, without the sign in front."
    )
    assert doubled == "- Rows 2 and 6 are both about ana@x.de. Keep one of them."
    assert (len(others), last) == (18, "There are 12 more problems like these.")


def test_what_could_move_the_cursor_is_not_printed(desk: Desk) -> None:
    assert "Ana ?Ruiz" in desk.takes("Email,Name\nana@x.de,Ana \u202eRuiz\n")


def test_two_people_with_one_address_are_named_with_the_mend(desk: Desk) -> None:
    desk.takes(HEADER + STAFF)
    with sqlite3.connect(desk.url.removeprefix("sqlite:///")) as database:
        database.execute("CREATE TEMPORARY TABLE another AS SELECT * FROM person WHERE email = 'ben@x.de'")
        database.execute("UPDATE another SET id = 'another'")
        database.execute("INSERT INTO person SELECT * FROM another")
    said = desk.refuses(HEADER + STAFF)
    assert "- Row 3: several people here have the address ben@x.de" in said
    assert "Change the address of all accounts but one, or leave the row out." in said


def test_a_file_or_a_database_that_is_not_there_is_named(desk: Desk, tmp_path: Path) -> None:
    run = desk.terminal.run
    assert run("people", "import", tmp_path, DATABASE_URL=desk.url) == 2
    assert (
        desk.terminal.err
        == f"Nothing was imported. {tmp_path} needs your attention:\n- It is a folder. Name a file in it.\n"
    )
    desk.file.write_text(HEADER + STAFF)
    nowhere = "postgresql://me:hush@127.0.0.1:1/nothing"
    said = desk.terminal.fails("people", "import", desk.file, DATABASE_URL=nowhere, SECRET_KEYS=WRITTEN)
    assert said.startswith("- ONEONONE_DATABASE_URL names a database that does not serve us")


def test_an_interrupted_import_does_not_look_done(desk: Desk) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("adapters.people_command.compare", interrupted)
        desk.file.write_text(HEADER + STAFF)
        assert desk.terminal.run("people", "import", desk.file, DATABASE_URL=desk.url) == 130
    assert desk.terminal.err == "Interrupted. A dry run tells whether it had been imported already.\n"
    assert "New: 3" in desk.takes(HEADER + STAFF)


class Screen(io.StringIO):
    """A terminal that somebody looks at, or not."""

    def __init__(self, *, watched: bool) -> None:
        super().__init__()
        self._watched = watched

    def isatty(self) -> bool:
        return self._watched


def test_a_bar_is_drawn_for_whoever_looks_and_leaves_the_line_empty() -> None:
    screen = Screen(watched=True)
    progress = Progress(screen)
    progress.show("Reading", 50, 100)
    progress.show("Reading", 51, 100)  # too soon for anybody to see
    assert screen.getvalue() == "\rReading      [###############               ]  50%"
    progress.clear()
    assert screen.getvalue().endswith(" \r")
    nobody = Screen(watched=False)
    Progress(nobody).show("Reading", 50, 100)
    Progress(nobody).clear()
    assert nobody.getvalue() == ""


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from adapters import config
from adapters.people_command import Order, take_in
from adapters.progress import Progress

places = []

def dies(place):
    places.append(place)
    if places.count("before commit") == 2:  # the first is that of the organization
        os.kill(os.getpid(), signal.SIGKILL)

order = Order(file=Path(sys.argv[1]))
asyncio.run(take_in(config.load(), order, say=print, warn=print, progress=Progress(sys.stderr), failpoint=dies))
"""


async def test_killed_half_way_it_has_done_nothing(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(HEADER + STAFF)
    settings = {"PATH": os.environ["PATH"], "ONEONONE_DATABASE_URL": database_url, "ONEONONE_SECRET_KEYS": WRITTEN}
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, str(file), env=settings)
    assert await killed.wait() == -signal.SIGKILL
    assert await _people(database_url) == 0
    again = [sys.executable, "-c", "from adapters.cli import main; raise SystemExit(main())", "people", "import"]
    done = await asyncio.create_subprocess_exec(*again, str(file), env=settings)
    assert await done.wait() == 0
    assert await _people(database_url) == 3


async def _people(url: str) -> int:
    store = Store(url, (KEY,), patience=30)
    organization = await store.organization(name="another", new_id=lambda: "none is made")
    async with store.read(organization) as tx:
        register = await tx.census.register()
    await store.close()
    return len(register.people)
