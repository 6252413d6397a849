"""What people reach by an address that is a secret: their calendar, and the usage report."""

from collections.abc import Iterator

from aiohttp import web

from adapters.links import SignedLinks
from adapters.web.calendar import calendar_routes
from adapters.web.report import report_routes
from bot.engine import Engine
from bot.feeds import Feeds
from bot.model.ids import OrganizationId
from bot.ports import Store
from bot.reports import Reports


def secret_routes(
    engine: Engine, store: Store, organization: OrganizationId, links: SignedLinks
) -> Iterator[web.RouteDef]:
    """The routes of both; ``links`` opens what it has made."""
    feeds = Feeds(
        store=store,
        organization=organization,
        libraries=engine.libraries,
        now=engine.now,
        new_id=engine.new_id,
    )
    yield from calendar_routes(feeds.find, feeds.one)
    reports = Reports(store=store, organization=organization, libraries=engine.libraries, now=engine.now)
    yield from report_routes(links.opened, reports)
