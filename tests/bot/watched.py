"""A store that tells what was read in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

from bot.model.agenda import AgendaItem
from bot.model.ids import ConversationId, OrganizationId
from bot.ports import Transaction
from storage.store import Store


class Watched:
    """Remembers whose agendas were read, and whose while nobody else could write."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.agendas: list[ConversationId] = []
        self.agendas_while_writing: list[ConversationId] = []

    def write(
        self, organization: OrganizationId, *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Transaction]:
        return self._watching(self.store.write(organization, patience=patience), self.agendas_while_writing)

    def read(
        self, organization: OrganizationId, *, patience: float | None = None
    ) -> AbstractAsyncContextManager[Transaction]:
        return self._watching(self.store.read(organization, patience=patience), self.agendas)

    @asynccontextmanager
    async def _watching(
        self, opened: AbstractAsyncContextManager[Any], agendas: list[ConversationId]
    ) -> AsyncIterator[Transaction]:
        async with opened as tx:
            of = tx.agenda.of

            async def watched(conversation: ConversationId) -> Sequence[AgendaItem]:
                agendas.append(conversation)
                return cast("Sequence[AgendaItem]", await of(conversation))

            tx.agenda.of = watched
            yield tx
