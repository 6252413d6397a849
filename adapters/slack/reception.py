"""The one way in that all workspaces share: which of them a request is for."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from adapters.slack.installations import Member, SlackInstallations
from adapters.slack.requests import readable
from adapters.trouble import Trouble
from bot.ports import Busy

log = logging.getLogger("oneonone.slack")
_SOCKET = "socket_mode"  # what comes over our own connection is Slack's


class Reception:
    """Nothing is looked up for a request that Slack did not sign."""

    def __init__(self, signing_secret: str | None, installations: SlackInstallations) -> None:
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None
        self._installations = installations

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """``POST /slack/events``."""
        read = await readable(request)
        return read if isinstance(read, web.Response) else await to_aiohttp_response(await self.async_dispatch(read))

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """The workspace's own answer; 200 with nothing for one that is not with us."""
        if not self._is_from_slack(req):
            return BoltResponse(status=401)
        if req.body.get("type") == "url_verification":  # asked before any workspace is there
            return BoltResponse(status=200, body={"challenge": str(req.body.get("challenge") or "")})
        try:
            return await self._answered(req)
        except (Busy, Trouble):
            return BoltResponse(status=503)  # Slack sends events again

    async def _answered(self, req: AsyncBoltRequest) -> BoltResponse:
        member = await self._installations.find(places_of(req))
        if member is None:
            log.warning("request for a workspace that is not with us")
            return BoltResponse(status=200)
        if _is_farewell(req.body):
            return await self._parted(member)
        return BoltResponse(status=503) if member.app is None else await member.app.dispatch(req)

    async def _parted(self, member: Member) -> BoltResponse:
        """Asks Slack itself: the event may be older than a new installation, or about a person's token."""
        if not await member.workspace.is_welcome():
            await self._installations.remove(member)
        return BoltResponse(status=200)

    def _is_from_slack(self, req: AsyncBoltRequest) -> bool:
        if req.mode == _SOCKET:
            return True
        headers = (_first(req, "x-slack-request-timestamp"), _first(req, "x-slack-signature"))
        return self._verifier is not None and self._verifier.is_valid(req.raw_body, *headers)


def places_of(req: AsyncBoltRequest) -> Sequence[str]:
    """What Slack may call the place that a request came from, the likeliest first.

    A whole organization that took the bot in is named beside the workspace of it in which something was done.
    """
    context, body = req.context, req.body
    whole = (context.enterprise_id,) if context.is_enterprise_install else ()
    found = (*whole, context.team_id, body.get("team_id"), context.enterprise_id)
    return tuple(dict.fromkeys(each for each in found if isinstance(each, str) and each))


def _is_farewell(body: Mapping[str, Any]) -> bool:
    event = body.get("event")
    return isinstance(event, dict) and event.get("type") in ("app_uninstalled", "tokens_revoked")


def _first(req: AsyncBoltRequest, header: str) -> str:
    return next(iter(req.headers.get(header, ())), "")
