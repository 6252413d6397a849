"""The Teams adapter: what Microsoft signed becomes an input, one funnel answers it."""

import json
import logging

import aiohttp
from aiohttp import web

from adapters.asking import Asking
from adapters.config import TeamsConfig
from adapters.entrances import Entrances
from adapters.recent import Recent
from adapters.saying import Speak
from adapters.tasks import Tasks
from adapters.teams.answers import Answers
from adapters.teams.auth import Authenticator, Forbidden, Unauthorized
from adapters.teams.bot import TeamsBot
from adapters.teams.cards import Cards
from adapters.teams.chats import Chats
from adapters.teams.connector import Connector
from adapters.teams.dialogs import Dialogs
from adapters.teams.directory import Directory
from adapters.teams.hosts import Hosts
from adapters.teams.inputs import Answer, Json
from adapters.teams.keys import SigningKeys
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.parse import Malformed, incoming
from adapters.teams.refreshing import Refreshing
from adapters.teams.screens import Screens
from adapters.teams.tokens import Tokens
from bot.actions import Action
from bot.engine import Engine
from bot.failures import error_place
from bot.model.people import Account, Workspace
from bot.ports import Messenger, Meter, NewId, Now, Store
from bot.unmetered import Unmetered
from bot.views import Form, Page

log = logging.getLogger("oneonone.teams")
PATH = "/api/messages"
# Teams sends again what took longer than 15 seconds, and shows an error after 5 to who pressed a button.
_PATIENCE_SECONDS = 4.0
_STOP_SECONDS = 8.0
_BODY_LIMIT = 1024 * 1024


class TeamsApp:
    """One bot in one tenant; ``receive`` is its route's handler. The session is the caller's."""

    messenger: Messenger

    def __init__(
        self,
        config: TeamsConfig,
        engine: Engine,
        *,
        store: Store,
        session: aiohttp.ClientSession,
        workspace: Workspace,
        speak: Speak,
        new_id: NewId,
        now: Now,
        entrances: Entrances,
        answer_within: float | None = None,
        meter: Meter | None = None,
    ) -> None:
        quiet_sdk()
        self._engine = engine
        self._workspace = workspace
        # Without an app id the client is Microsoft's Agents Playground, on this machine, and opens no dialogs.
        self._windows = bool(config.app_id)
        self._authenticator = Authenticator(config, SigningKeys(session, config.openid_url), now)
        hosts = Hosts(loopback=config.loopback, microsoft=self._windows)
        connector = Connector(session, Tokens(config), hosts)
        self._bot = TeamsBot(connector)
        self.tasks = Tasks()
        self._chats = Chats(connector, store, workspace=workspace, tenant=config.tenant)
        self.directory = Directory(
            connector, engine, store, chats=self._chats, workspace=workspace, tenant=config.tenant
        )
        self.asking = Asking(
            engine=engine,
            directory=self.directory,
            tasks=self.tasks,
            account=self._account,
            patience=answer_within or _PATIENCE_SECONDS,
            meter=meter or Unmetered(),
        )
        self.messenger = self._messenger(config, store, connector, speak)
        screens = Screens(
            connector=connector,
            chats=self._chats,
            speak=speak,
            language_of=self.asking.language_of,
            new_id=new_id,
            opens=self._opens,
            people=None if self._windows else self.asking.people,
        )
        self._answers = self._compose(screens, entrances)

    async def start(self) -> None:
        """There is nothing to do before somebody writes: that is when Microsoft is first asked for anything."""

    async def stop(self) -> None:
        """Finish what people have been promised."""
        await self.tasks.finish(within=_STOP_SECONDS)

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """``POST /api/messages``: 401 and 403 for what is not ours to handle, 400 for what Teams does not send."""
        try:
            self._authenticator.check_page(request.host, request.content_type)
            body = await _read(request)
            await self._authenticator.check(request.headers.get("Authorization"), body)
            given = incoming(body)
            answer = await self._bot.turn(body, lambda: self._answers.to(given))
        except (Unauthorized, Forbidden) as refused:
            return web.Response(status=refused.status)
        except Malformed:
            log.warning("malformed request")
            return web.Response(status=400)
        except Exception as error:  # noqa: BLE001 - the edge: Teams sends again what got no good answer
            answer = _failed(error)
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.json_response(answer.body, status=answer.status)

    def _account(self, external_id: str) -> Account:
        return Account(self._workspace.organization, self._workspace.id, external_id)

    def _opens(self, action: Action) -> bool:
        """Whether a button with this action leads to a dialog."""
        if not self._windows:
            return False
        handler = self._engine.registry.actions.get(type(action).__name__)
        return handler is not None and handler.answer in (Page, Form)

    def _messenger(self, config: TeamsConfig, store: Store, connector: Connector, speak: Speak) -> TeamsMessenger:
        return TeamsMessenger(
            store,
            self._workspace.organization,
            self._workspace.id,
            connector,
            speak,
            self._opens,
            bot=f"28:{config.app_id}",
            tenant=config.tenant,
        )

    def _compose(self, screens: Screens, entrances: Entrances) -> Answers:
        asking = self.asking
        refreshing = Refreshing(asking=asking, screens=screens)
        return Answers(
            asking=asking,
            screens=screens,
            cards=Cards(asking=asking, screens=screens),
            dialogs=Dialogs(asking=asking, screens=screens, refreshing=refreshing, person=self.directory.person),
            directory=self.directory,
            chats=self._chats,
            entrances=entrances,
            recent=Recent(),
            greeted=set(),
        )


async def _read(request: web.Request) -> Json:
    """The activity; raises Malformed."""
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > _BODY_LIMIT:
            raise Malformed("length")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise Malformed("json") from None
    if not isinstance(body, dict):
        raise Malformed("json")
    return body


def _failed(error: Exception) -> Answer:
    # The error's own sentence may quote what a person wrote, so only its type and place are logged.
    log.error("failed", extra={"during": "request", "error": error_place(error)})
    return Answer(status=500)


def quiet_sdk() -> None:
    """The SDKs write whole bodies into their logs; ours says what is needed."""
    for name in ("botbuilder", "botframework", "msrest", "msal"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
