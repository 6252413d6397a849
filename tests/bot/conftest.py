"""A desk on SQLite for the tests of behaviour: made once, and then on a copy for each test."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.store import Store
from tests.bot.desk import Desk, again, desk_on, paired
from tests.postgres import in_a_thread

KEY = b"k" * 32


@dataclass(frozen=True)
class Made:
    """A desk whose database nobody has open any more."""

    file: Path
    desk: Desk

    @asynccontextmanager
    async def copied(self, url: str) -> AsyncIterator[Desk]:
        """The same, in place of an empty database."""
        shutil.copyfile(self.file, url.removeprefix("sqlite:///"))
        store = Store(url, (KEY,))
        yield again(self.desk, store)
        await store.close()


async def _nothing(desk: Desk) -> None:
    del desk


def _made(template: Path, file: Path, begin: Callable[[Desk], Awaitable[None]]) -> Made:
    desks: list[Desk] = []

    async def make() -> None:
        store = Store(f"sqlite:///{shutil.copyfile(template, file)}", (KEY,))
        desks.append(await desk_on(store))
        await begin(desks[0])
        await store.close()

    in_a_thread(make)
    assert list(file.parent.iterdir()) == [file], "not all of it is in the file yet"
    return Made(file, desks[0])


@pytest.fixture(scope="session")
def made_desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _made(sqlite_template, tmp_path_factory.mktemp("desk") / "made.db", _nothing)


@pytest.fixture(scope="session")
def made_pair(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _made(sqlite_template, tmp_path_factory.mktemp("pair") / "made.db", paired)


@pytest.fixture
async def desk(made_desk: Made, sqlite_url: str) -> AsyncIterator[Desk]:
    """Four people who have not begun anything."""
    async with made_desk.copied(sqlite_url) as desk:
        yield desk


@pytest.fixture
async def pair(made_pair: Made, sqlite_url: str) -> AsyncIterator[Desk]:
    """Ana and her report Ben with a conversation."""
    async with made_pair.copied(sqlite_url) as desk:
        yield desk
