"""The rows of the file, read past everything of ours."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_DUE = "max(due_at, coalesce(next_attempt_at, due_at))"
_TO_SEND = f"""
SELECT min(at) FROM (
  SELECT min({_DUE}, expires_at) AS at FROM delivery WHERE state = 'pending'
  UNION ALL SELECT at FROM (
    SELECT lease_until AS at FROM delivery WHERE state = 'sending'
    UNION ALL SELECT max(next_attempt_at, coalesce(lease_until, next_attempt_at)) FROM delivery WHERE state = 'unknown'
  ) WHERE at >= ?
)
"""
_TO_PLAN = """
SELECT min(at) FROM (
  SELECT min(starts_at) AS at FROM meeting WHERE state = 'scheduled'
  UNION ALL SELECT datetime(min(begun_at), '+1 day') FROM meeting WHERE state = 'running'
  UNION ALL SELECT datetime(min(planned_until), '-14 days', '+1 second') FROM series WHERE state = 'active'
)
"""


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A delivery as it stands."""

    id: str
    recipient: str
    kind: str
    subject: str
    offset: int
    planned_at: datetime
    due_at: datetime
    expires_at: datetime
    state: str
    attempts: int
    doubts: int
    next_attempt_at: datetime | None
    external_id: str | None
    last_error: str | None
    snoozed_from: str | None


class File:
    """``lasts`` is the one thing that is written past the service: it is what a process does each few seconds."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None, timeout=0)
        self._file.row_factory = sqlite3.Row

    def close(self) -> None:
        self._file.close()

    def next_to_send(self, *, since: datetime = LONG_AGO) -> datetime | None:
        """When there is something to send or drop, or to resolve, if that is not overdue from before ``since``."""
        return moment(self._file.execute(_TO_SEND, (f"{since:%Y-%m-%d %H:%M:%S}",)).fetchone()[0])

    def is_sending(self, *, since: datetime) -> bool:
        """Whether any replica has something in its hands, which it may give back to the others."""
        query = "SELECT 1 FROM delivery WHERE state = 'sending' AND lease_until > ? LIMIT 1"
        return bool(self._file.execute(query, (f"{since:%Y-%m-%d %H:%M:%S}",)).fetchone())

    def next_to_plan(self) -> datetime | None:
        """When a meeting is to be planned, begun or closed."""
        return moment(self._file.execute(_TO_PLAN).fetchone()[0])

    def deliveries(self) -> Sequence[Row]:
        """All there are."""
        return [_row(found) for found in self._file.execute("SELECT * FROM delivery ORDER BY id")]

    def kind_of(self, delivery: str) -> str:
        """What a delivery says."""
        return str(self._file.execute("SELECT kind FROM delivery WHERE id = ?", (delivery,)).fetchone()[0])

    def conversations_of_subjects(self) -> dict[str, str]:
        """To which conversation a meeting, a series, a promise or a conversation belongs."""
        found = [
            *self._file.execute("SELECT id, conversation FROM meeting"),
            *self._file.execute("SELECT id, conversation FROM series"),
            *self._file.execute("SELECT id, conversation FROM action_item"),
            *self._file.execute("SELECT id, id FROM conversation"),
        ]
        return dict(map(tuple, found))

    async def lasts(self, owner: str, until: datetime, now: datetime) -> None:
        """Who sends now has a lease until then, as if it had been renewed, or no longer been."""
        change = "UPDATE sender_lease SET until = ? WHERE owner = ? AND until > ?"
        moments = [f"{moment:%Y-%m-%d %H:%M:%S.%f}" for moment in (until, now)]
        while True:
            try:
                self._file.execute(change, (moments[0], owner, moments[1]))
            except sqlite3.OperationalError:  # somebody is just writing
                await asyncio.sleep(0.003)
            else:
                return

    def senders(self) -> Sequence[tuple[str, str]]:
        """The workspaces with who sends there."""
        return [tuple(row) for row in self._file.execute("SELECT workspace, owner FROM sender_lease")]


def _row(found: sqlite3.Row) -> Row:
    values: dict[str, Any] = {name: found[name] for name in Row.__annotations__}
    times = ("planned_at", "due_at", "expires_at", "next_attempt_at")
    return Row(**{**values, **{name: moment(values[name]) for name in times}})


def moment(text: str | None) -> datetime | None:
    """A moment as SQLite stores it."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)
