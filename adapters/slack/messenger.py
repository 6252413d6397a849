"""Sends the outbox's cards: one call, one outcome."""

from uuid import NAMESPACE_URL, uuid5

from adapters.saying import Say
from adapters.slack import render
from adapters.slack.calls import Calls
from adapters.trouble import Trouble, for_the_worker
from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.views import Card

DELIVERY_EVENT = "oneonone_delivery"


class SlackMessenger:
    """Implements ``bot.ports.Messenger`` for one workspace."""

    def __init__(self, calls: Calls, say: Say) -> None:
        self._calls = calls
        self._say = say

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        """Where the message is: its channel and time; raises Gone, Later, Unknown or Broken."""
        shown = render.message(card, self._say)
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
