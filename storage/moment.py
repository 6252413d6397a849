"""The database's own clock, for leases: replicas may disagree about the time, their database does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.connection import Connection


@dataclass(frozen=True)
class Moments:
    """Reads the clock of the database, or ``given`` where a whole year is to pass in a minute."""

    given: Callable[[], datetime] | None = None

    @property
    def expression(self) -> ColumnElement[datetime]:
        """This moment, within a statement."""
        if self.given is None:
            return _now()
        return bindparam(None, self.given(), type_=UTCDateTime())

    async def now(self, connection: Connection) -> datetime:
        """This moment, aware and in UTC."""
        if self.given is not None:
            return self.given()
        moment: datetime = (await connection.execute(select(_now()))).scalar_one()
        return moment


class _now(FunctionElement[datetime]):  # noqa: N801 - functions of SQL are written in lower case
    type: TypeEngine[datetime] = UTCDateTime()
    inherit_cache: bool | None = True


@compiles(_now, "sqlite")
def _sqlite_now(*_: object, **__: object) -> str:
    """SQLite knows milliseconds; a moment is stored with six digits."""
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(_now, "postgresql")
def _postgres_now(*_: object, **__: object) -> str:
    return "clock_timestamp()"
