"""Notes, shared and private."""

from collections.abc import Sequence

from sqlalchemy import func, or_

from bot.model.ids import ConversationId, NoteId, PersonId
from bot.model.note import Note, NoteTally
from storage.nouns import NOTE
from storage.rows import Rows, Scope, save

_note = NOTE.table.c


class Notes:
    def __init__(self, scope: Scope) -> None:
        self._notes = Rows(scope, NOTE)

    async def get(self, note: NoteId) -> Note | None:
        return await self._notes.at(id=note)

    async def add(self, note: Note) -> None:
        await self._notes.add(note)

    async def save(self, note: Note) -> Note:
        return await save(self._notes, note)

    async def of(self, *conversations: ConversationId) -> Sequence[Note]:
        found = await self._notes.among(_note.conversation, conversations, _note.removed_at.is_(None))
        return sorted(found, key=lambda note: (note.created_at, note.id))

    async def tally(self, conversation: ConversationId, reader: PersonId) -> NoteTally:
        where = (
            _note.conversation == conversation,
            _note.removed_at.is_(None),
            or_(~_note.private, _note.author == reader),
        )
        counted = await self._notes.reckoned(_note.private, func.count(), func.max(_note.changed_at), where=where)
        counts = {bool(private): (count, last) for private, count, last in counted}
        shared, last_shared = counts.get(False, (0, None))
        return NoteTally(shared=shared, private=counts.get(True, (0, None))[0], last_shared_at=last_shared)
