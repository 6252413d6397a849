"""Where bars and the chart of a year are drawn."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.web.report_drawn import Bar, Month, Trend, bar, year
from bot.disclosure import Band, Figure, Kept
from prompts import Library
from tests.bot.usage_weeks import HIGH, LAST, LOW, MIDDLE, TOP

NAMED = Library("en").day
FIGURES: st.SearchStrategy[Figure | None] = st.sampled_from([None, *Kept, LOW, MIDDLE, HIGH, TOP, Band(33, 67)])


def trend(figures: Sequence[Figure | None], *, last: date = LAST) -> Trend:
    """One that ends with this week."""
    return [(last - timedelta(weeks=len(figures) - 1 - place), figure) for place, figure in enumerate(figures)]


def test_a_band_is_drawn_from_end_to_end() -> None:
    assert bar(Band(60, 65)) == Bar(60, 5)
    assert bar(TOP) == Bar(80, 20)
    assert [drawn.ends for drawn in (Bar(60, 5), Bar(80, 20), Bar(0, 20))] == [(60, 65), (80,), (20,)]
    assert {bar(kept) for kept in (*Kept, None)} == {None}


def test_weeks_with_the_same_share_are_one_stretch() -> None:
    drawn = year(trend([LOW, LOW, HIGH, HIGH]), NAMED)
    assert [(each.x, each.width, each.band) for each in drawn.stretches] == [
        (0, 50, Bar(80, 20)),
        (50, 50, Bar(20, 20)),
    ]


def test_a_gap_is_no_band() -> None:
    assert [each.band for each in year(trend([LOW, None, HIGH]), NAMED).stretches] == [Bar(80, 20), Bar(20, 20)]
    assert [each.band for each in year(trend([LOW, Kept.slack, HIGH]), NAMED).stretches][1] is None


def test_nothing_is_drawn_of_what_was_not_counted() -> None:
    assert year(trend([None] * 53), NAMED).stretches == ()


def test_months_are_named_below_their_first_week_and_january_by_its_year() -> None:
    months = year(trend([LOW] * 53), NAMED).months
    names = [month.name for month in months]
    assert names == ["Dec", "2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    assert months[1] == Month(round(6 * 100 / 53, 3), "2026")


@given(st.lists(FIGURES, min_size=1, max_size=53), st.integers(0, 400))
def test_all_of_it_is_within_the_chart_and_nothing_lies_over_another(figures: list[Figure | None], later: int) -> None:
    drawn = year(trend(figures, last=LAST + timedelta(weeks=later)), NAMED)
    edge = 0.0
    for each in drawn.stretches:
        assert each.x >= edge - 0.01
        assert each.figure is not None
        edge = each.end
    assert edge <= 100.01
    weeks = round(sum(each.width for each in drawn.stretches) * len(figures) / 100)
    assert weeks == sum(figure is not None for figure in figures)
    assert all(0 < end < 100 for each in drawn.stretches if each.band for end in each.band.ends)
    places = [month.x for month in drawn.months]
    assert places == sorted(places)
