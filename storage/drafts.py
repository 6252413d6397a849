"""Sealed drafts."""

from datetime import datetime

from bot.model.draft import Draft
from bot.model.ids import DraftId
from storage.nouns import DRAFT
from storage.rows import Rows, Scope

_draft = DRAFT.table.c


class Drafts:
    def __init__(self, scope: Scope) -> None:
        self._drafts = Rows(scope, DRAFT)

    async def get(self, draft: DraftId) -> Draft | None:
        return await self._drafts.at(id=draft)

    async def add(self, draft: Draft) -> None:
        await self._drafts.add(draft)

    async def remove(self, draft: DraftId) -> None:
        await self._drafts.remove(_draft.id == draft)

    async def remove_older(self, than: datetime) -> None:
        await self._drafts.remove(_draft.created_at < than)
