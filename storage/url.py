"""The addresses of databases, as users write them."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def database_url(url: str) -> URL:
    """The address with its driver; raises ValueError on what is not a database of ours."""
    parsed = _parsed(url)
    kind = parsed.drivername.partition("+")[0]
    if kind not in _DRIVERS:
        raise ValueError("a database's address begins with sqlite:/// or postgresql://")
    driven = parsed.set(drivername=_DRIVERS[kind])
    return _with_whole_path(driven) if kind == "sqlite" else _with_ssl(driven)


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: URL) -> Path:
    return Path(str(url.database))


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # The cause is dropped since it quotes the address, which may hold a password.
        raise ValueError("this is not the address of a database, as in sqlite:///oneonone.db") from None


def _with_whole_path(url: URL) -> URL:
    if url.database in (None, "", ":memory:"):
        raise ValueError("an SQLite database needs a file, as in sqlite:///oneonone.db")
    return url.set(database=str(Path(str(url.database)).expanduser().absolute()))


def _with_ssl(url: URL) -> URL:
    """The driver says ``ssl`` where every other client of PostgreSQL says ``sslmode``."""
    mode = url.query.get("sslmode")
    return url if mode is None else url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
