"""For whom it is on, reckoned by the database."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace

import pytest

from bot.folding import folded
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import PersonId
from bot.model.people import Person, Reach
from storage.store import Store
from tests.storage.world import NOW, World

PEOPLE = {"dora": "Sales", "emil": "support", "fay": "Ｓａｌｅｓ", "gus": "Legal"}
"""By their departments; Ana and Ben of the world have none."""


def _id(name: str) -> PersonId:
    return PersonId(name.ljust(22, "0"))


@pytest.fixture
async def staffed(store: Store, world: World) -> World:
    """The world with four more people; Emil is Dora's manager, and Gus left."""
    organization = world.organization.id
    async with store.write(organization) as tx:
        for name, department in PEOPLE.items():
            person = Person(id=_id(name), organization=organization, name=name.title(), active=name != "gus")
            await tx.people.add(person)
            said = Attribute(
                person=person.id,
                name="department",
                organization=organization,
                label="Department",
                value=folded(department),
                in_file=department,
            )
            await tx.hierarchy.put_attribute(said)
        line = ReportingLine(person=_id("dora"), organization=organization, manager=_id("emil"), changed_at=NOW)
        await tx.hierarchy.put_line(line)
    return world


async def _enabled(store: Store, world: World) -> Mapping[str, bool]:
    async with store.read(world.organization.id) as tx:
        found = await tx.people.many([world.ana.id, world.ben.id, *map(_id, PEOPLE)])
    return {person.first_name: person.enabled for person in found}


async def _lets_in(store: Store, world: World, *departments: str) -> set[str]:
    async with store.write(world.organization.id) as tx:
        await tx.people.let_in(departments)
    return {name for name, enabled in (await _enabled(store, world)).items() if enabled}


@pytest.mark.parametrize(
    ("departments", "on"),
    [
        ([], {"Ana", "Ben", "Dora", "Emil", "Fay", "Gus"}),
        (["SALES"], {"Dora", "Emil", "Fay"}),
        (["support"], {"Emil"}),
        (["support", "legal"], {"Emil", "Gus"}),
        (["nobody's"], set()),
    ],
)
async def test_it_is_on_for_departments_and_who_manages_in_them(
    departments: Sequence[str], on: set[str], store: Store, staffed: World
) -> None:
    assert await _lets_in(store, staffed, *departments) == on


async def test_an_admin_keeps_it(store: Store, staffed: World) -> None:
    async with store.write(staffed.organization.id) as tx:
        await tx.people.save(replace(staffed.ben, admin=True))
    assert await _lets_in(store, staffed, "Legal") == {"Ben", "Gus"}


async def test_whose_row_changes_has_another_version(store: Store, staffed: World) -> None:
    await _lets_in(store, staffed, "Sales")
    async with store.write(staffed.organization.id) as tx:
        assert await tx.people.let_in(["Sales"]) == []
        [dora, ben] = sorted(await tx.people.many([_id("dora"), staffed.ben.id]), key=lambda one: one.enabled)[::-1]
    assert (dora.version, ben.version) == (1, staffed.ben.version + 1)


async def test_reach_counts_who_is_here(store: Store, staffed: World) -> None:
    async with store.read(staffed.organization.id) as tx:
        assert await tx.people.reach(["sales"]) == Reach(on=3, everybody=5, lose=2)
        assert await tx.people.reach([]) == Reach(on=5, everybody=5, lose=0)


async def test_values_are_those_of_people_who_are_here_each_once(store: Store, staffed: World) -> None:
    async with store.read(staffed.organization.id) as tx:
        values = await tx.hierarchy.values("department")
        assert await tx.hierarchy.values("shoe size") == []
    assert list(map(folded, values)) == ["sales", "support"]


async def test_admins_are_found_by_address_by_name_and_by_flag(store: Store, staffed: World) -> None:
    async with store.write(staffed.organization.id) as tx:
        await tx.people.save(replace(staffed.ben, admin=True))
        identity = replace(staffed.identity, external_id="U0DORA", person=_id("dora"), admin=True)
        await tx.people.add_identity(identity)
    async with store.read(staffed.organization.id) as tx:
        assert await _found(tx.people.admins([], flagged=False)) == ["Ben"]
        assert await _found(tx.people.admins([str(staffed.ana.email).upper()], flagged=False)) == ["Ana", "Ben"]
        assert await _found(tx.people.admins([], flagged=True)) == ["Ben", "Dora"]
    async with store.write(staffed.organization.id) as tx:
        await tx.people.save_identity(replace(identity, admin=False))
        assert await _found(tx.people.admins([], flagged=True)) == ["Ben"]


async def test_a_picker_finds_those_for_whom_it_is_on(store: Store, staffed: World) -> None:
    await _lets_in(store, staffed, "Sales")
    async with store.read(staffed.organization.id) as tx:
        assert await _found(tx.people.matching("", 10, let_in=True)) == ["Dora", "Emil", "Fay"]
        assert len(await tx.people.matching("", 10)) == 5


async def _found(people: Awaitable[Sequence[Person]]) -> list[str]:
    return [person.first_name for person in await people]


async def test_few_can_be_reckoned_alone(store: Store, staffed: World) -> None:
    async with store.write(staffed.organization.id) as tx:
        assert await tx.people.let_in(["Sales"], among=[staffed.ana.id, _id("dora")]) == [staffed.ana.id]
    assert [name for name, enabled in (await _enabled(store, staffed)).items() if not enabled] == ["Ana"]
