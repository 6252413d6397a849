"""Settings: one's time zone and messages; for admins, where questions go."""

from tests.adapters.contract.beginnings import jotted, noted, opened, together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story

ZONE = "Your time zone"
HERE = "Send questions to this channel"


async def in_zone(one: Actor, words: str) -> None:
    """Someone asks for another time zone."""
    await one.closes()
    await one.says("settings", way=Way.command)
    await one.fills(ZONE, words)
    await one.submits()


@story("P5")
async def test_words_open_the_settings(stage: Stage, way: Way) -> None:
    await stage.ben.says("settings", way=way)
    stage.ben.sees("Settings", "It is today, 04:00 for you now.", "Only you can see this.")
    assert stage.ben.entered(ZONE) == "America/New_York"
    assert stage.ben.entered("Messages from me") == ["News about the other side"]
    await stage.ben.submits()
    stage.ben.sees("Your settings are saved.")


@story("G5")
async def test_a_city_is_enough_and_times_are_in_its_zone(stage: Stage) -> None:
    await together(stage)
    await noted(stage.ana, "ben", "We agreed", kind="shared")
    await in_zone(stage.ben, "kolkata")
    stage.ben.sees("Your settings are saved.")
    await opened(stage.ben, "ana")
    stage.ben.sees("Last shared note: today, 14:30")
    await stage.restarts()
    await opened(stage.ben, "ana")
    stage.ben.sees("Last shared note: today, 14:30")


@story("G5")
async def test_a_zone_that_nobody_knows_gets_the_nearest_suggested(stage: Stage) -> None:
    await in_zone(stage.ben, "Madridd")
    stage.ben.sees("I do not know that time zone. Did you mean Europe/Madrid?")
    assert stage.ben.entered(ZONE) == "Madridd"
    await stage.ben.fills(ZONE, "New York")
    await stage.ben.submits()
    stage.ben.sees("Your settings are saved.")


@story("A8")
async def test_settings_are_reached_from_home_and_remember_that_news_is_off(stage: Stage) -> None:
    await together(stage)
    await stage.ben.goes_home()
    await stage.ben.presses("Settings")
    await stage.ben.fills("Messages from me", [])
    await stage.ben.submits()
    await stage.ben.goes_home()
    await stage.ben.presses("Settings")
    assert stage.ben.entered("Messages from me") == []


async def asked(one: Actor, words: str) -> None:
    """Someone asks a human being."""
    await one.closes()
    await one.says("ask", way=Way.command)
    await one.fills("Your question", words)
    await one.submits()


@story("P5")
async def test_questions_go_to_the_channel_that_an_admin_chose(stage: Stage) -> None:
    await stage.mia.says("settings", way=Way.command, where="support")
    stage.mia.sees("Questions to a person go to every admin.")
    await stage.mia.presses(HERE)
    stage.mia.sees("Questions go to this channel from now on.", "Questions to a person go to your support channel.")
    await asked(stage.ben, "Who can see my notes?")
    await stage.delivers()
    said = await stage.reads_in("support")
    assert "Ben Okafor has a question" in said
    assert "Who can see my notes?" in said
    assert stage.mia.hears() == []


@story("P5")
async def test_a_question_that_its_channel_cannot_get_goes_to_the_admins(stage: Stage) -> None:
    await stage.mia.says("settings", way=Way.command, where="support")
    await stage.mia.presses(HERE)
    stage.mia.sees("Invite me to it, so that I can write there.")
    await stage.expels_bot("support")
    await asked(stage.ben, "Who can see my notes?")
    await stage.delivers()
    assert "Who can see my notes?" not in await stage.reads_in("support")
    heard = stage.mia.hears()
    assert len(heard) == 1
    assert "Who can see my notes?" in heard[0]


@story("P5")
async def test_an_admin_lets_questions_go_to_the_admins_again(stage: Stage) -> None:
    await stage.mia.says("settings", way=Way.mention, where="support")
    await stage.mia.presses(HERE)
    await stage.mia.presses("Send questions to the admins")
    stage.mia.sees("Questions go to every admin from now on.")
    await asked(stage.ben, "Who can see my notes?")
    await stage.delivers()
    assert "Who can see my notes?" not in await stage.reads_in("support")
    assert "Who can see my notes?" in stage.mia.hears()[0]


@story("P5")
async def test_an_admin_learns_how_to_choose_a_channel(stage: Stage) -> None:
    await stage.mia.says("settings")
    stage.mia.sees("To have them go to a channel, open the settings by typing the command in that channel.")
    assert HERE not in stage.mia.buttons


@story("P5", "N3")
async def test_who_is_no_admin_cannot_choose_where_questions_go(stage: Stage) -> None:
    await stage.ben.says("settings", way=Way.command, where="general")
    stage.ben.does_not_see("Questions to a person")
    assert HERE not in stage.ben.buttons
    assert "Reminders for everybody" not in stage.ben.buttons
    await stage.ben.closes()
    await together(stage)
    await stage.mia.says("settings", way=Way.command, where="support")
    await opened(stage.ben, "ana")
    await stage.ben.presses_as(stage.mia, HERE)
    stage.ben.sees("Only an admin can do this.")
    await stage.mia.presses(HERE)
    await stage.ben.presses_as(stage.mia, "Send questions to the admins")
    stage.ben.sees("Only an admin can do this.")
    await jotted(stage.ben, "Afterwards")
