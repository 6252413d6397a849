"""A simulation: a company, some replicas of the service, and everything that goes wrong, for so many days."""

import asyncio
import logging
import random
import shutil
import tempfile
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bot.features import registry
from bot.model.ids import DeliveryId, OrganizationId, WorkspaceId
from bot.model.people import Platform, Workspace
from bot.pace import Limits
from bot.registry import Registry
from storage.database import migrate
from storage.store import Store
from tests.simulation.agreeing import Agreeing
from tests.simulation.books import Inputs, Member
from tests.simulation.company import DOMAIN, Company, company_of, email, workspaces_of
from tests.simulation.courier import Courier
from tests.simulation.deeds import Two, World
from tests.simulation.faults import Faults, Rates
from tests.simulation.loop import run
from tests.simulation.mischief import Mischief
from tests.simulation.mortal import mortal_tasks
from tests.simulation.node import Bell, Counting, Outside, engine_of
from tests.simulation.platforms import Moments, StandIn
from tests.simulation.rows import File
from tests.texts import every_text

KEY = b"k" * 32
TERM = 365.0 / 3
"""Days. What people read grows with all that they ever did, so a year takes less time in three parts than in one."""

STARTS = (
    datetime(2026, 9, 14, 6, 0, tzinfo=UTC),  # clocks go back in Europe, then in America
    datetime(2027, 2, 1, 6, 0, tzinfo=UTC),  # clocks go forward in America, then in Europe
    datetime(2026, 5, 25, 6, 0, tzinfo=UTC),
)
CALM = timedelta(days=3)
"""At the end all goes well for so long, and nobody does anything."""

LIMITS = {Platform.slack: Limits(20, 40), Platform.teams: Limits(40, 40)}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be simulated; the same plan gives the same run."""

    seed: int
    days: float
    pairs: int = 8
    replicas: int = 3
    rates: Rates = field(default_factory=Rates)

    def chance(self, what: str) -> random.Random:
        """A chance of its own for each thing: what one draws changes nothing for the others."""
        return random.Random(f"{what} {self.seed}")


@dataclass(frozen=True, kw_only=True)
class Ran:
    """All that is left of a run, to be checked: the books of the simulation, and the rows of the service."""

    plan: Plan
    company: Company
    inputs: Inputs
    faults: Faults
    platforms: Mapping[WorkspaceId, StandIn]
    moments: Moments
    meter: Counter[str]
    errors: Counter[str]
    items: Counter[str]
    rows: File
    end: datetime


@contextmanager
def simulated(plan: Plan) -> Iterator[Ran]:
    """The run of a plan, while its database is still there."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder, _overheard() as errors:
        path = Path(shutil.copyfile(_template(), Path(folder) / "simulated.db"))
        rows = File(path)
        try:
            yield run(_simulate(plan, path, rows, errors))
        finally:
            rows.close()


async def _simulate(plan: Plan, path: Path, rows: File, errors: Counter[str]) -> Ran:
    loop = asyncio.get_running_loop()
    loop.set_task_factory(mortal_tasks)
    moments = Moments(loop, STARTS[plan.seed % len(STARTS)])
    faults = Faults(plan.chance("faults"), plan.rates, loop.time)
    store = Store(f"sqlite:///{path}", (KEY,), moment=moments)
    organization, workspaces = await workspaces_of(store, ids_of(plan.chance("workspaces")))
    outside = _outside(plan, store, rows, moments, faults, workspaces)
    company = await company_of(engine_of(outside), organization, workspaces, plan.chance("company"), pairs=plan.pairs)
    mischief = Mischief(outside=outside, faults=faults, replicas=plan.replicas)
    mischief.begins()
    world = _world(plan, outside, mischief, organization)
    await _lives(plan, company, world)
    faults.end()
    await asyncio.sleep(CALM.total_seconds())
    end = moments()
    await mischief.ends()
    items = await _items(store, company)
    await store.close()
    return Ran(
        plan=plan,
        company=company,
        inputs=world.inputs,
        faults=faults,
        platforms=outside.messengers,
        moments=moments,
        meter=outside.meter.outcomes,
        errors=errors,
        items=items,
        rows=rows,
        end=end,
    )


def _outside(
    plan: Plan, store: Store, rows: File, moments: Moments, faults: Faults, workspaces: Sequence[Workspace]
) -> Outside:
    return Outside(
        store=store,
        rows=rows,
        registry=_registry(),
        libraries=every_text(),
        messengers={one.id: StandIn(one.id, one.platform, faults, moments, LIMITS[one.platform]) for one in workspaces},
        moments=moments,
        new_id=ids_of(plan.chance("ids")),
        admins=frozenset({email(0)}),
        domains=frozenset({DOMAIN}),
        meter=Counting(),
        bell=Bell(),
        chance=plan.chance("nodes"),
    )


def _world(plan: Plan, outside: Outside, mischief: Mischief, organization: OrganizationId) -> World:
    inputs = Inputs()
    courier = Courier(
        live=lambda: mischief.live,
        faults=mischief.faults,
        chance=plan.chance("courier"),
        inputs=inputs,
        rings=outside.bell.rings,
    )
    return World(
        moments=outside.moments,
        courier=courier,
        inputs=inputs,
        read=lambda: outside.store.read(organization),
        new_id=ids_of(plan.chance("people")),
        lately=lambda member: _lately(outside, member),
    )


def ids_of(chance: random.Random) -> Callable[[], str]:
    """Ids of 22 characters, the same each time."""
    return lambda: urlsafe_b64encode(chance.randbytes(16)).rstrip(b"=").decode()


async def _lives(plan: Plan, company: Company, world: World) -> None:
    """All pairs, for so many days; what they were just doing at the end is broken off."""
    pairs = [Two(pair, world, plan.chance(f"pair {pair.number}")) for pair in company.pairs]
    lives = [asyncio.create_task(_live(two)) for two in pairs]
    await asyncio.sleep(plan.days * 86400)
    for life in lives:
        life.cancel()
    ends = await asyncio.gather(*lives, return_exceptions=True)
    failed = [end for end in ends if not isinstance(end, asyncio.CancelledError)]
    if failed:
        raise RuntimeError("a pair stopped living") from failed[0]


async def _live(two: Two) -> None:
    await asyncio.sleep(two.chance.uniform(0, 4 * 86400))
    agreeing = Agreeing(two)
    await two.until_at_work(two.pair.first)
    await two.begin()
    await agreeing.begin()
    await asyncio.gather(two.visits(), two.wraps_up(), agreeing.changes())


def _lately(outside: Outside, member: Member) -> DeliveryId | None:
    """What came to them last, if that was within a day."""
    newest = [
        one
        for account in member.accounts
        for one in outside.messengers[account.workspace].by_account.get(account.external_id, ())[-1:]
    ]
    fresh = [one for one in newest if outside.moments.time() - one.at < 86400]
    found = max(fresh, key=lambda one: one.at, default=None)
    return None if found is None else DeliveryId(found.delivery)


async def _items(store: Store, company: Company) -> Counter[str]:
    """What is on the agendas, by its words."""
    begun = [pair.conversation for pair in company.pairs if pair.conversation is not None]
    async with store.read(company.organization) as tx:
        return Counter(item.text for item in await tx.agenda.of(*begun))


@contextmanager
def _overheard() -> Iterator[Counter[str]]:
    """The errors that the service logs, by their places."""
    log, heard = logging.getLogger("oneonone"), _Hearing()
    before = (log.propagate, log.level)
    log.propagate = False
    log.setLevel(logging.ERROR)
    log.addHandler(heard)
    quiet = logging.getLogger("storage")
    quiet.setLevel(logging.ERROR)
    try:
        yield heard.errors
    finally:
        log.removeHandler(heard)
        log.propagate, log.level = before
        quiet.setLevel(logging.NOTSET)


class _Hearing(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.errors[f"{record.getMessage()} {getattr(record, 'error', '')}".strip()] += 1


@lru_cache(maxsize=1)
def _template() -> Path:
    """A migrated file without rows."""
    path = Path(tempfile.mkdtemp(dir=_memory())) / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


def _memory() -> str | None:
    """Where files cost no disk: the disk's own faults are not what is told here."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@lru_cache(maxsize=1)
def _registry() -> Registry:
    return registry()
