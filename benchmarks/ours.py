"""OneOnOne itself, with two people who have a conversation."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from adapters.app import Service, build
from adapters.clock import SystemClock, new_id, new_key
from adapters.config import Config, SlackConfig, TeamsConfig
from adapters.playground.slack_people import SlackTeam, SlackUser
from adapters.playground.slack_standin import SlackStandIn
from benchmarks.microsoft import APP_ID, PASSWORD, TENANT, Microsoft
from benchmarks.slackish import SECRET, TEAM, TOKEN, command, signed
from benchmarks.wire import Request, post
from bot.engine import Input
from bot.entered import Entered
from bot.features.conversations import BeginConversation
from bot.model.people import Account

PEOPLE = (
    SlackUser("U0ANA", "ana", "Ana Ruiz", email="ana@example.com", tz="Europe/Madrid"),
    SlackUser("U0BEN", "ben", "Ben Okafor", email="ben@example.com"),
)


def slack() -> SlackStandIn:
    """Slack's Web API, which only the start needs."""
    return SlackStandIn(
        users=PEOPLE,
        team=SlackTeam(id=TEAM, name="Bench", domain="bench"),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        bot_token=TOKEN,
        signing_secret=SECRET,
    )


@asynccontextmanager
async def on_slack(url: str, api_url: str) -> AsyncIterator[Service]:
    """A service for Slack on this database, in which Ana has a conversation with Ben."""
    config = SlackConfig(bot_token=TOKEN, signing_secret=SECRET, api_url=api_url)
    async with _running(Config(database_url=url, secret_keys=(b"k" * 32,), port=0, slack=config)) as service:
        assert service.slack is not None
        await service.slack.tasks.settle()
        await _converse(service)
        yield service


@asynccontextmanager
async def on_teams(url: str, microsoft: Microsoft) -> AsyncIterator[Service]:
    """The same for Teams."""
    config = TeamsConfig(
        app_id=APP_ID,
        password=PASSWORD,
        tenant=TENANT,
        login_url=microsoft.url,
        openid_url=f"{microsoft.url}/openid",
        loopback=True,
    )
    async with _running(Config(database_url=url, secret_keys=(b"k" * 32,), port=0, teams=config)) as service:
        for name in ("ben", "ana"):
            number = f"hello-{name}"
            hello = Request(microsoft.headers(), microsoft.message(name, number, "home"))
            await post(service.messages_url, hello)
            await microsoft.reply(number)
        await _converse(service)
        yield service


async def slack_answer(service: Service) -> dict[str, Any]:
    """What Slack gets for one item."""
    return dict(json.loads(await _said(service, "U0ANA", "add Sample")))


async def teams_answer(service: Service, microsoft: Microsoft) -> dict[str, Any]:
    """What Teams gets for one item."""
    sample = Request(microsoft.headers(), microsoft.message("ana", "sample", "add Sample"))
    await post(service.messages_url, sample)
    await microsoft.reply("sample")
    return microsoft.last_reply


async def _said(service: Service, user: str, words: str) -> bytes:
    body = command(user, words, new_id())
    return await post(service.events_url, Request(signed(body), body))


async def _converse(service: Service) -> None:
    """Their conversation, as the form would start it."""
    async with service.store.read(service.organization) as tx:
        workspace = (await tx.organizations.workspaces())[0].id
        ana, ben = await tx.people.by_emails(["ana@example.com"]), await tx.people.by_emails(["ben@example.com"])
        account = (await tx.people.identities(ana[0].id))[0]
    entered = Entered({"person": ben[0].id, "role": "colleague"})
    given = Input(
        account=Account(service.organization, workspace, account.external_id), key="converse", entered=entered
    )
    await service.engine.act(given, BeginConversation())


@asynccontextmanager
async def _running(config: Config) -> AsyncIterator[Service]:
    service = await build(config, clock=SystemClock(), new_id=new_id, new_key=new_key)
    await service.start(timer=False)
    try:
        yield service
    finally:
        await service.stop()
