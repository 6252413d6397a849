"""In which language somebody reads, and that they type in it or in English."""

from dataclasses import replace

import pytest

from bot.views import ChoiceField, Form, Notice
from tests.bot.desk import Actor, Desk, paired, profile


async def _told(desk: Desk, name: str, language: str) -> None:
    """The directory says which language somebody has."""
    await desk.engine.learn(desk.actors[name].account, replace(profile(name), language=language))


async def _chooses(one: Actor, language: str) -> None:
    await one.says("settings")
    await one.submits(language=language)


def _offered(one: Actor) -> dict[str, str]:
    assert isinstance(one.view, Form)
    field = next(field for field in one.view.fields if field.name == "language")
    assert isinstance(field, ChoiceField)
    return {option.value: option.label for option in field.options}


async def test_settings_offer_every_language_as_its_speakers_call_it(desk: Desk) -> None:
    await desk.ana.says("settings")
    assert _offered(desk.ana) == {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français"}


async def test_what_is_chosen_holds_at_once_and_the_directory_leaves_it_alone(desk: Desk) -> None:
    await _chooses(desk.ana, "es")
    assert desk.ana.view == Notice(text="Tus ajustes se han guardado.")
    assert desk.ana.view.language == "es"
    assert desk.engine.voice_for(desk.ana.account).library.language == "es"
    await _told(desk, "ana", "de")
    await desk.ana.says("ajustes")
    assert desk.ana.reads.startswith("Ajustes")
    await desk.ben.says("home")
    assert "Einstellungen" not in desk.ben.reads


async def test_settings_that_are_saved_unchanged_choose_no_language(desk: Desk) -> None:
    await desk.ana.says("settings")
    await desk.ana.submits()
    await _told(desk, "ana", "de")
    await desk.ana.says("settings")
    assert desk.ana.reads.startswith("Einstellungen")


async def test_the_directory_s_language_is_spoken(desk: Desk) -> None:
    await _told(desk, "ana", "fr")
    await desk.ana.says("settings")
    assert desk.ana.reads.startswith("Paramètres")


@pytest.mark.parametrize("language", ["pt", ""])
async def test_who_has_no_language_that_ships_reads_that_of_the_organization(desk: Desk, language: str) -> None:
    newcomer = replace(desk.cleo.account, external_id="U0NEW")
    await desk.engine.learn(newcomer, replace(profile("cleo"), external_id="U0NEW", email=None, language=language))
    new = Actor(desk, newcomer)
    await new.says("settings")
    assert new.reads.startswith("Settings")
    await desk.mia.says("settings")
    await desk.mia.presses("Reminders for everybody")
    await desk.mia.submits(language="de")
    await new.says("settings")
    assert new.reads.startswith("Einstellungen")
    await desk.ana.says("settings")
    assert desk.ana.reads.startswith("Settings")


async def test_a_language_that_does_not_ship_is_refused(desk: Desk) -> None:
    await _chooses(desk.ana, "xx")
    assert isinstance(desk.ana.view, Form)
    assert dict(desk.ana.view.errors) == {"language": "Please choose one."}
    await desk.mia.says("settings")
    await desk.mia.presses("Reminders for everybody")
    await desk.mia.submits(language="xx")
    assert isinstance(desk.mia.view, Form)
    assert "language" in desk.mia.view.errors


async def test_where_one_language_ships_there_is_nothing_to_choose(desk: Desk) -> None:
    desk.engine = replace(desk.engine, libraries={"en": desk.engine.libraries["en"]})
    await desk.ana.says("settings")
    assert isinstance(desk.ana.view, Form)
    assert "language" not in [field.name for field in desk.ana.view.fields]
    await desk.ana.submits()
    assert desk.ana.reads == "Your settings are saved."


@pytest.mark.parametrize("words", ["einstellungen", "Einstellungen", "settings", "paramètres", "parametres", "ajustes"])
async def test_verbs_are_understood_in_every_language(desk: Desk, words: str) -> None:
    """The reader's come first; what Teams offers to type is in the language of Teams."""
    await _told(desk, "ana", "de")
    await desk.ana.says(words)
    assert desk.ana.reads.startswith("Einstellungen")


async def test_what_is_nearly_a_verb_gets_the_nearest_of_its_language(desk: Desk) -> None:
    await _told(desk, "ana", "de")
    await desk.ana.says("Einstelungen")
    assert "„Einstellungen“" in desk.ana.reads or "„einstellungen“" in desk.ana.reads
    await desk.ana.says("settigns")
    assert "„settings“" in desk.ana.reads
    await desk.ana.says("qqqq")
    assert "„Hilfe“" in desk.ana.reads or "„hilfe“" in desk.ana.reads


@pytest.mark.parametrize("words", ["Freitag", "friday", "27.11.", "27 nov", "nächsten Freitag", "2026-11-27"])
async def test_dates_are_understood_in_the_reader_s_language_and_in_english(desk: Desk, words: str) -> None:
    await paired(desk)
    await _told(desk, "ana", "de")
    await desk.ana.says("zusage @ben")
    await desk.ana.submits(text="Folien", due=words)
    assert not isinstance(desk.ana.view, Form), desk.ana.reads
    assert "Folien" in desk.ana.reads


async def test_rhythms_are_understood_in_both_and_refused_in_the_reader_s(desk: Desk) -> None:
    await paired(desk)
    await _told(desk, "ana", "de")
    for words in ("@ben jeden zweiten Dienstag um 14 Uhr", "@ben every other tuesday at 14:00"):
        await desk.ana.says(f"planen {words}")
        assert "14:00" in desk.ana.reads
        assert "Dienstag" in desk.ana.reads
    await desk.ana.says("planen @ben every 20 minutes")
    assert "höchstens" in desk.ana.reads
    await desk.ana.says("planen @ben wann es passt")
    assert "nicht" in desk.ana.reads


async def test_a_topic_is_assigned_in_the_words_of_either_language(desk: Desk) -> None:
    await _told(desk, "mia", "de")
    await desk.mia.says("zuweisen mein Team: Ziele")
    german = desk.mia.reads
    await desk.mia.says("zuweisen team: Ziele")
    assert desk.mia.reads == german.replace("mein Team:", "team:")
