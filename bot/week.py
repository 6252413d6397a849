"""When a person works, as far as they, their country and their zone say."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from bot.model.habits import Away, Habits
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.ports import Transaction
from bot.working import WorkWeek, country_of


async def week_of(tx: Transaction, person: Person) -> WorkWeek:
    """Their days, hours, holidays and days away."""
    return _week(person, await tx.habits.get(person.id), await tx.habits.away(person.id))


async def weeks_of(tx: Transaction, people: Collection[Person]) -> Mapping[PersonId, WorkWeek]:
    """Those of all these people, who may be thousands."""
    habits = {each.person: each for each in await tx.habits.of_all(person.id for person in people)}
    away: defaultdict[PersonId, list[Away]] = defaultdict(list)
    for each in await tx.habits.away_of_all(person.id for person in people):
        away[each.person].append(each)
    usual = {person.id: Habits(person=person.id, organization=person.organization) for person in people}
    return {person.id: _week(person, habits.get(person.id, usual[person.id]), away[person.id]) for person in people}


def _week(person: Person, habits: Habits, away: Sequence[Away]) -> WorkWeek:
    return WorkWeek(
        zone=person.zone,
        days=frozenset(map(int, habits.days)),
        begins=habits.begins,
        ends=habits.ends,
        country=country_of(person.zone) if habits.country is None else habits.country,
        away=tuple((one.first, one.last) for one in away),
    )
