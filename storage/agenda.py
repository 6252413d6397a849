"""Agenda items and the comments on them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import bindparam, func, select

from bot.model.agenda import AgendaItem, Comment, ItemState
from bot.model.ids import CommentId, ConversationId, ItemId
from storage.nouns import AGENDA_ITEM, COMMENT, TOPIC
from storage.rows import Rows, Scope, save

_item = AGENDA_ITEM.table.c
_comment = COMMENT.table.c
_topic = TOPIC.table.c
_LAST_POSITION = select(func.max(_item.position)).where(
    _item.organization == bindparam("organization"), _item.conversation == bindparam("conversation")
)


class Agenda:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._items = Rows(scope, AGENDA_ITEM)
        self._comments = Rows(scope, COMMENT)
        self._topics = Rows(scope, TOPIC)

    async def get(self, item: ItemId) -> AgendaItem | None:
        found = await self._items.at(id=item)
        return None if found is None else (await self._titled([found]))[0]

    async def add(self, item: AgendaItem) -> None:
        await self._items.add(item)

    async def save(self, item: AgendaItem) -> AgendaItem:
        saved = await save(self._items, _as_stored(item))
        return replace(saved, text=item.text)

    async def of(self, *conversations: ConversationId) -> Sequence[AgendaItem]:
        return _in_order(await self._titled(await self._items.among(_item.conversation, conversations)))

    async def open_in(self, conversations: Iterable[ConversationId]) -> Sequence[AgendaItem]:
        """Open items of these conversations, by position, then by age."""
        found = await self._items.among(_item.conversation, conversations, _item.state == ItemState.open)
        return _in_order(await self._titled(found))

    async def _titled(self, items: Sequence[AgendaItem]) -> Sequence[AgendaItem]:
        """Those that have no text of their own with the title of the topic that they came with."""
        wanted = {item.topic for item in items if item.topic is not None and _has_no_text(item)}
        if not wanted:
            return items
        titles: dict[str | None, str] = {one.id: one.title for one in await self._topics.among(_topic.id, wanted)}
        return [replace(item, text=titles[item.topic]) if _has_no_text(item) else item for item in items]

    async def remove(self, item: ItemId) -> None:
        await self._items.remove(_item.id == item)

    async def last_position(self, conversation: ConversationId) -> int:
        given = {"organization": self._scope.organization, "conversation": conversation}
        last = (await self._scope.connection.execute(_LAST_POSITION, given)).scalar_one()
        return int(last or 0)

    async def place(self, positions: Iterable[tuple[ItemId, int]]) -> None:
        for item, position in positions:
            await self._items.change({"position": position}, _item.id == item)

    async def add_comment(self, comment: Comment) -> None:
        await self._comments.add(comment)

    async def comment(self, comment: CommentId) -> Comment | None:
        return await self._comments.at(id=comment)

    async def remove_comment(self, comment: CommentId) -> None:
        await self._comments.remove(_comment.id == comment)

    async def comments(self, item: ItemId) -> Sequence[Comment]:
        """The oldest first."""
        return await self._comments.all(_comment.item == item, by=(_comment.created_at, _comment.id))

    async def comments_in(self, *conversations: ConversationId) -> Sequence[Comment]:
        """The oldest first."""
        found = await self._comments.among(_comment.conversation, conversations)
        return sorted(found, key=lambda comment: (comment.created_at, comment.id))


def _has_no_text(item: AgendaItem) -> bool:
    return cast("str | None", item.text) is None


def _as_stored(item: AgendaItem) -> AgendaItem:
    """What came with a topic follows its title while it is open; after that it keeps the one that it had."""
    if item.topic is None or item.state is not ItemState.open:
        return item
    return replace(item, text=cast("str", None))


def _in_order(items: Iterable[AgendaItem]) -> Sequence[AgendaItem]:
    return sorted(items, key=lambda item: (item.position, item.created_at, item.id))
