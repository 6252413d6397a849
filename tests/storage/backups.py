"""What the tests of backups share: making one, reading everything, and spoiling a file."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select

from storage.archive import Archive, Manifest
from storage.backup import _seen_at_once, back_up
from storage.database import schema_is_current
from storage.restore import Restored, restore
from storage.shape import NOT_CARRIED
from storage.store import Store
from storage.tables import tables
from tests.storage.world import KEY, NOW, furnished

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
"""A moment of restoring before which nothing was due."""

Rows = Mapping[str, Sequence[tuple[Any, ...]]]


async def backed_up(url: str, file: Path, keys: Sequence[bytes] | None = (KEY,)) -> Manifest:
    return await asyncio.to_thread(lambda: back_up(url, file, keys=keys, now=NOW))


async def restored(url: str, file: Path, *, keys: Sequence[bytes] = (KEY,), now: datetime = LONG_AGO) -> Restored:
    def work() -> Restored:
        with Archive(file) as archive:
            return restore(url, archive, keys=keys, now=now)

    return await asyncio.to_thread(work)


async def everything(url: str) -> Rows:
    """All rows of all tables, through the types that the application reads them with."""
    kept = [table for table in tables.sorted_tables if table.name not in NOT_CARRIED]
    return await asyncio.to_thread(
        lambda: _seen_at_once(
            url,
            lambda connection: {
                table.name: sorted(map(tuple, connection.execute(select(*table.columns))), key=repr) for table in kept
            },
        )
    )


async def a_backup(url: str, file: Path) -> Path:
    """A backup of a world, which is stored for it."""
    store = Store(url, (KEY,), patience=30)
    await furnished(store, "a")
    await store.close()
    await backed_up(url, file)
    return file


async def is_untouched(url: str) -> bool:
    """Nothing is there: no SQLite file, or no table of ours."""
    if not url.startswith("sqlite"):
        return not await schema_is_current(url)
    path = Path(url.removeprefix("sqlite:///"))
    there = await asyncio.to_thread(lambda: [each.suffix for each in path.parent.glob(f"{path.name}*")])
    return there in ([], [".serve"])


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Another archive, whose parts were changed."""
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    other = file.with_name(f"changed-{file.name}")
    with ZipFile(other, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return other


def with_manifest(file: Path, **changes: object) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **changes}).encode()

    return rewritten(file, change)
