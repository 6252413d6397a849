"""Preparing: what waits, and what is worth asking, with a true reason (F1, F2)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import jotted, opened, promised, scheduled, together, with_cleo_too
from tests.adapters.contract.hearing import heard
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

ASKING = "Worth asking"
A_WEEK = timedelta(days=7)


def _asked(one: Actor) -> list[str]:
    """The questions suggested on the page before them."""
    lines = one.reads.split("\n")
    return [line for line in lines[lines.index(ASKING) :] if line.endswith("?")][:3]


async def _prepares(one: Actor) -> list[str]:
    await one.closes()
    await one.says("prepare", way=Way.command)
    return _asked(one)


async def _meets(one: Actor, *, about: str | None = None) -> None:
    """They meet, talk about one thing, and wrap up."""
    await one.closes()
    await one.says("meet", way=Way.command)
    await one.presses("Wrap up")
    if about is not None:
        await one.fills("What did you talk about?", [about])
    await one.submits()
    await one.closes()


@story("F1")
async def test_preparing_shows_what_carries_over_and_what_both_promised(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ben, "Promotion case")
    await _meets(stage.ana)
    await jotted(stage.ben, "Course budget")
    await promised(stage.ben, "ana", "Send the draft", due="friday")
    await promised(stage.ben, "ana", "Read the draft", owner="Ana Ruiz")
    await scheduled(stage.ben, "ana", "friday 10:00")
    await _prepares(stage.ana)
    stage.ana.sees("Your 1-on-1 with Ben: Friday, 16:00", "1 item is carried over from last time.")
    stage.ana.sees("○ Promotion case", "○ Course budget", "□ Send the draft", "Ben · due Friday", "□ Read the draft")
    await stage.ana.presses("Open the conversation with Ben")
    stage.ana.sees("Ana and Ben")


@story("F1")
async def test_before_anything_is_planned_there_is_something_to_ask(stage: Stage) -> None:
    await together(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Prepare")
    stage.ben.sees("No time is set for your 1-on-1 with Ana yet.", ASKING, "Only you and Ana can see this.")


@story("F1")
async def test_a_question_is_added_once_and_can_be_taken_back(stage: Stage) -> None:
    await together(stage)
    first, second, third = await _prepares(stage.ben)
    await stage.ben.presses("Add", near=second)
    stage.ben.sees("It is on the agenda. Both of you can see it.", f"○ {second}")
    assert stage.ben.buttons.count("Add") == 2
    await stage.ben.presses("Undo")
    stage.ben.sees("Dropped: ")
    stage.ben.does_not_see(f"○ {second}")
    assert stage.ben.buttons.count("Add") == 3
    assert _asked(stage.ben) == [first, second, third]
    await stage.ben.presses("Add", near=third)
    await stage.ben.does_again()
    assert stage.ben.reads.count(f"○ {third}") == 1


@story("F2")
async def test_the_two_are_asked_different_things_and_nothing_again_within_six_meetings(stage: Stage) -> None:
    await together(stage)
    seen: list[str] = []
    for _ in range(3):
        for one in (stage.ana, stage.ben):
            new = await _prepares(one)
            assert await _prepares(one) == new
            seen += new
        await _meets(stage.ben)
        stage.clock.advance(A_WEEK)
    assert len(set(seen)) == len(seen) == 18


@story("F2")
async def test_the_reason_is_true(stage: Stage) -> None:
    """What they just talked about rests, and so does what is on the agenda already."""
    await together(stage)
    await jotted(stage.ben, "My career and promotion", "Workload and overtime")
    await _meets(stage.ben, about="My career and promotion")
    await _prepares(stage.ana)
    stage.ana.does_not_see("about growth", "about wellbeing")
    stage.clock.advance(9 * A_WEEK)
    reasons = ""
    for _ in range(3):
        await _prepares(stage.ben)
        reasons += stage.ben.reads
        await _meets(stage.ben)
    assert "because nothing on your agenda was about growth for 9 weeks" in reasons
    assert "about wellbeing" not in reasons


@story("F1", "F2")
async def test_what_the_message_suggested_stays_so_until_they_have_met(stage: Stage) -> None:
    """Also when something about one of its themes comes onto the agenda meanwhile."""
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await almanac.becomes(27, 14, month=11)
    assert "about wellbeing" in heard(stage.ben, ASKING)
    await stage.ben.closes()
    in_message = _asked(stage.ben)
    await jotted(stage.ana, "Workload and overtime")
    assert await _prepares(stage.ben) == in_message
    stage.ben.does_not_see("nothing on your agenda was about wellbeing")


@story("F1")
async def test_words_ask_with_whom_where_it_is_not_clear(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("prepare", way=way)
    stage.ana.sees("My conversations", "Ben Okafor", "Cleo Tanaka")
    await stage.ana.closes()
    await stage.ana.says("prepare @cleo", way=way)
    stage.ana.sees("Prepare: Cleo", "Only you and Cleo can see this.")
    await stage.mia.says("prepare", way=way)
    stage.mia.sees("You have no 1-on-1 yet.")
