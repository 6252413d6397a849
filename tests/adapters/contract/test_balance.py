"""Balance: how long ago the two talked about growth, goals, wellbeing, feedback and recognition (F2)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import added, jotted, opened, together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story


def _balance(one: Actor) -> str:
    """The line on the page before them."""
    return next(line for line in one.reads.split("\n") if line.startswith("Balance: "))


async def _talk(stage: Stage, *about: str) -> None:
    """Ana and Ben meet and talk about these."""
    await jotted(stage.ana, *about)
    await stage.ana.closes()
    await stage.ana.says("meet", way=Way.command)
    await stage.ana.presses("Wrap up")
    if about:
        await stage.ana.fills("What did you talk about?", list(about))
    await stage.ana.submits()
    await stage.ana.closes()


@story("F2")
async def test_before_they_have_met_there_is_nothing_to_balance(stage: Stage) -> None:
    await together(stage)
    await jotted(stage.ana, "Promotion case")
    await opened(stage.ben, "ana")
    stage.ben.does_not_see("Balance")


@story("F2")
async def test_the_neglected_come_first(stage: Stage) -> None:
    await together(stage)
    await _talk(stage, "Goals for the quarter")
    stage.clock.advance(timedelta(weeks=8))
    await _talk(stage, "Feedback on the talk", "The new office")
    stage.clock.advance(timedelta(weeks=1))
    await _talk(stage, "Thanks to the team")
    await opened(stage.ben, "ana")
    said = "growth and wellbeing not yet · goals 9 weeks ago · feedback 1 week ago · recognition lately"
    assert _balance(stage.ben) == f"Balance: {said}"
    await stage.ben.presses("Prepare")
    assert _balance(stage.ben) == f"Balance: {said}"


@story("F2")
async def test_only_what_one_may_know_is_in_the_balance(stage: Stage) -> None:
    await together(stage)
    await _talk(stage)
    await added(stage.ana, "ben", "My promotion", visibility="Only you")
    await stage.ana.presses("Open", near="My promotion")
    await stage.ana.presses("Discussed")
    await opened(stage.ana, "ben")
    assert "growth lately" in _balance(stage.ana)
    await opened(stage.ben, "ana")
    assert "growth, goals, wellbeing, feedback and recognition not yet" in _balance(stage.ben)


@story("F2")
async def test_a_question_counts_for_its_theme_whatever_its_words_are(stage: Stage) -> None:
    await together(stage)
    await _talk(stage)
    await stage.ana.says("prepare", way=Way.command)
    asked, about = _asked(stage.ana)
    await stage.ana.presses("Add", near=asked)
    await opened(stage.ana, "ben")
    assert f"{about} lately" not in _balance(stage.ana)
    await stage.ana.presses("Discussed", near=asked)
    assert f"{about} lately" in _balance(stage.ana)


def _asked(one: Actor) -> tuple[str, str]:
    """A question on the page before them that is about one of the balanced themes, and the theme."""
    lines = one.reads.split("\n")
    for reason in (line for line in lines if line.endswith(" yet") and line.startswith("because ")):
        theme = reason.split()[-2]
        if theme in ("growth", "goals", "wellbeing", "feedback"):
            before = lines[: lines.index(reason)]
            return next(line for line in reversed(before) if line.endswith("?")), theme
    raise AssertionError(one.reads)
