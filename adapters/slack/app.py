"""The Slack adapter: Bolt checks and receives requests, one funnel answers them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.asking import PATIENCE_SECONDS, Asking
from adapters.config import SlackConfig, SlackMode
from adapters.entrances import Entrances
from adapters.recent import Recent
from adapters.saying import Speak
from adapters.slack.answers import Answers
from adapters.slack.calls import Calls
from adapters.slack.directory import Directory
from adapters.slack.messenger import SlackMessenger
from adapters.slack.parse import Malformed, incoming
from adapters.slack.presses import Presses
from adapters.slack.refreshing import Refreshing
from adapters.slack.requests import readable
from adapters.slack.screens import Screens
from adapters.slack.socket import Socket, sdk_log
from adapters.slack.submissions import Submissions
from adapters.tasks import Tasks
from bot.engine import Engine
from bot.failures import error_place
from bot.model.people import Account, Workspace
from bot.ports import Meter, NewId
from bot.unmetered import Unmetered

log = logging.getLogger("oneonone.slack")
PATH = "/slack/events"
_STOP_SECONDS = 8.0
_INCOMING = "oneonone_incoming"


@dataclass(frozen=True, kw_only=True)
class SlackTeam:
    """The workspace that the bot token belongs to, and the bot in it.

    ``homes`` are the ids that its own people belong to: the workspace's, and that of its Enterprise Grid organization.
    """

    id: str
    name: str
    bot_user: str
    bot_id: str
    enterprise: str | None
    homes: frozenset[str]


async def team_of(calls: Calls) -> SlackTeam:
    """Asks Slack once whose token this is; raises Trouble."""
    answer = await calls.read("auth.test")
    enterprise = answer.get("enterprise_id") if answer.get("is_enterprise_install") else None
    return SlackTeam(
        id=str(enterprise or answer.get("team_id") or ""),
        name=str(answer.get("team") or ""),
        bot_user=str(answer.get("user_id") or ""),
        bot_id=str(answer.get("bot_id") or ""),
        enterprise=enterprise,
        homes=frozenset(str(home) for home in (answer.get("team_id"), answer.get("enterprise_id")) if home),
    )


class SlackApp:
    """One workspace's Slack. ``start`` begins to listen in Socket Mode; over HTTP ``receive`` is a route's handler."""

    def __init__(
        self,
        config: SlackConfig,
        engine: Engine,
        *,
        calls: Calls,
        team: SlackTeam,
        workspace: Workspace,
        speak: Speak,
        new_id: NewId,
        entrances: Entrances,
        answer_within: float | None = None,
        meter: Meter | None = None,
    ) -> None:
        quiet_sdk()
        self._config = config
        self._team = team
        self._workspace = workspace
        self.tasks = Tasks()
        whole = team.enterprise is not None
        self.directory = Directory(calls, engine, account=self._account, homes=team.homes, whole_organization=whole)
        self.messenger = SlackMessenger(calls, speak)
        self.asking = Asking(
            engine=engine,
            directory=self.directory,
            tasks=self.tasks,
            account=self._account,
            patience=answer_within or PATIENCE_SECONDS,
            meter=meter or Unmetered(),
        )
        self._answers = self._compose(calls, speak=speak, new_id=new_id, entrances=entrances)
        self._bolt = self._receiver()
        self._socket: Socket | None = None
        self._sync: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read the directory in the background, and in Socket Mode connect."""
        self._sync = self.tasks.begin(self.directory.keep_trying(), event="directory")
        if self._config.mode is SlackMode.SOCKET:
            self._socket = Socket(self._config, self._bolt)
            await self._socket.open()

    async def stop(self) -> None:
        """Take nothing more in, and finish what people have been promised."""
        if self._socket is not None:
            await self._socket.close()
        if self._sync is not None:
            self._sync.cancel()
        await self.tasks.finish(within=_STOP_SECONDS)

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """``POST /slack/events``: 401 for what Slack did not sign, 400 for what it does not send."""
        read = await readable(request)
        return read if isinstance(read, web.Response) else await to_aiohttp_response(await self.dispatch(read))

    async def dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """The same for a request that has been read."""
        return await self._bolt.async_dispatch(request)

    def _account(self, external_id: str) -> Account:
        return Account(self._workspace.organization, self._workspace.id, external_id)

    def _compose(self, calls: Calls, *, speak: Speak, new_id: NewId, entrances: Entrances) -> Answers:
        asking = self.asking
        screens = Screens(calls=calls, speak=speak, language_of=asking.language_of, new_id=new_id)
        refreshing = Refreshing(asking=asking, screens=screens, home=entrances.home)
        return Answers(
            asking=asking,
            screens=screens,
            refreshing=refreshing,
            presses=Presses(asking=asking, screens=screens, refreshing=refreshing),
            submissions=Submissions(asking=asking, screens=screens, refreshing=refreshing),
            directory=self.directory,
            entrances=entrances,
            recent=Recent(),
        )

    def _receiver(self) -> AsyncApp:
        """Bolt with its own checks of signature, age and sender, and one listener for everything.

        Bolt's matchers read payloads by keys that a hostile body lacks and make that a 500; ``parse`` is the one
        place that reads them here, before anything else does.
        """
        bolt = AsyncApp(
            name=sdk_log().name,  # Bolt sets the level of the logger that is called so
            logger=sdk_log(),
            signing_secret=self._config.signing_secret or "",
            client=AsyncWebClient(base_url=self._config.api_url, logger=sdk_log(), retry_handlers=[]),
            authorize=self._authorize(),
            before_authorize=_Step(_understood),
            process_before_response=True,
        )
        bolt.use(_Step(self._answered))
        return bolt

    def _authorize(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        """Answers with the start-up's auth.test: Slack is not asked again on each request."""

        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_user_id=self._team.bot_user,
                bot_id=self._team.bot_id,
                bot_token=self._config.bot_token,
            )

        return authorize

    async def _answered(self, req: AsyncBoltRequest) -> BoltResponse | None:
        if _INCOMING not in req.context:
            return None  # Bolt's own business: the check of the address
        try:
            body = await self._answers.to(req.context[_INCOMING])
        except Exception as error:  # noqa: BLE001 - the edge: Slack sends events again, and keeps forms open
            return _failed(error)
        return BoltResponse(status=200, body=body or "")


async def _understood(req: AsyncBoltRequest) -> BoltResponse | None:
    if req.body.get("type") == "url_verification":
        return None
    try:
        req.context[_INCOMING] = incoming(req.body)
    except Malformed:
        log.warning("malformed request")
        return BoltResponse(status=400, body="")
    return None


class _Step(AsyncMiddleware):
    """A step of Bolt's that answers, or lets the next one. A plain function would make Bolt read the body first."""

    def __init__(self, step: Callable[[AsyncBoltRequest], Awaitable[BoltResponse | None]]) -> None:
        self._step = step

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's own name
    ) -> BoltResponse | None:
        answer = await self._step(req)
        return await next() if answer is None else answer


def _failed(error: Exception) -> BoltResponse:
    # The error's own sentence may quote what a person wrote, so only its type and place are logged.
    log.error("failed", extra={"during": "request", "error": error_place(error)})
    return BoltResponse(status=500, body="")


def quiet_sdk() -> None:
    """Slack's SDK writes whole bodies into its log at DEBUG; ours says what is needed."""
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).setLevel(logging.WARNING)
