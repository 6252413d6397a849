"""Where databases are made: files, or databases in a PostgreSQL cluster of one's own."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.postgres import running_cluster, server_programs


@contextmanager
def sqlite_places() -> Iterator[Callable[[str], str]]:
    """Makes the addresses of files, by name."""
    with tempfile.TemporaryDirectory() as folder:
        yield lambda name: f"sqlite:///{folder}/{name}.db"


@contextmanager
def postgres_places() -> Iterator[Callable[[str], str]]:
    """Makes databases in a cluster that keeps its promises: no setting is relaxed."""
    programs = server_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's server is not installed; choose --database sqlite")
    with running_cluster(programs, settings=("max_connections=200",)) as cluster:

        def made(name: str) -> str:
            cluster.run(f"CREATE DATABASE {name}")
            return cluster.url(name)

        yield made


PLACES = {"sqlite": sqlite_places, "postgresql": postgres_places}
