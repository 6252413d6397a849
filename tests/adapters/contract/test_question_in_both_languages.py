"""A question of the library on the agenda is read by each of the two in their own language (F4)."""

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import opened, scheduled, together
from tests.adapters.contract.hearing import heard
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story
from tests.adapters.contract.test_languages import in_, speaks, verb

SPOKEN = "de"


def _asked(one: Actor) -> str:
    """The first question on the page before them."""
    return next(line for line in one.reads.split("\n") if line.endswith("?"))


async def _asks(stage: Stage) -> tuple[str, str]:
    """Ana, who reads English, puts a question on the agenda; and the same as Ben reads it in German."""
    await together(stage)
    await speaks(stage.ben, SPOKEN)
    await stage.ana.says("prepare", way=Way.command)
    asked = _asked(stage.ana)
    await stage.ana.presses("Add", near=asked)
    await stage.ana.closes()
    await stage.ben.says(verb(SPOKEN, "prepare"), way=Way.command)
    lines = stage.ben.reads.split("\n")
    return asked, next(line for line in lines if line.startswith("○ ")).removeprefix("○ ")


@story("F1", "F4")
async def test_each_of_the_two_reads_a_question_in_their_own_language(stage: Stage) -> None:
    asked, read = await _asks(stage)
    assert read.endswith("?")
    assert read != asked
    await stage.ben.presses(in_(SPOKEN, "views.open"), near=read)
    stage.ben.sees(read)
    stage.ben.does_not_see(asked)
    await opened(stage.ana, "ben")
    stage.ana.sees(f"○ {asked}")
    await stage.ana.presses("Discussed", near=asked)
    stage.ana.sees(f"Discussed: {asked}")
    await opened(stage.ben, "ana")
    await stage.ben.presses(in_(SPOKEN, "history.open"))
    stage.ben.sees(f"✓ {read}")


@story("F4", "C3")
async def test_who_saves_it_unchanged_changes_nothing_for_the_other(stage: Stage) -> None:
    asked, read = await _asks(stage)
    await stage.ben.presses(in_(SPOKEN, "views.open"), near=read)
    await stage.ben.presses(in_(SPOKEN, "views.edit"))
    await stage.ben.submits()
    await opened(stage.ana, "ben")
    stage.ana.sees(f"○ {asked}")


@story("F4")
async def test_what_somebody_reworded_is_theirs_in_every_language(stage: Stage) -> None:
    asked, read = await _asks(stage)
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near=asked)
    await stage.ana.presses("Edit")
    await stage.ana.fills("What do you want to talk about?", "What of the workload?")
    await stage.ana.submits()
    await opened(stage.ben, "ana")
    stage.ben.sees("○ What of the workload?")
    stage.ben.does_not_see(read)


@story("F4", "G4")
async def test_reminders_name_it_in_the_language_of_their_reader(stage: Stage) -> None:
    _, read = await _asks(stage)
    almanac = Almanac(stage)
    await scheduled(stage.ana, "ben", "1 Dec at 15:00")
    await almanac.becomes(1, 13, 50)
    heard(stage.ben, f"○ {read}")
