"""The pair's trend: in a window, and drawn in the chat for whoever asks for it there (E2)."""

from tests.adapters.contract.beginnings import in_settings, opened, together, with_cleo_too
from tests.adapters.contract.checking_in import MOOD, WORKLOAD, checked_in, met
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.story import on_one_platform, story


async def _rated(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana, mood="3", workload="9")
    await checked_in(stage.ben, mood="6")
    await met(stage)
    await checked_in(stage.ana, mood="5", workload="8")
    await checked_in(stage.ben, mood="8")


@story("E2")
async def test_the_trend_is_a_small_chart_of_both_sides(stage: Stage) -> None:
    await _rated(stage)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Trend")
    stage.ben.sees("Trend with Ana", MOOD, "▅\u200a▆  You  6 8", "▃\u200a▄  Ana  3 5", WORKLOAD, "▇\u200a▆  Ana  9 8")
    stage.ben.sees("2 check-ins, 23 Nov to 30 Nov", "Only you and Ana can see this.")
    await stage.ben.presses("Open the conversation with Ana")
    stage.ben.sees("Ben and Ana")


@story("E2")
async def test_words_draw_it_in_the_chat_with_its_numbers(stage: Stage, way: Way) -> None:
    await _rated(stage)
    await stage.ben.closes()
    await stage.ben.says("trend", way=way)
    stage.ben.sees("Trend with Ana", MOOD, "You 23 Nov 6, 30 Nov 8", "Ana 23 Nov 3, 30 Nov 5")
    stage.ben.sees("You  6 8", "Ana  3 5", "Ana  9 8", "2 check-ins, 23 Nov to 30 Nov")
    await stage.ben.presses("Open")
    stage.ben.sees("Only you and Ana can see this.", "▅\u200a▆  You  6 8")


@story("E2")
async def test_what_was_left_out_is_no_number(stage: Stage) -> None:
    await _rated(stage)
    await met(stage)
    await checked_in(stage.ben, mood="9")
    await stage.ben.closes()
    await stage.ben.says("trend", way=Way.command)
    stage.ben.sees("You 23 Nov 6, 30 Nov 8", "You  6 8 9", "Ana  3 5 –", "Ana  9 8 –")
    await stage.ben.presses("Open")
    stage.ben.sees("▃\u200a▄\u200a·  Ana  3 5 –")


@story("E2")
async def test_before_anybody_rated_there_is_a_sentence(stage: Stage) -> None:
    await together(stage)
    await checked_in(stage.ana, highlight="Shipped the search")
    await stage.ana.presses("Trend")
    stage.ana.sees("There are no ratings yet.")
    await stage.ana.closes()
    await stage.ana.says("trend", way=Way.command)
    stage.ana.sees("There are no ratings yet.")
    await stage.mia.says("trend", way=Way.command)
    stage.mia.sees("You have no 1-on-1 yet.")


@story("E2")
async def test_a_stranger_sees_no_trend(stage: Stage) -> None:
    await with_cleo_too(stage)
    await stage.ben.says("check in", way=Way.command)
    await stage.ben.fills(MOOD, "2")
    await stage.ben.submits()
    await stage.cleo.says("ana", way=Way.command)
    await stage.cleo.presses_as(stage.ben, "Trend")
    stage.cleo.sees("This does not exist, or it is not yours to see.")
    await stage.ana.closes()
    await stage.ana.says("trend", way=Way.command)
    stage.ana.sees("My conversations", "Ben Okafor", "Cleo Tanaka")


@on_one_platform
@story("E2")
async def test_in_a_channel_nobody_else_reads_it(stage: Stage) -> None:
    await _rated(stage)
    await stage.ben.closes()
    await stage.ben.says("trend", way=Way.mention, where="general")
    stage.ben.sees("Trend with Ana", "Ana  3 5")
    for other in (stage.cleo, stage.mia):
        other.sees_nowhere("Ana  3 5", "Trend with Ana")
    assert "Trend with Ana" not in await stage.reads_in("general")


@story("E2", "O6")
async def test_in_discreet_mode_the_chat_has_no_number(stage: Stage) -> None:
    await _rated(stage)
    await in_settings(stage.mia, "Reminders for everybody")
    await stage.mia.fills("What may messages show?", ["Counts and a button only"])
    await stage.mia.submits()
    await stage.ben.closes()
    for way in (Way.chat, Way.command):
        await stage.ben.closes()
        await stage.ben.says("trend", way=way)
        stage.ben.sees("Ratings are not shown in the chat in discreet mode.")
        stage.ben.does_not_see("Ana  3 5", "6 8")
    await stage.ben.presses("Open")
    stage.ben.sees("▃\u200a▄  Ana  3 5")
    stage.ben.does_not_see("in the chat to see it drawn")
