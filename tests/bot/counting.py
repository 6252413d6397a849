"""Counts usage in a test, as the clock does it: days and weeks are over once a test's clock has passed them."""

from datetime import datetime

from adapters.clock import new_id
from bot.usage_keeping import UsageKeeper
from storage.store import Store


def keeper(store: Store, now: datetime) -> UsageKeeper:
    return UsageKeeper(timetable=store.timetable, store=store, now=lambda: now, new_id=new_id)


async def count(store: Store, now: datetime) -> None:
    """All days and weeks that are over by then, of each organization; a day is, a quarter of an hour after its end.

    Nothing is counted where nobody has done anything yet; what was done in a week is in the numbers once its Sunday is
    over.
    """
    while organizations := await keeper(store, now).due():
        for organization in organizations:
            await keeper(store, now).step(organization)
