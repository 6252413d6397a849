"""How Microsoft's services say no, and how they break when they are told to."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from adapters.playground.faults import Fault, FaultKind
from adapters.playground.teams_people import Json
from adapters.playground.teams_world import World

# https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability: status codes
_STATUS = {
    "BadSyntax": 400,
    "BadArgument": 400,
    "Unauthorized": 401,
    "BotNotRegistered": 401,
    "BotDisabledByAdmin": 403,
    "BotNotInConversationRoster": 403,
    "ConversationBlockedByUser": 403,
    "ForbiddenOperationException": 403,
    "InvalidBotApiHost": 403,
    "MessageWritesBlocked": 403,
    "NotEnoughPermissions": 403,
    "ActivityNotFoundInConversation": 404,
    "ConversationNotFound": 404,
    "MemberNotFoundInConversation": 404,
    "PreconditionFailed": 412,
    "MessageSizeTooBig": 413,
    "Throttled": 429,
    "ServiceError": 500,
    "ServiceUnavailable": 503,
    "GatewayTimeout": 504,
    # and what https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow answers
    "invalid_client": 401,
}
_HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
_BEFORE = (FaultKind.RATE_LIMITED, FaultKind.SERVER_ERROR, FaultKind.HTML_502, FaultKind.DROP, FaultKind.API_ERROR)


@dataclass(frozen=True)
class Reply:
    """One answer: JSON, or a proxy's page when `html` is set."""

    status: int = 200
    body: Json | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    html: str = ""

    def response(self) -> web.Response:
        if self.html:
            return web.Response(status=self.status, text=self.html, content_type="text/html")
        if self.body is None:
            return web.Response(status=self.status, headers=self.headers)
        return web.json_response(self.body, status=self.status, headers=self.headers)


class Refusal(Exception):
    """A no, with its answer."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def refusal(code: str, says: str = "", headers: Mapping[str, str] | None = None) -> Refusal:
    """The connector's no: the status follows from the code."""
    body = {"error": {"code": code, "message": says or code}}
    return Refusal(Reply(_STATUS.get(code, 400), body, headers or {}))


def no_token(code: str, says: str) -> Refusal:
    """The token issuer's no."""
    return Refusal(Reply(_STATUS.get(code, 400), {"error": code, "error_description": says}))


async def suffering(world: World, request: web.Request, method: str, perform: Callable[[], Reply]) -> Reply:
    """What `perform` answers, unless a fault waits for this method."""
    fault = world.faults.next_for(method)
    if fault is None:
        return answered(perform)
    if fault.kind in _BEFORE or (fault.kind is FaultKind.FATAL_ERROR and not fault.stores):
        return await _failed(request, fault, method, Reply())
    return await _failed(request, fault, method, answered(perform))


def answered(perform: Callable[[], Reply]) -> Reply:
    try:
        return perform()
    except Refusal as refused:
        return refused.reply


async def _failed(request: web.Request, fault: Fault, method: str, done: Reply) -> Reply:
    match fault.kind:
        case FaultKind.RATE_LIMITED:
            return refusal("Throttled", headers={"Retry-After": str(fault.retry_after)}).reply
        case FaultKind.SERVER_ERROR:
            return refusal("ServiceError").reply
        case FaultKind.HTML_502:
            return Reply(502, html=_HTML.format("502 Bad Gateway"))
        case FaultKind.FATAL_ERROR:
            return Reply(504, html=_HTML.format("504 Gateway Time-out"))
        case FaultKind.DROP | FaultKind.ACCEPT_THEN_DROP:
            return _hung_up(request)
        case FaultKind.SLOW:
            await asyncio.sleep(fault.delay)
            return done
        case FaultKind.API_ERROR:
            chosen = no_token(fault.error, "told to") if method == "token" else refusal(fault.error)
            return chosen.reply


def _hung_up(request: web.Request) -> Reply:
    """Close the connection under the answer, so that the caller reads nothing."""
    if request.transport is not None:
        request.transport.abort()
    return Reply(499)
