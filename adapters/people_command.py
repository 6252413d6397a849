"""``oneonone people``: takes in a file of people, and looks at who reports to whom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from adapters import people_said as said
from adapters.clock import SystemClock, new_id, new_key
from adapters.config import Config
from adapters.opening import answering, prepare
from adapters.people_file import SHOWN, Unfit, read
from adapters.progress import Progress
from bot import lines
from bot.census import Doubled, compare, is_too_much
from bot.lines import Settled
from bot.model.ids import OrganizationId
from bot.model.roster import Difference, Sheet
from bot.model.trail import AuditEntry, Result
from bot.pen import Pen
from bot.ports import Stale
from storage.database import nothing
from storage.store import Store

UNFIT = 2
NAME = "OneOnOne"
_PATIENCE = 3600.0
"""Seconds that one file may take: many more than a large one does on a slow machine."""
_TRIES = 3

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the operator wants; ``leavers`` is how many are known to leave, where it is many."""

    file: Path
    dry_run: bool = False
    leavers: int | None = None


class _TakenBack(Exception):
    """Ends the transaction of a dry run."""


async def take_in(
    config: Config,
    order: Order,
    *,
    say: Say,
    warn: Say,
    progress: Progress,
    failpoint: Callable[[str], None] = nothing,
) -> int:
    """The exit code: 2 when the file cannot be taken in, and nothing has changed then; raises ConfigError."""
    try:
        with _cleared(progress):
            sheet = _read(config, order, progress)
        return await _taken_in(config, order, sheet, say=say, warn=warn, progress=progress, failpoint=failpoint)
    except Unfit as unfit:
        warn(f"Nothing was imported. {order.file} needs your attention:")
        for each in unfit.says:
            warn(said.printable(f"- {each}"))
        if unfit.more:
            warn(f"There are {unfit.more:,} more problems like these.")
        return UNFIT


@contextmanager
def _cleared(progress: Progress) -> Iterator[None]:
    try:
        yield
    finally:
        progress.clear()


def _read(config: Config, order: Order, progress: Progress) -> Sheet:
    return read(
        order.file,
        manager_attribute=config.manager_attribute,
        step=lambda done, whole: progress.show("Reading", done, whole),
    )


async def _taken_in(
    config: Config,
    order: Order,
    sheet: Sheet,
    *,
    say: Say,
    warn: Say,
    progress: Progress,
    failpoint: Callable[[str], None],
) -> int:
    keyring = await prepare(config, new_key=new_key)
    store = Store(config.database_url, keyring.keys, patience=_PATIENCE, failpoint=failpoint)
    try:
        with answering():
            organization = await store.organization(name=NAME, new_id=new_id)
            taking = _Taking(store, organization, sheet, order, config.domains, progress)
            with _cleared(progress):
                difference, settled = await taking.tried()
    finally:
        await store.close()
    return _told(order, difference, settled, say=say, warn=warn)


@dataclass(frozen=True)
class _Taking:
    store: Store
    organization: OrganizationId
    sheet: Sheet
    order: Order
    domains: frozenset[str]
    progress: Progress

    async def tried(self) -> tuple[Difference, Settled | None]:
        """The difference, and what came of it; nothing where too many would leave.

        It is compared before the transaction that writes, so that others have the database meanwhile, and once more
        when somebody was quicker.
        """
        for left in reversed(range(_TRIES)):
            difference = await self._compared()
            if is_too_much(difference, self.order.leavers):
                return difference, None
            try:
                return difference, await self._written(difference)
            except Stale:
                if not left:
                    raise Unfit(["People changed while it was read. Try again."]) from None
        raise AssertionError("the last try returns or raises")

    async def _compared(self) -> Difference:
        self.progress.show("Comparing", 0, 1)
        async with self.store.read(self.organization) as tx:
            register = await tx.census.register()
        try:
            return compare(self.sheet, register, new_id=new_id)
        except Doubled as doubled:
            raise _doubled(doubled) from None

    async def _written(self, difference: Difference) -> Settled:
        settled = Settled()
        with suppress(_TakenBack):
            async with self.store.write(self.organization) as tx:
                settled = await self._write(Pen(tx, SystemClock().now(), new_id), difference)
                self._decide()
        return settled

    def _decide(self) -> None:
        if self.order.dry_run:
            raise _TakenBack

    async def _write(self, pen: Pen, difference: Difference) -> Settled:
        whole, done = _rows(difference), 0

        def step(rows: int) -> None:
            nonlocal done
            done += rows
            self.progress.show("Writing", done, whole)

        await pen.tx.census.take_in(difference, at=pen.now, step=step)
        settled = await lines.settle(pen, domains=self.domains)
        await pen.tx.trail.audit(self._entry(pen))
        await pen.tx.census.close(difference.files)
        return settled

    def _entry(self, pen: Pen) -> AuditEntry:
        return AuditEntry(
            organization=self.organization,
            person=None,
            action="ImportPeople",
            subject=None,
            result=Result.done,
            at=pen.now,
        )


def _rows(difference: Difference) -> int:
    """About how many rows are to be written, to show how far that is."""
    each = len(difference.sheet.labels) + 2
    return len(difference.added) * each + len(difference.filled) + len(difference.lines) + len(difference.said)


def _doubled(doubled: Doubled) -> Unfit:
    says = [
        f"Row {each.row}: several people here have the address {each.email}, so that nobody knows which is meant. "
        "Change the address of all accounts but one, or leave the row out. With ONEONONE_DOMAINS such accounts "
        "become one person when they are first seen."
        for each in doubled.entries
    ]
    return Unfit(says[:SHOWN], max(0, len(says) - SHOWN))


def _told(order: Order, difference: Difference, settled: Settled | None, *, say: Say, warn: Say) -> int:
    for line in said.difference_in_words(difference):
        say(line)
    if settled is None:
        warn(_too_many(order, difference))
        return UNFIT
    for line in said.settled_in_words(settled):
        say(line)
    say("This was a dry run: nothing has changed." if order.dry_run else f"Imported {order.file}.")
    return 0


def _too_many(order: Order, difference: Difference) -> str:
    lost = len(difference.left)
    if order.leavers is not None:
        return f"Nothing was imported. You said that {order.leavers:,} leave, but it would be {lost:,}."
    return (
        f"Nothing was imported. Of {difference.were_listed:,} people {lost:,} would no longer be here. Is the file "
        f"complete? If it is, say how many leave: oneonone people import {order.file} --leavers {lost}"
    )
