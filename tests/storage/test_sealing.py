"""What people write cannot be read without the key, nor moved to where somebody else would read it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.model.ids import OrganizationId
from storage.cipher import Cipher, Unreadable
from storage.content import Content, content
from storage.store import Store, Transaction
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


async def _read_with(store: Store, world: World, table: str, column: str, cell: bytes) -> None:
    """Read all that there is while this stands in that column; that is taken back with what it raises."""
    ours = _rows(table)["organization"] == world.organization.id
    async with store.write(world.organization.id) as tx:
        await tx.trail._scope.connection.execute(update(tables.tables[table]).where(ours).values({column: cell}))
        await _read_all(tx, world)
        pytest.fail("what was sealed elsewhere has been opened")


async def _read_all(tx: Transaction, world: World) -> None:
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
    await tx.growth.parts(world.talk.plan.id)
    await tx.check_ins.get(world.talk.check_in.id)
    await tx.check_ins.questions()
    await tx.templates.get(world.talk.template.id)


def test_the_registry_lists_every_table_that_holds_words() -> None:
    found = {each.name: (each.columns, each.author, each.organization) for each in content()}
    assert found == {
        "action_item": (("text",), "author", "organization"),
        "agenda_item": (("text", "link", "quote"), "author", "organization"),
        "check_in": (("answers",), "author", "organization"),
        "check_in_question": (("text",), "author", "organization"),
        "comment": (("text",), "author", "organization"),
        "draft": (("text", "link", "quote"), "person", "organization"),
        "calendar_link": (("token",), None, "organization"),
        "growth_part": (("text",), "author", "organization"),
        "installation": (("token",), None, "organization"),
        "meeting": (("place",), "author", "organization"),
        "note": (("text",), "author", "organization"),
        "question": (("text",), "asker", "organization"),
        "series": (("place",), "author", "organization"),
        "template": (("name", "source"), "author", "organization"),
        "topic": (("title", "prompt", "note", "links"), "author", "organization"),
    }


@pytest.mark.parametrize("each", content(), ids=lambda each: each.name)
async def test_no_word_is_stored_in_clear(each: Content, common_store: Store, common_world: World) -> None:
    ours = each.table.c[each.organization] == common_world.organization.id
    async with common_store._database.read() as connection:
        (row,) = (await connection.execute(select(each.table).where(ours))).all()
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
async def test_a_changed_word_does_not_open(table: str, column: str, common_store: Store, common_world: World) -> None:
    cell = await _cell(common_store, common_world, table, column)
    with pytest.raises(Unreadable) as refused:
        await _read_with(common_store, common_world, table, column, cell[:-1] + bytes([cell[-1] ^ 1]))
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_a_word_does_not_open_in_another_organization(
    table: str, column: str, common_store: Store, two_worlds: tuple[World, World]
) -> None:
    mine, yours = two_worlds
    cell = await _cell(common_store, yours, table, column)
    with pytest.raises(Unreadable):
        await _read_with(common_store, mine, table, column, cell)


@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_a_word_does_not_open_in_another_column(
    table: str, column: str, common_store: Store, common_world: World
) -> None:
    """The private note of one, put by a database administrator where both would read it."""
    other = ("comment", "text") if table != "comment" else ("note", "text")
    cell = await _cell(common_store, common_world, *other)
    with pytest.raises(Unreadable):
        await _read_with(common_store, common_world, table, column, cell)


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
