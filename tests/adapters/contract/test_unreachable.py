"""Someone cannot be written to: the other participant learns of it, and all goes on when they are back."""

from datetime import timedelta

from tests.adapters.contract.beginnings import jotted, opened, started, together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

LOST = "I cannot write to Ben in"
SIX_HOURS = timedelta(hours=6)
UNTIL_TEN_IN_TOKYO = timedelta(hours=16)
UNTIL_TEN_IN_MADRID = timedelta(hours=8)
A_DAY = timedelta(days=1)


async def out_of_reach(stage: Stage) -> None:
    """Ben has blocked the bot, which has found that out by writing to him."""
    await together(stage)
    await stage.ben.blocks()
    await jotted(stage.ana, "Promotion case")
    stage.clock.advance(SIX_HOURS)
    await stage.delivers()


@story("A8")
async def test_the_other_learns_once_that_someone_cannot_be_written_to(stage: Stage) -> None:
    await out_of_reach(stage)
    (told,) = stage.ana.hears()
    assert "I cannot write to Ben at the moment" in told
    assert LOST in told
    assert "What you add is there when they open it." in told
    await stage.ana.closes()
    await stage.ana.presses("Open")
    stage.ana.sees("Promotion case", LOST)
    for _ in range(3):
        await jotted(stage.ana, "One more thing")
        stage.clock.advance(A_DAY)
        await stage.delivers()
    assert stage.ana.hears() == []
    assert stage.ben.hears() == []


@story("A8")
async def test_whoever_lets_the_bot_write_again_hears_the_news_again(stage: Stage) -> None:
    await out_of_reach(stage)
    stage.ana.hears()
    await stage.ben.unblocks()
    await opened(stage.ben, "ana")
    stage.ben.sees("Promotion case")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see(LOST)
    await jotted(stage.ana, "Course budget")
    stage.clock.advance(A_DAY)
    await stage.delivers()
    (news,) = stage.ben.hears()
    assert "Ana added 1 item" in news
    assert stage.ana.hears() == []


@story("A2")
async def test_an_invitation_waits_for_whoever_cannot_be_written_to(stage: Stage) -> None:
    await stage.ben.blocks()
    await started(stage.ana, "ben", "My report")
    await stage.delivers()
    assert [LOST in each for each in stage.ana.hears()] == [True]
    await stage.ben.unblocks()
    assert stage.ben.hears() == []
    await stage.ben.says("help", way=Way.command)
    await stage.delivers()
    (invited,) = stage.ben.hears()
    assert "Ana Ruiz started a 1-on-1 with you" in invited


@story("A8")
async def test_it_may_happen_once_more_and_is_told_once_more(stage: Stage) -> None:
    await out_of_reach(stage)
    assert len(stage.ana.hears()) == 1
    await stage.ben.unblocks()
    await stage.ben.says("help", way=Way.command)
    await stage.ben.blocks()
    await jotted(stage.ana, "Course budget")
    stage.clock.advance(A_DAY)
    await stage.delivers()
    assert [LOST in each for each in stage.ana.hears()] == [True]


@story("A8")
async def test_nobody_is_told_about_what_has_been_quiet_for_long(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(timedelta(days=100))
    await stage.ben.blocks()
    await started(stage.mia, "ben", "A colleague")
    await stage.delivers()
    assert [LOST in each for each in stage.mia.hears()] == [True]
    assert stage.ana.hears() == []
    await opened(stage.ana, "ben")
    stage.ana.sees(LOST)


@story("A8")
async def test_nobody_is_told_about_what_they_have_put_away_or_declined(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Archive")
    await started(stage.mia, "ben", "A colleague")
    await stage.delivers()
    await stage.ben.closes()
    await stage.ben.presses("Decline", near="Mia Brandt started a 1-on-1 with you")
    await stage.delivers()
    stage.mia.hears()
    await stage.ben.blocks()
    await started(stage.cleo, "ben", "A colleague")
    stage.clock.advance(UNTIL_TEN_IN_TOKYO)
    await stage.delivers()
    assert [LOST in each for each in stage.cleo.hears()] == [True]
    stage.clock.advance(UNTIL_TEN_IN_MADRID)
    await stage.delivers()
    assert stage.ana.hears() == []
    assert stage.mia.hears() == []
    await opened(stage.cleo, "ben")
    stage.cleo.sees(LOST)
