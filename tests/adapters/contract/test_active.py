"""What makes a 1-on-1 count as active in the usage report: each of the seven deeds of either side, and nothing else."""

from datetime import date, datetime, timedelta

from adapters.clock import new_id
from bot.disclosure import Counts, Measure, counts_read
from bot.model.usage import EVERYBODY
from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.backstage import A_MONDAY
from tests.adapters.contract.beginnings import added, jotted, noted, opened, promised, started, together
from tests.adapters.contract.checking_in import checked_in
from tests.adapters.contract.reporting import Served
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

A_WEEK = timedelta(days=7)
ACTIVE = Counts(1, 1)
QUIET = Counts(1, 0)


class Weeks:
    """Lets weeks go by, and looks at what was counted in each."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.almanac, self.monday = stage, Almanac(stage), A_MONDAY

    async def next(self) -> None:
        """It is the next Monday."""
        self.monday += A_WEEK
        await self._becomes(self.monday)

    async def friday(self) -> None:
        """It is the Friday of this week."""
        await self._becomes(self.monday + timedelta(days=4))

    async def _becomes(self, day: datetime) -> None:
        await self.almanac.becomes(day.day, day.hour, month=day.month, year=day.year)

    async def counted(self) -> list[Counts]:
        """How many manager conversations there were in each week that is over, and how many of them were active."""
        assert isinstance(self.stage, Served)
        store = self.stage.service.store
        async with store.read(await store.organization(name="", new_id=new_id)) as tx:
            rows = await tx.usage.everybody(since=date(2026, 1, 1))
        groups = [counts_read(EVERYBODY, EVERYBODY, row.counted) for row in rows]
        return [group.counts[Measure.active, 7] for group in groups]


async def _meets(one: Actor) -> None:
    await one.closes()
    await one.says("meet", way=Way.command)


@story("M2")
async def test_each_deed_of_either_side_makes_a_conversation_active(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await together(stage)
    weeks = Weeks(stage)
    await jotted(ben, "Course budget")
    await weeks.next()
    await opened(ana, "ben")
    await ana.presses("Discussed", near="Course budget")
    await weeks.next()
    await noted(ben, "ana", "She seems tired", kind="private")
    await weeks.next()
    await checked_in(ana, mood="7")
    await weeks.next()
    await promised(ben, "ana", "Read the book")
    await weeks.next()
    await ben.closes()
    await ben.says("actions", way=Way.command)
    await ben.presses("Done", near="Read the book")
    await weeks.next()
    await weeks.friday()
    await _meets(ana)
    await weeks.next()
    await ben.closes()
    await ben.says("wrap up", way=Way.command)
    await ben.submits()
    await weeks.next()
    assert await weeks.counted() == [ACTIVE] * 6 + [QUIET, ACTIVE]


@story("M2")
async def test_reading_planning_and_undoing_do_not(stage: Stage) -> None:
    ana, ben = stage.ana, stage.ben
    await together(stage)
    weeks = Weeks(stage)
    await added(ben, "ana", "Course budget", visibility="Only you")
    await weeks.next()
    for words in ("ana", "home", "prepare", "actions", "schedule @ana every tuesday at 15:00"):
        await ben.closes()
        await ben.says(words, way=Way.command)
    await opened(ben, "ana")
    await ben.presses("Share now", near="Course budget")
    await ben.presses("Open", near="Course budget")
    await ben.presses("Drop")
    await ben.presses("Undo")
    await opened(ana, "ben")
    await ana.presses("Open", near="Course budget")
    await weeks.next()
    assert await weeks.counted() == [ACTIVE, QUIET]


@story("M2")
async def test_only_conversations_of_a_manager_and_a_report_count(stage: Stage) -> None:
    await started(stage.cleo, "mia", "A colleague")
    await stage.cleo.closes()
    await jotted(stage.cleo, "Lunch")
    await together(stage)
    weeks = Weeks(stage)
    await weeks.next()
    await weeks.next()
    assert await weeks.counted() == [QUIET, QUIET]
