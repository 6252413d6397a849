"""What the two have talked about is recognized in the languages of both, and in English (F2)."""

from dataclasses import replace

import pytest

from tests.bot.desk import Desk, profile


async def _balance(desk: Desk, about: str) -> str:
    """The line on Ana's page after they have met and talked about this."""
    await desk.ana.says(f"add @ben {about}")
    await desk.ana.says("meet")
    await desk.ana.presses("Discussed", near=about)
    lines = desk.ana.reads.split("\n")
    return next(line for line in lines if line.startswith("Balance: "))


@pytest.mark.parametrize(("about", "theme"), [("Beförderung", "growth"), ("Promotion", "growth"), ("Ziele", "goals")])
async def test_words_of_either_language_tell_of_a_theme(pair: Desk, about: str, theme: str) -> None:
    await pair.engine.learn(pair.ben.account, replace(profile("ben"), language="de"))
    assert f"{theme} lately" in await _balance(pair, about)


async def test_words_of_a_language_of_neither_tell_nothing(pair: Desk) -> None:
    assert "lately" not in await _balance(pair, "Beförderung")


async def test_english_is_understood_whatever_the_two_speak(pair: Desk) -> None:
    for name in ("ana", "ben"):
        await pair.engine.learn(pair.actors[name].account, replace(profile(name), language="de"))
    await pair.ana.says("add @ben Promotion case")
    await pair.ana.says("meet")
    await pair.ana.presses("Besprochen", near="Promotion case")
    assert "Entwicklung kürzlich" in pair.ana.reads
