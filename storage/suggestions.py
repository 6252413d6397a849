"""Which questions were suggested to whom."""

from collections.abc import Iterable, Sequence

from bot.model.ids import ConversationId
from bot.model.suggested import Suggested
from storage.nouns import SUGGESTED
from storage.rows import Rows, Scope

_suggested = SUGGESTED.table.c


class Suggestions:
    def __init__(self, scope: Scope) -> None:
        self._suggested = Rows(scope, SUGGESTED)

    async def since(self, conversation: ConversationId, meetings: int) -> Sequence[Suggested]:
        recent = _suggested.round >= meetings
        by = (_suggested.at, _suggested.number)
        return await self._suggested.all(_suggested.conversation == conversation, recent, by=by)

    async def add(self, suggested: Iterable[Suggested]) -> None:
        for one in suggested:
            await self._suggested.add_unless_there(one)
