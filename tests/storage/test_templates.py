"""Templates that people made: whose each is, and who was faster."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.ids import TemplateId
from bot.model.template import Template, TemplateState
from bot.ports import Stale
from storage.store import Store
from tests.storage.marks import id_of
from tests.storage.world import NOW, World


def _another(world: World, name: str, *, hours: int, state: TemplateState = TemplateState.own) -> Template:
    """One more of Ben's, written so much later."""
    at = NOW + timedelta(hours=hours)
    first = replace(world.talk.template, id=TemplateId(id_of("a", name)), name=name, state=state)
    return replace(first, created_at=at, changed_at=at)


async def test_own_ones_are_their_authors_and_shared_ones_everybodys(store: Store, world: World) -> None:
    later, sooner = _another(world, "later", hours=2), _another(world, "sooner", hours=1)
    removed = _another(world, "removed", hours=3, state=TemplateState.removed)
    async with store.write(world.organization.id) as tx:
        for template in (later, sooner, removed):
            await tx.templates.add(template)
    async with store.read(world.organization.id) as tx:
        assert await tx.templates.own(world.ben.id) == [sooner, later]
        assert await tx.templates.own(world.ana.id) == []
        assert await tx.templates.shared() == [world.talk.template]
        assert await tx.templates.get(removed.id) == removed
        assert await tx.templates.get(TemplateId("nobody")) is None


async def test_whoever_is_slower_has_to_look_again(store: Store, world: World) -> None:
    first = world.talk.template
    async with store.write(world.organization.id) as tx:
        saved = await tx.templates.save(replace(first, name="Changed", edition=2))
    assert (saved.version, saved.edition) == (2, 2)
    with pytest.raises(Stale):
        async with store.write(world.organization.id) as tx:
            await tx.templates.save(replace(first, name="Too late"))
    async with store.read(world.organization.id) as tx:
        assert await tx.templates.get(first.id) == saved
