"""Topics that an admin assigns from a channel, to the people in it (I7)."""

from datetime import timedelta

from tests.adapters.contract.beginnings import opened
from tests.adapters.contract.hearing import heard, heard_nothing_of
from tests.adapters.contract.reporting import reporting
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

TITLE = "Mid-year reflection"
QUESTION = "What are you proud of since January?"
CONFIRMED = f"Mia assigned “{TITLE}” to 5 conversations"
ENTRY = "Assign as topic"


async def company(stage: Stage) -> None:
    """Five conversations with one of the two in "general": four reports of Ana, who reports to Mia."""
    await reporting(stage, {"ben": "ana", "cleo": "ana", "dan": "ana", "eva": "ana", "ana": "mia"})


async def to_the_channel(mia: Actor) -> None:
    """The form before her is filled in for everybody in the channel, and sent."""
    await mia.fills("For", "Everyone in this channel")
    await mia.fills("Of whom this must hold", "Either of the two")
    await mia.submits()


async def assigned(mia: Actor, stage: Stage) -> None:
    mia.sees("Before it goes out", TITLE, "Reaches 5 conversations.", "now")
    mia.sees("For both where either is in the channel where it was assigned")
    await mia.presses("Assign")
    await stage.delivers()
    await mia.closes()


async def is_there_once(stage: Stage, *, question: str | None = None) -> None:
    """Ben has it with his manager, and the channel has heard of it, each once."""
    await opened(stage.ben, "ana")
    stage.ben.sees(TITLE, "from the people team (Mia)")
    assert stage.ben.reads.count(TITLE) == 1
    if question is not None:
        stage.ben.sees(question)
    assert (await stage.reads_in("general")).count(CONFIRMED) == 1


@story("I7")
async def test_it_is_assigned_where_the_people_are(stage: Stage) -> None:
    await company(stage)
    mia = stage.mia
    await mia.says("assign", way=Way.command, where="general")
    mia.sees("Assign a topic")
    await mia.fills("Title", TITLE)
    await mia.fills("Question", QUESTION)
    await to_the_channel(mia)
    await assigned(mia, stage)
    await is_there_once(stage)


@story("I7")
async def test_one_line_to_the_bot_by_name_is_enough(stage: Stage) -> None:
    await company(stage)
    await stage.mia.says(f"assign this channel: {TITLE}", way=Way.mention, where="general")
    await assigned(stage.mia, stage)
    await is_there_once(stage)


@story("I7")
async def test_a_message_becomes_a_topic_from_its_menu(stage: Stage) -> None:
    await company(stage)
    mia = stage.mia
    await stage.ana.writes(QUESTION, where="general")
    await mia.picks_message(QUESTION, ENTRY, where="general")
    mia.sees("Assign a topic")
    assert mia.entered("Question") == QUESTION
    await mia.fills("Title", TITLE)
    await to_the_channel(mia)
    await assigned(mia, stage)
    await is_there_once(stage)


@story("I7")
async def test_the_channel_hears_of_it_once_however_often_the_clock_looks(stage: Stage) -> None:
    await company(stage)
    await stage.mia.says(f"assign this channel: {TITLE}", way=Way.mention, where="general")
    await assigned(stage.mia, stage)
    await stage.restarts()
    stage.clock.advance(timedelta(days=1))
    await stage.delivers()
    await is_there_once(stage)


@story("I7")
async def test_a_channel_that_takes_no_message_is_told_to_the_admin_once(stage: Stage) -> None:
    await company(stage)
    mia = stage.mia
    await mia.says(f"assign this channel: {TITLE}", way=Way.mention, where="general")
    mia.hears()
    await stage.expels_bot("general")
    await assigned(mia, stage)
    told = heard(mia, "I could not write in the channel")
    assert "/invite" in told
    assert CONFIRMED not in await stage.reads_in("general")
    stage.clock.advance(timedelta(days=1))
    await stage.delivers()
    heard_nothing_of(mia, "I could not write in the channel")
    await opened(stage.ben, "ana")
    stage.ben.sees(TITLE)


@story("I7", "N3")
async def test_who_is_no_admin_is_politely_refused_everywhere(stage: Stage) -> None:
    await company(stage)
    ben, mia = stage.ben, stage.mia
    await ben.says(f"assign this channel: {TITLE}", way=Way.mention, where="general")
    ben.sees("Only an admin can do this.")
    await ben.closes()
    await stage.cleo.writes(QUESTION, where="general")
    await ben.picks_message(QUESTION, ENTRY, where="general")
    ben.sees("Only an admin can do this.")
    await mia.says(f"assign this channel: {TITLE}", way=Way.mention, where="general")
    await opened(ben, "ana")
    await ben.presses_as(mia, "Assign")
    ben.sees("Only an admin can do this.")
    await stage.delivers()
    await opened(ben, "ana")
    ben.does_not_see(TITLE)


@story("I7")
async def test_a_channel_with_too_few_of_our_people_is_refused(stage: Stage) -> None:
    await company(stage)
    mia = stage.mia
    await mia.says(f"assign this channel: {TITLE}", way=Way.mention, where="support")
    mia.sees("5")
    mia.does_not_see("Before it goes out")
    await stage.delivers()
    await opened(stage.ben, "ana")
    stage.ben.does_not_see(TITLE)
