"""A migrated database without rows for each test: SQLite copied from a file, PostgreSQL emptied after each."""

import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.needs import absent
from tests.postgres import Cluster, in_a_thread, running_cluster, server_programs
from tests.reused import Reused

_TEMPLATE = "migrated"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """This run's own server (one for each xdist worker); skips where PostgreSQL is not installed."""
    programs = server_programs()
    if programs is None:
        absent("PostgreSQL", mend="install its server, on Debian: apt-get install postgresql")
    with running_cluster(programs) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    """The name of a migrated database without rows."""
    postgres_cluster.run(f"CREATE DATABASE {_TEMPLATE}")
    in_a_thread(lambda: _migrate(postgres_cluster.url(_TEMPLATE)))
    return _TEMPLATE


@pytest.fixture(scope="session")
def reused(postgres_cluster: Cluster, postgres_template: str) -> Reused:
    """The migrated databases that one test has after the other."""
    return Reused(postgres_cluster, postgres_template)


@pytest.fixture
def postgres_url(reused: Reused) -> Iterator[str]:
    """A migrated PostgreSQL database without rows, that only this test knows while it runs."""
    with reused.database() as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """A PostgreSQL database without tables, for tests of migrations."""
    yield from postgres_database(postgres_cluster, "")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows."""
    file = tmp_path_factory.mktemp("template") / "migrated.db"
    in_a_thread(lambda: _migrate(f"sqlite:///{file}"))
    _empty_the_log(file)
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite file that only this test knows."""
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'oneonone.db')}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet, for tests of migrations."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database; the test runs once on each kind."""
    return _of_kind(request, {"sqlite": "sqlite_url", "postgresql": "postgres_url"})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without tables; the test runs once on each kind."""
    return _of_kind(request, {"sqlite": "empty_sqlite_url", "postgresql": "empty_postgres_url"})


async def _migrate(url: str) -> None:
    from storage.database import migrate  # a test without a database does not wait for it

    await migrate(url)


def _of_kind(request: pytest.FixtureRequest, fixtures: dict[str, str]) -> str:
    return str(request.getfixturevalue(fixtures[request.param]))


def postgres_database(cluster: Cluster, like: str) -> Iterator[str]:
    """A database that is gone again after it was used."""
    name = f"test_{next(_numbers)}"
    cluster.run(f"CREATE DATABASE {name} {like}")
    yield cluster.url(name)
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


def _empty_the_log(file: Path) -> None:
    """Move what the write-ahead log holds into the file, so that a copy of the file is the whole database."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
