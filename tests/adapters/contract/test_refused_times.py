"""Times and rhythms that cannot be are refused with words that help, and what was typed is kept (G1, G2)."""

import pytest

from tests.adapters.contract.beginnings import opened, together, with_cleo_too
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story

EVERY_TUESDAY = "schedule every tuesday at 15:00"


@story("G1")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("every 30th of february at 10:00", "There is no such day ahead"),
        ("yesterday at 10:00", "I could not read that."),
        ("today at 8:00", "That time is over."),
        ("every tuesday", "At what time?"),
        ("every tuesday at 14:00 in Atlantis time", "I do not know that time zone."),
        ("every hour", "A 1-on-1 can be once a day at most."),
        ("FREQ=MINUTELY at 10:00", "A 1-on-1 can be once a day at most."),
        ("whenever the moon is full", "I could not read that."),
        ("x" * 250, "characters; at most 200 fit."),
    ],
)
async def test_words_that_no_schedule_can_follow(stage: Stage, words: str, said: str) -> None:
    await together(stage)
    await stage.ana.says(f"schedule {words}", way=Way.command)
    stage.ana.sees(said, words[:60])
    await opened(stage.ana, "ben")
    stage.ana.sees("No time is set for your 1-on-1 yet.")


@story("G1")
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("First meeting", "someday", "I could not read that date."),
        ("First meeting", "2026-11-20", "That time is over."),
        ("At what time?", "noonish", "I could not read that time of day."),
        ("How long?", "a fortnight", "I could not read how long."),
        ("On the time of which place?", "Atlantis", "I do not know that time zone."),
        ("No more meetings after", "2026-11-23", "The end is before the beginning."),
        ("Rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "There is no such day ahead"),
        ("Rule", "FREQ=WEEKLY;COUNT=3", "This rule holds something"),
        ("Rule", "", "Please write something here."),
    ],
)
async def test_a_form_that_no_schedule_can_follow_keeps_what_was_typed(
    stage: Stage, field: str, value: str, said: str
) -> None:
    await together(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Schedule it")
    await stage.ana.fills("First meeting", "tuesday")
    if field == "Rule":
        await stage.ana.fills("How often?", "By a rule of one's own, below")
    await stage.ana.fills(field, value)
    await stage.ana.submits()
    stage.ana.sees(said)
    assert (stage.ana.entered(field) or "") == value
    await stage.ana.closes()
    await opened(stage.ben, "ana")
    stage.ben.sees("No time is set for your 1-on-1 yet.")


@story("G2")
@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("wednesday 15:10", "You two already meet then"),
        ("2026-11-20 15:00", "That time is over."),
        ("tomorrow 15:00", "It is at that time already."),
        ("2031-01-01 10:00", "more than two years away"),
        ("soon", "I could not read that time."),
    ],
)
async def test_a_move_that_cannot_be_keeps_the_form(stage: Stage, when: str, said: str) -> None:
    await together(stage)
    await stage.ana.says(EVERY_TUESDAY, way=Way.command)
    await stage.ana.says("schedule wednesday at 15:00 for 30 minutes", way=Way.command)
    await stage.ana.says("move @ben", way=Way.command)
    await stage.ana.fills("When?", when)
    await stage.ana.submits()
    stage.ana.sees(said)
    stage.ana.still_has("When?", when)
    await opened(stage.ben, "ana")
    stage.ben.sees("Next: tomorrow, 09:00")


@story("G2")
async def test_nobody_is_in_two_of_their_1_on_1s_at_once(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("schedule @ben every tuesday at 15:00", way=Way.command)
    await stage.ana.says("schedule @cleo tomorrow at 15:15", way=Way.command)
    stage.ana.sees("You already have a 1-on-1 with Ben Okafor then", "tomorrow at 15:15")


@story("G2")
async def test_a_schedule_that_the_other_changed_meanwhile_is_looked_at_first(stage: Stage) -> None:
    await together(stage)
    await stage.ana.says(EVERY_TUESDAY, way=Way.command)
    for one in (stage.ana, stage.ben):
        await one.closes()
        await one.says("schedule", way=Way.command)
        await one.presses("Change")
    await stage.ben.fills("At what time?", "10:00")
    await stage.ana.fills("At what time?", "16:00")
    await stage.ben.submits()
    await stage.ana.submits()
    stage.ana.sees("Ben changed the schedule while you were writing.")
    assert stage.ana.entered("At what time?") == "16:00"
    await stage.ana.submits()
    stage.ana.sees("Every Tuesday at 16:00")
