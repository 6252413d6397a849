"""How people work, and the days on which they do not."""

from collections.abc import Iterable, Sequence

from bot.model.habits import Away, Habits
from bot.model.ids import AwayId, PersonId
from storage.nouns import AWAY, HABITS
from storage.rows import Rows, Scope

_away = AWAY.table.c


class AllHabits:
    def __init__(self, scope: Scope) -> None:
        self._organization = scope.organization
        self._habits = Rows(scope, HABITS)
        self._away = Rows(scope, AWAY)

    async def get(self, person: PersonId) -> Habits:
        found = await self._habits.at(person=person)
        return found or Habits(person=person, organization=self._organization)

    async def of_all(self, people: Iterable[PersonId]) -> Sequence[Habits]:
        return await self._habits.among(HABITS.table.c.person, people)

    async def away_of_all(self, people: Iterable[PersonId]) -> Sequence[Away]:
        return sorted(await self._away.among(_away.person, people), key=lambda away: (away.first, away.id))

    async def put(self, habits: Habits) -> None:
        await self._habits.add_or_put(habits)

    async def away(self, person: PersonId) -> Sequence[Away]:
        return await self._away.all(_away.person == person, by=(_away.first, _away.id))

    async def add_away(self, away: Away) -> None:
        await self._away.add(away)

    async def away_at(self, away: AwayId) -> Away | None:
        return await self._away.at(id=away)

    async def remove_away(self, away: AwayId) -> None:
        await self._away.remove(_away.id == away)
