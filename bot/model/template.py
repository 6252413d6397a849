"""A kind of meeting that somebody made: its sections and prompts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import OrganizationId, PersonId, TemplateId

SOURCE_LIMIT = 8000
"""Characters of a template as it is written."""

NAME_LIMIT = 60

NO_TEMPLATE = "none"
"""What a meeting has for a template that has none, though its series has one."""


class TemplateState(StrEnum):
    """``own`` is its author's alone, ``shared`` is offered to everybody, ``removed`` to nobody any more."""

    own = "own"
    shared = "shared"
    removed = "removed"


@dataclass(frozen=True, kw_only=True)
class Template:
    """``source`` is what was written (see ``prompts.template_outline``); ``edition`` counts changes of it."""

    id: TemplateId
    organization: OrganizationId
    author: PersonId
    name: str
    source: str
    created_at: datetime
    changed_at: datetime
    state: TemplateState = TemplateState.own
    edition: int = 1
    version: int = 1

    def seen_by(self, person: PersonId) -> bool:
        """Whether this person may see and use it."""
        return self.state is TemplateState.shared or (self.state is TemplateState.own and self.author == person)
