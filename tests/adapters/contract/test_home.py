"""Home: what is next, what I promised, what is worth preparing, and who drifts (A3, D3, F2)."""

from datetime import timedelta

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import (
    in_settings,
    jotted,
    opened,
    promised,
    scheduled,
    together,
    with_cleo_too,
    with_schedule,
)
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

ASKING = "to ask Ana"
FOOT = ["Start a conversation", "Search", "Usage report", "Settings", "Help"]


def _asked(one: Actor) -> str:
    """The question on Home."""
    lines = one.reads.split("\n")
    return next(line for line in lines[lines.index("Worth preparing") :] if line.endswith("?"))


async def _met(stage: Stage) -> None:
    """Ana and Ben meet, talk about nothing of the agenda, and wrap up."""
    await stage.ana.closes()
    await stage.ana.says("meet", way=Way.command)
    await stage.ana.presses("Wrap up")
    await stage.ana.submits()
    await stage.ana.closes()


@story("A3", "D3", "F2")
async def test_home_says_what_is_next_what_i_promised_and_what_is_worth_asking(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ana, "Promotion case")
    await promised(stage.ben, "ana", "Send the draft", due="friday")
    await scheduled(stage.ben, "ana", "friday 10:00")
    await stage.ana.goes_home()
    stage.ana.sees("Next", "your report · Friday, 16:00 · 1 to talk about")
    stage.ana.does_not_see("Send the draft", "My conversations")
    assert stage.ana.buttons[-len(FOOT) :] == FOOT
    await stage.ben.goes_home()
    stage.ben.sees(
        "Your action items",
        "□ Send the draft",
        "Worth preparing",
        "to ask Ana · because nothing on your agenda was about",
    )
    await stage.ben.presses("Done", near="Send the draft")
    stage.ben.sees("Done: Send the draft")
    stage.ben.does_not_see("Your action items")


@story("F2")
async def test_the_question_on_home_is_the_one_that_preparing_shows(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "friday 10:00")
    await stage.ben.goes_home()
    asked = _asked(stage.ben)
    await stage.ben.presses("Prepare", near="Ana Ruiz")
    stage.ben.sees("Prepare: Ana", asked)
    await stage.ben.closes()
    await stage.ben.goes_home()
    stage.ben.does_not_see(ASKING)


@story("F2")
async def test_a_question_is_put_on_the_agenda_from_home_and_taken_back(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "friday 10:00")
    await stage.ben.goes_home()
    asked = _asked(stage.ben)
    await stage.ben.presses("Add", near=asked)
    stage.ben.sees("It is on the agenda. Both of you can see it.", "Friday, 04:00 · 1 to talk about")
    stage.ben.does_not_see(ASKING)
    await stage.ben.presses("Undo")
    assert _asked(stage.ben) == asked
    await opened(stage.ana, "ben")
    stage.ana.does_not_see(asked)


@story("F2")
async def test_what_home_asked_does_not_return_within_six_meetings(stage: Stage) -> None:
    await together(stage)
    seen: list[str] = []
    for _ in range(6):
        await scheduled(stage.ana, "ben", "tomorrow 10:00")
        await stage.ben.goes_home()
        seen.append(_asked(stage.ben))
        await _met(stage)
        stage.clock.advance(timedelta(days=7))
    assert len(set(seen)) == 6


@story("F2")
async def test_a_meeting_further_off_is_not_worth_preparing_yet(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "4 Dec at 10:00")
    await stage.ben.goes_home()
    stage.ben.sees("Next")
    stage.ben.does_not_see(ASKING)


@story("A3")
async def test_who_drifts_is_said_when_they_last_talked(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("meet @cleo", way=Way.command)
    await stage.ana.presses("Wrap up")
    await stage.ana.submits()
    await scheduled(stage.ana, "ben", "18 Dec at 10:00")
    stage.clock.advance(timedelta(days=15))
    await stage.ana.goes_home()
    stage.ana.sees("My conversations", "Cleo Tanaka", "colleague · last talked Monday 23 Nov, nothing planned")
    await stage.ana.presses("Schedule it", near="Cleo Tanaka")
    stage.ana.sees("How often?", "Cleo is told.")


@story("A3")
async def test_what_is_paused_does_not_drift(stage: Stage) -> None:
    await with_cleo_too(stage)
    await scheduled(stage.ana, "ben", "every thursday at 15:00")
    await with_schedule(stage.ana, "ben")
    await stage.ana.presses("Pause")
    await stage.ana.closes()
    await stage.ana.goes_home()
    stage.ana.sees("your report · paused", "colleague · not met yet, nothing planned")
    assert stage.ana.reads.index("Cleo Tanaka") < stage.ana.reads.index("Ben Okafor")
    assert stage.ana.buttons.count("Schedule it") == 1


@story("A3")
async def test_a_meeting_far_ahead_is_planned_all_the_same(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "every month on the last day at 15:00 starting 31 Jan")
    await stage.ana.goes_home()
    stage.ana.sees("Next", "your report · 31 Jan 2027, 15:00")
    stage.ana.does_not_see("nothing planned")


@story("A3")
async def test_while_the_two_meet_home_begins_with_it(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "every thursday at 15:00")
    await stage.ana.says("meet", way=Way.command)
    await stage.ben.goes_home()
    stage.ben.sees("Meeting now", "You are meeting, since today, 04:00.")
    stage.ben.does_not_see("Next\n", "My conversations")
    await stage.ben.presses("Wrap up", near="Ana Ruiz")
    stage.ben.sees("What is worth remembering?")


@story("A3")
async def test_the_first_time_there_are_two_sentences_and_one_button(stage: Stage) -> None:
    await stage.ben.goes_home()
    stage.ben.sees("OneOnOne keeps the running conversation", "Only the two of you can read it.")
    assert stage.ben.buttons == ["Start a conversation"]


@story("O6", "F2")
async def test_in_discreet_mode_home_asks_nothing(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "friday 10:00")
    await promised(stage.ben, "ana", "Send the draft")
    await in_settings(stage.ben, "Reminders")
    await stage.ben.fills("What may messages show?", ["Counts and a button only"])
    await stage.ben.submits()
    await stage.ben.closes()
    await stage.ben.goes_home()
    stage.ben.sees("Next")
    stage.ben.does_not_see(ASKING, "Send the draft", "?")


@story("E1")
async def test_home_offers_the_check_in_until_it_is_done(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "friday 10:00")
    await stage.ben.goes_home()
    await stage.ben.presses("Check in", near="Check in before you meet Ana")
    await stage.ben.fills("What went well?", "The launch")
    await stage.ben.submits()
    await stage.ben.closes()
    await stage.ben.goes_home()
    stage.ben.sees(ASKING)
    stage.ben.does_not_see("Check in before", "The launch")


@story("A3", "G4")
async def test_who_was_reminded_and_prepared_is_not_asked_again(stage: Stage) -> None:
    await together(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await almanac.becomes(27, 14, month=11)
    stage.ben.hears()
    await stage.ben.goes_home()
    stage.ben.sees(ASKING)
    await jotted(stage.ben, "Course budget")
    await stage.ben.goes_home()
    stage.ben.does_not_see(ASKING)
