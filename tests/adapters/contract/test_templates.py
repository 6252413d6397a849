"""Templates that ship: what they say to whom, on the agenda, and for a meeting or every one (F3, F4)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import opened, scheduled, started, together, with_cleo_too
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

WEEKLY = "Weekly check-in"
GOALS = "Goals"
ENERGY = "What gave you energy since last time, and what took some?"
GONE = "This does not exist, or it is not yours to see."


async def listed(one: Actor, handle: str) -> None:
    """One person has the templates before them."""
    await opened(one, handle)
    await one.presses("Templates")


async def looked_at(one: Actor, handle: str, name: str) -> None:
    await listed(one, handle)
    await one.presses("Open", near=name)


def line_of(one: Actor, words: str) -> int:
    return next(number for number, line in enumerate(one.reads.split("\n")) if line.startswith(words))


@story("F3")
async def test_words_open_the_list_with_what_suits_first(stage: Stage, way: Way) -> None:
    await together(stage)
    await stage.ben.says("templates", way=way)
    stage.ben.sees("Templates", WEEKLY, GOALS, "No time is set yet", "Only you can see this page.")
    assert line_of(stage.ben, "Return from leave") < line_of(stage.ben, "Skip-level talk")
    await stage.ben.presses("Next page")
    stage.ben.sees("Mentoring session", "Office hour")
    stage.ben.does_not_see(WEEKLY)
    await stage.ben.presses("Earlier page")
    stage.ben.sees(WEEKLY)


@story("F3")
async def test_a_mentor_is_shown_other_kinds_first(stage: Stage) -> None:
    await started(stage.ana, "cleo", "My mentor")
    await listed(stage.ana, "cleo")
    assert line_of(stage.ana, "Mentoring session") < line_of(stage.ana, "Return from leave")


@story("F3")
async def test_with_several_conversations_the_person_is_named(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ana.says("templates", way=Way.command)
    stage.ana.sees("My conversations", "Ben Okafor", "Cleo Tanaka")
    await stage.ana.closes()
    await stage.ana.says("templates @cleo", way=Way.command)
    stage.ana.sees("Templates", "Open the conversation with Cleo")
    await stage.mia.says("templates", way=Way.command)
    await stage.mia.is_told("You have no 1-on-1 yet.")


@story("F3")
async def test_a_prompt_goes_on_the_agenda_once_and_can_be_taken_back(stage: Stage) -> None:
    await together(stage)
    await looked_at(stage.ben, "ana", WEEKLY)
    stage.ben.sees(WEEKLY, "How you both are", ENERGY, "What matters now")
    await stage.ben.presses("Add", near=ENERGY)
    stage.ben.sees("It is on the agenda. Both of you can see it.", "on the agenda")
    await opened(stage.ana, "ben")
    stage.ana.sees(f"○ {ENERGY}", "Ben · since today")
    await stage.ben.presses("Undo")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see(ENERGY)


@story("F3")
async def test_who_adds_a_prompt_that_is_there_already_adds_nothing(stage: Stage) -> None:
    await together(stage)
    await looked_at(stage.ben, "ana", WEEKLY)
    await looked_at(stage.ana, "ben", WEEKLY)
    for one in (stage.ben, stage.ana):
        await one.presses("Add", near=ENERGY)
        one.sees("It is on the agenda. Both of you can see it.")
    await opened(stage.ana, "ben")
    assert stage.ana.reads.count(ENERGY) == 1


@story("F4")
async def test_a_template_names_the_two_as_its_reader_knows_them(stage: Stage) -> None:
    await together(stage)
    await looked_at(stage.ben, "ana", "First 1-on-1")
    stage.ben.sees("What should Ana know about Ben to work well together?")
    stage.ben.sees("What would make this time worth it half a year from now?")
    await looked_at(stage.ana, "ben", "First 1-on-1")
    stage.ana.sees("What should Ben know about Ana to work well together?")


@story("F4")
async def test_a_template_knows_what_the_two_are_to_each_other(stage: Stage) -> None:
    await started(stage.ana, "cleo", "My mentor")
    await looked_at(stage.ana, "cleo", "First 1-on-1")
    stage.ana.sees("What should this mentoring have changed half a year from now?")
    stage.ana.does_not_see("What would make this time worth it")


@story("F3")
async def test_a_template_for_the_next_meeting_is_seen_by_both_and_gone_with_it(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "today at 10:00")
    await looked_at(stage.ben, "ana", GOALS)
    await stage.ben.presses("For the next meeting")
    stage.ben.sees("“Goals” is chosen for this meeting.", "The next meeting has this template.")
    await opened(stage.ana, "ben")
    stage.ana.sees(GOALS, "template of the next meeting")
    await stage.ana.presses("Open", near=GOALS)
    stage.ana.sees("Looking back", "The next meeting has this template.")
    stage.clock.advance(timedelta(hours=6, minutes=10))
    await stage.delivers()
    await opened(stage.ana, "ben")
    stage.ana.sees(GOALS, "template of this meeting")
    await stage.ana.presses("Wrap up")
    await stage.ana.submits()
    await opened(stage.ben, "ana")
    stage.ben.does_not_see(GOALS)


@story("F3")
async def test_a_template_for_every_meeting_stays_and_one_meeting_can_do_without(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "every tuesday at 14:00")
    await looked_at(stage.ben, "ana", GOALS)
    await stage.ben.presses("For every meeting")
    stage.ben.sees("“Goals” is chosen for every meeting.", "Every meeting has this template.")
    await listed(stage.ana, "ben")
    stage.ana.sees("Next meeting: tomorrow, 20:00", "Every meeting")
    await stage.ana.presses("No template", near="Next meeting")
    stage.ana.sees("This meeting has no template now.", "no template")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see(GOALS, "template of the next meeting")
    await stage.ana.presses("Undo")
    await opened(stage.ben, "ana")
    stage.ben.sees(GOALS, "template of the next meeting")
    await listed(stage.ben, "ana")
    await stage.ben.presses("No template", near="Every meeting")
    stage.ben.sees("Your meetings have no template now")
    await opened(stage.ana, "ben")
    stage.ana.does_not_see(GOALS)


@story("F3")
async def test_preparing_shows_the_template_of_the_next_meeting(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "friday 10:00")
    await looked_at(stage.ben, "ana", GOALS)
    await stage.ben.presses("For the next meeting")
    await stage.ana.says("prepare", way=Way.command)
    stage.ana.sees("Your 1-on-1 with Ben", GOALS, "template of the next meeting")
    await stage.ana.presses("Open", near=GOALS)
    stage.ana.sees("What can be left out so that there is room for it?")


@story("F3")
async def test_a_meeting_keeps_its_template_where_it_moves(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ben, "ana", "first monday of every month at 10:00")
    await looked_at(stage.ben, "ana", GOALS)
    await stage.ben.presses("For the next meeting")
    await stage.ben.closes()
    await stage.ben.says("move @ana friday 10:00", way=Way.command)
    await opened(stage.ana, "ben")
    stage.ana.sees("Next: Friday", GOALS, "template of the next meeting")
