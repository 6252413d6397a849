"""Typed words that cannot be followed come back with the reason: nothing that was typed is lost."""

import pytest

from bot.views import Notice
from tests.bot.desk import Desk


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("add <@U0CLEO> How we share the work in spring", "You have no 1-on-1 with Cleo yet."),
        ("action send the draft by friday", "I know nobody called “send the draft by friday” here."),
        ("ad How we share the work in spring", "Did you mean “add”?"),
        (f"add {'x' * 3001}", "That is 3001 characters; at most 3000 fit."),
    ],
)
async def test_refused_words_come_back(pair: Desk, words: str, reason: str) -> None:
    view = await pair.ana.says(words)
    assert isinstance(view, Notice)
    assert reason in view.text
    typed = words.replace("<@U0CLEO>", "@Cleo Tanaka")  # as it looked where it was typed
    assert f"You typed: {typed}" in view.text


async def test_a_single_word_is_not_worth_giving_back(pair: Desk) -> None:
    await pair.cleo.says("meet")
    assert "You typed" not in pair.cleo.reads
