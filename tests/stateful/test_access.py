"""Proof 6 for access: whatever anybody sends, nobody learns or changes what is not theirs."""

import time

from storage.store import Store
from tests.bot.conftest import KEY
from tests.stateful import sweep
from tests.stateful.company import company_on


async def test_nobody_wins_by_sending_everything(sqlite_url: str) -> None:
    store = Store(sqlite_url, (KEY,))
    t = time.time()
    company, _ = await company_on(store)
    print("built", time.time() - t, company.number)
    for part in (sweep.looks, sweep.forgeries, sweep.returns, sweep.liberties):
        await part(company)
        print(part.__name__, time.time() - t, company.number)
    await store.close()
