"""``GET /slack/install`` and ``GET /slack/oauth_redirect``: how a workspace takes the bot in.

The deployment is one organization, and a workspace that takes the bot in belongs to it. So only whoever has the
secret link may begin, and only the browser that began may finish.
"""

import logging
from collections.abc import Iterable
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlencode, urljoin, urlsplit

from aiohttp import web

from adapters.config import SlackConfig
from adapters.slack.grants import Grant, granted
from adapters.slack.install_page import page
from adapters.slack.installations import Member, SlackInstallations
from adapters.slack.manifest import bot_scopes
from adapters.slack.parse_parts import Malformed
from adapters.slack.states import GOOD_FOR, States, alike
from adapters.switchboard import Switchboard
from adapters.trouble import Outcome, Trouble
from bot.model.ids import WorkspaceId
from bot.model.installation import Installation
from bot.model.people import Platform
from bot.model.trail import Seen
from bot.ports import Busy
from prompts import fitting

log = logging.getLogger("oneonone.slack.install")
BEGIN = "/slack/install"
END = "/slack/oauth_redirect"
_COOKIE = "oneonone_install"
_INPUTS = WorkspaceId("slack.install")  # not a workspace: where attempts are marked as finished
_USED = frozenset({"invalid_code", "code_already_used", "code_expired"})


class Failure(StrEnum):
    """Why nothing was installed."""

    denied = "denied"
    stale = "stale"
    used = "used"
    unreachable = "unreachable"
    unfit = "unfit"
    busy = "busy"


_STATUS = {
    Failure.denied: HTTPStatus.FORBIDDEN,
    Failure.stale: HTTPStatus.BAD_REQUEST,
    Failure.used: HTTPStatus.BAD_REQUEST,
    Failure.unreachable: HTTPStatus.BAD_GATEWAY,
    Failure.unfit: HTTPStatus.BAD_GATEWAY,
    Failure.busy: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Failed(Exception):
    """The installation ends here; ``code`` is Slack's own word for it."""

    def __init__(self, failure: Failure, code: str = "") -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.code = code


class Install:
    """``secret`` signs what goes to Slack and back, ``key`` is what the link must carry."""

    def __init__(
        self,
        config: SlackConfig,
        switchboard: Switchboard,
        installations: SlackInstallations,
        *,
        public_url: str,
        secret: bytes,
        key: str,
    ) -> None:
        self._config = config
        self._board = switchboard
        self._installations = installations
        self._public_url = public_url
        self._states = States(secret)
        self._key = key

    @property
    def link(self) -> str:
        """What an operator opens, or hands to whoever runs a workspace."""
        return f"{self._public_url}{BEGIN}?{urlencode({'key': self._key})}"

    def routes(self) -> Iterable[web.RouteDef]:
        # Without HEAD, so that no preview of a link begins or ends anything.
        return [web.get(BEGIN, self._begin, allow_head=False), web.get(END, self._end, allow_head=False)]

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        if not alike(request.query.get("key", ""), self._key):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        browser, engine = self._board.engine.new_id(), self._board.engine
        state = self._states.issue(browser, nonce=engine.new_id(), now=engine.now())
        response = web.Response(status=HTTPStatus.FOUND, headers={"Location": self._authorize_url(state)})
        response.headers.update({"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
        self._mark(response, browser)
        return response

    async def _end(self, request: web.Request) -> web.StreamResponse:
        try:
            response = await self._ended(request)
        except Failed as failed:
            log.warning("not installed", extra={"failure": failed.failure.value, "code": failed.code})
            response = self._failure_page(request, failed)
        except Busy:
            response = self._failure_page(request, Failed(Failure.busy))
        response.del_cookie(_COOKIE, path=self._cookie_path)
        return response

    async def _ended(self, request: web.Request) -> web.Response:
        await self._check(request.query.get("state", ""), request.cookies.get(_COOKIE, ""))
        if error := request.query.get("error", ""):
            raise Failed(Failure.denied if error == "access_denied" else Failure.unfit, _code(error))
        grant = await self._granted(request.query.get("code", ""))
        installation = await self._installation(grant)
        was_here = await self._has(installation)
        member = await self._installations.add(installation)
        return self._success_page(request, grant, member, renewed=was_here)

    async def _check(self, state: str, browser: str) -> None:
        """Raises Failed unless this browser was given this state a short while ago, and comes back the first time."""
        now = self._board.engine.now()
        nonce = self._states.nonce(state, browser, now=now) if browser else None
        if nonce is None:
            raise Failed(Failure.stale)
        async with self._board.store.write(self._board.organization) as tx:
            if not await tx.trail.mark_seen(_INPUTS, Seen(nonce, None), now):
                raise Failed(Failure.stale)

    async def _granted(self, code: str) -> Grant:
        try:
            return await granted(self._config, code=code, redirect_uri=f"{self._public_url}{END}")
        except Malformed as malformed:
            raise Failed(Failure.unfit, str(malformed)) from None
        except Trouble as trouble:
            raise Failed(_failure(trouble), trouble.code) from None

    async def _installation(self, grant: Grant) -> Installation:
        place = grant.team or grant.enterprise or ""
        workspace = await self._board.workspace(Platform.slack, place, name=grant.name)
        return Installation(
            workspace=workspace.id,
            organization=workspace.organization,
            token=grant.token,
            bot_user=grant.bot_user,
            bot_id=grant.bot_id,
            team=grant.team,
            enterprise=grant.enterprise,
            scopes=grant.scopes,
            installed_at=self._board.engine.now(),
        )

    async def _has(self, installation: Installation) -> bool:
        async with self._board.store.read(self._board.organization) as tx:
            return await tx.installations.get(installation.workspace) is not None

    def _authorize_url(self, state: str) -> str:
        asked = {
            "client_id": self._config.client_id or "",
            "scope": ",".join(bot_scopes()),
            "state": state,
            "redirect_uri": f"{self._public_url}{END}",
        }
        return f"{urljoin(self._config.api_url, '../oauth/v2/authorize')}?{urlencode(asked)}"

    def _mark(self, response: web.Response, browser: str) -> None:
        """Slack sends the browser back by a link, which a lax cookie goes along with."""
        is_secure = self._public_url.startswith("https:")
        age = int(GOOD_FOR.total_seconds())
        path = self._cookie_path
        response.set_cookie(_COOKIE, browser, max_age=age, path=path, secure=is_secure, httponly=True, samesite="Lax")

    @property
    def _cookie_path(self) -> str:
        return f"{urlsplit(self._public_url).path}{END}"

    def _success_page(self, request: web.Request, grant: Grant, member: Member, *, renewed: bool) -> web.Response:
        language = self._language_of(request)
        say = self._board.speak(language)
        sentences = [
            say("install.renewed") if renewed else say("install.done", name=grant.name),
            *([] if member.app else [say("install.soon")]),
            say("install.organization"),
            say("install.link"),
        ]
        return page(say("install.title", name=grant.name), sentences, language=language, status=HTTPStatus.OK)

    def _failure_page(self, request: web.Request, failed: Failed) -> web.Response:
        language = self._language_of(request)
        say = self._board.speak(language)
        said = say(f"install.{failed.failure}", code=failed.code)
        return page(say("install.not_installed"), [said], language=language, status=_STATUS[failed.failure])

    def _language_of(self, request: web.Request) -> str:
        """The one that the browser would rather have than any other that ships; who installs it is nobody yet."""
        wanted = request.headers.get("Accept-Language", "").split(",")
        return fitting(self._board.engine.libraries, *(each.strip()[:2].lower() for each in wanted)).language


def _failure(trouble: Trouble) -> Failure:
    if trouble.code in _USED:
        return Failure.used
    return Failure.unreachable if trouble.outcome in (Outcome.later, Outcome.unknown) else Failure.unfit


def _code(text: str) -> str:
    """Slack's codes are words; anything else that stands in an address is not repeated."""
    return text if text.isascii() and text.replace("_", "").isalnum() and len(text) <= 60 else ""
