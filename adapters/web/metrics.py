"""``/metrics``: how much is sent and how quickly, in Prometheus' text format; no content and no names."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, Counter, Histogram, Info, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.model.delivery import DeliveryKind, Queue
from bot.ports import Busy, Now

OTHER = "other"
KINDS = frozenset(kind.value for kind in DeliveryKind)
OUTCOMES = frozenset(
    {"sent", "rejected", "unknown", "dropped", "expired", "retried", "found", "missing", "risked", "given_up"}
)
INPUTS = frozenset({"words", "press", "act", "look", "people"})
_LATE_SECONDS = (1, 5, 15, 60, 300, 1800, 7200, 86400)
_ANSWER_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5)


class Metrics:
    """Implements ``Meter``. Labels come from closed sets: whatever else is given counts as "other"."""

    def __init__(self, *, now: Now) -> None:
        self.now = now
        self.registry = CollectorRegistry()
        self._deliveries = Counter(
            "oneonone_deliveries",
            "Number of outcomes of deliveries; one that is tried again has several.",
            ["kind", "outcome"],
            registry=self.registry,
        )
        self._late = Histogram(
            "oneonone_delivery_late_seconds",
            "Seconds from when a delivery was due until it was sent.",
            ["kind"],
            buckets=_LATE_SECONDS,
            registry=self.registry,
        )
        self._answers = Histogram(
            "oneonone_answer_seconds",
            "Seconds from when a person's input was understood until there was an answer to it.",
            ["what"],
            buckets=_ANSWER_SECONDS,
            registry=self.registry,
        )
        build = Info("oneonone_build", "The release that runs; always 1.", registry=self.registry)
        build.info({"version": version("oneonone")})

    def delivered(self, kind: str, outcome: str, *, late: float) -> None:
        kind = _one_of(KINDS, kind)
        self._deliveries.labels(kind, _one_of(OUTCOMES, outcome)).inc()
        if outcome == "sent":
            self._late.labels(kind).observe(late)

    def answered(self, what: str, *, seconds: float) -> None:
        self._answers.labels(_one_of(INPUTS, what)).observe(seconds)


@dataclass(frozen=True)
class _Scrape(Collector):
    """What one request finds: all that was counted and, unless the database is busy, the queue."""

    metrics: Metrics
    queue: Queue | None

    def collect(self) -> Iterator[Metric]:
        for family in self.metrics.registry.collect():
            # When a series began is of no use here, and would come under the HELP of a duration.
            family.samples = [sample for sample in family.samples if not sample.name.endswith("_created")]
            yield family
        if self.queue is not None:
            oldest = self.queue.oldest_due_at
            waits = 0.0 if oldest is None else (self.metrics.now() - oldest).total_seconds()
            yield GaugeMetricFamily(
                "oneonone_deliveries_due", "Number of deliveries that are due and wait.", value=self.queue.due
            )
            yield GaugeMetricFamily(
                "oneonone_deliveries_doubtful",
                "Number of deliveries of which it is being found out whether they arrived.",
                value=self.queue.doubtful,
            )
            yield GaugeMetricFamily(
                "oneonone_oldest_due_seconds",
                "Seconds since the oldest delivery that waits was due; 0 when none waits.",
                value=waits,
            )


def metrics_routes(metrics: Metrics, queue: Callable[[], Awaitable[Queue]]) -> list[web.RouteDef]:
    """The route; ``queue`` is asked at each scrape, and left out when it raises Busy."""

    async def scrape(_: web.Request) -> web.Response:
        text = generate_latest(_Scrape(metrics, await _unless_busy(queue)))
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return [web.get("/metrics", scrape)]


async def _unless_busy(queue: Callable[[], Awaitable[Queue]]) -> Queue | None:
    try:
        return await queue()
    except Busy:
        return None


def _one_of(known: frozenset[str], value: str) -> str:
    return value if value in known else OTHER
