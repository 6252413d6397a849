"""`oneonone doctor`: each thing that can be wrong is named with how to mend it, and nothing is changed by looking."""

import asyncio
import logging
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import text

from adapters import cli
from adapters.app import build
from adapters.clock import new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.doctor import check_up, findings
from adapters.findings import Finding, Verdict
from adapters.machine import disk_of, file_system
from adapters.playground.slack_people import SlackApp
from adapters.playground.slack_standin import SlackStandIn
from storage.database import migrate
from storage.store import Store
from tests.adapters.slack.conftest import ANA
from tests.adapters.slack.installing import a_town
from tests.storage.world import KEY, furnished

SECRET = "0123456789abcdef0123456789abcdef"
APP = SlackApp("xoxb-canary-bot", SECRET, app_token="xapp-canary")
READ_ONLY = "default_transaction_read_only = on"
CANARIES = ("canary", SECRET, "Ana", "Okafor", "kkkk")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(
        users=[ANA],
        now=now,
        new_id=new_id,
        bot_token=APP.bot_token,
        signing_secret=SECRET,
        app_token=APP.app_token,
        app=APP,
    ) as stand_in:
        yield stand_in


async def serving(slack: SlackStandIn, url: str) -> Config:
    """A bot that has been serving."""
    store = Store(url, (KEY,), patience=30)
    await furnished(store, "canary")
    await store.close()
    token = SlackConfig(bot_token=APP.bot_token, app_token=APP.app_token, api_url=slack.api_url)
    return Config(database_url=url, secret_keys=(KEY,), slack=token)


@pytest.fixture
async def config(slack: SlackStandIn, sqlite_url: str) -> Config:
    return await serving(slack, sqlite_url)


@pytest.fixture
async def either(slack: SlackStandIn, database_url: str) -> Config:
    """The same on each kind of database."""
    return await serving(slack, database_url)


async def found(config: Config, *, ahead: timedelta = timedelta()) -> Sequence[Finding]:
    there = [each async for each in findings(config, now=lambda: now() + ahead)]
    for canary in CANARIES:
        assert canary not in repr(there)
    return there


async def ill(config: Config, *, ahead: timedelta = timedelta()) -> dict[str, str]:
    there = await found(config, ahead=ahead)
    return {each.check: f"{each.verdict}: {each.says}" for each in there if each.verdict is not Verdict.ok}


async def test_what_is_well_is_one_line_each(either: Config) -> None:
    said: list[str] = []
    assert await check_up(either, now=now, say=said.append) == 0
    checks = ["settings", "time zones", "holidays", "database", "schema", "keys", "Slack: token", "Slack: scopes"]
    assert [line for line in said if line.removeprefix("ok       ") in checks] == [
        f"ok       {each}" for each in checks
    ]
    assert ("ok       clock against the database" in said) is either.database_url.startswith("postgresql")
    assert said[-1] == "All is well."


async def test_what_failed_has_its_cure_beneath_it_and_an_exit_code(either: Config) -> None:
    said: list[str] = []
    assert await check_up(replace(either, secret_keys=(b"x" * 32,)), now=now, say=said.append) == 1
    place = said.index("failed   keys")
    assert said[place + 1].startswith("         None opens this database. Look for the key that made it")
    assert said[-1].endswith("1 failed, 0 warnings.")


async def test_a_warning_alone_is_no_failure(config: Config, tmp_path: Path) -> None:
    said: list[str] = []
    fresh = replace(config, database_url=f"sqlite:///{tmp_path / 'none' / 'yet.db'}")
    assert await check_up(fresh, now=now, say=said.append) == 0
    assert "warning  database" in said
    assert not (tmp_path / "none").exists()


async def test_nobody_to_talk_to_is_a_setting_to_mend(config: Config) -> None:
    assert "SLACK_BOT_TOKEN is not set" in (await ill(replace(config, slack=None)))["settings"]


async def test_looking_changes_nothing(config: Config) -> None:
    path = Path(config.database_url.removeprefix("sqlite:///"))
    before = await asyncio.to_thread(lambda: list(sqlite3.connect(path).iterdump()))
    await found(config)
    assert await asyncio.to_thread(lambda: list(sqlite3.connect(path).iterdump())) == before


async def test_an_old_schema_is_told(config: Config, empty_database_url: str) -> None:
    await migrate(empty_database_url, "0001")
    said = await ill(replace(config, database_url=empty_database_url))
    if empty_database_url.startswith("sqlite"):
        assert said["schema"].startswith("warning: It is older than this release. The next oneonone serve")
    else:
        assert said["schema"] == "failed: It is older than this release. Run: oneonone migrate"


@pytest.mark.postgres
async def test_an_empty_postgresql_is_told_to_migrate(config: Config, empty_postgres_url: str) -> None:
    assert "oneonone migrate" in (await ill(replace(config, database_url=empty_postgres_url)))["schema"]


async def test_a_newer_schema_is_told(either: Config) -> None:
    store = Store(either.database_url, (KEY,))
    async with store._database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    assert (await ill(either))["schema"].startswith("warning: A newer release has migrated the database.")


async def test_a_database_that_cannot_be_reached_is_told(config: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = await ill(replace(config, database_url=f"postgresql://canary:canary@127.0.0.1:{port}/db"))
    assert said["database"].startswith("failed: It cannot be reached (ConnectionRefusedError).")


@pytest.mark.postgres
async def test_a_database_that_is_not_there_is_told(config: Config, postgres_url: str) -> None:
    absent = replace(config, database_url=postgres_url.replace("/test_", "/absent_"))
    assert "(3D000)" in (await ill(absent))["database"]


@pytest.mark.postgres
async def test_a_database_that_only_reads_is_told(config: Config, postgres_url: str) -> None:
    store = Store(postgres_url, (KEY,))
    async with store._database.write() as connection:
        name = (await connection.execute(text("SELECT current_database()"))).scalar()
        await connection.execute(text(f"ALTER DATABASE {name} SET {READ_ONLY}"))
    await store.close()
    said = await ill(replace(config, database_url=postgres_url))
    assert said["database"] == "failed: It cannot be written (25006). Let this user write it."


async def test_a_file_that_is_no_database_is_told(config: Config, tmp_path: Path) -> None:
    (tmp_path / "odd.db").write_text("canary " * 1000)
    assert (
        "(SQLITE_NOTADB)" in (await ill(replace(config, database_url=f"sqlite:///{tmp_path / 'odd.db'}")))["database"]
    )


@pytest.mark.postgres
async def test_a_clock_before_the_databases_is_told(config: Config, postgres_url: str) -> None:
    said = await ill(replace(config, database_url=postgres_url), ahead=timedelta(seconds=-20))
    assert said["clock against the database"].startswith("warning: The two are 20 seconds apart.")
    assert said["clock against Slack"].startswith("warning")


def _key(url: str, mode: int) -> None:
    file = Path(f"{url.removeprefix('sqlite:///')}.key")
    file.write_text("a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s\n")
    file.chmod(mode)


async def test_keys_beside_the_database_are_looked_at(config: Config) -> None:
    bare = replace(config, secret_keys=())
    assert (await ill(bare))["keys"].startswith("failed: There is none. Put the key file back")
    _key(config.database_url, 0o600)
    assert await ill(bare) == {}
    _key(config.database_url, 0o644)
    assert "chmod 600" in (await ill(bare))["keys"]


async def test_each_workspace_that_installed_the_app_is_looked_at(sqlite_url: str) -> None:
    async with a_town(sqlite_url) as town:
        for slack in (town.first, town.second):
            browser = town.browser()
            await browser.installs(slack, user="U0ANA" if slack is town.first else "U0BEN")
        many = replace(town.config, api_url=town.first.api_url, signing_secret=SECRET)
        config = Config(database_url=sqlite_url, secret_keys=(KEY,), slack=many)
        there = {each.check: each.verdict for each in await found(config)}
        assert there["Slack: client id and secret"] is Verdict.ok
        assert {there[f"Slack workspace {number}: {what}"] for number in (1, 2) for what in ("token", "scopes")} == {
            Verdict.ok
        }
        town.second.world.faults.add("auth.test", "api_error", error="token_revoked")
        said = await ill(config)
        assert [check for check in said if check.startswith("Slack workspace")] == ["Slack workspace 2: token"]
        assert "was revoked" in said["Slack workspace 2: token"]


# The public address


@asynccontextmanager
async def answering(status: int, body: str) -> AsyncIterator[str]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type="application/json")

    app = web.Application()
    app.add_routes([web.get("/{any:.*}", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (200, '{"live": true}', None),
        (200, "<html>canary", "failed: Something else answers there (200)."),
        (301, "", "failed: Something else answers there (301)."),
        (502, "", "warning: The proxy there has nobody to ask (502)."),
    ],
)
async def test_the_public_address_must_be_ours(status: int, body: str, says: str | None, config: Config) -> None:
    async with answering(status, body) as url:
        said = (await ill(replace(config, public_url=url))).get("public address")
        assert said is None if says is None else str(said).startswith(says)


async def test_a_public_address_out_of_reach_is_only_a_warning(config: Config) -> None:
    said = await ill(replace(config, public_url="http://127.0.0.1:1"))
    assert said["public address"].startswith("warning: This machine cannot reach it (ClientConnectorError)")


async def test_a_public_address_is_missed_where_it_is_needed(config: Config) -> None:
    assert config.slack is not None
    by_http = replace(config, slack=replace(config.slack, app_token=None, signing_secret=SECRET))
    assert "ONEONONE_PUBLIC_URL is not set" in (await ill(by_http))["public address"]


async def test_a_service_that_runs_is_found_at_its_address(config: Config) -> None:
    service = await build(replace(config, port=0), clock=Clock(), new_id=new_id, new_key=new_key)
    await service.start(timer=False)
    try:
        assert await ill(replace(config, public_url=service.url)) == {}
    finally:
        await service.stop()


class Clock:
    def now(self) -> datetime:
        return now()


# The machine

MOUNTS = """
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /srv rw,relatime shared:5 - nfs4 server:/srv rw,vers=4.2
31 22 0:41 / /srv/with\\040space rw,relatime - xfs /dev/sdb1 rw
"""


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.strip())
    assert file_system(Path("/var/lib"), mounts) == "ext4"
    assert file_system(Path("/srv/data"), mounts) == "nfs4"
    assert file_system(Path("/srv/with space/data"), mounts) == "xfs"
    assert file_system(Path("/srv"), tmp_path / "none") is None


def test_a_database_on_a_network_file_system_is_told(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:40 / {tmp_path} rw - nfs4 server:/srv rw")
    there = {each.check: each.says for each in disk_of(tmp_path / "new" / "oneonone.db", mounts=mounts)}
    assert "network file system (nfs4)" in there["file system"]


def test_a_disk_without_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, verdict in ((50, Verdict.failed), (500, Verdict.warning), (5000, Verdict.ok)):
        usage = type("Usage", (), {"free": free * 1024**2})
        monkeypatch.setattr("shutil.disk_usage", lambda _, usage=usage: usage)
        assert next(iter(disk_of(tmp_path / "oneonone.db"))).verdict is verdict


# The command


@pytest.fixture(autouse=True)
def _same_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, ours = root.handlers, root.level, logging.getLogger("oneonone").level
    yield
    root.handlers, root.level = handlers, level
    logging.getLogger("oneonone").setLevel(ours)


def test_settings_that_cannot_be_read_are_named_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEONONE_PORT", "many")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "oops")
    assert cli.main(["doctor"]) == 2
    said = capsys.readouterr().err
    assert "ONEONONE_PORT" in said
    assert "SLACK_BOT_TOKEN" in said


def test_the_command_prints_what_it_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ONEONONE_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-canary")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    assert cli.main(["doctor"]) == 1
    out, err = capsys.readouterr()
    assert "warning  database\n         There is none yet." in out
    assert "failed   Slack: token\n         Slack cannot be asked (not_connected)." in out
    assert "canary" not in out + err
    assert not (tmp_path / "new.db").exists()
