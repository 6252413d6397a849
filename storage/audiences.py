"""The conversations that an audience means, as queries."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    exists,
    or_,
    select,
    true,
)

from bot.audience import Audience, Condition, Side
from bot.folding import folded
from bot.model.conversation import Relationship
from bot.model.ids import OrganizationId
from storage.nouns import ATTRIBUTE, CONVERSATION, PERSON
from storage.tables import tables
from storage.tables.columns import clean

_conversation = CONVERSATION.table.c
_attribute = ATTRIBUTE.table.c
_member = tables.tables["member"].c
REPORT = PERSON.table.alias("report")
_MANAGER = PERSON.table.alias("manager")

REPORTS_ZONE: ColumnElement[str] = REPORT.c.zone


def live(organization: OrganizationId | None, *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of all conversations of a manager and a report in which both can write and do not rest.

    Without an organization, of all of them.
    """
    report = case((_conversation.senior == _conversation.first, _conversation.second), else_=_conversation.first)
    ours = true() if organization is None else _conversation.organization == organization
    return (
        select(*columns)
        .select_from(CONVERSATION.table)
        .join(REPORT, and_(REPORT.c.organization == _conversation.organization, REPORT.c.id == report))
        .join(
            _MANAGER, and_(_MANAGER.c.organization == _conversation.organization, _MANAGER.c.id == _conversation.senior)
        )
        .where(
            ours,
            _conversation.relationship == Relationship.manager,
            _conversation.rests_since.is_(None),
            _conversation.declined_at.is_(None),
            *(side.c[mark] for side in (REPORT, _MANAGER) for mark in ("active", "enabled")),
        )
    )


def is_meant(audience: Audience) -> ColumnElement[bool]:
    """Whether a row of ``live`` belongs to the audience."""
    sides = {
        Side.report: _holds(audience, REPORT),
        Side.manager: _holds(audience, _MANAGER),
        Side.either: or_(_holds(audience, REPORT), _holds(audience, _MANAGER)),
    }
    of_team = true() if audience.team_of is None else _conversation.senior == audience.team_of
    return and_(of_team, sides[audience.side])


def _holds(audience: Audience, person: FromClause) -> ColumnElement[bool]:
    return and_(true(), *(_has(person, condition) for condition in audience.conditions), _is_there(audience, person))


def _has(person: FromClause, condition: Condition) -> ColumnElement[bool]:
    values = [folded(clean(value)) for value in condition.values]
    found = select(_attribute.person).where(
        _attribute.organization == person.c.organization,
        _attribute.person == person.c.id,
        _attribute.name == folded(clean(condition.name)),
        _attribute.value.in_(values),
    )
    return exists(found)


def _is_there(audience: Audience, person: FromClause) -> ColumnElement[bool]:
    if audience.place is None:
        return true()
    there = select(_member.person).where(
        _member.organization == person.c.organization,
        _member.place == audience.place,
        _member.person == person.c.id,
    )
    return exists(there)
