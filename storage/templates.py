"""Templates that people made."""

from collections.abc import Sequence

from bot.model.ids import PersonId, TemplateId
from bot.model.template import Template, TemplateState
from storage.nouns import TEMPLATE
from storage.rows import Rows, Scope, save

_template = TEMPLATE.table.c
_OLDEST_FIRST = (_template.created_at, _template.id)


class Templates:
    def __init__(self, scope: Scope) -> None:
        self._templates = Rows(scope, TEMPLATE)

    async def get(self, template: TemplateId) -> Template | None:
        return await self._templates.at(id=template)

    async def own(self, author: PersonId) -> Sequence[Template]:
        mine = (_template.author == author, _template.state == TemplateState.own)
        return await self._templates.all(*mine, by=_OLDEST_FIRST)

    async def shared(self) -> Sequence[Template]:
        return await self._templates.all(_template.state == TemplateState.shared, by=_OLDEST_FIRST)

    async def add(self, template: Template) -> None:
        await self._templates.add(template)

    async def save(self, template: Template) -> Template:
        return await save(self._templates, template)
