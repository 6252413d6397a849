"""Calls of Slack's Web API and answers at response_urls: each once, each logged by name and outcome only."""

import logging
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.inputs import Json
from adapters.slack.outcomes import status_trouble, trouble_of
from adapters.slack.render_charts import has_charts, without_charts
from adapters.trouble import Outcome, Trouble

log = logging.getLogger("oneonone.slack.calls")
TIMEOUT_SECONDS = 10
_UNKNOWN_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})


class Calls:
    """Raises Trouble for whatever goes wrong; what may have been taken is not tried twice.

    Only the outbox knows when that is safe.
    """

    def __init__(self, *, token: str, api_url: str) -> None:
        self._client = AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])

    async def open(self) -> None:
        """Keep connections from now on."""
        self._client.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))

    async def close(self) -> None:
        if self._client.session is not None:
            await self._client.session.close()

    async def write(self, method: str, **arguments: Any) -> Json:
        """A call whose arguments may hold blocks and views; where charts are refused, once more without them."""
        given = _given(arguments)
        try:
            return await self._call(method, json=given)
        except Trouble as trouble:
            if trouble.code not in _UNKNOWN_BLOCKS or not has_charts(given.get("blocks", ())):
                raise
        return await self._call(method, json={**given, "blocks": without_charts(given["blocks"])})

    async def read(self, method: str, **arguments: Any) -> Json:
        """A call of a method that takes no JSON, as those that only read."""
        return await self._call(method, data=_given(arguments))

    async def answer(self, url: str, **message: Any) -> None:
        """A message at a response_url."""
        hook = AsyncWebhookClient(url, timeout=TIMEOUT_SECONDS, session=self._client.session, retry_handlers=[])
        try:
            response = await hook.send_dict(_given(message))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _logged("response_url", trouble_of(error)) from None
        if response.status_code != 200:
            raise _logged("response_url", status_trouble(response.status_code, "link_refused", None))
        log.info("slack call", extra={"method": "response_url", "outcome": "ok"})

    async def _call(self, method: str, **arguments: Any) -> Json:
        if self._client.session is not None and self._client.session.closed:
            raise _logged(method, Trouble("closed", Outcome.later, 0.0))  # the workspace was let go of meanwhile
        try:
            response = await self._client.api_call(method, **arguments)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            # The SDK's own sentence may quote an answer, so it ends here.
            raise _logged(method, trouble_of(error)) from None
        log.info("slack call", extra={"method": method, "outcome": "ok"})
        data = response.data
        return data if isinstance(data, dict) else {}


def _given(arguments: Json) -> Json:
    return {key: value for key, value in arguments.items() if value is not None}


def _logged(method: str, trouble: Trouble) -> Trouble:
    log.warning("slack call", extra={"method": method, "outcome": trouble.outcome.value, "code": trouble.code})
    return trouble
