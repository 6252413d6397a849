"""The secret addresses at which calendars are read."""

from bot.model.calendar_link import CalendarLink
from bot.model.ids import PersonId
from storage.nouns import CALENDAR_LINK
from storage.rows import Rows, Scope


class CalendarLinks:
    def __init__(self, scope: Scope) -> None:
        self._links = Rows(scope, CALENDAR_LINK)

    async def of(self, person: PersonId) -> CalendarLink | None:
        return await self._links.at(person=person)

    async def with_digest(self, digest: str) -> CalendarLink | None:
        return await self._links.at(digest=digest)

    async def put(self, link: CalendarLink) -> None:
        await self._links.add_or_put(link)
