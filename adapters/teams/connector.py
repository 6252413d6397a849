"""Calls of the Bot Connector: each once, each logged by name, status and code only."""

import json
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from adapters.teams.hosts import Hosts, Json
from adapters.teams.outcomes import seconds, status_trouble, trouble_of
from adapters.teams.tokens import Tokens
from adapters.trouble import Outcome, Trouble

log = logging.getLogger("oneonone.teams.connector")
TIMEOUT_SECONDS = 10.0
CONNECT_SECONDS = 5.0
# More than are ever under way: whoever waits for a connection waits for strangers' answers.
_CONNECTIONS = 500
_PAGE = 500


def session() -> aiohttp.ClientSession:
    """The one pool of connections for all that is asked of Microsoft; the caller closes it.

    It has room for every send at once, so that a slow connector holds up nobody else, keeps no cookies, and gives
    up on connecting well before it gives up on an answer: the one was surely not accepted, the other may have been.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS, limit_per_host=0),
        timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS, connect=CONNECT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


@dataclass(frozen=True)
class _Call:
    name: str
    method: str
    service_url: str
    path: str
    body: Json | None = None


@dataclass(frozen=True)
class _Answer:
    status: int
    body: Any
    after: float | None


class Connector:
    """Raises Trouble for whatever goes wrong; nothing is tried twice but what a stale token kept from being done."""

    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, hosts: Hosts) -> None:
        self._session = session
        self._tokens = tokens
        self._hosts = hosts

    async def send(self, service_url: str, conversation: str, activity: Json) -> str:
        """The id of the new activity; one that has a replyToId is an answer to that one."""
        path = _path(conversation, "activities", *filter(None, [activity.get("replyToId")]))
        answer = await self._call(_Call("send", "POST", service_url, path, activity))
        return str(_object(answer).get("id") or "")

    async def update(self, service_url: str, conversation: str, activity_id: str, activity: Json) -> None:
        """Put another activity in its place."""
        path = _path(conversation, "activities", activity_id)
        await self._call(_Call("update", "PUT", service_url, path, {**activity, "id": activity_id}))

    async def open(self, service_url: str, *, tenant: str, bot: str, member: str) -> str:
        """The id of the bot's own chat with this member, which is made when there is none."""
        body = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": member}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        answer = _object(await self._call(_Call("open", "POST", service_url, "/v3/conversations", body)))
        if not answer.get("id"):
            raise Trouble("unreadable_answer", Outcome.unknown)
        return str(answer["id"])

    async def member(self, service_url: str, conversation: str, member: str) -> Json:
        """What the platform says about someone in that conversation."""
        path = _path(conversation, "members", member)
        return _object(await self._call(_Call("member", "GET", service_url, path)))

    async def members(self, service_url: str, conversation: str, token: str) -> tuple[list[Json], str]:
        """A page of those in a conversation, and the token of the next; "" is that of the first, and after the last."""
        page = _object(await self._call(_Call("members", "GET", service_url, _page(conversation, token))))
        return _objects(page.get("members")), str(page.get("continuationToken") or "")

    async def _call(self, call: _Call) -> Any:
        try:
            answer = await self._answer(call)
        except (Trouble, aiohttp.ClientError, OSError) as error:
            # An error's own sentence may hold the address, and with it a person's id.
            raise _logged(call, trouble_of(error), status=0) from None
        if not 200 <= answer.status < 300:
            trouble = status_trouble(answer.status, answer.body, answer.after)
            raise _logged(call, trouble, status=answer.status)
        log.info("connector call", extra={"method": call.name, "status": answer.status, "code": "ok"})
        return answer.body

    async def _answer(self, call: _Call) -> _Answer:
        if not self._hosts.allows(call.service_url):
            raise Trouble("host_not_allowed", Outcome.broken)
        token = await self._tokens.bearer()
        answer = await self._once(call, token)
        if answer.status != 401 or token is None:
            return answer
        # Refused before it was looked at, so this is no second sending.
        self._tokens.drop(token)
        return await self._once(call, await self._tokens.bearer())

    async def _once(self, call: _Call, token: str | None) -> _Answer:
        # An id may hold what an address gives a meaning to, so it is escaped here and left alone from then on.
        url = URL(call.service_url.rstrip("/") + call.path, encoded=True)
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with self._session.request(
            call.method, url, json=call.body, headers=headers, allow_redirects=False
        ) as response:
            return _Answer(response.status, _read(await response.read()), seconds(response.headers.get("Retry-After")))


def _path(conversation: str, *parts: str) -> str:
    return "/".join(["/v3/conversations", *(quote(part, safe="") for part in (conversation, *parts))])


def _page(conversation: str, token: str) -> str:
    query = {"pageSize": _PAGE} | ({"continuationToken": token} if token else {})
    return f"{_path(conversation, 'pagedmembers')}?{urlencode(query)}"


def _read(text: bytes) -> Any:
    """The answer's JSON; None for a gateway's page in HTML, or nothing at all."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _object(answer: Any) -> Json:
    return answer if isinstance(answer, dict) else {}


def _objects(listed: Any) -> list[Json]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _logged(call: _Call, trouble: Trouble, *, status: int) -> Trouble:
    log.warning(
        "connector call",
        extra={"method": call.name, "status": status, "outcome": trouble.outcome.value, "code": trouble.code},
    )
    return trouble
