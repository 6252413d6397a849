"""``/metrics``, as Prometheus reads it: what is counted, and that no content ever becomes a label."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import cast

import pytest
from aiohttp import ClientSession, web
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from adapters.app import Service, build
from adapters.asking import Asking, Directory
from adapters.clock import new_id, new_key
from adapters.config import Config, SlackConfig
from adapters.playground.slack_people import SlackUser
from adapters.playground.slack_standin import SlackStandIn
from adapters.tasks import Tasks
from adapters.web.metrics import INPUTS, KINDS, OUTCOMES, Metrics, metrics_routes
from bot.engine import Engine
from bot.model.delivery import Delivery, DeliveryKind, Queue
from bot.model.ids import DeliveryId, OrganizationId, PersonId, WorkspaceId
from bot.model.people import Account
from bot.ports import Busy
from bot.views import Notice
from prompts import Library, Voice

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CANARY = "canary-yellow"
ANA = SlackUser("U0ANA", "ana", "Ana Ruiz", email="ana@example.com")


@dataclass(frozen=True)
class Scrape:
    """An answer of ``/metrics``."""

    text: str
    content_type: str

    def value(self, name: str, **labels: str) -> float | None:
        """The sample with exactly these labels."""
        found = (sample for family in text_string_to_metric_families(self.text) for sample in family.samples)
        return next((sample.value for sample in found if (sample.name, sample.labels) == (name, labels)), None)


@dataclass
class Waiting:
    """The outbox, as ``/metrics`` asks it."""

    queue: Queue | None = field(default_factory=lambda: Queue(due=0))

    async def __call__(self) -> Queue:
        if self.queue is None:
            raise Busy
        return self.queue


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(now=lambda: NOON)


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
async def scrape(metrics: Metrics, waiting: Waiting) -> AsyncIterator[Callable[[], Awaitable[Scrape]]]:
    app = web.Application()
    app.add_routes(metrics_routes(metrics, waiting))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield lambda: scraped(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


async def scraped(url: str) -> Scrape:
    async with ClientSession() as session, session.get(f"{url}/metrics") as response:
        assert response.status == 200
        return Scrape(await response.text(), response.headers["Content-Type"])


async def test_the_answer_is_what_prometheus_reads(scrape: Callable[[], Awaitable[Scrape]]) -> None:
    found = await scrape()
    assert found.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert found.value("oneonone_build_info", version=version("oneonone")) == 1


async def test_outcomes_are_counted_by_kind(metrics: Metrics, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    for outcome in ("retried", "retried", "sent"):
        metrics.delivered("news", outcome, late=30)
    metrics.delivered("question", "rejected", late=30)
    found = await scrape()
    assert found.value("oneonone_deliveries_total", kind="news", outcome="retried") == 2
    assert found.value("oneonone_deliveries_total", kind="news", outcome="sent") == 1
    assert found.value("oneonone_deliveries_total", kind="question", outcome="rejected") == 1


async def test_how_late_is_told_of_what_was_sent(metrics: Metrics, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    metrics.delivered("news", "retried", late=3)
    metrics.delivered("news", "sent", late=30)
    metrics.delivered("news", "expired", late=100_000)
    found = await scrape()
    assert found.value("oneonone_delivery_late_seconds_count", kind="news") == 1
    assert found.value("oneonone_delivery_late_seconds_sum", kind="news") == 30
    assert found.value("oneonone_delivery_late_seconds_bucket", kind="news", le="15.0") == 0
    assert found.value("oneonone_delivery_late_seconds_bucket", kind="news", le="60.0") == 1


async def test_how_long_people_wait_is_told(metrics: Metrics, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    metrics.answered("words", seconds=0.04)
    metrics.answered("words", seconds=9)
    found = await scrape()
    assert found.value("oneonone_answer_seconds_bucket", what="words", le="0.05") == 1
    assert found.value("oneonone_answer_seconds_bucket", what="words", le="5.0") == 1
    assert found.value("oneonone_answer_seconds_count", what="words") == 2


async def test_the_queue_is_asked_for_at_each_scrape(waiting: Waiting, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    found = await scrape()
    assert (found.value("oneonone_deliveries_due"), found.value("oneonone_oldest_due_seconds")) == (0, 0)
    waiting.queue = Queue(due=7, oldest_due_at=NOON - timedelta(minutes=2))
    found = await scrape()
    assert (found.value("oneonone_deliveries_due"), found.value("oneonone_oldest_due_seconds")) == (7, 120)


async def test_a_busy_database_takes_away_the_queue_alone(
    metrics: Metrics, waiting: Waiting, scrape: Callable[[], Awaitable[Scrape]]
) -> None:
    metrics.answered("press", seconds=1)
    waiting.queue = None
    found = await scrape()
    assert (found.value("oneonone_deliveries_due"), found.value("oneonone_oldest_due_seconds")) == (None, None)
    assert found.value("oneonone_answer_seconds_count", what="press") == 1


async def test_content_never_becomes_a_label(metrics: Metrics, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    metrics.delivered(CANARY, CANARY, late=1)
    metrics.delivered(CANARY, "sent", late=1)
    metrics.answered(CANARY, seconds=1)
    found = await scrape()
    assert CANARY not in found.text
    assert found.value("oneonone_deliveries_total", kind="other", outcome="other") == 1
    assert found.value("oneonone_delivery_late_seconds_count", kind="other") == 1
    assert found.value("oneonone_answer_seconds_count", what="other") == 1


async def test_all_labels_are_of_closed_sets(metrics: Metrics, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    for one in (*KINDS, *OUTCOMES, *INPUTS, CANARY):
        metrics.delivered(one, one, late=1)
        metrics.answered(one, seconds=1)
    families = text_string_to_metric_families((await scrape()).text)
    samples = [sample for family in families for sample in family.samples]
    assert {sample.labels["kind"] for sample in samples if "kind" in sample.labels} == KINDS | {"other"}
    assert {sample.labels["outcome"] for sample in samples if "outcome" in sample.labels} == OUTCOMES | {"other"}
    assert {sample.labels["what"] for sample in samples if "what" in sample.labels} == INPUTS | {"other"}
    assert {name for sample in samples for name in sample.labels} == {"kind", "outcome", "what", "le", "version"}


async def test_every_duration_names_its_unit(metrics: Metrics, scrape: Callable[[], Awaitable[Scrape]]) -> None:
    metrics.answered("words", seconds=1)
    for family in text_string_to_metric_families((await scrape()).text):
        assert family.name.startswith("oneonone_")
        assert family.name.endswith("_seconds") is family.documentation.startswith("Seconds ")


async def test_each_service_has_its_own(metrics: Metrics) -> None:
    other = Metrics(now=lambda: NOON)
    metrics.answered("words", seconds=1)
    assert other.registry.get_sample_value("oneonone_answer_seconds_count", {"what": "words"}) is None
    assert not any(family.name.startswith("oneonone") for family in REGISTRY.collect())


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@asynccontextmanager
async def running(url: str) -> AsyncIterator[tuple[Service, SlackStandIn]]:
    """A service, and the Slack that it is connected to."""
    async with SlackStandIn(
        users=[ANA], now=Clock().now, new_id=new_id, bot_token="xoxb-test", signing_secret="not-a-secret"
    ) as slack:
        settings = SlackConfig(bot_token="xoxb-test", signing_secret="not-a-secret", api_url=slack.api_url)
        config = Config(database_url=url, secret_keys=(b"k" * 32,), port=0, slack=settings)
        service = await build(config, clock=Clock(), new_id=new_id, new_key=new_key)
        await service.start(timer=False)
        slack.events_url = service.events_url
        yield service, slack
        await service.stop()


async def test_a_service_measures_what_it_does(sqlite_url: str) -> None:
    async with running(sqlite_url) as (service, slack):
        await plan_for_nobody(service)
        before = await scraped(service.url)
        await slack.person("U0ANA").says("help")
        assert service.slack is not None
        await service.slack.tasks.settle()
        await service.worker.tick()
        after = await scraped(service.url)
    assert before.value("oneonone_deliveries_due") == 1
    assert 90 <= (before.value("oneonone_oldest_due_seconds") or 0) < 120
    assert before.value("oneonone_answer_seconds_count", what="words") is None
    assert after.value("oneonone_deliveries_due") == 0
    assert after.value("oneonone_deliveries_total", kind="news", outcome="dropped") == 1
    assert after.value("oneonone_answer_seconds_count", what="words") == 1


async def plan_for_nobody(service: Service) -> None:
    due = service.engine.now() - timedelta(seconds=90)
    delivery = Delivery(
        id=DeliveryId(new_id()),
        organization=service.organization,
        recipient=PersonId("nobody"),
        kind=DeliveryKind.news,
        subject="about",
        planned_at=due,
        due_at=due,
        expires_at=due + timedelta(days=1),
    )
    async with service.store.write(service.organization) as tx:
        await tx.deliveries.plan(delivery)


async def test_who_is_not_answered_in_time_has_waited_all_the_same(metrics: Metrics) -> None:
    class NeverDone:
        async def say(self, *_: object) -> None:
            await asyncio.Event().wait()

        def voice_for(self, _: Account) -> Voice:
            return Voice(Library("en"), zone="UTC", now=datetime(2026, 1, 1, tzinfo=UTC))

    tasks = Tasks()
    asking = Asking(
        engine=cast("Engine", NeverDone()),
        directory=cast("Directory", None),
        tasks=tasks,
        account=lambda user: Account(OrganizationId("us"), WorkspaceId("w"), user),
        patience=0.01,
        meter=metrics,
    )
    assert isinstance(await asking.words(asking.input("U0ANA", "key"), "help"), Notice)
    await tasks.finish(within=0)
    assert metrics.registry.get_sample_value("oneonone_answer_seconds_count", {"what": "words"}) == 1
    assert metrics.registry.get_sample_value("oneonone_answer_seconds_bucket", {"what": "words", "le": "5.0"}) == 1
