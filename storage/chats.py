"""Where the bot writes to accounts and channels."""

from bot.model.ids import WorkspaceId
from bot.model.people import Chat
from storage.nouns import CHAT
from storage.rows import Rows, Scope

_chat = CHAT.table.c


class Chats:
    def __init__(self, scope: Scope) -> None:
        self._chats = Rows(scope, CHAT)

    async def get(self, workspace: WorkspaceId, external_id: str) -> Chat | None:
        return await self._chats.at(workspace=workspace, external_id=external_id)

    async def of_member(self, workspace: WorkspaceId, member: str) -> Chat | None:
        """The account's chat; a channel, which has no member, is never found."""
        if not member:
            return None
        found = await self._chats.all(_chat.workspace == workspace, _chat.member == member, by=[_chat.external_id])
        return found[0] if found else None

    async def put(self, chat: Chat) -> None:
        await self._chats.add_or_put(chat)

    async def remove(self, workspace: WorkspaceId, external_id: str) -> None:
        await self._chats.remove(_chat.workspace == workspace, _chat.external_id == external_id)
