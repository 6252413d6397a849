"""The trend: what is drawn, and for whom."""

from dataclasses import replace

from bot.bars import bars, numbers, whole
from bot.features.check_in_said import OpenTrend
from bot.features.check_in_trend import ShowTrend
from bot.views import Card, Chart, Drawn, Line, Notice, Page
from tests.bot.desk import Desk
from tests.bot.test_agenda import ours
from tests.bot.test_check_in import checks_in, met


def charts(view: object) -> list[Chart]:
    assert isinstance(view, Page | Card), view
    return [part for part in view.body if isinstance(part, Chart)]


async def rated(desk: Desk) -> None:
    """Three rounds; Ben leaves his workload out once, and the second round altogether."""
    await checks_in(desk.ana, mood="3", workload="9")
    await checks_in(desk.ben, mood="6")
    await met(desk)
    desk.clock.advance(days=7)
    await checks_in(desk.ana, mood="5", workload="8")
    await met(desk)
    desk.clock.advance(days=7)
    await checks_in(desk.ana, mood="7")
    await checks_in(desk.ben, mood="8", workload="4")


async def test_the_trend_has_both_sides_of_each_question(pair: Desk) -> None:
    await rated(pair)
    await pair.ben.says("ana")
    mood, workload = charts(await pair.ben.presses("Trend"))
    days = ("23 Nov", "30 Nov", "7 Dec")
    assert mood == Chart("How are you?", days, (Line("You", (6, None, 8)), Line("Ana", (3, 5, 7))), top=10)
    assert workload.lines == (Line("You", (None, None, 4)), Line("Ana", (9, 8, None)))
    assert "3 check-ins, 23 Nov to 7 Dec" in pair.ben.reads


async def test_only_the_last_twelve_are_shown(pair: Desk) -> None:
    for number in range(14):
        await checks_in(pair.ana, mood=str(number % 10 + 1))
        await met(pair)
        pair.clock.advance(days=7)
    (mood,) = charts(await pair.ana.says("trend"))
    assert mood.lines == (Line("You", (3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4)),)


async def test_words_draw_it_in_the_chat_and_a_stranger_gets_nothing(pair: Desk) -> None:
    await rated(pair)
    view = await pair.ana.says("trend ben")
    assert isinstance(view, Card)
    assert len(charts(view)) == 2
    assert view.summary == "OneOnOne"
    for action in (ShowTrend(await ours(pair)), OpenTrend(await ours(pair))):
        assert isinstance(await pair.cleo.does(action), Notice)
        assert "not yours to see" in pair.cleo.reads


async def test_in_discreet_mode_no_number_is_in_the_chat(pair: Desk) -> None:
    await rated(pair)
    async with pair.store.write(pair.ana.account.organization) as tx:
        person = await tx.people.get(await pair.person("ana"))
        assert person is not None
        await tx.people.save(replace(person, discreet=True))
    view = await pair.ana.says("trend ben")
    assert charts(view) == []
    assert not {"3", "5", "7"} & set(pair.ana.reads.split())
    assert len(charts(await pair.ana.presses("Open"))) == 2
    assert "Type “trend”" not in pair.ana.reads


async def test_without_a_rating_there_is_a_sentence(pair: Desk) -> None:
    await checks_in(pair.ana, highlight="Shipped search")
    await pair.ana.says("trend")
    assert "There are no ratings yet." in pair.ana.reads
    await pair.ana.presses("Open")
    assert "There are no ratings yet." in pair.ana.reads


def test_bars_say_the_numbers_and_where_there_is_none() -> None:
    chart = Chart("How are you?", ("a", "b", "c"), (Line("You", (1, None, 10)), Line("Ana", (5, 6, None))), top=10)
    assert bars(chart) == ("▁\u200a·\u200a█  You  1 – 10", "▄\u200a▅\u200a·  Ana  5 6 –")
    assert numbers(chart) == ("You  1 – 10", "Ana  5 6 –")


def test_what_is_drawn_has_no_gap_and_as_many_points_as_can_be() -> None:
    both = Chart("", ("a", "b", "c"), (Line("You", (1, None, 10)), Line("Ana", (5, 6, 7))), top=10)
    drawn = whole(both)
    assert drawn is not None
    assert (drawn.labels, drawn.lines) == (("a", "c"), (("You", (1, 10)), ("Ana", (5, 7))))
    alone = replace(both, lines=(Line("You", (None, None, 10)), Line("Ana", (5, 6, 7))))
    drawn = whole(alone)
    assert drawn is not None
    assert (drawn.labels, drawn.lines) == (("a", "b", "c"), (("Ana", (5, 6, 7)),))


def test_one_point_is_nothing_to_draw() -> None:
    assert whole(Chart("", ("a", "b"), (Line("You", (1, None)), Line("Ana", (None, 7))), top=10)) is None
    assert whole(Chart("", (), (), top=10)) is None


def test_bars_are_told_label_by_label_under_the_names_of_their_numbers() -> None:
    lines = (Line("at least", (0, None, 60)), Line("at most", (20, None, 80)))
    chart = Chart("Active", ("Sales", "Legal", "IT"), lines, top=100, drawn=Drawn.bars)
    assert numbers(chart) == ("at least · at most", "Sales  0 20", "Legal  – –", "IT  60 80")
    assert bars(chart) == (
        "at least · at most",
        "▁\u200a▂  Sales  0 20",
        "·\u200a·  Legal  – –",
        "▅\u200a▇  IT  60 80",
    )
    drawn = whole(chart)
    assert drawn is not None
    assert drawn.labels == ("Sales", "IT")
