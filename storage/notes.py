"""Notes, shared and private."""

from collections.abc import Sequence

from bot.model.ids import ConversationId, NoteId
from bot.model.note import Note
from storage.nouns import NOTE
from storage.rows import Rows, Scope, save

_note = NOTE.table.c


class Notes:
    def __init__(self, scope: Scope) -> None:
        self._notes = Rows(scope, NOTE)

    async def get(self, note: NoteId) -> Note | None:
        return await self._notes.one(_note.id == note)

    async def add(self, note: Note) -> None:
        await self._notes.add(note)

    async def save(self, note: Note) -> Note:
        return await save(self._notes, note)

    async def of(self, conversation: ConversationId) -> Sequence[Note]:
        there = (_note.conversation == conversation, _note.removed_at.is_(None))
        return await self._notes.all(*there, by=(_note.created_at, _note.id))
