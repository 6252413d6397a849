"""The commands `backup` and `restore`: what they say, where keys go, and what they refuse."""

import asyncio
import errno
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.engine import Connection

from storage.schema import on_sqlite
from storage.serve_lock import ServeLock
from storage.store import Store
from tests.adapters.terminal import Terminal
from tests.postgres import in_a_thread
from tests.proofs.logs import all_lines
from tests.storage.world import CANARY, KEY, furnished

WRITTEN = urlsafe_b64encode(KEY).decode().rstrip("=")
ANOTHER = urlsafe_b64encode(b"x" * 32).decode().rstrip("=")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """Whatever is done with it, nothing that people wrote, no name and no key is printed or logged."""
    with all_lines() as lines:
        terminal = Terminal(monkeypatch, capsys, lines)
        yield terminal
    for secret in (CANARY, "Ana Ruiz", "Okafor", WRITTEN, ANOTHER, "Traceback"):
        assert secret not in terminal.everything
        assert lines.holding(secret) == []


@pytest.fixture(autouse=True)
def _same_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level


async def _furnish(url: str) -> None:
    store = Store(url, (KEY,), patience=30)
    await furnished(store, "a")
    await store.close()


@pytest.fixture
def installed(sqlite_url: str) -> str:
    """An SQLite installation with its key file."""
    in_a_thread(lambda: _furnish(sqlite_url))
    _key_file(sqlite_url, WRITTEN)
    return sqlite_url


def _key_file(url: str, key: str) -> Path:
    file = Path(f"{url.removeprefix('sqlite:///')}.key")
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{key}\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def file(terminal: Terminal, installed: str, tmp_path: Path) -> Path:
    assert terminal.run("backup", tmp_path / "a.zip", DATABASE_URL=installed) == 0
    return tmp_path / "a.zip"


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    """Where a new installation will be."""
    return f"sqlite:///{tmp_path / 'elsewhere' / 'oneonone.db'}"


async def _note(url: str) -> str:
    store = Store(url, (KEY,), patience=30)
    organization = await store.organization(name="another", new_id=lambda: "none is made")
    async with store.read(organization) as tx:
        (item,) = await tx.agenda.of("a-conversation-".ljust(22, "0"))  # type: ignore[arg-type]
    await store.close()
    return item.text


def _is_readable(url: str) -> bool:
    found: list[str] = []

    async def read() -> None:
        found.append(await _note(url))

    in_a_thread(read)
    return found == [f"{CANARY}a-item"]


def test_a_backup_says_loudly_that_the_keys_are_in_it(terminal: Terminal, file: Path) -> None:
    assert f"Wrote {file}: " in terminal.out
    assert "THE KEYS ARE IN IT" in terminal.out
    assert "where the keys belong" in terminal.out
    assert file.stat().st_mode & 0o777 == 0o600
    with ZipFile(file) as archive:
        assert archive.read("keys").decode() == f"{WRITTEN}\n"


def test_another_machine_gets_the_key_where_it_looks_for_it(terminal: Terminal, file: Path, elsewhere: str) -> None:
    assert terminal.run("restore", file, DATABASE_URL=elsewhere) == 0
    key = Path(f"{elsewhere.removeprefix('sqlite:///')}.key")
    assert f"The key is in {key}." in terminal.out
    assert (key.read_text(), key.stat().st_mode & 0o777) == (f"{WRITTEN}\n", 0o600)
    assert _is_readable(elsewhere)
    assert "Messages that were due since then: 1." in terminal.out
    assert terminal.run("migrate", DATABASE_URL=elsewhere) == 0
    assert "Using the key" in terminal.out


@pytest.mark.postgres
def test_an_installation_moves_to_postgresql_and_back(
    terminal: Terminal, file: Path, elsewhere: str, empty_postgres_url: str, tmp_path: Path
) -> None:
    assert terminal.run("restore", file, DATABASE_URL=empty_postgres_url, SECRET_KEYS=WRITTEN) == 0
    assert _is_readable(empty_postgres_url)
    back = tmp_path / "b.zip"
    assert terminal.run("backup", back, DATABASE_URL=empty_postgres_url, SECRET_KEYS=WRITTEN) == 0
    assert terminal.run("restore", back, DATABASE_URL=elsewhere) == 0
    assert _is_readable(elsewhere)


def test_keys_of_the_settings_are_kept_where_they_are(terminal: Terminal, file: Path, elsewhere: str) -> None:
    assert terminal.run("restore", file, DATABASE_URL=elsewhere, SECRET_KEYS=f"{ANOTHER},{WRITTEN}") == 0
    assert "The key is in" not in terminal.out
    assert not Path(f"{elsewhere.removeprefix('sqlite:///')}.key").exists()


def test_a_backup_without_keys_needs_those_that_are_there(
    terminal: Terminal, installed: str, elsewhere: str, tmp_path: Path
) -> None:
    file = tmp_path / "bare.zip"
    assert terminal.run("backup", file, "--without-keys", DATABASE_URL=installed) == 0
    assert "The keys are NOT in it" in terminal.out
    assert "none is here that opens it" in terminal.fails("restore", file, DATABASE_URL=elsewhere)
    assert "--without-keys" in terminal.fails("restore", file, DATABASE_URL=elsewhere, SECRET_KEYS=ANOTHER)
    _key_file(elsewhere, WRITTEN)
    assert terminal.run("restore", file, DATABASE_URL=elsewhere) == 0
    assert _is_readable(elsewhere)


def test_a_key_that_is_there_is_never_written_over(terminal: Terminal, file: Path, elsewhere: str) -> None:
    key = _key_file(elsewhere, ANOTHER)
    assert "holds another key" in terminal.fails("restore", file, DATABASE_URL=elsewhere)
    assert key.read_text() == f"{ANOTHER}\n"
    assert not key.with_name("oneonone.db").exists()


def test_settings_whose_key_does_not_fit_are_refused_with_how_to_get_it(
    terminal: Terminal, file: Path, elsewhere: str, tmp_path: Path
) -> None:
    said = terminal.fails("restore", file, DATABASE_URL=elsewhere, SECRET_KEYS=ANOTHER)
    assert said.startswith("- ONEONONE_SECRET_KEYS holds no key that opens this backup.")
    command = ["-m", "zipfile", "-e", str(file), str(tmp_path / "out")]
    assert " ".join(command[:4]) in said
    subprocess.run([sys.executable, *command], check=True)
    monkeypatch, keys = terminal.monkeypatch, tmp_path / "out" / "keys"
    monkeypatch.setenv("ONEONONE_SECRET_KEYS_FILE", str(keys))
    assert terminal.run("restore", file, DATABASE_URL=elsewhere) == 0


def test_a_file_that_is_there_is_refused_unless_it_is_to_be_replaced(
    terminal: Terminal, file: Path, installed: str
) -> None:
    assert "say --replace" in terminal.fails("backup", file, DATABASE_URL=installed)
    assert terminal.run("backup", file, "--replace", DATABASE_URL=installed) == 0


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])


def _spoil(file: Path) -> None:
    content = file.read_bytes()
    place = content.index(b"tables/person.jsonl") + 60
    file.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])


def _newer(file: Path) -> None:
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), "revision": "9999"}).encode()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (_cut, "is not a backup made by oneonone backup, or its end is missing"),
        (_spoil, "is damaged"),
        (_newer, "was made by a newer release"),
        (Path.unlink, "does not exist"),
        (lambda file: file.write_text("hello"), "is not a backup"),
    ],
    ids=["cut", "spoilt", "newer", "absent", "foreign"],
)
def test_a_file_that_cannot_be_restored_is_named_with_the_reason(
    spoilt: Callable[[Path], object], says: str, terminal: Terminal, file: Path, elsewhere: str
) -> None:
    spoilt(file)
    said = terminal.fails("restore", file, DATABASE_URL=elsewhere)
    assert said.startswith(f"- {file} ")
    assert says in said
    folder = Path(elsewhere.removeprefix("sqlite:///")).parent
    assert [each.name for each in folder.glob("*") if each.suffix != ".serve"] == []


def test_a_database_in_use_is_refused(terminal: Terminal, file: Path, installed: str) -> None:
    assert "only into an empty one" in terminal.fails("restore", file, DATABASE_URL=installed)
    assert _is_readable(installed)


def test_a_database_that_is_served_is_refused(terminal: Terminal, file: Path, elsewhere: str) -> None:
    with ServeLock(elsewhere):
        assert "Stop that one first" in terminal.fails("restore", file, DATABASE_URL=elsewhere)
    assert terminal.run("restore", file, DATABASE_URL=elsewhere) == 0


def test_there_must_be_a_database_to_back_up(terminal: Terminal, elsewhere: str, tmp_path: Path) -> None:
    said = terminal.fails("backup", tmp_path / "a.zip", DATABASE_URL=elsewhere)
    assert "where there is no database" in said
    assert not Path(elsewhere.removeprefix("sqlite:///")).parent.exists()


def test_a_place_that_cannot_be_written_is_named(terminal: Terminal, installed: str, tmp_path: Path) -> None:
    assert "does not exist" in terminal.fails("backup", tmp_path / "no" / "a.zip", DATABASE_URL=installed)
    assert "is a folder" in terminal.fails("backup", tmp_path, DATABASE_URL=installed)


def test_a_full_disk_is_named(terminal: Terminal, installed: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("NOT TESTED: this system has no device that is always full")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("storage.backup.mkstemp", lambda **_: (os.open("/dev/full", os.O_RDWR), "/tmp/none"))
        said = terminal.fails("backup", "/tmp/never-made.zip", DATABASE_URL=installed)
    assert "cannot be written (No space left on device)" in said


def test_a_key_that_opens_nothing_makes_no_backup(terminal: Terminal, installed: str, tmp_path: Path) -> None:
    said = terminal.fails("backup", tmp_path / "a.zip", DATABASE_URL=installed, SECRET_KEYS=ANOTHER)
    assert said.startswith("- ONEONONE_SECRET_KEYS holds no key that opens this database.")
    assert not (tmp_path / "a.zip").exists()


def test_a_database_that_cannot_be_reached_is_a_setting_to_mend(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"postgresql://me:hush@127.0.0.1:{port}/nothing"
    for command in (("backup", tmp_path / "b.zip"), ("restore", file)):
        said = terminal.fails(*command, DATABASE_URL=url, SECRET_KEYS=WRITTEN)
        assert said == "- ONEONONE_DATABASE_URL names a database that cannot be reached (ConnectionRefusedError)."


@pytest.mark.postgres
def test_what_postgresql_refuses_is_told_by_its_code(
    terminal: Terminal, file: Path, empty_postgres_url: str, tmp_path: Path
) -> None:
    absent = empty_postgres_url.replace("/test_", "/absent_")
    for command in (("backup", tmp_path / "b.zip"), ("restore", file)):
        assert "(3D000)" in terminal.fails(*command, DATABASE_URL=absent, SECRET_KEYS=WRITTEN)


def test_a_file_that_is_no_database_is_told(terminal: Terminal, installed: str, tmp_path: Path) -> None:
    Path(installed.removeprefix("sqlite:///")).write_text("not a database, however long it may be" * 100)
    said = terminal.fails("backup", tmp_path / "a.zip", DATABASE_URL=installed)
    assert "(SQLITE_NOTADB)" in said


def test_a_key_goes_again_when_the_rest_does_not_come(
    terminal: Terminal, file: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: Connection, work: Callable[[Connection], object]) -> None:
        work(connection)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("storage.restore.on_sqlite", lambda url, work: on_sqlite(url, lambda each: full(each, work)))
        assert "ONEONONE_DATABASE_URL" in terminal.fails("restore", file, DATABASE_URL=elsewhere)
    folder = Path(elsewhere.removeprefix("sqlite:///")).parent
    assert [each.name for each in folder.iterdir()] == ["oneonone.db.serve"]
    assert terminal.run("restore", file, DATABASE_URL=elsewhere) == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from adapters import config
from adapters.backing_up import restore_from
from adapters.clock import SystemClock

def dies(table):
    if table == "note":
        os.kill(os.getpid(), signal.SIGKILL)

restore_from(config.load(), Path(sys.argv[1]), now=SystemClock().now(), say=print, failpoint=dies)
"""


@pytest.mark.soak
async def test_a_restore_that_was_killed_can_be_done_again(terminal: Terminal, file: Path, elsewhere: str) -> None:
    environment = {"PATH": os.environ["PATH"], "ONEONONE_DATABASE_URL": elsewhere}
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, str(file), env=environment)
    assert await killed.wait() == -signal.SIGKILL
    assert terminal.run("restore", file, DATABASE_URL=elsewhere) == 0
    assert _is_readable(elsewhere)
