"""News about the other side, gathered (A8)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import added, jotted, noted, opened, promised, together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

A_MINUTE = timedelta(minutes=1)
HALF_AN_HOUR = timedelta(minutes=31)


@story("A8")
async def test_what_one_did_reaches_the_other_in_one_message(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(A_MINUTE)
    await jotted(stage.ben, "Promotion case", "Course budget")
    await noted(stage.ben, "ana", "Said in passing", kind="shared")
    await promised(stage.ben, "ana", "Send the draft")
    await stage.delivers()
    assert stage.ana.hears() == []
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    told = stage.ana.hears()
    assert len(told) == 1
    assert "Ben added 2 items, wrote 1 note and added 1 action item" in told[0]
    assert "Promotion case · Course budget" in told[0]
    assert "Said in passing" not in told[0]
    await stage.ana.closes()
    await stage.ana.presses("Open")
    stage.ana.sees("Promotion case", "Course budget")
    assert stage.ben.hears() == []


@story("A8")
async def test_what_one_has_seen_already_is_no_news(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(A_MINUTE)
    await jotted(stage.ben, "Promotion case")
    stage.clock.advance(A_MINUTE)
    await opened(stage.ana, "ben")
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    assert stage.ana.hears() == []


@story("A8")
async def test_there_is_at_most_one_message_a_day(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(A_MINUTE)
    await jotted(stage.ben, "First")
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    assert len(stage.ana.hears()) == 1
    await jotted(stage.ben, "Second")
    stage.clock.advance(timedelta(hours=6))
    await stage.delivers()
    assert stage.ana.hears() == []
    stage.clock.advance(timedelta(hours=18))
    await stage.delivers()
    told = stage.ana.hears()
    assert len(told) == 1
    assert "Second" in told[0]
    assert "First" not in told[0]


@story("A8")
async def test_nobody_is_told_at_night(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(A_MINUTE)
    await jotted(stage.ana, "Written in the morning of Madrid")  # it is four o'clock in New York
    stage.clock.advance(timedelta(hours=4, minutes=55))
    await stage.delivers()
    assert stage.ben.hears() == []
    stage.clock.advance(timedelta(minutes=5))
    await stage.delivers()
    assert len(stage.ben.hears()) == 1


@story("A8")
async def test_nobody_is_told_at_the_weekend(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(timedelta(days=4, hours=8, minutes=30))  # Friday, half past six in the evening in Madrid
    await jotted(stage.ben, "Written late")
    for _ in range(2):
        stage.clock.advance(timedelta(hours=24))
        await stage.delivers()
        assert stage.ana.hears() == []
    stage.clock.advance(timedelta(hours=14, minutes=30))  # Monday, nine o'clock
    await stage.delivers()
    assert "Written late" in stage.ana.hears()[0]


@story("A8", "B1")
async def test_what_only_one_may_see_is_no_news(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(A_MINUTE)
    await added(stage.ben, "ana", "For me alone", visibility="Only you")
    await added(stage.ben, "ana", "For the day", visibility="Only you until the meeting starts, then Ana too")
    await noted(stage.ben, "ana", "A private note", kind="private")
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    assert stage.ana.hears() == []


@story("A8")
async def test_what_was_discussed_commented_done_and_met_is_news(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ana, "Ours", "Done with")
    await promised(stage.ana, "ben", "Read the draft", owner="Ben Okafor")
    await stage.ana.closes()
    stage.clock.advance(A_MINUTE)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Discussed", near="Done with")
    await stage.ben.presses("Done", near="Read the draft")
    await stage.ben.presses("We meet now")
    await stage.ben.presses("Open", near="Ours")
    await stage.ben.presses("Comment")
    await stage.ben.fills("Comment", "Let us begin here")
    await stage.ben.submits()
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    told = stage.ana.hears()
    assert len(told) == 1
    assert "Ben closed 1 item, wrote 1 comment, finished 1 action item and started a meeting" in told[0]


@story("A8")
async def test_who_wants_no_news_gets_none(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("settings", way=Way.command)
    await stage.ana.fills("Messages from me", [])
    await stage.ana.submits()
    stage.clock.advance(A_MINUTE)
    await jotted(stage.ben, "Promotion case")
    stage.clock.advance(timedelta(days=2))
    await stage.delivers()
    assert stage.ana.hears() == []


@story("A8", "A3")
async def test_what_is_archived_makes_no_news(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says("archive ben", way=Way.command)
    stage.clock.advance(A_MINUTE)
    await jotted(stage.ben, "Promotion case")
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    assert stage.ana.hears() == []


@story("A8")
async def test_what_was_taken_back_before_the_message_is_no_news(stage: Stage) -> None:
    await together(stage)
    stage.clock.advance(A_MINUTE)
    await stage.ben.says("add By mistake", way=Way.command)
    await stage.ben.presses("Undo")
    stage.ben.sees("Dropped: By mistake")
    stage.clock.advance(HALF_AN_HOUR)
    await stage.delivers()
    assert stage.ana.hears() == []
