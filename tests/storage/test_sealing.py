"""What people write cannot be read without the key, nor moved to where somebody else would read it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.model.ids import OrganizationId
from storage.cipher import Cipher, Unreadable
from storage.content import Content, content
from storage.store import Store
from storage.tables import tables
from tests.storage.world import CANARY, KEY, World, furnished

SEALED = [(each.name, column) for each in content() for column in each.columns]


def _rows(table: str) -> dict[str, Any]:
    return {column.name: column for column in tables.tables[table].columns}


async def _cell(store: Store, world: World, table: str, column: str) -> bytes:
    rows = _rows(table)
    async with store._database.read() as connection:
        query = select(rows[column]).where(rows["organization"] == world.organization.id)
        return bytes((await connection.execute(query)).scalar_one())


async def _overwrite(store: Store, world: World, table: str, column: str, cell: bytes) -> None:
    ours = _rows(table)["organization"] == world.organization.id
    async with store._database.write() as connection:
        await connection.execute(update(tables.tables[table]).where(ours).values({column: cell}))


async def _read_all(store: Store, world: World) -> None:
    async with store.read(world.organization.id) as tx:
        await tx.installations.get(world.workspace.id)
        await tx.agenda.get(world.item.id)
        await tx.agenda.comment(world.comment.id)
        await tx.notes.get(world.note.id)
        await tx.action_items.get(world.action_item.id)
        await tx.drafts.get(world.draft.id)
        await tx.questions.get(world.question.id)
        await tx.meetings.get(world.meeting.id)
        await tx.series.get(world.series.id)
        await tx.calendar_links.of(world.ana.id)
        await tx.topics.get(world.topic.id)


def test_the_registry_lists_every_table_that_holds_words() -> None:
    found = {each.name: (each.columns, each.author, each.organization) for each in content()}
    assert found == {
        "action_item": (("text",), "author", "organization"),
        "agenda_item": (("text", "link", "quote"), "author", "organization"),
        "comment": (("text",), "author", "organization"),
        "draft": (("text", "link", "quote"), "person", "organization"),
        "calendar_link": (("token",), None, "organization"),
        "installation": (("token",), None, "organization"),
        "meeting": (("place",), "author", "organization"),
        "note": (("text",), "author", "organization"),
        "question": (("text",), "asker", "organization"),
        "series": (("place",), "author", "organization"),
        "topic": (("title", "prompt", "note", "links"), "author", "organization"),
    }


@pytest.mark.parametrize("each", content(), ids=lambda each: each.name)
async def test_no_word_is_stored_in_clear(each: Content, store: Store, world: World) -> None:
    async with store._database.read() as connection:
        (row,) = (await connection.execute(select(each.table))).all()
    stored = [cell for cell in row if isinstance(cell, bytes)]
    assert len(stored) == len(each.columns)
    assert CANARY not in repr(row)


async def test_no_word_is_in_the_database_file(sqlite_url: str) -> None:
    store = Store(sqlite_url, (KEY,))
    await furnished(store, "a")
    files = list(Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir())
    held = b"".join(file.read_bytes() for file in files)
    await store.close()
    assert b"Ana Ruiz" in held  # names are not sealed, so the search finds what is there
    assert CANARY.encode() not in held


@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_a_changed_word_does_not_open(table: str, column: str, store: Store, world: World) -> None:
    cell = await _cell(store, world, table, column)
    await _overwrite(store, world, table, column, cell[:-1] + bytes([cell[-1] ^ 1]))
    with pytest.raises(Unreadable) as refused:
        await _read_all(store, world)
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_a_word_does_not_open_in_another_organization(table: str, column: str, store: Store) -> None:
    mine, yours = await furnished(store, "mine"), await furnished(store, "yours")
    await _overwrite(store, mine, table, column, await _cell(store, yours, table, column))
    with pytest.raises(Unreadable):
        await _read_all(store, mine)


@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_a_word_does_not_open_in_another_column(table: str, column: str, store: Store, world: World) -> None:
    """The private note of one, put by a database administrator where both would read it."""
    other = ("comment", "text") if table != "comment" else ("note", "text")
    await _overwrite(store, world, table, column, await _cell(store, world, *other))
    with pytest.raises(Unreadable):
        await _read_all(store, world)


def test_a_word_opens_in_its_own_place_only() -> None:
    cipher = Cipher(OrganizationId("o"), KEY)
    sealed = cipher.seal("words", table="note", row="1", column="text")
    assert cipher.open(sealed, table="note", row="1", column="text") == "words"
    for place in ({"table": "comment"}, {"row": "2"}, {"column": "link"}):
        with pytest.raises(Unreadable):
            cipher.open(sealed, **({"table": "note", "row": "1", "column": "text"} | place))
    with pytest.raises(Unreadable):
        Cipher(OrganizationId("p"), KEY).open(sealed, table="note", row="1", column="text")


def test_the_same_words_never_look_the_same() -> None:
    cipher = Cipher(OrganizationId("o"), KEY)
    assert len({cipher.seal("words", table="t", row="r", column="c") for _ in range(50)}) == 50


@pytest.mark.parametrize("junk", [b"", b"\x01", b"\x02" * 40, b"clear text"])
def test_what_was_never_sealed_is_unreadable(junk: bytes) -> None:
    with pytest.raises(Unreadable):
        Cipher(OrganizationId("o"), KEY).open(junk, table="t", row="r", column="c")


async def test_an_old_key_still_opens_behind_a_new_one(database_url: str) -> None:
    old, new = Store(database_url, (KEY,)), Store(database_url, (b"n" * 32, KEY))
    world = await furnished(old, "a")
    async with new.read(world.organization.id) as tx:
        assert await tx.notes.get(world.note.id) == world.note
    await furnished(new, "b")
    await old.close()
    await new.close()


async def test_without_its_key_a_database_does_not_open(database_url: str) -> None:
    store, stranger = Store(database_url, (KEY,)), Store(database_url, (b"s" * 32,))
    await furnished(store, "a")
    with pytest.raises(Unreadable):
        await stranger.organization(name="Acme", new_id=lambda: "x" * 22)
    await store.close()
    await stranger.close()


@pytest.mark.parametrize("keys", [(), (b"short",), (KEY, b"long" * 9)])
def test_a_key_has_32_bytes(keys: tuple[bytes, ...], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="key"):
        Store(f"sqlite:///{tmp_path / 'a.db'}", keys)
