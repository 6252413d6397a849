"""What an error of the database means to the one who waits: busy, stale, or a bug of ours."""

import logging

from asyncpg import InterfaceError, PostgresError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
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
_READ_ONLY = ("read only", "state 25006")
_POSTGRES_STALE = ("40001", "40P01")


def meaning(error: Exception, *, writing: bool) -> Busy | Stale | None:
    """Busy or Stale in place of this error; None when it is a bug, or nothing of the database's.

    A database that refuses to be written is in trouble, unless who tries has promised only to read.
    """
    if isinstance(error, DBAPIError) and _sqlstate(error) in _POSTGRES_STALE:
        return Stale(f"conflict {_sqlstate(error)}")
    reason = _why_busy(error)
    if reason is None or (reason in _READ_ONLY and not writing):
        return None
    _log.warning("database busy: %s", reason)
    return Busy(reason)


def kind_of(error: BaseException) -> str | None:
    """What the database calls this error, without its sentence, which may quote rows; None when it is none of its."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(error, SQLAlchemyError | PostgresError | InterfaceError):
        return None
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(code or type(cause or error).__name__)


def _why_busy(error: Exception) -> str | None:
    if isinstance(error, TimeoutError | PoolTimeoutError):
        return "not in time"
    if isinstance(error, OSError):
        return f"unreachable ({type(error).__name__})"
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return "connection lost"
    return _why_refused(error.orig if isinstance(error, DBAPIError) else error)


def _why_refused(error: BaseException | None) -> str | None:
    """Read the driver's own code; it raises its own errors while there is no connection, or no transaction."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE_BUSY.get(code & 0xFF)
    state = str(getattr(error, "sqlstate", None) or "")
    return f"state {state}" if state.startswith(_POSTGRES_BUSY_CLASSES) or state in _POSTGRES_BUSY else None


def _sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")
