"""What admins' tests do at a desk: look somebody up, say in which department they are, and look at what is stored."""

from dataclasses import replace

from bot.features.people_page import OpenPerson
from bot.features.person_form import SavePerson
from bot.model.hierarchy import ReportingLine
from bot.model.people import Person
from tests.bot.desk import Desk


async def page_of(desk: Desk, name: str) -> str:
    """All that Mia reads on somebody's page."""
    await desk.mia.does(OpenPerson(await desk.person(name)))
    return desk.mia.reads


async def put_in(desk: Desk, **departments: str) -> None:
    """Mia says by hand in which departments people are."""
    for name, department in departments.items():
        await desk.mia.does(SavePerson(await desk.person(name)), department=department)


async def stored(desk: Desk, name: str) -> Person:
    """Somebody as they are stored."""
    account = desk.actors[name].account
    async with desk.store.read(account.organization) as tx:
        [person] = await tx.people.many([await desk.person(name)])
    return person


async def line_of(desk: Desk, name: str) -> ReportingLine | None:
    """Somebody's reporting line."""
    async with desk.store.read(desk.mia.account.organization) as tx:
        return await tx.hierarchy.line(await desk.person(name))


async def filed(desk: Desk, name: str, manager: str) -> None:
    """A file that names this manager has just come."""
    person = await desk.person(name)
    organization = desk.mia.account.organization
    line = ReportingLine(person=person, organization=organization, changed_at=desk.clock())
    async with desk.store.write(organization) as tx:
        known = await tx.hierarchy.line(person) or line
        await tx.hierarchy.put_line(replace(known, in_file=manager))
