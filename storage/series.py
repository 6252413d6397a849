"""The schedules of conversations."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.model.ids import ConversationId, SeriesId
from bot.model.series import Series, SeriesState
from storage.nouns import SERIES
from storage.rows import Rows, Scope, save

_series = SERIES.table.c


class AllSeries:
    def __init__(self, scope: Scope) -> None:
        self._series = Rows(scope, SERIES)

    async def get(self, series: SeriesId) -> Series | None:
        return await self._series.at(id=series)

    async def unless_taken(self, series: SeriesId) -> Series | None:
        return await self._series.unless_taken(_series.id == series)

    async def start(self, series: Series) -> bool:
        return await self._series.add_unless_there(series)

    async def save(self, series: Series) -> Series:
        return await save(self._series, series)

    async def of(self, conversation: ConversationId) -> Series | None:
        going_on = _series.state != SeriesState.ended
        return await self._series.one(_series.conversation == conversation, going_on)

    async def plan_anew(self, now: datetime) -> None:
        active = (_series.state == SeriesState.active, _series.planned_until > now)
        await self._series.change({"planned_until": now}, *active)

    async def of_all(self, conversations: Iterable[ConversationId]) -> Sequence[Series]:
        return await self._series.among(_series.conversation, conversations, _series.state != SeriesState.ended)
