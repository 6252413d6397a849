"""Sends the outbox's cards: one call, one outcome; and finds what was sent when the outcome did not come."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from adapters.saying import Speak
from adapters.slack import render
from adapters.slack.calls import Calls
from adapters.slack.inputs import Json
from adapters.trouble import Outcome, Trouble, for_the_worker
from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.pace import Limits
from bot.ports import Untraceable
from bot.views import Card

DELIVERY_EVENT = "oneonone_delivery"
# "Several hundred a minute" in a workspace and one a second in a channel; conversations.* "50+ a minute".
# https://docs.slack.dev/apis/web-api/rate-limits
LIMITS = Limits(per_second=5.0, at_once=10.0, apart=1.0, looks=0.8, looks_at_once=10.0)
_PAGE = 100
_MOST_PAGES = 20
_PEOPLE = ("U", "W")
_MAY_NOT_READ = frozenset({"access_denied", "missing_scope", "no_permission"})


class SlackMessenger:
    """Implements ``bot.ports.Messenger`` for one workspace."""

    def __init__(self, calls: Calls, speak: Speak) -> None:
        self._calls = calls
        self._speak = speak

    @property
    def limits(self) -> Limits:
        return LIMITS

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        """Where the message is: its channel and time; raises Gone, Later, Unknown or Broken."""
        shown = render.message(card, self._speak(card.language))
        try:
            answer = await self._calls.write(
                "chat.postMessage",
                channel=address.external_id,
                text=shown.text,
                blocks=shown.blocks,
                metadata={"event_type": DELIVERY_EVENT, "event_payload": {"delivery": delivery}},
                client_msg_id=str(uuid5(NAMESPACE_URL, f"oneonone:{delivery}")),
                unfurl_links=False,
                unfurl_media=False,
            )
        except Trouble as trouble:
            raise for_the_worker(trouble) from None
        return f"{answer.get('channel')}:{answer.get('ts')}"

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        """Look through what the bot wrote to this person since then for the metadata of this delivery.

        Raises Untraceable for a channel, whose messages the bot is not allowed to read.
        """
        if not address.external_id.startswith(_PEOPLE):
            raise Untraceable
        try:
            opened = await self._calls.read("conversations.open", users=address.external_id)
            channel = str((opened.get("channel") or {}).get("id") or "")
            async for message in self._written(channel, since):
                if _delivery_in(message) == delivery:
                    return f"{channel}:{message.get('ts')}"
        except Trouble as trouble:
            if trouble.code in _MAY_NOT_READ:
                raise Untraceable from None
            raise for_the_worker(trouble) from None
        return None

    async def _written(self, channel: str, since: datetime) -> AsyncIterator[Json]:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = await self._calls.read(
                "conversations.history",
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                limit=_PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
            for message in page.get("messages") or ():
                yield message
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "") or None
            if cursor is None:
                return
        # To have looked at a part is not to know that it is not there.
        raise Trouble("too_many_messages", Outcome.broken)


def _delivery_in(message: Json) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != DELIVERY_EVENT:
        return None
    return str((metadata.get("event_payload") or {}).get("delivery") or "") or None
