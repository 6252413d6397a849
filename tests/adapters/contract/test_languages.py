"""Each of the two reads and types their own language (F4, D1)."""

from datetime import timedelta

import aiohttp
from icalendar import Calendar

from tests.adapters.contract.almanac import Almanac
from tests.adapters.contract.beginnings import opened, scheduled, together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story
from tests.texts import every_text


def in_(language: str, key: str, **facts: object) -> str:
    """A text as somebody reads it who has this language."""
    return every_text()[language].say(key, facts)


def verb(language: str, name: str) -> str:
    """What somebody types who has this language."""
    return every_text()[language].verbs[name][0]


async def speaks(one: Actor, language: str) -> None:
    """Somebody who reads English chooses another language."""
    await one.closes()
    await one.says("settings", way=Way.command)
    await one.fills("Your language", every_text()[language].name)
    await one.submits()
    await one.closes()


@story("F4")
async def test_a_language_that_is_chosen_holds_at_once(stage: Stage, way: Way) -> None:
    await stage.ben.says("settings", way=way)
    assert stage.ben.entered("Your language") == "English"
    await stage.ben.fills("Your language", "Deutsch")
    await stage.ben.submits()
    stage.ben.sees(in_("de", "settings.saved"))
    await stage.restarts()
    await stage.ben.closes()
    await stage.ben.says("einstellungen", way=way)
    stage.ben.sees("Einstellungen", in_("de", "views.only_you"))
    assert stage.ben.entered(in_("de", "settings.language")) == "Deutsch"
    await stage.ben.fills(in_("de", "settings.language"), "Français")
    await stage.ben.submits()
    stage.ben.sees(in_("fr", "settings.saved"))
    await stage.ben.closes()
    await stage.ben.says("settings", way=way)
    await stage.ben.fills(in_("fr", "settings.language"), "English")
    await stage.ben.submits()
    stage.ben.sees("Your settings are saved.")


@story("F4")
async def test_home_changes_its_language_with_the_settings(stage: Stage) -> None:
    await together(stage)
    await stage.ben.goes_home()
    await stage.ben.presses("Settings")
    await stage.ben.fills("Your language", "Español")
    await stage.ben.submits()
    await stage.ben.goes_home()
    assert in_("es", "settings.open") in stage.ben.buttons
    assert "Settings" not in stage.ben.buttons


@story("F4", "D1", "G1", "G9")
async def test_two_who_read_other_languages_go_through_a_whole_meeting(stage: Stage, way: Way) -> None:
    await together(stage)
    await speaks(stage.ana, "de")
    await speaks(stage.ben, "es")
    await stage.ana.says(f"{verb('de', 'schedule')} @ben jeden zweiten Dienstag um 14 Uhr für 30 Minuten", way=way)
    stage.ana.sees("14:00", "Dienstag")
    await stage.ana.closes()
    await stage.ben.says(f"{verb('es', 'add')} Presupuesto del curso", way=way)
    await stage.ben.closes()
    await stage.ben.says(f"{verb('es', 'meet')} @ana", way=way)
    await opened(stage.ana, "ben")
    stage.ana.sees("Presupuesto del curso", in_("de", "meetings.now", since="heute, 10:00"))
    await stage.ben.closes()
    await stage.ben.says(verb("es", "wrap_up"), way=way)
    await stage.ben.fills(in_("es", "meetings.discussed"), ["Presupuesto del curso"])
    await stage.ben.fills(in_("es", "meetings.promise", number=1), "Enviar el borrador")
    await stage.ben.fills(in_("es", "action_items.due_label"), "el viernes")
    await stage.ben.submits()
    stage.ben.sees("Enviar el borrador", "viernes")
    await opened(stage.ana, "ben")
    stage.ana.sees("Enviar el borrador", "Freitag")
    stage.ana.does_not_see("Friday", "viernes")


@story("F4", "G5")
async def test_what_the_bot_writes_by_itself_is_in_the_language_of_who_reads_it(stage: Stage) -> None:
    await together(stage)
    await speaks(stage.ben, "fr")
    stage.ben.hears()
    await Almanac(stage).becomes(23, 15, month=11)
    await stage.ana.says("schedule @ben every tuesday at 16:00", way=Way.command)
    await stage.ana.closes()
    stage.clock.advance(timedelta(minutes=15))
    await stage.delivers()
    heard = "\n".join(stage.ben.hears())
    assert "Ana" in heard
    assert "mardi" in heard
    assert "Tuesday" not in heard


@story("F4", "D1")
async def test_english_is_understood_from_everybody_and_no_is_said_in_their_language(stage: Stage) -> None:
    await together(stage)
    await speaks(stage.ana, "de")
    await stage.ana.says("action @ben", way=Way.command)
    await stage.ana.fills(in_("de", "action_items.text"), "Folien")
    await stage.ana.fills(in_("de", "action_items.due_label"), "irgendwann")
    await stage.ana.submits()
    stage.ana.sees(in_("de", "refused.unknown_date"))
    stage.ana.still_has(in_("de", "action_items.text"), "Folien")
    await stage.ana.fills(in_("de", "action_items.due_label"), "friday")
    await stage.ana.submits()
    stage.ana.sees("Folien", "Freitag")


@story("F4")
async def test_words_that_nobody_understands_are_answered_in_the_reader_s_language(stage: Stage, way: Way) -> None:
    await speaks(stage.ben, "de")
    await stage.ben.says("einstelungen bitte", way=way)
    stage.ben.sees(in_("de", "refused.unknown_words", nearest="einstellungen"))
    await stage.ben.says("settigns", way=way)
    stage.ben.sees(in_("de", "refused.unknown_words", nearest="settings"))


@story("F4", "N1")
async def test_an_admin_chooses_the_language_of_everybody_else(stage: Stage) -> None:
    await stage.mia.says("settings", way=Way.command)
    await stage.mia.presses("Reminders for everybody")
    assert stage.mia.entered("Language for everybody else") == "English"
    await stage.mia.fills("Language for everybody else", "Deutsch")
    await stage.mia.submits()
    await stage.mia.is_told("Saved for everybody.")
    await stage.mia.says("settings", way=Way.command)
    stage.mia.sees("Your language")


@story("F4", "G8")
async def test_a_calendar_speaks_the_language_of_whose_it_is(stage: Stage) -> None:
    await together(stage)
    await scheduled(stage.ana, "ben", "every tuesday at 15:00")
    await stage.ben.says("calendar", way=Way.command)
    await stage.ben.presses("Make my calendar link")
    address = stage.ben.address_of("Open it")
    await speaks(stage.ben, "fr")
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        events = Calendar.from_ical(await answer.read()).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in events} == {in_("fr", "calendar.with", name="Ana")}
