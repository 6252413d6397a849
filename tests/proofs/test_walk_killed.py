"""Proof 4 for the walk through one's own growth: killed at every commit of it, each answer is kept, and kept once."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from bot.features.growth_page import WALKED
from bot.model.growth import GrowthSection
from bot.model.ids import ConversationId, OrganizationId
from storage.store import Store
from tests.bot.desk import A_MONDAY, desk_on, paired
from tests.proofs.kill_child import KEY, Death
from tests.proofs.test_kill import Parent, _ids


def _deaths() -> Iterator[Death]:
    """Before each answer is stored, then when it is stored and nobody has heard of it: that one is sent again first."""
    yield Death("before commit", 1, "grow")
    yield from cycle([Death("after commit", 1, "grow"), Death("before commit", 2, "grow")])


def _answer(section: GrowthSection) -> dict[str, str]:
    now = str(int(A_MONDAY.timestamp()))
    about = {"about": section.value, "text": f"about {section.value}"}
    return {"key": f"walk-{section.value}", "kind": "grow", "who": "U0BEN", "now": now, **about}


@pytest.mark.soak
async def test_each_answer_is_there_once_after_a_kill_at_every_commit(database_url: str, tmp_path: Path) -> None:
    store = Store(database_url, (KEY,))
    desk = await desk_on(store)
    await paired(desk)
    ids = await _ids(desk)
    await store.close()
    parent = Parent(database_url, tmp_path / "post", ids, _deaths())
    for section in WALKED:
        parent.does(_answer(section))
    parent.ends()
    assert (parent.killed["before commit"], parent.killed["after commit"]) == (len(WALKED), len(WALKED))
    store = Store(database_url, (KEY,))
    async with store.read(OrganizationId(ids["organization"])) as tx:
        (plan,) = await tx.growth.of(ConversationId(ids["conversation"]))
        parts = await tx.growth.parts(plan.id)
    await store.close()
    assert [(part.section, part.text, part.edition) for part in parts] == [
        (section, f"about {section.value}", 1) for section in WALKED
    ]
    assert (plan.person, plan.reached, plan.shared_at) == (ids["ben"], GrowthSection.support, None)
