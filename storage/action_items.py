"""Promises."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func

from bot.model.action_item import ActionItem
from bot.model.ids import ActionItemId, ConversationId, PersonId
from storage.nouns import ACTION_ITEM
from storage.rows import Rows, Scope, save

_action_item = ACTION_ITEM.table.c
# False sorts before true on both databases, which disagree about where nulls belong.
_EARLIEST_DUE = (_action_item.due.is_(None), _action_item.due, _action_item.created_at, _action_item.id)
_OPEN = (_action_item.done_at.is_(None), _action_item.dropped_at.is_(None))


class ActionItems:
    def __init__(self, scope: Scope) -> None:
        self._action_items = Rows(scope, ACTION_ITEM)

    async def get(self, action_item: ActionItemId) -> ActionItem | None:
        return await self._action_items.at(id=action_item)

    async def add(self, action_item: ActionItem) -> None:
        await self._action_items.add(action_item)

    async def save(self, action_item: ActionItem) -> ActionItem:
        return await save(self._action_items, action_item)

    async def of(self, *conversations: ConversationId) -> Sequence[ActionItem]:
        found = await self._action_items.among(_action_item.conversation, conversations)
        return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.created_at, one.id))

    async def open_in(self, conversation: ConversationId) -> Sequence[ActionItem]:
        return await self._action_items.all(_action_item.conversation == conversation, *_OPEN, by=_EARLIEST_DUE)

    async def kept(self, conversation: ConversationId) -> Mapping[PersonId, int]:
        done = (_action_item.conversation == conversation, _action_item.done_at.is_not(None))
        counted = await self._action_items.reckoned(_action_item.owner, func.count(), where=done)
        return {PersonId(owner): count for owner, count in counted}

    async def owned(self, owner: PersonId) -> Sequence[ActionItem]:
        return await self._action_items.all(_action_item.owner == owner, *_OPEN, by=_EARLIEST_DUE)
