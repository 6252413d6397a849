"""A reorganization as one would write it by hand in SQL: set-based statements, in one transaction."""

import sqlite3
import time
from pathlib import Path

import asyncpg

_ID = {"sqlite": "lower(hex(randomblob(11)))", "postgresql": "substr(md5(random()::text), 1, 22)"}
_NOW = {"sqlite": "'2026-12-01 09:00:00.000000'", "postgresql": "now()"}
_BYTES = {"sqlite": "", "postgresql": ' COLLATE "C"'}
_LINES = """
CREATE TEMPORARY TABLE moved AS
SELECT l.organization, l.person, l.manager AS old, m.id AS new
FROM reporting_line l JOIN person m ON m.organization = l.organization AND m.folded_email = l.in_file
WHERE l.manager <> m.id
"""
_STATEMENTS = (
    _LINES,
    """UPDATE reporting_line SET manager = moved.new, changed_at = {now}
    FROM moved WHERE moved.organization = reporting_line.organization AND moved.person = reporting_line.person""",
    """CREATE TEMPORARY TABLE ended AS
    SELECT c.organization, c.id, moved.person FROM moved JOIN conversation c ON c.organization = moved.organization
    AND c.first = CASE WHEN moved.person{bytes} < moved.old THEN moved.person ELSE moved.old END
    AND c.second = CASE WHEN moved.person{bytes} < moved.old THEN moved.old ELSE moved.person END""",
    """UPDATE conversation SET rests_since = {now}, version = conversation.version + 1
    FROM ended WHERE ended.organization = conversation.organization AND ended.id = conversation.id""",
    """INSERT INTO conversation (organization, id, first, second, started_by, relationship, senior, created_at,
    changed_at, line, version)
    SELECT organization, {id}, CASE WHEN person{bytes} < new THEN person ELSE new END,
    CASE WHEN person{bytes} < new THEN new ELSE person END, new, 'manager', new, {now}, {now}, {true}, 1
    FROM moved WHERE {true} ON CONFLICT DO NOTHING""",
    """INSERT INTO seat (organization, conversation, person)
    SELECT c.organization, c.id, c.first FROM conversation c
    WHERE NOT EXISTS (SELECT 1 FROM seat s WHERE s.organization = c.organization AND s.conversation = c.id
    AND s.person = c.first)""",
    """INSERT INTO seat (organization, conversation, person)
    SELECT c.organization, c.id, c.second FROM conversation c
    WHERE NOT EXISTS (SELECT 1 FROM seat s WHERE s.organization = c.organization AND s.conversation = c.id
    AND s.person = c.second)""",
    """UPDATE series SET state = 'paused', rests = {true}, changed_at = {now}, version = series.version + 1
    FROM ended WHERE ended.organization = series.organization AND ended.id = series.conversation
    AND series.state = 'active'""",
    """UPDATE meeting SET state = 'cancelled', sequence = meeting.sequence + 1, changed_at = {now},
    version = meeting.version + 1
    FROM ended WHERE ended.organization = meeting.organization AND ended.id = meeting.conversation
    AND meeting.state = 'scheduled'""",
    """UPDATE delivery SET state = 'dropped', last_error = 'unwanted'
    FROM meeting, ended WHERE delivery.organization = meeting.organization AND delivery.subject = meeting.id
    AND ended.organization = meeting.organization AND ended.id = meeting.conversation AND delivery.state = 'pending'""",
    """INSERT INTO delivery (organization, id, recipient, kind, subject, "offset", planned_at, due_at, expires_at,
    state, attempts, fence, doubts)
    SELECT organization, {id}, person, 'handover', id, 0, {now}, {now}, {now}, 'pending', 0, 0, 0 FROM ended
    WHERE EXISTS (SELECT 1 FROM agenda_item i WHERE i.organization = ended.organization AND i.conversation = ended.id
    AND i.state = 'open' AND i.author = ended.person)""",
)


async def moved_bare(url: str) -> float:
    """The seconds that it takes."""
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    true = "1" if kind == "sqlite" else "true"
    facts = {"id": _ID[kind], "now": _NOW[kind], "bytes": _BYTES[kind], "true": true}
    statements = [statement.format(**facts) for statement in _STATEMENTS]
    return _on_sqlite(url, statements) if kind == "sqlite" else await _on_postgres(url, statements)


def _on_sqlite(url: str, statements: list[str]) -> float:
    database = sqlite3.connect(Path(url.removeprefix("sqlite:///")), isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        database.execute(f"PRAGMA {setting}")
    began = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    for statement in statements:
        database.execute(statement)
    database.execute("COMMIT")
    took = time.perf_counter() - began
    database.close()
    return took


async def _on_postgres(url: str, statements: list[str]) -> float:
    connection = await asyncpg.connect(url)
    began = time.perf_counter()
    async with connection.transaction():
        for statement in statements:
            await connection.execute(statement)
    took = time.perf_counter() - began
    await connection.close()
    return took
