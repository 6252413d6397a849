"""A department that has been shown together with others is kept from being subtracted from them (M3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.disclosure import Band, Kept, Measure, Shown, read
from bot.model.ids import PersonId
from bot.model.usage import EVERYBODY, OTHERS, Deed
from tests.bot.counting import count
from tests.storage.firm import NOON, Firm

SALES, SUPPORT = {"Department": "Sales"}, {"Department": "Support"}
WEEK = date(2026, 11, 29)
A_WEEK = timedelta(days=7)
NEXT_MONDAY = NOON + timedelta(days=6)


async def _pairs(firm: Firm, department: Mapping[str, str], *, of: PersonId, number: int) -> None:
    for _ in range(number):
        conversation = await firm.pair(department, of=of)
        async with firm.store.write(firm.organization) as tx:
            await tx.usage.did(conversation, Deed.noted, firm.now)


async def _shown(firm: Firm, week: date) -> dict[str, Shown]:
    async with firm.store.read(firm.organization) as tx:
        names = {str(department.id): department.name for department in await tx.usage.departments()}
        rows = await tx.usage.groups([week])
    return {names.get(row.department, row.department): read(row.shown) for row in rows if row.manager == EVERYBODY}


async def test_who_leaves_the_others_is_shown_in_windows_since_then_only(firm: Firm) -> None:
    ana, ben = await firm.person({}), await firm.person({})
    await _pairs(firm, SALES, of=ana, number=5)
    await _pairs(firm, SUPPORT, of=ben, number=8)
    await count(firm.store, NEXT_MONDAY)
    assert set(await _shown(firm, WEEK)) == {EVERYBODY, OTHERS}
    later = replace(firm, now=NOON + A_WEEK)
    await _pairs(later, SALES, of=ana, number=1)
    await count(firm.store, NEXT_MONDAY + A_WEEK)
    shown = await _shown(firm, WEEK + A_WEEK)
    assert set(shown) == {EVERYBODY, "sales", "support"}
    for name in ("sales", "support"):
        figures = shown[name].figures
        assert isinstance(figures[Measure.active, 7], Band)
        assert [figures[Measure.active, days] for days in (14, 30, 90, 365)] == [Kept.slack] * 4
    await count(firm.store, NEXT_MONDAY + A_WEEK * 2)
    figures = (await _shown(firm, WEEK + A_WEEK * 2))["sales"].figures
    assert isinstance(figures[Measure.active, 14], Band)
    assert figures[Measure.active, 30] is Kept.slack
