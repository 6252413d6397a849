"""The library of open questions that ships."""

import re
from itertools import combinations

import pytest

from prompts.library import Library, PseudoLibrary, libraries
from prompts.questions import (
    EQUALS,
    LONGEST,
    RELATIONSHIPS,
    Asker,
    Depth,
    Question,
    Theme,
)

ENGLISH = Library("en").questions
THEMES = list(Theme)
# Six meetings and the other's turn before this one, three questions to each: what may be used up at once.
USED_AT_MOST = (6 * 2 + 1) * 3
OPENINGS = {"What", "Which", "How", "When", "Where", "Who", "Whom", "Whose"}
FILLERS = {
    "a", "an", "the", "of", "to", "in", "on", "at", "and", "or", "is", "are", "do", "does", "did", "you", "your", "we",
    "our", "that", "it", "would", "for", "me", "my",
}  # fmt: skip
PRIVATE = {
    "health", "ill", "illness", "sick", "doctor", "therapy", "diagnosis", "disability", "pregnant", "children", "kids",
    "child", "baby", "family", "married", "partner", "spouse", "religion", "faith", "church", "politics", "party",
    "vote", "age", "gender", "race", "ethnic", "origin", "union", "salary", "home", "weekend", "feel", "feelings",
}  # fmt: skip


def _those(theme: Theme, asker: Asker) -> list[Question]:
    return [question for question in ENGLISH.all if question.theme is theme and question.asker is asker]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.casefold()))


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_has_questions_for_everybody_of_both_depths(theme: Theme) -> None:
    counts = {asker: len(_those(theme, asker)) for asker in Asker}
    assert min(counts.values()) >= 9
    assert sum(counts.values()) >= 30
    for asker in Asker:
        assert {question.depth for question in _those(theme, asker)} == set(Depth)


@pytest.mark.parametrize("theme", THEMES)
def test_most_of_what_either_may_ask_suits_equals_and_mentors(theme: Theme) -> None:
    either = _those(theme, Asker.either)
    for relationship in RELATIONSHIPS:
        assert sum(relationship in question.relationships for question in either) * 2 >= len(either)


@pytest.mark.parametrize("relationship", sorted(RELATIONSHIPS))
def test_no_six_meetings_use_up_all_themes_but_two(relationship: str) -> None:
    sizes = sorted(
        sum(relationship in question.relationships for question in _those(theme, Asker.either)) for theme in THEMES
    )
    assert sum(sizes[:-2]) > USED_AT_MOST


def test_every_question_is_short_and_one_sentence() -> None:
    assert [question.text for question in ENGLISH.all if len(question.text) > LONGEST] == []
    assert [each.text for each in ENGLISH.all if not re.fullmatch(r"[A-Z][^.?!;\n]*\?", each.text)] == []
    assert [question.text for question in ENGLISH.all if "  " in question.text] == []


def test_no_question_is_answered_by_yes_or_no() -> None:
    assert [question.text for question in ENGLISH.all if not _open(question.text)] == []


def _open(text: str) -> bool:
    first, second = text.split()[:2]
    return first in OPENINGS or (first in {"On", "In", "For"} and second == "which") or ", which " in text


def test_no_question_touches_what_is_nobody_s_business() -> None:
    assert [question.text for question in ENGLISH.all if _words(question.text) & PRIVATE] == []


def test_no_question_speaks_of_rank() -> None:
    ranks = {"manager", "report", "boss", "subordinate", "employee", "mentor", "mentee"}
    assert [question.text for question in ENGLISH.all if _words(question.text) & ranks] == []


def test_a_number_tells_the_theme() -> None:
    assert [each.number for each in ENGLISH.all if THEMES.index(each.theme) + 1 != each.number // 100] == []
    assert [each.number for each in ENGLISH.all if each.number % 100 == 0] == []


def test_questions_stand_in_the_order_of_their_numbers() -> None:
    numbers = [question.number for question in ENGLISH.all]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 240


def test_a_question_for_equals_is_for_either() -> None:
    assert {question.asker for question in ENGLISH.all if question.relationships & EQUALS} == {Asker.either}


def _alike(one: str, other: str) -> float:
    mine, theirs = _words(one) - FILLERS, _words(other) - FILLERS
    return len(mine & theirs) / len(mine | theirs)


def test_no_two_questions_are_nearly_the_same() -> None:
    pairs = combinations([question.text for question in ENGLISH.all], 2)
    assert [(one, other) for one, other in pairs if _alike(one, other) >= 0.5] == []


def test_a_question_is_found_by_its_number() -> None:
    assert [ENGLISH.get(question.number) for question in ENGLISH.all] == list(ENGLISH.all)
    assert ENGLISH.get(100) is None


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_named_as_after_about(theme: Theme) -> None:
    assert ENGLISH.names[theme] == ENGLISH.names[theme].casefold()
    assert len(set(ENGLISH.names.values())) == len(THEMES)
    assert len(ENGLISH.words[theme]) == len(set(ENGLISH.words[theme])) >= 10


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Promotion case", {Theme.growth}),
        ("PROMOTED at last?", {Theme.growth}),
        ("Feedback on my talk; the next course", {Theme.feedback, Theme.growth}),
        ("Workloads", {Theme.wellbeing}),
        ("stress-free weeks", {Theme.wellbeing}),
        ("Priorities for Q3", {Theme.goals}),
        ("I'm stuck with the printer", {Theme.problems}),
        ("thank_you notes", {Theme.recognition}),
        ("Trust", {Theme.trust}),
        ("Onboarding of Cleo", {Theme.inclusion}),
        ("Strange growths", set()),
        ("Windows licences", set()),
        ("Budget for the printer", set()),
        ("", set()),
    ],
)
def test_people_s_own_items_tell_their_themes(text: str, themes: set[Theme]) -> None:
    assert ENGLISH.about(text) == themes


@pytest.mark.parametrize("language", sorted(libraries()))
def test_every_language_asks_the_same_questions(language: str) -> None:
    theirs = Library(language).questions
    assert [_marks(question) for question in theirs.all] == [_marks(question) for question in ENGLISH.all]


def _marks(question: Question) -> tuple[object, ...]:
    return question.number, question.theme, question.asker, question.depth, question.relationships


def test_the_pseudo_language_marks_questions_and_themes() -> None:
    pseudo = PseudoLibrary("en").questions
    assert [question.text for question in pseudo.all] == [f"⟦{question.text}⟧" for question in ENGLISH.all]
    assert pseudo.names == {theme: f"⟦{name}⟧" for theme, name in ENGLISH.names.items()}
    assert pseudo.words == ENGLISH.words
    assert [_marks(question) for question in pseudo.all] == [_marks(question) for question in ENGLISH.all]


def test_questions_are_no_sentences() -> None:
    assert [key for key in Library("en").texts if key.startswith("questions.")] == []
