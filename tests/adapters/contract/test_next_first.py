"""The next meeting comes first, on Home and among my conversations (A3)."""

from tests.adapters.contract.beginnings import jotted, opened, scheduled, started, with_cleo_too, with_schedule
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story


def _in_order(one: Actor, *names: str) -> bool:
    """Whether these stand one below the other."""
    places = [one.reads.index(name) for name in names]
    return places == sorted(places)


@story("A3")
async def test_my_conversations_begin_with_the_next_meeting(stage: Stage, way: Way) -> None:
    await with_cleo_too(stage)
    await scheduled(stage.ana, "ben", "every thursday at 15:00")
    await scheduled(stage.ana, "cleo", "friday 10:00")
    await started(stage.ana, "mia", "A colleague")
    await stage.ana.closes()
    await stage.ana.says("conversations", way=way)
    assert _in_order(stage.ana, "Ben Okafor", "Cleo Tanaka", "Mia Brandt")
    stage.ana.sees("your report · next Thursday, 15:00", "colleague · next Friday, 10:00", "last change today")
    await stage.ana.presses("Sort by last change")
    assert _in_order(stage.ana, "Mia Brandt", "Cleo Tanaka", "Ben Okafor")
    await stage.ana.presses("Next meeting first")
    await with_schedule(stage.ana, "ben")
    await stage.ana.presses("Pause")
    await stage.ana.closes()
    await stage.ana.says("conversations", way=way)
    assert _in_order(stage.ana, "Cleo Tanaka", "Ben Okafor")


@story("A3")
async def test_home_begins_with_the_next_meetings_and_what_there_is_to_talk_about(stage: Stage) -> None:
    await with_cleo_too(stage)
    await jotted(stage.ben, "Promotion case")
    await scheduled(stage.ana, "ben", "every thursday at 15:00")
    await stage.ana.goes_home()
    assert _in_order(stage.ana, "Next", "Ben Okafor", "My conversations", "Cleo Tanaka")
    stage.ana.sees("your report · Thursday, 15:00 · 1 to talk about")
    await stage.ana.presses("Open", near="Ben Okafor")
    stage.ana.sees("Ana and Ben", "Next: Thursday, 15:00")
    await opened(stage.ben, "ana")
    await stage.ben.goes_home()
    stage.ben.sees("your manager · Thursday, 09:00 · 1 to talk about")
