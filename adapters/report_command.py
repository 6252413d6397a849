"""``oneonone report``: the usage report in the shell, as everybody may see it, or as a CSV file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from adapters.clock import SystemClock, new_id, new_key
from adapters.config import Config
from adapters.environment import ConfigError, Problem
from adapters.opening import answering, prepare
from adapters.people_said import printable
from bot.disclosure import Measure
from bot.folding import folded
from bot.insights import GroupTold, Report, read_report
from bot.insights_csv import report_csv
from bot.insights_said import heroes, holds_said, notes, said, shares, size_said, span_said, unshown_said, window_said
from bot.ports import Transaction
from prompts import Library, Voice
from storage.store import Store

NAME = "OneOnOne"
NOTHING = 1
STANDARD_OUTPUT = Path("-")
_PATIENCE = 60.0
_WIDTH = 100
"""Characters of a line of remarks."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the operator wants: a window, a department by its name, and a file in place of lines."""

    days: int
    department: str | None = None
    csv: Path | None = None


async def report(config: Config, order: Order, *, say: Callable[[str], None], put: Callable[[bytes], object]) -> int:
    """The exit code: 1 when nothing was counted yet; raises ConfigError, also for a department that is not shown.

    Lines are handed to ``say``, and what goes to the standard output as a file to ``put``.
    """
    keyring = await prepare(config, new_key=new_key)
    store = Store(config.database_url, keyring.keys, patience=_PATIENCE)
    try:
        with answering():
            organization = await store.organization(name=NAME, new_id=new_id)
            async with store.read(organization) as tx:
                voice = await _voice(tx)
                found = await _found(tx, voice, order)
    finally:
        await store.close()
    if found is None:
        say(voice.say("insights.none_yet"))
        return NOTHING
    if order.csv is None:
        for line in lines_of(voice, found):
            say(printable(line))
    else:
        _written(order.csv, report_csv(voice, found), say=say, put=put)
    return 0


async def _voice(tx: Transaction) -> Voice:
    """English, as all that an operator reads."""
    organization = await tx.organizations.current()
    return Voice(Library("en"), organization.zone, SystemClock().now())


async def _found(tx: Transaction, voice: Voice, order: Order) -> Report | None:
    found = await read_report(tx, voice, days=order.days)
    if found is None or order.department is None:
        return found
    wanted = folded(order.department.strip())
    named = {folded(label): each for each in found.departments for label in (*each.holds, each.label)}
    if wanted not in named:
        raise ConfigError(Problem("--department", _unknown(found.departments)))
    return await read_report(tx, voice, days=order.days, department=named[wanted].department)


def _unknown(departments: Sequence[GroupTold]) -> str:
    names = ", ".join(each.label for each in departments) or "none yet"
    return printable(f"names a department that was not counted. There are: {names}.")


def _written(file: Path, content: bytes, *, say: Callable[[str], None], put: Callable[[bytes], object]) -> None:
    if file == STANDARD_OUTPUT:
        put(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise ConfigError(Problem("--csv", f"names a file that cannot be written ({error.strerror}).")) from None
    say(f"Wrote {file}.")


def lines_of(voice: Voice, found: Report) -> Iterator[str]:
    """The report as an operator reads it, a line at a time."""
    yield f"{voice.say('insights.title')}: {window_said(voice, found.days)}, {span_said(voice, found)}"
    yield voice.say("insights.conversations", count=found.conversations)
    yield ""
    shares_of_all = (*heroes(voice, found), said(voice, Measure.drifting, found.drifting))
    yield from _aligned([(each.name, each.figure, each.change) for each in shares_of_all])
    if found.departments:
        yield ""
        yield from _table(voice, voice.say("insights.department"), found.departments)
    yield from (f"  {group.label}: {holds_said(voice, group)}" for group in found.departments if group.holds)
    if found.department is not None:
        yield from ("", found.department.label)
        yield from _table(voice, voice.say("insights.manager"), found.teams)
        yield from filter(None, [holds_said(voice, found.department), unshown_said(voice, found)])
    yield ""
    for note in notes(voice, found):
        yield from wrap(note, _WIDTH)


def _table(voice: Voice, name: str, groups: Sequence[GroupTold]) -> Iterator[str]:
    """A line a group, under the ``name`` of what they are, with the change of the first share; nothing for no group."""
    if not groups:
        return
    head = (name, "", *(each.name for each in shares(voice, groups[0])))
    yield from _aligned([head, *(_line(voice, group) for group in groups)])


def _line(voice: Voice, group: GroupTold) -> Sequence[str]:
    first, *others = shares(voice, group)
    share = first.figure if first.told.before is None else ", ".join(filter(None, [first.figure, first.change]))
    return (group.label, size_said(voice, group), share, *(each.figure for each in others))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
