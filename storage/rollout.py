"""For whom it is on while it is on for some departments only, as one condition on the table of people."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select, true

from bot.folding import folded
from bot.model.hierarchy import DEPARTMENT
from bot.model.ids import OrganizationId
from storage.nouns import ATTRIBUTE, PERSON, REPORTING_LINE

_person = PERSON.table.c
_attribute = ATTRIBUTE.table.c
_line = REPORTING_LINE.table.c


def is_on(organization: OrganizationId, departments: Collection[str]) -> ColumnElement[bool]:
    """Their department is one of these, they manage somebody's whose is, or an admin named them one."""
    if not departments:
        return true()
    values = sorted({folded(department) for department in departments})
    there = select(_attribute.person).where(
        _attribute.organization == organization, _attribute.name == DEPARTMENT, _attribute.value.in_(values)
    )
    managers = select(_line.manager).where(
        _line.organization == organization, _line.manager.is_not(None), _line.person.in_(there)
    )
    return or_(_person.admin, _person.id.in_(there), _person.id.in_(managers))
