"""The composed service: its health, its start and stop, and what the command line says."""

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters import cli
from adapters.app import Service, build, local
from adapters.clock import new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.environment import ConfigError
from adapters.playground.slack_people import SlackUser
from adapters.playground.slack_standin import SlackStandIn
from adapters.timer import Timer
from bot.model.draft import Draft
from bot.model.ids import DraftId
from bot.model.trail import Seen

ANA = SlackUser("U0ANA", "ana", "Ana Ruiz", email="ana@example.com")
SLACK = SlackConfig(bot_token="xoxb-test", signing_secret="not-a-secret")


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(
        users=[ANA], now=Clock().now, new_id=new_id, bot_token="xoxb-test", signing_secret="not-a-secret"
    ) as stand_in:
        yield stand_in


@pytest.fixture
def config(slack: SlackStandIn, sqlite_url: str) -> Config:
    settings = replace(SLACK, api_url=slack.api_url)
    return Config(database_url=sqlite_url, secret_keys=(b"k" * 32,), port=0, slack=settings)


async def built(config: Config, clock: Clock | None = None) -> Service:
    return await build(config, clock=clock or Clock(), new_id=new_id, new_key=new_key)


async def get(service: Service, path: str) -> tuple[int, dict[str, object]]:
    async with ClientSession() as session, session.get(f"{service.url}{path}") as response:
        return response.status, await response.json()


async def test_a_service_that_can_answer_people_is_alive_and_ready(config: Config) -> None:
    service = await built(config)
    await service.start()
    assert await get(service, "/livez") == (200, {"live": True})
    assert await get(service, "/readyz") == (200, {"database": True, "schema": True, "slack": True})
    await service.stop()


async def test_without_slack_it_is_alive_but_not_ready_and_goes_on_trying(config: Config, slack: SlackStandIn) -> None:
    slack.world.faults.add("auth.test", "server_error")
    service = await built(config)
    await service.start(timer=False)
    assert (await get(service, "/livez"))[0] == 200
    assert await get(service, "/readyz") == (503, {"database": True, "schema": True, "slack": False})
    async with ClientSession() as session, session.post(service.events_url, data=b"{}") as response:
        assert response.status == 503
    with slack.world.changed.listen() as news:
        while service.slack is None:
            await asyncio.wait_for(news.get(), 10)
    assert (await get(service, "/readyz"))[0] == 200
    await service.stop()


async def test_a_refused_token_is_a_setting_to_mend(config: Config) -> None:
    assert config.slack is not None
    service = await built(replace(config, slack=replace(config.slack, bot_token="xoxb-another")))
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN is not accepted by Slack"):
        await service.start()


async def test_a_second_service_on_the_same_file_is_refused(config: Config) -> None:
    first, second = await built(config), await built(config)
    await first.start(timer=False)
    with pytest.raises(ConfigError, match="another process serves"):
        await second.start(timer=False)
    assert (await get(first, "/livez"))[0] == 200
    await first.stop()


async def test_a_taken_port_is_a_setting_to_mend(config: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        service = await built(replace(config, port=taken.getsockname()[1]))
        with pytest.raises(ConfigError, match="ONEONONE_PORT"):
            await service.start(timer=False)


async def test_the_same_workspace_is_known_again_after_a_restart(config: Config) -> None:
    for _ in range(2):
        service = await built(config)
        await service.start(timer=False)
        async with service.store.read(service.organization) as tx:
            assert len(await tx.organizations.workspaces()) == 1
        await service.stop()


async def test_a_new_sqlite_file_is_migrated_by_itself(config: Config, empty_sqlite_url: str) -> None:
    service = await built(replace(config, database_url=empty_sqlite_url, secret_keys=()))
    await service.start(timer=False)
    assert (await get(service, "/readyz"))[0] == 200
    assert "Made a new key" in str(service.keyring.notice())
    await service.stop()


@pytest.mark.postgres
async def test_an_old_postgresql_schema_is_refused(config: Config, empty_postgres_url: str) -> None:
    with pytest.raises(ConfigError, match="Run: oneonone migrate"):
        await built(replace(config, database_url=empty_postgres_url))


async def test_old_drafts_and_inputs_are_forgotten(config: Config, slack: SlackStandIn) -> None:
    clock = Clock()
    service = await built(config, clock)
    await service.start(timer=False)
    assert service.slack is not None
    await service.slack.tasks.settle()
    draft = DraftId(new_id())
    async with service.store.write(service.organization) as tx:
        workspace = (await tx.organizations.workspaces())[0].id
        identity = await tx.people.identity(workspace, "U0ANA")
        assert identity is not None
        await tx.drafts.add(
            Draft(
                id=draft,
                organization=service.organization,
                person=identity.person,
                text="half a thought",
                created_at=clock.now(),
            )
        )
        await tx.trail.mark_seen(workspace, Seen("key", None), clock.now())
    for days, seen, kept in ((6, True, True), (2, False, True), (23, False, False)):
        clock.ahead += timedelta(days=days)
        await service.clean()
        async with service.store.read(service.organization) as tx:
            assert (await tx.trail.seen(workspace, "key") is not None) is seen
            assert (await tx.drafts.get(draft) is not None) is kept
    await service.stop()


async def test_local_listens_on_this_machine_only(config: Config) -> None:
    assert local(replace(config, host="0.0.0.0")).host == "127.0.0.1"
    assert local(replace(config, host="::1")).host == "::1"


async def test_the_timer_goes_on_until_nothing_is_left_and_survives_a_failure() -> None:
    left, calm = [True, True, False], asyncio.Event()

    async def tick() -> bool:
        if not left:
            calm.set()
            return False
        if len(left) == 1:
            left.pop()
            raise RuntimeError("a bug")
        return left.pop(0)

    async def clean() -> None:
        pass

    timer = Timer(plan=tick, send=clean, clean=clean)
    timer.start()
    await asyncio.wait_for(calm.wait(), 10)
    await timer.stop()
    await timer.stop()


async def test_stopping_waits_for_what_is_being_planned() -> None:
    began, ended = asyncio.Event(), []

    async def tick() -> bool:
        began.set()
        for _ in range(20):  # as long as it takes others to be stopped
            await asyncio.sleep(0)
        ended.append(True)
        return False

    async def clean() -> None:
        pass

    timer = Timer(plan=tick, send=clean, clean=clean)
    timer.start()
    await asyncio.wait_for(began.wait(), 10)
    await timer.stop()
    assert ended


async def test_serve_says_where_it_listens_and_stops_when_asked(slack: SlackStandIn, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "ONEONONE_DATABASE_URL": f"sqlite:///{tmp_path / 'serve.db'}",
        "ONEONONE_PORT": str(_free_port()),
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": "not-a-secret",
        "SLACK_API_URL": slack.api_url,
    }
    serve = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sys; from adapters.cli import main; sys.exit(main(['serve', '--local']))",
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert serve.stdout is not None
    lines: list[str] = []
    async with asyncio.timeout(30):
        while not lines or "Connected" not in lines[-1]:
            lines.append((await serve.stdout.readline()).decode())
        serve.send_signal(signal.SIGTERM)
        rest, errors = await serve.communicate()
    said = "".join(lines)
    assert "Made a new key" in said
    assert f"OneOnOne listens on http://127.0.0.1:{environment['ONEONONE_PORT']}." in said
    assert "/slack/events" in said
    assert "Stopping" in rest.decode()
    assert serve.returncode == 0
    assert all(json.loads(line)["level"] in ("info", "warning") for line in errors.decode().splitlines())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_settings_that_cannot_be_used_are_named_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEONONE_PORT", "many")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "oops")
    assert cli.main(["serve"]) == 2
    said = capsys.readouterr().err
    assert "ONEONONE_PORT" in said
    assert "SLACK_BOT_TOKEN" in said


def test_the_manifest_is_printed_for_an_address_and_for_socket_mode(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["manifest", "slack", "--url", "https://talk.example.org"]) == 0
    assert "https://talk.example.org/slack/events" in capsys.readouterr().out
    assert cli.main(["manifest", "slack", "--socket"]) == 0
    assert "socket_mode_enabled: true" in capsys.readouterr().out
    assert cli.main(["manifest", "slack", "--url", "talk.example.org"]) == 2
    assert "--url" in capsys.readouterr().err


def test_migrate_makes_a_database_with_its_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEONONE_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    for said in ("Made a new key", "Using the key"):
        assert cli.main(["migrate"]) == 0
        out = capsys.readouterr().out
        assert said in out
        assert "newest schema" in out


@pytest.fixture(autouse=True)
def _same_logging() -> Iterator[None]:
    """A command sets up the process's log; the next test has the old one."""
    root = logging.getLogger()
    handlers, level, ours = root.handlers, root.level, logging.getLogger("oneonone").level
    yield
    root.handlers, root.level = handlers, level
    logging.getLogger("oneonone").setLevel(ours)
