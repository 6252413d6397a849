"""For whom a topic is: its written form, and the one line that says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.audience import Audience, Condition, Side, read_audience
from bot.audience_words import Line, Unclear, Whole, read_line, read_values, written_line, written_values
from bot.model.ids import PersonId, PlaceId
from prompts.library import libraries

WORDS = libraries()["en"].matching

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)
names = st.one_of(
    texts.filter(bool),
    st.sampled_from(
        ["Country", "Cost centre", "Is in", "and", "Team", "a, b", 'say "so"', "a: b", "“x”", "R&D", "= 1"]
    ),
)
conditions = st.builds(Condition, names, st.lists(names, min_size=1, max_size=3, unique=True).map(tuple))


@given(
    st.builds(
        Audience,
        side=st.sampled_from(Side),
        conditions=st.lists(conditions, max_size=4).map(tuple),
        place=st.none() | texts.map(PlaceId),
        team_of=st.none() | texts.map(PersonId),
    )
)
def test_the_written_form_reads_back(audience: Audience) -> None:
    assert read_audience(audience.written()) == audience


@given(st.lists(conditions, min_size=1, max_size=4), names)
def test_a_line_reads_back(said: list[Condition], title: str) -> None:
    line = Line(title, tuple(said))
    assert read_line(written_line(line, WORDS), WORDS) == line


@pytest.mark.parametrize("whole", Whole)
def test_a_whole_audience_reads_back(whole: Whole) -> None:
    line = Line("Mid-year reflection", whole=whole)
    assert read_line(written_line(line, WORDS), WORDS) == line


@given(st.lists(names, min_size=1, max_size=4, unique=True))
def test_values_read_back(values: list[str]) -> None:
    assert list(read_values(written_values(values, WORDS))) == values


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Country = Germany and Department in Sales, Support: Mid-year reflection",
            [("Country", ["Germany"]), ("Department", ["Sales", "Support"])],
        ),
        ("country IS germany: Mid-year reflection", [("country", ["germany"])]),
        ("Department is one of Sales,Support : Mid-year reflection", [("Department", ["Sales", "Support"])]),
        ('City = "Aachen, West", Bonn: Mid-year reflection', [("City", ["Aachen, West", "Bonn"])]),
        ("City = „Halle: Saale“: Mid-year reflection", [("City", ["Halle: Saale"])]),
        ("Department = Research and Development: Mid-year reflection", [("Department", ["Research and Development"])]),
        ("Job title=Sales engineer: Mid-year reflection", [("Job title", ["Sales engineer"])]),
    ],
)
def test_people_write_it_in_many_ways(words: str, said: list[tuple[str, list[str]]]) -> None:
    line = read_line(words, WORDS)
    assert line.title == "Mid-year reflection"
    assert [(each.name, list(each.values)) for each in line.conditions] == said


def test_a_title_may_have_colons() -> None:
    assert read_line("A = b: One: two", WORDS).title == "One: two"


@pytest.mark.parametrize("words", ["", ":", "x", "x: y", "= b: y", "a =: y", "a = , : y", "a = b", "a = b:"])
def test_what_is_unclear_is_said_to_be(words: str) -> None:
    with pytest.raises(Unclear):
        read_line(words, WORDS)


@given(st.text(max_size=60))
def test_any_words_are_either_read_or_unclear(words: str) -> None:
    try:
        line = read_line(words, WORDS)
    except Unclear:
        return
    assert line.title
    assert line.whole or line.conditions


def test_an_audience_of_nothing_is_anybody() -> None:
    assert Audience().is_anybody
    assert not Audience(place=PlaceId("general")).is_anybody
