"""Sends the outbox's cards: one call for the message, one outcome."""

from datetime import datetime

from adapters.saying import Speak
from adapters.teams.connector import Connector
from adapters.teams.hosts import Json
from adapters.teams.outcomes import A_WHILE
from adapters.teams.render import attachment, message
from adapters.teams.render_actions import Opens
from adapters.trouble import Outcome, Trouble, for_the_worker
from bot.model.delivery import Address
from bot.model.ids import DeliveryId, OrganizationId, WorkspaceId
from bot.model.people import Chat
from bot.pace import Limits
from bot.ports import Busy, Later, Store, Untraceable
from bot.views import Card

# 50 requests a second in a tenant (an older page says 30), 7 a second and 60 in half a minute in a conversation.
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
LIMITS = Limits(per_second=25.0, at_once=25.0, apart=1.0)
FALLBACK_SERVICE_URL = "https://smba.trafficmanager.net/teams/"
_CHANNEL = "19:"


class TeamsMessenger:
    """Implements ``bot.ports.Messenger`` for one tenant; ``bot`` is what the bot is called on the wire (28:...)."""

    def __init__(
        self,
        store: Store,
        organization: OrganizationId,
        workspace: WorkspaceId,
        connector: Connector,
        speak: Speak,
        opens: Opens,
        *,
        bot: str,
        tenant: str,
        fallback_service_url: str = FALLBACK_SERVICE_URL,
    ) -> None:
        self._store = store
        self._organization = organization
        self._workspace = workspace
        self._connector = connector
        self._speak = speak
        self._opens = opens
        self._bot = bot
        self._tenant = tenant
        self._fallback_service_url = fallback_service_url

    @property
    def limits(self) -> Limits:
        return LIMITS

    async def find(self, address: Address, *, delivery: DeliveryId, since: datetime) -> str | None:
        """Teams keeps no id of ours with a message, and a bot cannot read a chat: raises Untraceable."""
        del address, delivery, since
        raise Untraceable

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:
        """Where the message is: its conversation and activity; raises Gone, Later, Unknown or Broken."""
        del delivery  # Teams keeps no id of ours with a message
        try:
            chat = await self._chat(address)
            activity = await self._connector.send(chat.service_url, chat.conversation, self._activity(chat, card))
        except Trouble as trouble:
            raise for_the_worker(trouble) from None
        except Busy:  # only the chat is looked up, so nothing was sent
            raise Later("busy", after=0.0) from None
        return f"{chat.conversation} {activity}"

    def _activity(self, chat: Chat, card: Card) -> Json:
        shown = message(card, self._speak(card.language), self._opens, member=chat.member or None)
        return {"type": "message", "summary": shown.summary, "attachments": [attachment(shown.card)]}

    async def _chat(self, address: Address) -> Chat:
        """The chat that is known, or a new one, which is remembered."""
        async with self._store.read(self._organization) as tx:
            known = await tx.chats.get(self._workspace, address.external_id)
        if known is not None:
            return known
        if address.external_id.startswith(_CHANNEL):
            raise Trouble("not_in_channel", Outcome.gone)
        return await self._remembered(await self._opened(address.external_id))

    async def _opened(self, external_id: str) -> Chat:
        try:
            conversation = await self._connector.open(
                self._fallback_service_url, tenant=self._tenant, bot=self._bot, member=external_id
            )
        except Trouble as trouble:
            raise _before_the_message(trouble) from None
        return Chat(
            workspace=self._workspace,
            external_id=external_id,
            organization=self._organization,
            conversation=conversation,
            service_url=self._fallback_service_url,
        )

    async def _remembered(self, opened: Chat) -> Chat:
        async with self._store.write(self._organization) as tx:
            # Whoever has written meanwhile has told us more about the chat than we know.
            known = await tx.chats.get(opened.workspace, opened.external_id)
            if known is None:
                await tx.chats.put(opened)
        return known or opened


def _before_the_message(trouble: Trouble) -> Trouble:
    # To open a chat twice opens one, and no message has been written yet, so there is no doubt about it.
    return Trouble(trouble.code, Outcome.later, A_WHILE) if trouble.outcome is Outcome.unknown else trouble
