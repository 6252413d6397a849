"""When a person works, as far as they, their country and their zone say."""

from bot.model.people import Person
from bot.ports import Transaction
from bot.working import WorkWeek, country_of


async def week_of(tx: Transaction, person: Person) -> WorkWeek:
    """Their days, hours, holidays and days away."""
    habits = await tx.habits.get(person.id)
    away = await tx.habits.away(person.id)
    return WorkWeek(
        zone=person.zone,
        days=frozenset(map(int, habits.days)),
        begins=habits.begins,
        ends=habits.ends,
        country=country_of(person.zone) if habits.country is None else habits.country,
        away=tuple((one.first, one.last) for one in away),
    )
