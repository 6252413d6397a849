"""Everything that is stored for an organization, read past every rule of the product."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Comment
from bot.model.answer import Answer
from bot.model.calendar_link import CalendarLink
from bot.model.check_in import CheckIn, CheckInQuestion
from bot.model.conversation import Conversation, Seat
from bot.model.delivery import Delivery
from bot.model.draft import Draft
from bot.model.growth import GrowthPart, GrowthPlan
from bot.model.habits import Away, Habits
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import OrganizationId
from bot.model.meeting import Meeting
from bot.model.note import Note
from bot.model.people import Identity, Organization, Person, Place
from bot.model.question import Question
from bot.model.series import Series
from bot.model.suggested import Suggested
from bot.model.template import Template
from bot.model.topic import Topic
from bot.model.trail import AuditEntry
from bot.model.usage import Department, Done
from storage import nouns
from storage.mapping import Mapper
from storage.rows import Rows, Scope
from storage.store import Store


@dataclass(frozen=True)
class Snapshot:
    """All rows by their ids, at one moment."""

    organization: Mapping[str, Organization]
    person: Mapping[str, Person]
    identity: Mapping[str, Identity]
    place: Mapping[str, Place]
    line: Mapping[str, ReportingLine]
    attribute: Mapping[str, Attribute]
    topic: Mapping[str, Topic]
    conversation: Mapping[str, Conversation]
    seat: Mapping[str, Seat]
    item: Mapping[str, AgendaItem]
    comment: Mapping[str, Comment]
    note: Mapping[str, Note]
    promise: Mapping[str, ActionItem]
    meeting: Mapping[str, Meeting]
    series: Mapping[str, Series]
    answer: Mapping[str, Answer]
    suggested: Mapping[str, Suggested]
    check_in: Mapping[str, CheckIn]
    asked: Mapping[str, CheckInQuestion]
    template: Mapping[str, Template]
    plan: Mapping[str, GrowthPlan]
    part: Mapping[str, GrowthPart]
    habits: Mapping[str, Habits]
    away: Mapping[str, Away]
    calendar_link: Mapping[str, CalendarLink]
    draft: Mapping[str, Draft]
    question: Mapping[str, Question]
    delivery: Mapping[str, Delivery]
    deed: Mapping[str, Done]
    department: Mapping[str, Department]

    def table(self, name: str) -> Mapping[str, Any]:
        """One kind of rows."""
        rows: Mapping[str, Any] = getattr(self, name)
        return rows


UNHURRIED = 60.0
"""Seconds that a test's store waits: what is proven here is not how quick a busy machine is."""

TABLES = tuple(field.name for field in fields(Snapshot))
_MAPPERS: Mapping[str, Mapper[Any]] = {
    "organization": nouns.ORGANIZATION,
    "person": nouns.PERSON,
    "identity": nouns.IDENTITY,
    "place": nouns.PLACE,
    "line": nouns.REPORTING_LINE,
    "attribute": nouns.ATTRIBUTE,
    "topic": nouns.TOPIC,
    "conversation": nouns.CONVERSATION,
    "seat": nouns.SEAT,
    "item": nouns.AGENDA_ITEM,
    "comment": nouns.COMMENT,
    "note": nouns.NOTE,
    "promise": nouns.ACTION_ITEM,
    "meeting": nouns.MEETING,
    "series": nouns.SERIES,
    "answer": nouns.ANSWER,
    "suggested": nouns.SUGGESTED,
    "check_in": nouns.CHECK_IN,
    "asked": nouns.CHECK_IN_QUESTION,
    "template": nouns.TEMPLATE,
    "plan": nouns.GROWTH_PLAN,
    "part": nouns.GROWTH_PART,
    "habits": nouns.HABITS,
    "away": nouns.AWAY,
    "calendar_link": nouns.CALENDAR_LINK,
    "draft": nouns.DRAFT,
    "question": nouns.QUESTION,
    "delivery": nouns.DELIVERY,
    "deed": nouns.DEED,
    "department": nouns.DEPARTMENT,
}


async def snapshot(store: Store, organization: OrganizationId) -> Snapshot:
    """What is stored now."""
    return Snapshot(**await _read(store, organization, TABLES))


async def renewed(store: Store, organization: OrganizationId, last: Snapshot, changed: Iterable[str]) -> Snapshot:
    """What is stored now, where only these tables have changed since."""
    return replace(last, **await _read(store, organization, changed))


class Watch:
    """Notices which tables of an SQLite file have changed, much faster than reading what they say."""

    def __init__(self, url: str) -> None:
        self._file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        self._last: dict[str, list[object]] = {}
        self._version = -1

    def changed(self) -> list[str]:
        """The tables that differ from the last time."""
        version = self._file.execute("PRAGMA data_version").fetchone()[0]  # another one with each change by others
        if version == self._version:
            return []
        self._version = version
        now = {name: self._rows(mapper.table.name) for name, mapper in _MAPPERS.items()}
        last, self._last = self._last, now
        return [name for name, rows in now.items() if rows != last.get(name)]

    def close(self) -> None:
        self._file.close()

    def _rows(self, table: str) -> list[object]:
        return self._file.execute(f'SELECT * FROM "{table}"').fetchall()


async def _read(store: Store, organization: OrganizationId, tables: Iterable[str]) -> dict[str, Any]:
    async with store._database.read() as connection:
        scope = Scope(connection, organization, await store._cipher(connection, organization))
        return {name: await _all(scope, _MAPPERS[name]) for name in tables}


async def audit_of(store: Store, organization: OrganizationId) -> list[AuditEntry]:
    """The whole audit log."""
    async with store._database.read() as connection:
        scope = Scope(connection, organization, await store._cipher(connection, organization))
        return await Rows(scope, nouns.AUDIT).all()


async def _all(scope: Scope, mapper: Mapper[Any]) -> dict[str, Any]:
    query = mapper.select.where(mapper.table.c[mapper.owner] == scope.organization)
    rows = await scope.connection.execute(query)
    values = [mapper.value(row, scope.cipher) for row in rows]
    return {_key(mapper, value): value for value in values}


def _key(mapper: Mapper[Any], value: Any) -> str:
    parts = [name for name in mapper.key if name != "organization"] or ["id"]
    return ":".join(str(getattr(value, part)) for part in parts)
