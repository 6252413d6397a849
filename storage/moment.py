"""The database's own clock, for leases: replicas may disagree about the time, their database does not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.connection import Connection


async def database_moment(connection: Connection) -> datetime:
    """This moment by the database's clock, aware and in UTC."""
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
