"""Where the bot writes: Teams tells it with each activity, and wants to be told with each message."""

from adapters.teams.connector import Connector
from adapters.teams.inputs import Scope, Sender
from bot.model.people import Chat, Workspace
from bot.ports import Store


class Chats:
    """Remembers what was stored, so that not every message is followed by a write."""

    def __init__(self, connector: Connector, store: Store, *, workspace: Workspace, tenant: str) -> None:
        self._connector = connector
        self._store = store
        self._workspace = workspace
        self._tenant = tenant
        self._stored: dict[str, Chat] = {}

    def is_news(self, sender: Sender) -> bool:
        """Whether this sender's chat is not stored yet, or is another one now."""
        chat = self._here(sender)
        return chat is not None and self._stored.get(sender.account) != chat

    async def keep(self, sender: Sender) -> None:
        """Store the chat if it is the sender's own; raises Busy."""
        chat = self._here(sender)
        if chat is not None:
            await self._put(chat)

    async def keep_channel(self, channel: str, service_url: str) -> None:
        """Store where the bot writes to a channel; raises Busy."""
        await self._put(self._chat(channel, conversation=channel, service_url=service_url))

    async def of(self, external_id: str) -> Chat | None:
        """The chat of this account or channel; raises Busy."""
        async with self._store.read(self._workspace.organization) as tx:
            return await tx.chats.get(self._workspace.id, external_id)

    async def of_member(self, member: str) -> Chat | None:
        """The chat of whom Teams calls so towards this bot; raises Busy."""
        async with self._store.read(self._workspace.organization) as tx:
            return await tx.chats.of_member(self._workspace.id, member)

    async def own(self, sender: Sender) -> Chat:
        """The bot's own chat with whoever acts, wherever they act; raises Trouble when it cannot be had."""
        return self._here(sender) or await self.of(sender.account) or await self._opened(sender)

    async def forget(self, external_id: str) -> None:
        """The bot was removed there; raises Busy."""
        self.doubt(external_id)
        async with self._store.write(self._workspace.organization) as tx:
            await tx.chats.remove(self._workspace.id, external_id)

    def doubt(self, external_id: str) -> None:
        """Another process may have stored or removed this one meanwhile."""
        self._stored.pop(external_id, None)

    async def _opened(self, sender: Sender) -> Chat:
        conversation = await self._connector.open(
            sender.service_url, tenant=self._tenant, bot=sender.bot, member=sender.member
        )
        return self._chat(
            sender.account, conversation=conversation, service_url=sender.service_url, member=sender.member
        )

    async def _put(self, chat: Chat) -> None:
        if self._stored.get(chat.external_id) == chat:
            return
        if await self.of(chat.external_id) != chat:
            async with self._store.write(self._workspace.organization) as tx:
                await tx.chats.put(chat)
        self._stored[chat.external_id] = chat

    def _here(self, sender: Sender) -> Chat | None:
        if sender.scope is not Scope.personal:
            return None
        return self._chat(
            sender.account, conversation=sender.conversation, service_url=sender.service_url, member=sender.member
        )

    def _chat(self, external_id: str, *, conversation: str, service_url: str, member: str = "") -> Chat:
        return Chat(
            workspace=self._workspace.id,
            external_id=external_id,
            organization=self._workspace.organization,
            conversation=conversation,
            service_url=service_url,
            member=member,
        )
