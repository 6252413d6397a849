"""Who may change a template, and choose one: a model that shares no line with the product's own rules."""

from dataclasses import replace
from typing import TypeVar

from bot.model.meeting import Meeting
from bot.model.series import Series
from bot.model.template import Template, TemplateState
from prompts.templates import Kind
from tests.stateful.snapshot import Snapshot

_SHARED = TemplateState.shared
_BY_ADMINS = {(TemplateState.own, _SHARED), (_SHARED, _SHARED), (_SHARED, TemplateState.own)}
Chooser = TypeVar("Chooser", Meeting, Series)


def may_template(person: str, old: Template | None, new: Template | None, *, is_admin: bool) -> bool:
    """One's own is one's own to write and to take away; what is or was everybody's is for admins; none is ever gone."""
    if new is None:
        return False
    if old is None:
        return new.author == person and new.state is TemplateState.own
    if (old.author, old.created_at) != (new.author, new.created_at):
        return False
    if _SHARED in (old.state, new.state):
        return is_admin and (old.state, new.state) in _BY_ADMINS and (old.state is _SHARED or old.author == person)
    return old.author == person and (old.state, new.state) != (TemplateState.removed, TemplateState.removed)


def may_choose(person: str, stored: Snapshot, chosen: str | None) -> bool:
    """None at all, one that ships, one's own, or one for everybody; whatever their state is now."""
    if chosen is None or chosen == "none" or chosen in {kind.value for kind in Kind}:
        return True
    template = stored.template.get(chosen)
    return template is not None and (template.author == person or template.state is TemplateState.shared)


def only_chooses(old: Chooser, new: Chooser) -> bool:
    """Whether nothing else of a meeting or a series has changed."""
    return replace(new, template=old.template, version=old.version) == old
