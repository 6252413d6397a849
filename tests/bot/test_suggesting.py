"""What is worth asking before a meeting: the neglected first, and nothing again within six meetings."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suggesting import Past, Reader, Suggestion, suggest
from prompts.library import Library, libraries
from prompts.questions import RELATIONSHIPS, Asker, Depth, Question, Theme

ENGLISH = Library("en").questions
EVERYWHERE = [library.questions for library in libraries().values()]
TODAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
MEETINGS = 60
MEMORY = 6
NEVER: Sequence[frozenset[Theme]] = (frozenset(),)
MANAGER = Reader(asker=Asker.manager, relationship="manager")
REPORT = Reader(asker=Asker.report, relationship="manager")
COLLEAGUE = Reader(asker=Asker.either, relationship="colleague")
READERS = [
    COLLEAGUE,
    *(
        Reader(asker=asker, relationship=relationship)
        for relationship in ("manager", "mentor", "skip_level")
        for asker in (Asker.manager, Asker.report)
    ),
]

pasts = st.builds(
    Past,
    talked=st.dictionaries(st.sampled_from(Theme), st.dates(TODAY - 40 * WEEK, TODAY)),
    since=st.dates(TODAY - 60 * WEEK, TODAY),
    used=st.frozensets(st.sampled_from([question.number for question in ENGLISH.all]), max_size=39),
    round=st.integers(0, 500),
    shown=st.dictionaries(st.sampled_from(Theme), st.integers(0, 500)),
)
before = st.dictionaries(st.sampled_from(Theme), st.dates(TODAY - 40 * WEEK, TODAY - WEEK))
readers = st.sampled_from(READERS)
relationships = st.sampled_from(sorted(RELATIONSHIPS))
talks = st.lists(st.frozensets(st.sampled_from(Theme), max_size=8), min_size=1, max_size=12)


@dataclass(frozen=True)
class Meeting:
    """What was suggested before it to each of the two, and what had been suggested in the six before."""

    before: frozenset[int]
    first: tuple[Suggestion, ...]
    second: tuple[Suggestion, ...]


def _past(talked: Mapping[Theme, date] | None = None, *, number: int = 0, weeks: int = 52) -> Past:
    return Past(talked=talked or {}, since=TODAY - weeks * WEEK, used=frozenset(), round=number)


def _seats(relationship: str) -> tuple[Reader, Reader]:
    if relationship == "colleague":
        return COLLEAGUE, COLLEAGUE
    first, second = (Reader(asker=asker, relationship=relationship) for asker in (Asker.report, Asker.manager))
    return first, second


def _lives(
    relationship: str,
    talked: Sequence[frozenset[Theme]],
    *,
    every: int = 1,
    before: Mapping[Theme, date] | None = None,
) -> Iterator[Meeting]:
    """A pair that meets every so many weeks and talks about these themes, over and over."""
    first, second = _seats(relationship)
    memory: deque[Meeting] = deque(maxlen=MEMORY)
    past = _past(before)
    for number, themes in enumerate(islice(cycle(talked), MEETINGS)):
        today = TODAY + number * every * WEEK
        used = frozenset[int]().union(*(_numbers(each.first + each.second) for each in memory))
        past = replace(past, used=used, round=number)
        one = suggest(ENGLISH, first, replace(past, shown=_seen([each.first for each in memory], number)), today=today)
        seen = _seen([each.second for each in memory], number)
        other = suggest(ENGLISH, second, replace(past, used=used | _numbers(one), shown=seen), today=today)
        memory.append(Meeting(used, one, other))
        yield memory[-1]
        past = replace(past, talked={**past.talked, **dict.fromkeys(themes, today)})


def _seen(shown: Sequence[Sequence[Suggestion]], number: int) -> Mapping[Theme, int]:
    """At which meeting each theme was shown last, of those before this number."""
    rounds = enumerate(shown, start=number - len(shown))
    return {theme: round_ for round_, suggestions in rounds for theme in _themes(suggestions)}


def _numbers(suggestions: Sequence[Suggestion]) -> frozenset[int]:
    return frozenset(suggestion.question.number for suggestion in suggestions)


def _themes(suggestions: Sequence[Suggestion]) -> list[Theme]:
    return [suggestion.question.theme for suggestion in suggestions]


@given(relationship=relationships, talked=talks, every=st.sampled_from([1, 2, 4]))
def test_nothing_returns_within_six_meetings_and_there_is_always_enough(
    relationship: str, talked: Sequence[frozenset[Theme]], every: int
) -> None:
    for meeting in _lives(relationship, talked, every=every):
        numbers = _numbers(meeting.first + meeting.second)
        assert (len(meeting.first), len(meeting.second), len(numbers)) == (3, 3, 6)
        assert not numbers & meeting.before


@pytest.mark.parametrize("relationship", sorted(RELATIONSHIPS))
def test_every_theme_comes_round_within_eight_meetings_for_those_who_never_talk(relationship: str) -> None:
    meetings = list(_lives(relationship, NEVER))
    for start in range(MEETINGS - 7):
        eight = meetings[start : start + 8]
        assert {theme for meeting in eight for theme in _themes(meeting.first)} == set(Theme)
        assert {theme for meeting in eight for theme in _themes(meeting.second)} == set(Theme)


@given(relationship=relationships, talked=talks, before=before)
def test_every_theme_comes_round_also_for_those_who_never_follow_what_is_suggested(
    relationship: str, talked: Sequence[frozenset[Theme]], before: Mapping[Theme, date]
) -> None:
    """Within twelve meetings each theme was talked about, or suggested to each of the two."""
    meetings = list(_lives(relationship, talked, before=before))
    about = list(islice(cycle(talked), MEETINGS))
    for start in range(MEETINGS - 11):
        twelve = slice(start, start + 12)
        heard = frozenset[Theme]().union(*about[twelve])
        for shown in ([each.first for each in meetings[twelve]], [each.second for each in meetings[twelve]]):
            assert heard | {theme for suggestions in shown for theme in _themes(suggestions)} == set(Theme)


@given(reader=readers, past=pasts)
def test_the_same_history_gives_the_same(reader: Reader, past: Past) -> None:
    again = replace(
        past, talked=dict(reversed(list(past.talked.items()))), shown=dict(reversed(list(past.shown.items())))
    )
    assert suggest(ENGLISH, reader, again, today=TODAY) == suggest(ENGLISH, reader, past, today=TODAY)


@given(reader=readers, past=pasts)
def test_it_is_the_same_in_every_language(reader: Reader, past: Past) -> None:
    wanted = [(each.question.number, each.weeks) for each in suggest(ENGLISH, reader, past, today=TODAY)]
    for questions in EVERYWHERE:
        suggested = suggest(questions, reader, past, today=TODAY)
        assert [(each.question.number, each.weeks) for each in suggested] == wanted


@given(reader=readers, number=st.integers(0, 500))
def test_a_new_pair_sees_other_themes_the_next_time(reader: Reader, number: int) -> None:
    now = _themes(suggest(ENGLISH, reader, _past(number=number), today=TODAY))
    then = _themes(suggest(ENGLISH, reader, _past(number=number + 1), today=TODAY))
    assert not set(now) & set(then)


@given(size=st.integers(1, 8), most=st.integers(1, 8), front=st.integers(0, 2), number=st.integers(0, 500))
def test_those_neglected_equally_share_out_the_places_that_are_left(
    size: int, most: int, front: int, number: int
) -> None:
    tied = list(Theme)[:size]
    days = dict.fromkeys(Theme, TODAY - 4 * WEEK) | dict.fromkeys(tied, TODAY - 8 * WEEK)
    days |= dict.fromkeys(list(Theme)[size : size + front], TODAY - 20 * WEEK)
    shown: list[Theme] = []
    for past in (_past(days, number=number + step) for step in range(8)):
        shown += _themes(suggest(ENGLISH, MANAGER, past, today=TODAY, most=most))
    ahead = min(front, 8 - size)
    assert most <= ahead or set(tied) <= set(shown)


@given(reader=readers, past=pasts, most=st.integers(0, 8))
def test_only_what_fits_the_reader_and_each_of_another_theme(reader: Reader, past: Past, most: int) -> None:
    given_ = suggest(ENGLISH, reader, past, today=TODAY, most=most)
    assert len(given_) <= most
    assert len(set(_themes(given_))) == len(given_)
    assert not _numbers(given_) & past.used
    assert {suggestion.question.asker for suggestion in given_} <= {reader.asker, Asker.either}
    assert all(reader.relationship in suggestion.question.relationships for suggestion in given_)


@given(reader=readers, past=pasts)
def test_the_reason_is_true(reader: Reader, past: Past) -> None:
    for suggestion in suggest(ENGLISH, reader, past, today=TODAY, most=8):
        talked = past.talked.get(suggestion.question.theme)
        assert (suggestion.weeks is None) == (talked is None)
        if talked is not None and suggestion.weeks is not None:
            assert suggestion.weeks * WEEK <= TODAY - talked < (suggestion.weeks + 1) * WEEK


@given(reader=readers, past=pasts)
def test_the_theme_neglected_longest_comes_first(reader: Reader, past: Past) -> None:
    themes = _themes(suggest(ENGLISH, reader, replace(past, used=frozenset()), today=TODAY, most=8))
    days = [past.talked.get(theme, past.since) for theme in themes if not _rests(theme, past)]
    assert len(themes) == len(Theme)
    assert days == sorted(days)


@given(reader=readers, past=pasts)
def test_what_was_just_talked_about_comes_only_after_all_else(reader: Reader, past: Past) -> None:
    resting = [_rests(theme, past) for theme in _themes(suggest(ENGLISH, reader, past, today=TODAY, most=8))]
    assert resting == sorted(resting)


@pytest.mark.parametrize(("days", "place"), [(0, 7), (13, 7), (14, 3)])
def test_even_what_a_new_pair_talked_about_rests_for_two_weeks(days: int, place: int) -> None:
    begun = TODAY - timedelta(days=days)
    past = replace(_past({Theme.growth: begun}), since=begun)
    assert _themes(suggest(ENGLISH, REPORT, past, today=TODAY, most=8)).index(Theme.growth) == place


def _rests(theme: Theme, past: Past) -> bool:
    return TODAY - past.talked.get(theme, date.min) < 2 * WEEK


@given(reader=readers, past=pasts, order=st.permutations(ENGLISH.all))
def test_the_order_in_which_questions_are_kept_does_not_matter(
    reader: Reader, past: Past, order: Sequence[Question]
) -> None:
    shuffled = replace(ENGLISH, all=tuple(order))
    assert suggest(shuffled, reader, past, today=TODAY) == suggest(ENGLISH, reader, past, today=TODAY)


@pytest.mark.parametrize(("weeks", "depth"), [(None, "opener"), (3, "deeper"), (11, "deeper"), (12, "opener")])
def test_a_theme_opens_anew_after_twelve_weeks(weeks: int | None, depth: str) -> None:
    others = dict.fromkeys(Theme, TODAY)
    if weeks is None:
        del others[Theme.growth]
    else:
        others[Theme.growth] = TODAY - weeks * WEEK
    (first,) = suggest(ENGLISH, MANAGER, _past(others), today=TODAY, most=1)
    assert (first.question.theme, first.question.depth, first.weeks) == (Theme.growth, Depth(depth), weeks)


@pytest.mark.parametrize(
    ("weeks", "kept", "used_up"), [(3, Depth.opener, Depth.deeper), (20, Depth.deeper, Depth.opener)]
)
def test_when_one_depth_is_used_up_the_other_is_taken(weeks: int, kept: Depth, used_up: Depth) -> None:
    used = frozenset(question.number for question in ENGLISH.all if question.depth is used_up)
    past = replace(_past(dict.fromkeys(Theme, TODAY - weeks * WEEK)), used=used)
    assert {each.question.depth for each in suggest(ENGLISH, REPORT, past, today=TODAY, most=8)} == {kept}


def test_a_theme_that_has_nothing_left_is_skipped() -> None:
    used = frozenset(question.number for question in ENGLISH.all if question.theme is not Theme.trust)
    past = replace(_past(), used=used)
    assert _themes(suggest(ENGLISH, REPORT, past, today=TODAY)) == [Theme.trust]
    everything = replace(past, used=frozenset(question.number for question in ENGLISH.all))
    assert suggest(ENGLISH, REPORT, everything, today=TODAY) == ()


def test_never_counts_since_the_two_have_this_conversation() -> None:
    talked = dict.fromkeys(Theme, TODAY - 9 * WEEK)
    del talked[Theme.growth]
    (old,) = suggest(ENGLISH, REPORT, _past(talked, weeks=30), today=TODAY, most=1)
    assert (old.question.theme, old.weeks) == (Theme.growth, None)
    young = suggest(ENGLISH, REPORT, _past(talked, weeks=3), today=TODAY, most=8)
    assert _themes(young)[-1] is Theme.growth
    assert {each.weeks for each in young[:-1]} == {9}


def test_a_day_that_is_already_tomorrow_elsewhere_is_no_negative_week() -> None:
    past = _past(dict.fromkeys(Theme, TODAY + timedelta(days=1)))
    assert {suggestion.weeks for suggestion in suggest(ENGLISH, REPORT, past, today=TODAY)} == {0}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.relationship}-{reader.asker}")
def test_within_a_theme_the_questions_take_turns(reader: Reader) -> None:
    talked = dict.fromkeys(Theme, TODAY) | {Theme.growth: TODAY - 20 * WEEK}
    firsts = [suggest(ENGLISH, reader, _past(talked, number=number), today=TODAY)[0] for number in range(12)]
    openers = {
        question.number
        for question in ENGLISH.all
        if question.theme is Theme.growth
        and question.depth is Depth.opener
        and question.asker in (reader.asker, Asker.either)
        and reader.relationship in question.relationships
    }
    assert _numbers(firsts) == openers
