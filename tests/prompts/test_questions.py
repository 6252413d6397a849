"""The library of open questions that ships, and what is refused as one."""

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest

from prompts.library import Library, PseudoLibrary, libraries
from prompts.questions import (
    EQUALS,
    LONGEST,
    RELATIONSHIPS,
    Asker,
    BadQuestions,
    Depth,
    Question,
    Questions,
    Theme,
    read_questions,
)

ENGLISH = Library("en").questions
THEMES = list(Theme)
GONE = "gone"
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
    assert min(counts.values()) >= 4
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
    assert len(numbers) >= 96


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


def test_a_theme_is_recognized_however_its_letters_are_made() -> None:
    tree = _good()
    tree["themes"]["growth"]["words"] = ["évolution*", "gross"]
    questions = read_questions(tree)
    assert questions.about("Mon E\u0301volution") == {Theme.growth}
    assert questions.about("Groß denken") == {Theme.growth}


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


def _good() -> dict[str, Any]:
    """The smallest tree that is accepted: one question a theme."""
    return {"themes": {theme.value: _theme(number * 100 + 1) for number, theme in enumerate(Theme, start=1)}}


def _theme(number: int) -> dict[str, Any]:
    question = {"number": number, "asker": "either", "depth": "opener", "text": "What is new?"}
    return {"name": "something", "words": ["some*", "thing"], "questions": [question]}


def test_the_smallest_file_is_accepted() -> None:
    questions: Questions = read_questions(_good())
    assert [question.number for question in questions.all] == [101, 201, 301, 401, 501, 601, 701, 801]
    assert {question.relationships for question in questions.all} == {RELATIONSHIPS}


def test_questions_are_ordered_by_number_wherever_they_stand() -> None:
    tree = _good()
    tree["themes"]["wellbeing"]["questions"][0]["number"] = 900
    assert [question.number for question in read_questions(tree).all] == [201, 301, 401, 501, 601, 701, 801, 900]


def test_a_question_of_one_seat_is_for_whoever_has_such_a_seat() -> None:
    tree = _good()
    tree["themes"]["trust"]["questions"][0]["asker"] = "report"
    question = read_questions(tree).get(201)
    assert question
    assert question.relationships == RELATIONSHIPS - EQUALS


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("asker", "boss", "there is no asker 'boss'"),
        ("asker", None, "there is no asker None"),
        ("asker", ["manager"], "there is no asker"),
        ("depth", "deepest", "there is no depth 'deepest'"),
        ("relationships", ["friend"], "there is no relationship 'friend'"),
        ("relationships", [["manager"]], "there is no relationship"),
        ("relationships", [], "needs a list"),
        ("relationships", "manager", "needs a list"),
        ("text", "What is new", "ends with its mark"),
        ("text", "What is new? And old?", "ends with its mark"),
        ("text", "What is " + "so " * 50 + "new?", "characters are more than 120"),
        ("text", "What\nis new?", "in one line"),
        ("text", " What is new?", "in one line"),
        ("text", "", "in one line"),
        ("text", 7, "in one line"),
        ("tone", "kind", "nobody knows tone"),
    ],
)
def test_a_bad_question_is_refused_by_its_number(key: str, value: object, complaint: str) -> None:
    tree = _good()
    tree["themes"]["growth"]["questions"][0][key] = value
    with pytest.raises(BadQuestions, match=f"question 401: .*{re.escape(complaint)}"):
        read_questions(tree)


@pytest.mark.parametrize("key", ["asker", "depth", "text"])
def test_a_question_that_lacks_something_is_refused_by_its_number(key: str) -> None:
    tree = _good()
    del tree["themes"]["goals"]["questions"][0][key]
    with pytest.raises(BadQuestions, match=f"question 301: lacks {key}"):
        read_questions(tree)


@pytest.mark.parametrize("number", [0, -3, "401", True, 4.5])
def test_a_number_is_a_whole_one(number: object) -> None:
    tree = _good()
    tree["themes"]["growth"]["questions"][0]["number"] = number
    with pytest.raises(BadQuestions, match=f"question {number}: a number"):
        read_questions(tree)


def test_a_question_for_equals_from_one_seat_is_refused() -> None:
    tree = _good()
    tree["themes"]["trust"]["questions"][0] |= {"asker": "manager", "relationships": ["colleague"]}
    with pytest.raises(BadQuestions, match="question 201: a question for a colleague may be asked by either"):
        read_questions(tree)


@pytest.mark.parametrize("theme", ["growth", "feedback"])
def test_a_number_stands_once(theme: str) -> None:
    tree = _good()
    tree["themes"][theme]["questions"].append(deepcopy(tree["themes"]["growth"]["questions"][0]))
    with pytest.raises(BadQuestions, match="question 401: there are two of this number"):
        read_questions(tree)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("themes", GONE, "the file: lacks themes"),
        ("version", 1, "the file: nobody knows version"),
        ("themes", None, "themes: needs feedback, goals"),
        ("themes.gossip", {}, "themes: nobody knows gossip"),
        ("themes.trust", GONE, "themes: lacks trust"),
        ("themes.trust", [], "trust: needs name, questions, words"),
        ("themes.trust.words", GONE, "trust: lacks words"),
        ("themes.trust.title", "Trust", "trust: nobody knows title"),
        ("themes.trust.name", "", "name of trust: needs words"),
        ("themes.trust.words", [], "words of trust: needs a list"),
        ("themes.trust.words", "of trust", "words of trust: needs a list"),
        ("themes.trust.words", [True], "words of trust: needs words"),
        ("themes.trust.words", ["Trust"], "words of trust: 'Trust' is not"),
        ("themes.trust.words", ["one two"], "words of trust: 'one two' is not"),
        ("themes.trust.words", ["tr*"], "words of trust: 'tr*' is not"),
        ("themes.trust.words", ["tr*st"], "words of trust: 'tr*st' is not"),
        ("themes.trust.questions", [], "trust: needs a list"),
        ("themes.trust.questions", ["What?"], "a question of trust: needs"),
        ("themes.trust.questions", [{"asker": "either"}], "a question of trust: lacks"),
    ],
    ids=str,
)
def test_a_file_of_another_shape_is_refused(path: str, value: object, complaint: str) -> None:
    tree = _good()
    _change(tree, path.split("."), value)
    with pytest.raises(BadQuestions, match=re.escape(complaint)):
        read_questions(tree)


def _change(tree: dict[str, Any], path: Sequence[str], value: object) -> None:
    *above, last = path
    for key in above:
        tree = tree[key]
    tree[last] = value
    if value is GONE:
        del tree[last]
