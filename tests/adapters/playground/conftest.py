"""A workspace of three people with a small real Bolt app in it, and a tenant with a tiny bot."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from itertools import count

import pytest
from aiohttp import ClientSession, TCPConnector, web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.playground.slack_people import SlackChannel, SlackUser
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_standin import TeamsStandIn
from tests.adapters.playground import teams_tenant as tenant
from tests.adapters.playground.teams_tenant import Caller, FakeBot

ANA = SlackUser("U0ANA", "ana", "Ana Ruiz", email="ana@example.com")
BEN = SlackUser("U0BEN", "ben", "Ben Okafor", email="ben@example.com")
GONE = SlackUser("U0GONE", "gone", "Gone Person", deleted=True)
GENERAL = SlackChannel("C0GENERAL", "general", ("U0ANA", "U0BEN", "U0BOT"))
LOUNGE = SlackChannel("C0LOUNGE", "lounge", ("U0ANA", "U0BEN"))
SECRET = SlackChannel("G0SECRET", "secret", ("U0ANA",), is_private=True)
BOT_TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
SIGNING_SECRET = "not-a-secret"


class Stopwatch:
    """Real time that a test moves by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def numbered() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{next(numbers):06d}"


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
async def slack(stopwatch: Stopwatch) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(
        users=[ANA, BEN, GONE],
        channels=[GENERAL, LOUNGE, SECRET],
        now=lambda: datetime.now(UTC),
        new_id=numbered(),
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SIGNING_SECRET,
        monotonic=stopwatch,
    ) as stand_in:
        yield stand_in


@pytest.fixture
def client(slack: SlackStandIn) -> AsyncWebClient:
    return AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
async def teams(stopwatch: Stopwatch) -> AsyncIterator[TeamsStandIn]:
    """A tenant where Ana has the app and one team has it too."""
    async with TeamsStandIn(
        users=[tenant.ANA, tenant.BEN, tenant.CLEO, tenant.GUEST],
        teams=[tenant.CREW, tenant.BOARD],
        app=tenant.APP,
        now=lambda: datetime.now(UTC),
        new_id=numbered(),
        monotonic=stopwatch,
    ) as stand_in:
        stand_in.world.install(tenant.ANA.id)
        yield stand_in


@pytest.fixture
async def caller(teams: TeamsStandIn) -> AsyncIterator[Caller]:
    async with ClientSession(connector=TCPConnector(limit=200)) as session:
        yield Caller(teams, session)


@pytest.fixture
async def bot(teams: TeamsStandIn) -> AsyncIterator[FakeBot]:
    """A bot where the stand-in sends everything."""
    fake = FakeBot()
    async with tenant.listening(fake) as url:
        teams.messages_url = url
        yield fake


@pytest.fixture
async def bolt(slack: SlackStandIn, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """A Bolt app without listeners, served where the stand-in sends everything."""
    app = AsyncApp(signing_secret=SIGNING_SECRET, client=client, process_before_response=True)
    async with served(app) as url:
        slack.events_url = url
        yield app


class served:  # noqa: N801 -- reads as a verb
    """`async with served(app) as url`: the app's one HTTP address."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app

    async def __aenter__(self) -> str:
        site = web.Application()
        site.router.add_post("/slack/events", self._handle)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in request.headers.items()}
        asked = AsyncBoltRequest(body=await request.text(), query=request.query_string, headers=headers)
        answer = await self._app.async_dispatch(asked)
        kind = answer.headers.get("content-type", ["text/plain"])[0].split(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=kind)
