"""A file of people on its way into the database: what it may change, and what it must leave alone."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

import pytest

from bot.census import compare
from bot.folding import folded
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.model.roster import Difference, Entry, Sheet
from bot.ports import Stale
from storage.store import Store
from tests.storage.world import NOW, World

LABELS = {"department": "Department", "country": "Country"}
CLEO = "cleo@a.example"
_numbers = count()


def an_entry(email: str, *, row: int = 2, department: str = "", country: str = "", **also: object) -> Entry:
    entry = Entry(row=row, email=email, folded=folded(email), values=(department, country))
    return replace(entry, **also)  # type: ignore[arg-type]


def sheet(*entries: Entry) -> Sheet:
    return Sheet(entries=entries, labels=LABELS, names_managers=True)


async def _compared(store: Store, world: World, *entries: Entry) -> Difference:
    async with store.read(world.organization.id) as tx:
        register = await tx.census.register()
    return compare(sheet(*entries), register, new_id=lambda: f"{next(_numbers):022}")


async def _write(store: Store, world: World, difference: Difference) -> None:
    async with store.write(world.organization.id) as tx:
        await tx.census.take_in(difference, at=NOW, step=lambda _: None)
        await tx.census.close(difference.files)


async def _take_in(store: Store, world: World, *entries: Entry) -> Difference:
    difference = await _compared(store, world, *entries)
    await _write(store, world, difference)
    return difference


async def _person(store: Store, world: World, email: str) -> Person:
    async with store.read(world.organization.id) as tx:
        (found,) = await tx.people.by_emails([email])
    return found


async def _attributes(store: Store, world: World, person: PersonId) -> Mapping[str, Attribute]:
    async with store.read(world.organization.id) as tx:
        return {each.name: each for each in await tx.hierarchy.attributes([person])}


async def _line(store: Store, world: World, person: PersonId) -> ReportingLine | None:
    async with store.read(world.organization.id) as tx:
        return await tx.hierarchy.line(person)


async def test_who_is_new_comes_with_all_that_the_file_says(store: Store, world: World) -> None:
    entry = an_entry(
        "Cleo@a.example", department="Sales", name="Cleo", zone="Asia/Tokyo", language="de", manager="b@x.y"
    )
    await _take_in(store, world, entry)
    cleo = await _person(store, world, CLEO)
    assert (cleo.name, cleo.email, cleo.zone, cleo.language) == ("Cleo", "Cleo@a.example", "Asia/Tokyo", "de")
    assert (cleo.active, cleo.listed) == (True, True)
    (attribute,) = (await _attributes(store, world, cleo.id)).values()
    assert (attribute.label, attribute.value, attribute.in_file) == ("Department", "sales", "Sales")
    line = await _line(store, world, cleo.id)
    assert line is not None
    assert (line.in_file, line.by_hand, line.manager) == ("b@x.y", None, None)


async def test_the_same_file_again_changes_nothing(store: Store, world: World) -> None:
    entries = [an_entry(f"{each}@a.example", row=each, department="Sales", manager="") for each in range(2, 9)]
    await _take_in(store, world, *entries)
    again = await _compared(store, world, *entries)
    assert again.is_nothing
    assert not [*again.all_lines(), *again.all_said(), *again.filled, *again.newly]
    assert (again.files, again.were_listed, again.same) == (1, 7, 7)


async def test_all_are_known_however_many_they_are(store: Store, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [an_entry(f"{each}@a.example", row=each, department="A", country="B") for each in range(2, 9)]
    await _take_in(store, world, *entries)
    monkeypatch.setattr("storage.census._AT_ONCE", 2)
    monkeypatch.setattr("storage.bulk._AT_ONCE", 2)
    assert (await _compared(store, world, *entries)).is_nothing
    moved = [replace(entry, values=("C", "")) for entry in entries]
    await _take_in(store, world, *moved)
    assert (await _compared(store, world, *moved)).is_nothing


async def test_who_has_an_account_is_described_by_their_platform(store: Store, world: World) -> None:
    entry = an_entry("ana@a.example", department="Sales", name="Somebody Else", zone="Asia/Tokyo", language="de")
    await _take_in(store, world, entry)
    ana = await _person(store, world, "ana@a.example")
    assert ana == replace(world.ana, listed=True, version=ana.version)
    assert (await _attributes(store, world, ana.id))["department"].value == "sales"


async def test_who_has_none_is_described_by_the_file(store: Store, world: World) -> None:
    await _take_in(store, world, an_entry(CLEO, name="Cleo", zone="Asia/Tokyo"))
    await _take_in(store, world, an_entry(CLEO, name="Cleo Vance", language="fr"))
    cleo = await _person(store, world, CLEO)
    assert (cleo.name, cleo.zone, cleo.language) == ("Cleo Vance", "Asia/Tokyo", "fr")
    async with store.read(world.organization.id) as tx:
        assert [each.id for each in await tx.people.matching("vance", 5)] == [cleo.id]


async def test_what_an_admin_set_by_hand_leads(store: Store, world: World) -> None:
    await _take_in(store, world, an_entry(CLEO, country="Spain", department="Sales"))
    cleo = await _person(store, world, CLEO)
    async with store.write(world.organization.id) as tx:
        line = ReportingLine(
            person=cleo.id, organization=cleo.organization, by_hand=world.ana.id, manager=world.ana.id, changed_at=NOW
        )
        await tx.hierarchy.put_line(line)
        country = (await tx.hierarchy.attributes([cleo.id]))[0]
        await tx.hierarchy.put_attribute(replace(country, by_hand="France", value="france"))
    await _take_in(store, world, an_entry(CLEO, country="Italy", department="Support", manager="boss@a.example"))
    found = await _attributes(store, world, cleo.id)
    assert (found["country"].value, found["country"].in_file) == ("france", "Italy")
    assert found["department"].value == "support"
    assert await _line(store, world, cleo.id) == replace(line, in_file="boss@a.example")
    await _take_in(store, world, an_entry(CLEO))
    found = await _attributes(store, world, cleo.id)
    assert found.keys() == {"country"}
    assert (found["country"].value, found["country"].in_file) == ("france", None)


async def test_who_leaves_loses_what_the_file_said_and_no_more(store: Store, world: World) -> None:
    here = an_entry("ana@a.example", department="Sales", manager="cleo@a.example")
    await _take_in(store, world, here, an_entry(CLEO, row=3, department="Sales", manager=""))
    cleo = await _person(store, world, CLEO)
    gone = await _take_in(store, world, replace(here, here=False), an_entry("dan@a.example", row=3))
    assert {(each.known.folded, each.row) for each in gone.left} == {("ana@a.example", 2), (CLEO, None)}
    ana = await _person(store, world, "ana@a.example")
    assert (ana.listed, ana.active) == (False, True)  # her account says that she is here
    cleo = await _person(store, world, CLEO)
    assert (cleo.listed, cleo.active) == (False, False)
    for person in (ana, cleo):
        assert await _attributes(store, world, person.id) == {}
        line = await _line(store, world, person.id)
        assert line is not None
        assert line.in_file is None
    back = await _take_in(store, world, here, an_entry(CLEO, row=3))
    assert len(back.changed) == 2
    assert (await _person(store, world, CLEO)).active


async def test_a_file_that_was_compared_before_another_one_came_is_not_written(store: Store, world: World) -> None:
    slow = await _compared(store, world, an_entry(CLEO))
    await _take_in(store, world, an_entry("dan@a.example"))
    with pytest.raises(Stale):
        await _write(store, world, slow)


async def test_a_person_who_was_changed_meanwhile_is_not_written_over(store: Store, world: World) -> None:
    await _take_in(store, world, an_entry(CLEO))
    slow = await _compared(store, world, an_entry(CLEO, name="Cleo Vance"))
    cleo = await _person(store, world, CLEO)
    async with store.write(world.organization.id) as tx:
        await tx.people.save(replace(cleo, discreet=True))
    with pytest.raises(Stale):
        await _write(store, world, slow)
    assert (await _person(store, world, CLEO)).discreet


async def test_whoever_comes_meanwhile_does_not_become_two(store: Store, world: World) -> None:
    slow = await _compared(store, world, an_entry(CLEO))
    async with store.write(world.organization.id) as tx:
        person = Person(id=PersonId("c" * 22), organization=world.organization.id, name="Cleo", email="CLEO@a.example")
        await tx.people.add(person)
    with pytest.raises(Stale):
        await _write(store, world, slow)
    assert (await _person(store, world, CLEO)).id == person.id
