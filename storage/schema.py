"""The schema of a database: bringing it to the newest, and telling whether it is."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engines import begin_immediate, sqlite_engine
from storage.tables import tables
from storage.url import database_url, is_sqlite, sqlite_file

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4712)")


async def migrate(url: str, to: str = "head") -> None:
    """Upgrade to the newest schema, all or nothing; when two processes do it at once, one waits for the other."""
    engine = _engine(url)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(_ONE_AT_A_TIME)
            await connection.run_sync(_upgrade, to)
    finally:
        await engine.dispose()


async def schema_is_current(url: str) -> bool:
    """Whether every migration of this release has been made."""
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_is_current)
    finally:
        await engine.dispose()


async def differences(url: str) -> list[str]:
    """What the migrated database lacks or has too much, compared with the tables; it is migrated first."""
    await migrate(url)
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_differences)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    """Migrations may take their time, and on SQLite they rebuild tables that others refer to."""
    address = database_url(url)
    if not is_sqlite(address):
        return create_async_engine(address, hide_parameters=True, poolclass=NullPool)
    engine = sqlite_engine(address, "PRAGMA foreign_keys = OFF")
    sqlite_file(address).touch(mode=0o600)
    event.listen(engine.sync_engine, "begin", begin_immediate)
    return engine


def _upgrade(connection: Connection, to: str) -> None:
    command.upgrade(_config(connection), to)


def _is_current(connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config(connection)).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)


def _differences(connection: Connection) -> list[str]:
    return [repr(each) for each in compare_metadata(MigrationContext.configure(connection), tables)]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
