"""The report's page behind a real server, on a real database with weeks on record."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import ClientResponse, ClientSession, web
from yarl import URL

from adapters.links import Outside, SignedLinks
from adapters.web.secret import secret_routes
from bot import ports
from bot.disclosure import Band, Figure, Kept, Shown
from bot.model.ids import DepartmentId
from bot.model.usage import EVERYBODY, OTHERS
from storage.store import Store
from tests.bot.desk import Desk, desk_on
from tests.bot.usage_weeks import HIGH, LOW, MIDDLE, TOP, add_department, add_week, few, shown, team

KEYS = (b"k" * 32,)
WEEKS = (*(LOW,) * 8, *(Band(20, 40),) * 9, *(MIDDLE,) * 14, Kept.slack, Kept.slack, *(HIGH,) * 12, *(TOP,) * 3)
"""The year before the last week, as far as it was counted; the oldest first."""


@dataclass
class ReportSite:
    """``url`` is where it listens."""

    desk: Desk
    links: SignedLinks
    session: ClientSession
    url: str

    async def link(self, name: str = "ben", *, days: int | None = None, department: str | None = None) -> str:
        """A link for one of the four."""
        link = self.links.report(await self.desk.person(name), days=days, department=department)
        assert link is not None
        return link

    async def opens(self, address: str, method: str = "GET", **headers: str) -> tuple[ClientResponse, str]:
        """What the address answers, and the text of it."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(method, URL(address, encoded=True), headers=sent) as answer:
            return answer, await answer.text()

    async def speaks(self, name: str, language: str) -> None:
        """One of the four reads this language from now on."""
        async with self.desk.store.write(self.desk.mia.account.organization) as tx:
            person = await tx.people.get(await self.desk.person(name))
            assert person is not None
            await tx.people.save(replace(person, language=language))

    async def counts(
        self, labels: Sequence[str], *, teams: Sequence[tuple[str, Figure]] = (), weeks: Sequence[Figure] = ()
    ) -> list[DepartmentId]:
        """Put the last week on record: everybody, departments with these labels, some together, teams in the first.

        ``teams`` are managers by their short name, with what is told of each; ``weeks`` those before, of everybody.
        """
        organization = self.desk.mia.account.organization
        ids = [await add_department(self.desk.store, organization, label) for label in labels]
        for ago, figure in enumerate(reversed(weeks), start=1):
            await add_week(self.desk.store, organization, {EVERYBODY: shown(active=figure)}, ago=ago)
        bands = (HIGH, MIDDLE, Kept.slack, TOP, LOW)
        groups = {each: _department(place, bands[place % len(bands)]) for place, each in enumerate(ids)}
        managers = {(ids[0], await self.desk.person(name)): team(8, figure) for name, figure in teams}
        small = {OTHERS: shown(9, 3, managers_active=Kept.few, together=tuple(ids[:2]))} if len(ids) > 1 else {}
        everybody = shown(210, 26, met=HIGH)
        week = {EVERYBODY: everybody, **groups, **small}
        await add_week(self.desk.store, organization, week, teams=managers)
        return ids


def _department(place: int, figure: Figure) -> Shown:
    return few() if place == 3 else shown(12 + place * 7, 2 + place, active=figure, drifting=MIDDLE)


@asynccontextmanager
async def report_site(sqlite_url: str, *, reads: ports.Store | None = None) -> AsyncIterator[ReportSite]:
    """A server with the four people, and nothing counted yet; ``reads`` is a store that it has in place of its own."""
    store = Store(sqlite_url, KEYS)
    desk = await desk_on(store)
    organization, outside = desk.mia.account.organization, Outside(None)
    links = SignedLinks(KEYS, organization=organization, outside=outside, now=desk.clock)
    app = web.Application()
    app.add_routes(secret_routes(desk.engine, reads or store, organization, links))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    outside.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with ClientSession() as session:
            yield ReportSite(desk, links, session, outside.url)
    finally:
        await runner.cleanup()
        await store.close()
