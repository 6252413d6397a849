"""A restored database is what the backup holds, or nothing has happened; nobody is told twice because of it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.model.delivery import DeliveryState
from bot.model.ids import ConversationId, OrganizationId
from storage.archive import Archive, Unusable, Why
from storage.cipher import MasterKeys
from storage.database import Database, migrate, schema_is_current
from storage.serve_lock import AlreadyServed, ServeLock
from storage.store import Store
from storage.tables import SenderLeaseRow
from tests.storage.backups import a_backup, backed_up, everything, is_untouched, restored, rewritten, with_manifest
from tests.storage.marks import id_of
from tests.storage.world import KEY, NOW, a_delivery, furnished

AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def file(sqlite_url: str, tmp_path: Path) -> Path:
    return await a_backup(sqlite_url, tmp_path / "a.zip")


async def _why(url: str, file: Path, *, keys: Sequence[bytes] = (KEY,)) -> Why:
    with pytest.raises(Unusable) as unusable:
        await restored(url, file, keys=keys)
    return unusable.value.why


async def test_it_has_the_newest_schema_and_is_served(file: Path, empty_database_url: str) -> None:
    await restored(empty_database_url, file)
    assert await schema_is_current(empty_database_url)
    store = Store(empty_database_url, (KEY,))
    organization = await store.organization(name="another", new_id=lambda: "none is made")
    async with store.read(organization) as tx:
        (item,) = await tx.agenda.of(ConversationId(id_of("a", "conversation")))
        assert item.text == "canary-yellow-a-item"
    await store.close()


async def test_numbers_that_the_database_gives_go_on(file: Path, empty_database_url: str) -> None:
    await restored(empty_database_url, file)
    store = Store(empty_database_url, (KEY,))
    organization = await store.organization(name="another", new_id=lambda: "none is made")
    async with store._database.write() as connection:
        for _ in range(3):
            columns = "organization, action, result, at"
            await connection.execute(text(f"INSERT INTO audit ({columns}) SELECT {columns} FROM audit"))
    assert [row[0] for row in (await everything(empty_database_url))["audit"]] == list(range(1, 9))
    assert organization
    await store.close()


async def test_a_database_that_was_only_migrated_is_empty(file: Path, database_url: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'migrated.db'}" if database_url.startswith("sqlite") else database_url
    await migrate(url)
    await restored(url, file)
    assert len((await everything(url))["person"]) == 2


async def test_a_database_in_use_is_refused_and_stays(file: Path, empty_database_url: str) -> None:
    await restored(empty_database_url, file)
    before = await everything(empty_database_url)
    assert await _why(empty_database_url, file) is Why.not_empty
    assert await everything(empty_database_url) == before


OLD = "0001"
FIRST_RELEASE = """
INSERT INTO workspace VALUES ('o', 'w', 'slack', 'T1', 'Example');
INSERT INTO person VALUES ('o', 'ana', 'Ana', 'a@b.c', 'UTC', true, 'en', true, true, 3, 'ana', 'a@b.c');
INSERT INTO identity VALUES ('o', 'w', 'U1', 'ana', 'ana', 'ana')
"""


async def test_a_backup_of_the_first_release_is_brought_to_this_one(empty_database_url: str, tmp_path: Path) -> None:
    await migrate(empty_database_url, OLD)
    database = Database(empty_database_url)
    async with database.write() as connection:
        wrapped = MasterKeys((KEY,)).new_data_key(OrganizationId("o"))
        made = "INSERT INTO organization VALUES ('o', 'Example', 'en', 'UTC', NULL, 1, :wrapped)"
        await connection.execute(text(made), {"wrapped": wrapped})
        for statement in FIRST_RELEASE.split(";"):
            await connection.execute(text(statement))
    await database.close()
    manifest = await backed_up(empty_database_url, tmp_path / "old.zip")
    assert manifest.revision == OLD
    url = f"sqlite:///{tmp_path / 'new.db'}"
    await restored(url, tmp_path / "old.zip")
    assert await schema_is_current(url)
    served = Store(url, (KEY,))
    assert await served.organization(name="another", new_id=lambda: "none is made") == "o"
    await served.close()


# What was waiting when the backup was made


async def test_what_may_have_been_sent_since_is_unknown_and_what_is_due_later_waits(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    world = await furnished(store, "a")
    states = {
        "due": (NOW, "pending", "unknown"),
        "being sent": (NOW, "sending", "unknown"),
        "later": (NOW + 2 * AN_HOUR, "pending", "pending"),
        "sent": (NOW, "sent", "sent"),
        "dropped": (NOW, "dropped", "dropped"),
        "rejected": (NOW, "rejected", "rejected"),
        "doubted": (NOW, "unknown", "unknown"),
    }
    ids = {}
    async with store.write(world.organization.id) as tx:
        for number, (name, (due_at, _, _)) in enumerate(states.items(), start=1):
            ids[name] = a_delivery("a", number=number).id
            await tx.deliveries.plan(replace(a_delivery("a", number=number, due_at=due_at), next_attempt_at=due_at))
    async with store._database.write() as connection:
        for name, (_, state, _) in states.items():
            leased = "UPDATE delivery SET state = :state, lease_owner = 'me', lease_until = due_at WHERE id = :id"
            await connection.execute(text(leased), {"state": state, "id": ids[name]})
    await backed_up(database_url, tmp_path / "a.zip")
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    result = await restored(url, tmp_path / "a.zip", now=NOW + AN_HOUR)
    assert result.doubtful == 3  # with the one that every world has
    served = Store(url, (KEY,))
    async with served.read(world.organization.id) as tx:
        for name, (_, _, state) in states.items():
            there = await tx.deliveries.get(ids[name])
            assert there is not None
            assert there.state is DeliveryState(state), name
            assert (there.lease_owner, there.lease_until) == (None, None)
            is_doubted = name in ("due", "being sent")
            assert there.next_attempt_at == (NOW + AN_HOUR if is_doubted else states[name][0])
            assert there.doubts == is_doubted
    await served.close()


async def test_nobody_is_a_sender_any_more(store: Store, database_url: str, tmp_path: Path) -> None:
    world = await furnished(store, "a")
    async with store._database.write() as connection:
        row = {"organization": world.organization.id, "workspace": world.workspace.id, "owner": "me", "fence": 1}
        known = {name: value for name, value in row.items() if name in SenderLeaseRow.table().columns}
        await connection.execute(SenderLeaseRow.table().insert().values(**known, until=NOW))
    await backed_up(database_url, tmp_path / "a.zip")
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    await restored(url, tmp_path / "a.zip")
    database = Database(url)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM sender_lease"))).scalar() == 0
    await database.close()


# What is refused


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + b"\0" * 300], ids=["empty", "text", "torn"])
def test_what_is_no_backup_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Unusable) as unusable:
        Archive(tmp_path / "a.zip")
    assert unusable.value.why is Why.foreign


def _without_a_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def test_another_programs_zip_is_refused(file: Path) -> None:
    for changed in (
        rewritten(file, _without_a_manifest),
        with_manifest(file, format="?"),
    ):
        with pytest.raises(Unusable) as unusable:
            Archive(changed)
        assert unusable.value.why is Why.foreign


def test_a_newer_format_is_refused(file: Path) -> None:
    with pytest.raises(Unusable) as unusable:
        Archive(with_manifest(file, version=2))
    assert unusable.value.why is Why.newer_format


async def test_a_newer_revision_is_refused(file: Path, empty_database_url: str) -> None:
    assert await _why(empty_database_url, with_manifest(file, revision="9999")) is Why.newer_schema
    assert await is_untouched(empty_database_url)


async def test_a_database_of_a_newer_release_is_refused(file: Path, empty_database_url: str) -> None:
    await migrate(empty_database_url)
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    assert await _why(empty_database_url, file) is Why.newer_database


def _with_another_name(parts: dict[str, bytes]) -> None:
    parts["tables/person.jsonl"] = parts["tables/person.jsonl"].replace(b"Ben", b"Bea")


def _with_a_row_less(parts: dict[str, bytes]) -> None:
    parts["tables/person.jsonl"] = parts["tables/person.jsonl"].splitlines(keepends=True)[0]


def _without_a_table(parts: dict[str, bytes]) -> None:
    del parts["tables/note.jsonl"]


def _with_another_key(parts: dict[str, bytes]) -> None:
    parts["keys"] = b"AAAA" + parts["keys"][4:]


def _without_a_part(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**manifest, "parts": manifest["parts"][1:]}).encode()


def _without_a_digest(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    del manifest["parts"][0]["sha256"]
    parts["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    "change",
    [
        _with_another_name,
        _with_a_row_less,
        _without_a_table,
        _with_another_key,
        _without_a_part,
        _without_a_digest,
    ],
)
async def test_what_the_manifest_does_not_prove_is_refused(
    change: Callable[[dict[str, bytes]], None], file: Path, empty_database_url: str
) -> None:
    assert await _why(empty_database_url, rewritten(file, change)) is Why.damaged
    assert await is_untouched(empty_database_url)


async def test_a_file_that_was_cut_off_is_refused_wherever(file: Path, empty_sqlite_url: str) -> None:
    whole = file.read_bytes()  # noqa: ASYNC240 - a small file
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        file.write_bytes(whole[:length])  # noqa: ASYNC240 - a small file
        assert await _why(empty_sqlite_url, file) in (Why.foreign, Why.damaged)
    assert await is_untouched(empty_sqlite_url)


@pytest.mark.soak
async def test_a_spoilt_byte_is_refused_or_harmless(file: Path, tmp_path: Path) -> None:
    """A zip holds bytes that mean nothing, such as dates; any other one is noticed."""
    await restored(f"sqlite:///{tmp_path / 'whole.db'}", file)
    whole, expected = file.read_bytes(), await everything(f"sqlite:///{tmp_path / 'whole.db'}")  # noqa: ASYNC240
    refused = 0
    for place in range(0, len(whole), max(1, len(whole) // 80)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0x55
        file.write_bytes(spoilt)  # noqa: ASYNC240 - a small file
        url = f"sqlite:///{tmp_path / f'{place}.db'}"
        try:
            await restored(url, file)
        except Unusable as unusable:
            assert unusable.why in (Why.foreign, Why.damaged, Why.newer_format)  # noqa: PT017 - either may happen
            refused += 1
        else:
            assert await everything(url) == expected
    assert refused > 50


async def test_keys_that_open_nothing_are_refused(file: Path, empty_database_url: str) -> None:
    assert await _why(empty_database_url, file, keys=(b"x" * 32,)) is Why.no_key
    assert await is_untouched(empty_database_url)


async def test_a_file_that_is_served_is_refused(file: Path, empty_sqlite_url: str) -> None:
    with ServeLock(empty_sqlite_url), pytest.raises(AlreadyServed):
        await restored(empty_sqlite_url, file)
    await restored(empty_sqlite_url, file)
