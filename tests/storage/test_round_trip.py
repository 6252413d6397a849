"""Every field of every noun comes back as it was stored."""

from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from storage import nouns
from storage.mapping import Mapper
from storage.rows import Rows, Scope
from storage.store import Store
from storage.tables.columns import clean
from tests.storage.world import NOW, World

MAPPERS: tuple[Mapper[Any], ...] = tuple(each for each in vars(nouns).values() if isinstance(each, Mapper))
ONE_ONLY = ("series", "suggested", "habits", "calendar_link", "growth_part", "standing")
WORDS = st.text() | st.sampled_from(
    ["", "👩‍👩‍👧 emoji", "שלום עולם", "\u202eright to left", "nul \0 in it", "a\r\nb", "Zürich " * 400]
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-8))])
VALUES: dict[object, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(min_value=-(2**31), max_value=2**31 - 1),
    bool: st.booleans(),
    datetime: st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1), timezones=ZONES),  # noqa: DTZ001
    date: st.dates(),
    NoneType: st.none(),
}
ID = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=22, max_size=22)


def _referred(world: World) -> dict[str, str]:
    """What a row must refer to, since the database refuses strangers."""
    return {
        "organization": world.organization.id,
        "workspace": world.workspace.id,
        "person": world.ana.id,
        "asker": world.ana.id,
        "first": world.ben.id,
        "second": world.ana.id,
        "conversation": world.conversation.id,
        "item": world.item.id,
        "meeting": world.meeting.id,
        "topic": world.topic.id,
        "plan": world.talk.plan.id,
        "manager": world.ana.id,
        "department": world.use.department.id,
    }


def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    if kinds := get_args(hint):
        return st.one_of([_strategy(kind) for kind in kinds])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return VALUES.get(hint, ID)


def _any(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _strategy(hints[field.name]) for field in fields(kind)})


def _in_place(value: Any, world: World) -> Any:
    """The value where it can stand: its references exist, and nothing else is in its way."""
    referred = _referred(world)
    if type(value).__name__ == "Organization":
        return replace(value, id=world.organization.id)
    names = {field.name for field in fields(value)} & referred.keys()
    ids = {name for name in names if not isinstance(getattr(value, name), date)}  # the first day is no first person
    return replace(value, **{name: referred[name] for name in ids})


def _as_stored(mapper: Mapper[Any], value: Any) -> Any:
    texts = {name: getattr(value, name) for name in mapper.names if name not in mapper.sealed}
    cleaned = {name: clean(text) for name, text in texts.items() if type(text) is str}
    return replace(value, **cleaned)


async def _stored(scope: Scope, mapper: Mapper[Any], value: Any) -> Any:
    rows = Rows(scope, mapper)
    if mapper in (nouns.ORGANIZATION, nouns.SEAT, nouns.INSTALLATION):  # there is one already, and may be no other
        await rows.put(value)
    else:
        await rows.add(value)
    key = [mapper.table.c[name] == getattr(value, name) for name in mapper.key if hasattr(value, name)]
    if mapper is nouns.AUDIT:
        key = [mapper.table.c.id == (await scope.connection.execute(text("SELECT max(id) FROM audit"))).scalar()]
    return await rows.one(*key)


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.kind.__name__)
@given(data=st.data())
async def test_every_field_comes_back(
    mapper: Mapper[Any], data: st.DataObject, common_store: Store, common_world: World
) -> None:
    value = _in_place(data.draw(_any(mapper.kind)), common_world)
    with suppress(_Undone):
        await _comes_back(mapper, value, common_store, common_world)


class _Undone(Exception):
    """Leaves the database as it was for the next example."""


async def _comes_back(mapper: Mapper[Any], value: Any, store: Store, world: World) -> None:
    async with store._database.write() as connection:
        # One under way, and one series, leave no place for another.
        also = (nouns.DEPARTMENT.table.name,) if mapper is nouns.DEPARTMENT else ()
        for table in ("answer", *(() if mapper is nouns.ANSWER else ("meeting",)), *ONE_ONLY, *also):
            await connection.execute(text(f"DELETE FROM {table}"))
        scope = Scope(connection, world.organization.id, await store._cipher(connection, world.organization.id))
        assert await _stored(scope, mapper, value) == _as_stored(mapper, value)
        raise _Undone


async def test_moments_come_back_in_utc(store: Store, world: World) -> None:
    nepal = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    async with store.write(world.organization.id) as tx:
        await tx.notes.save(replace(world.note, changed_at=nepal))
        saved = await tx.notes.get(world.note.id)
    assert saved is not None
    assert (saved.changed_at, saved.changed_at.tzinfo) == (NOW, UTC)


async def test_half_a_surrogate_pair_is_not_an_error(store: Store, world: World) -> None:
    half = "\ud83d and \0"
    async with store.write(world.organization.id) as tx:
        await tx.people.save(replace(world.ana, name=half))
        await tx.notes.save(replace(world.note, text=half))
        assert [person.id for person in await tx.people.matching(half, 5)] == [world.ana.id]
        assert await tx.trail.seen(world.workspace.id, half) is None
        person, note = await tx.people.get(world.ana.id), await tx.notes.get(world.note.id)
    assert person is not None
    assert note is not None
    assert (person.name, note.text) == ("? and ", half)
