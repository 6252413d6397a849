"""Bare statements: a year of deeds put there, and one that reads the shares of a report from the weeks."""

import time
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, text

from bot.model.ids import OrganizationId
from storage.store import Store

_PATIENCE = 1200.0

# Each conversation has ``each`` deeds at moments between two others, evenly, and at another second for each.
_DEEDS = {
    "postgresql": """
INSERT INTO deed (organization, conversation, deed, at)
SELECT c.organization, c.id, 'noted', CAST(:since AS timestamptz) + (g.number + random()) * CAST(:gap AS interval)
FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM conversation WHERE organization = :organization) c
CROSS JOIN generate_series(0, :each - 1) AS g(number) WHERE c.place % :every = 0
""",
    "sqlite": """
WITH RECURSIVE g(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM g WHERE number < :each - 1)
INSERT INTO deed (organization, conversation, deed, at)
SELECT c.organization, c.id, 'noted', strftime('%Y-%m-%d %H:%M:%f000', :since,
 '+' || CAST((g.number + abs(random() % 1000) / 1000.0) * :gap AS integer) || ' seconds')
FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM conversation WHERE organization = :organization) c
CROSS JOIN g WHERE c.place % :every = 0 ON CONFLICT DO NOTHING
""",
}

_EARLIER = """
INSERT INTO usage_week (organization, week, department, manager, counted, shown)
SELECT organization, :earlier, department, manager, counted, shown FROM usage_week
WHERE organization = :organization AND week = :week AND (:teams = 1 OR manager = '')
"""

_FIGURE = {
    "postgresql": "(CAST(shown AS json) -> 'figures' ->> '{}')",
    "sqlite": """json_extract(shown, '$.figures."{}"')""",
}
_REPORT = """
SELECT week, department, manager, {figures} FROM usage_week
WHERE organization = :organization AND (
 (week IN (:week, :before, :month) AND manager = '') OR (week IN (:week, :before) AND department = :department)
 OR (week >= :year AND department = '' AND manager = ''))
ORDER BY week, department, manager
"""
_FIGURES = ("active.{}", "managers.{}", "meaningful.{}", "met.30", "drifting.28")
_A_WEEK = timedelta(weeks=1)


async def add_deeds(
    store: Store, organization: OrganizationId, *, since: datetime, days: float, each: int, every: int = 1
) -> None:
    """``each`` deeds within so many days in ``every`` so manyth conversation."""
    async with store._database.write(patience=_PATIENCE) as connection:
        dialect = connection.dialect.name
        gap: Any = timedelta(days=days) / each
        given = {"organization": organization, "each": each, "every": every}
        if dialect == "sqlite":
            given |= {"since": since.strftime("%Y-%m-%d %H:%M:%S"), "gap": gap.total_seconds()}
        else:  # that each of millions belongs to a conversation is known already
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
            given |= {"since": since, "gap": gap}
        await connection.execute(text(_DEEDS[dialect]), given)


async def repeat_week(store: Store, organization: OrganizationId, week: date, *, weeks: int, with_teams: int) -> None:
    """The same numbers in so many earlier weeks; those of teams in few of them."""
    statement = text(_EARLIER).bindparams(bindparam("earlier", type_=Date), bindparam("week", type_=Date))
    async with store._database.write(patience=_PATIENCE) as connection:
        for number in range(1, weeks + 1):
            given = {"earlier": week - number * _A_WEEK, "week": week, "teams": int(number <= with_teams)}
            await connection.execute(statement, given | {"organization": organization})


async def forget_weeks(store: Store, organization: OrganizationId, *, before: date) -> None:
    """As if they had never been."""
    statement = text("DELETE FROM usage_week WHERE organization = :organization AND week < :before")
    async with store._database.write(patience=_PATIENCE) as connection:
        given = {"organization": organization, "before": before}
        await connection.execute(statement.bindparams(bindparam("before", type_=Date)), given)


async def read_bare(
    store: Store, organization: OrganizationId, week: date, *, days: int, earlier: int, department: str
) -> float:
    """The seconds that it takes to read all shares of a report with one statement."""
    began = time.perf_counter()
    async with store._database.read() as connection:
        figure = _FIGURE[connection.dialect.name]
        figures = ", ".join(figure.format(name.format(days)) for name in _FIGURES)
        dates = {
            "week": week,
            "before": week - earlier * _A_WEEK,
            "month": week - 4 * _A_WEEK,
            "year": week - 52 * _A_WEEK,
        }
        statement = text(_REPORT.format(figures=figures)).bindparams(*(bindparam(name, type_=Date) for name in dates))
        found = await connection.execute(statement, dates | {"organization": organization, "department": department})
        assert found.fetchall()
    return time.perf_counter() - began
