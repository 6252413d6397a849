"""Help, and a person to ask (P5)."""

from prompts.library import Library
from tests.adapters.contract.beginnings import together
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import story


@story("P5")
async def test_help_lists_every_verb_and_says_who_reads_what(stage: Stage, way: Way) -> None:
    await stage.ben.says("help", way=way)
    for ways in Library("en").verbs.values():
        assert [line for line in stage.ben.reads.splitlines() if line.startswith(ways[0])], ways[0]
    stage.ben.sees("Only the two of you read what you write", "whoever holds both the database and its key")


@story("P5")
async def test_home_leads_to_help_and_help_to_a_person(stage: Stage) -> None:
    await together(stage)
    await stage.ben.goes_home()
    await stage.ben.presses("Help")
    stage.ben.sees("What you can type")
    await stage.ben.presses("Ask a person")
    stage.ben.sees("The people who answer questions in your organization will see your name and this text.")
    await stage.ben.fills("Your question", "Can I export my notes?")
    await stage.ben.submits()
    await stage.ben.is_told("Your question is on its way.")
    await stage.delivers()
    heard = stage.mia.hears()
    assert len(heard) == 1
    assert "Ben Okafor has a question" in heard[0]
    assert "Can I export my notes?" in heard[0]
    assert "Please answer Ben directly." in heard[0]


@story("P5")
async def test_words_open_the_form_for_a_question(stage: Stage, way: Way) -> None:
    await stage.ben.says("ask", way=way)
    await stage.ben.fills("Your question", "Can I export my notes?")
    await stage.ben.submits()
    stage.ben.sees("Your question is on its way.")


@story("P5")
async def test_the_bot_answers_in_a_channel_to_the_one_who_mentioned_it_alone(stage: Stage) -> None:
    await together(stage)
    await stage.ben.says("home", way=Way.mention, where="general")
    stage.ben.sees("Your 1-on-1s", "Ana Ruiz", "nothing planned")
    assert "nothing on the agenda" not in await stage.reads_in("general")
    stage.cleo.sees_nowhere("nothing on the agenda")
