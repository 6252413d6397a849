"""The database at a start: its keys, its schema, and what is said when it does not answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from adapters.config import Config
from adapters.environment import ConfigError, Problem
from adapters.keys import Keyring, installed_keys
from bot.ports import Busy
from storage.database import migrate, schema_is_current
from storage.faults import kind_of, meaning


async def prepare(config: Config, *, new_key: Callable[[], bytes]) -> Keyring:
    """The installation's keys, and its database with the newest schema; raises ConfigError."""
    keyring = installed_keys(config, new_key=new_key)
    with answering():
        if config.database_file is not None:
            await migrate(config.database_url)
        elif not await schema_is_current(config.database_url):
            says = "names a database that this release has not migrated. Run: oneonone migrate"
            raise ConfigError(Problem("ONEONONE_DATABASE_URL", says))
    return keyring


@contextmanager
def answering() -> Iterator[None]:
    """Raises ConfigError in place of what a database that does not serve us raises inside the block."""
    try:
        yield
    except Exception as error:
        why = _why(error)
        if why is None:
            raise
        says = f"names a database that does not serve us ({why}). Look at it with: oneonone doctor"
        raise ConfigError(Problem("ONEONONE_DATABASE_URL", says)) from None


def _why(error: Exception) -> str | None:
    """Its own code for the trouble; None when it is none of the database's. Its sentence may quote rows."""
    busy = error if isinstance(error, Busy) else meaning(error, writing=True)
    return str(busy) if busy is not None else kind_of(error)
