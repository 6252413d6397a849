"""`oneonone people check`: what does not hold is named with its mend, and nothing changes by looking."""

from pathlib import Path

import pytest

from adapters.clock import new_id, new_key
from adapters.config import Config
from adapters.opening import prepare
from adapters.people_check import BAD, check
from bot.model.hierarchy import NOBODY
from storage.store import Store
from tests.bot.hierarchies import OURS, Town

KEY = b"k" * 32
NAMES = ("ana", "ben", "cleo", "dan", "eve", "finn", "gone")


@pytest.fixture
async def config(tmp_path: Path) -> Config:
    config = Config(database_url=f"sqlite:///{tmp_path}/people.db", secret_keys=(KEY,), domains=OURS)
    await prepare(config, new_key=new_key)
    return config


async def said_of(config: Config, managers: dict[str, str]) -> tuple[int, list[str]]:
    """What it says after an import, twice alike."""
    store = Store(config.database_url, (KEY,), patience=30)
    town = Town(store, await store.organization(name="Example", new_id=new_id))
    await town.joins(*NAMES)
    await town.is_here("gone", active=False)
    await town.settles(**managers)
    await store.close()
    said: list[str] = []
    code = await check(config, say=said.append)
    again: list[str] = []
    assert (await check(config, say=again.append), again) == (code, said)
    return code, said


async def test_a_good_hierarchy_is_well(config: Config) -> None:
    code, said = await said_of(config, {"ana": NOBODY, "ben": "ana", "cleo": "ana"})
    assert code == 0
    assert said == ["People with a manager: 2. Managers: 1.", "Every manager who is named holds."]


async def test_an_organization_without_anybody_is_well(config: Config) -> None:
    said: list[str] = []
    assert await check(config, say=said.append) == 0
    assert said[0] == "People with a manager: 0. Managers: 0."


async def test_each_bad_edge_is_named_with_its_mend(config: Config) -> None:
    managers = {
        "ana": "ben",
        "ben": "ana",
        "cleo": "cleo",
        "dan": "x@example.com",
        "eve": "gone",
        "finn": "y@else.org",
    }
    code, said = await said_of(config, managers)
    assert code == BAD
    told = "\n".join(said)
    for edge in (
        "ana <ana@example.com> names ben@example.com in the file (cycle); nobody is their manager.",
        "cleo <cleo@example.com> names cleo@example.com in the file (oneself)",
        "dan <dan@example.com> names x@example.com in the file (unknown)",
        "eve <eve@example.com> names gone@example.com in the file (inactive)",
        "finn <finn@example.com> names y@else.org in the file (outside)",
        "2 in a circle of managers. To mend: name somebody else, or nobody, for one of the circle.",
        "1 with a manager who has left. To mend: name who has come in their place.",
    ):
        assert edge in told


async def test_who_stays_is_named(config: Config) -> None:
    store = Store(config.database_url, (KEY,), patience=30)
    town = Town(store, await store.organization(name="Example", new_id=new_id))
    await town.joins("ana", "ben")
    await town.settles(ben="ana")
    await town.settles(ben="nobody")
    await store.close()
    said: list[str] = []
    assert await check(config, say=said.append) == BAD
    assert "ana <ana@example.com> stays their manager." in "\n".join(said)
