"""What an error of the database means to the one who waits: busy, stale, or a bug of ours."""

import logging

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ports import Busy, Stale

_log = logging.getLogger(__name__)

# The primary result codes of SQLite that say nothing about our statement.
_SQLITE_BUSY = {
    5: "busy",
    6: "locked",
    7: "no memory",
    8: "read only",
    10: "disk error",
    11: "corrupt",
    13: "disk full",
    14: "cannot open",
    15: "lock protocol",
    26: "not a database",
}
# Classes of SQLSTATE: connection, resources, operator, system; and single states.
_POSTGRES_BUSY_CLASSES = ("08", "53", "57", "58")
_POSTGRES_BUSY = ("25P03", "25006", "55P03")
_POSTGRES_STALE = ("40001", "40P01")


def meaning(error: Exception) -> Busy | Stale | None:
    """Busy or Stale in place of this error; None when it is a bug, or nothing of the database's."""
    if isinstance(error, DBAPIError) and _sqlstate(error) in _POSTGRES_STALE:
        return Stale(f"conflict {_sqlstate(error)}")
    reason = _why_busy(error)
    if reason is None:
        return None
    _log.warning("database busy: %s", reason)
    return Busy(reason)


def _why_busy(error: Exception) -> str | None:
    if isinstance(error, TimeoutError | PoolTimeoutError):
        return "not in time"
    if isinstance(error, OSError):
        return f"unreachable ({type(error).__name__})"
    if isinstance(error, DBAPIError):
        return _why_statement_failed(error)
    return _why_state(str(getattr(error, "sqlstate", None) or ""))  # asyncpg, before there is a connection


def _why_statement_failed(error: DBAPIError) -> str | None:
    if error.connection_invalidated:
        return "connection lost"
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE_BUSY.get(code & 0xFF)
    return _why_state(_sqlstate(error))


def _why_state(state: str) -> str | None:
    return f"state {state}" if state.startswith(_POSTGRES_BUSY_CLASSES) or state in _POSTGRES_BUSY else None


def _sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")
