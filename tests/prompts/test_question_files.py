"""What is refused as a file of questions, and what is not."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pytest

from prompts.questions import EQUALS, RELATIONSHIPS, BadQuestions, Questions, Theme, read_questions

GONE = "gone"


def _good() -> tuple[dict[str, Any], dict[str, Any]]:
    """The smallest files that are accepted: one question a theme."""
    numbers = {theme.value: number * 100 + 1 for number, theme in enumerate(Theme, start=1)}
    asked = {theme: [{"number": number, "asker": "either", "depth": "opener"}] for theme, number in numbers.items()}
    named = {theme: {"name": "something", "words": ["some*", "thing"]} for theme in numbers}
    return {"themes": asked}, {"themes": named, "texts": dict.fromkeys(numbers.values(), "What is new?")}


def test_the_smallest_files_are_accepted() -> None:
    questions: Questions = read_questions(*_good())
    assert [question.number for question in questions.all] == [101, 201, 301, 401, 501, 601, 701, 801]
    assert {question.relationships for question in questions.all} == {RELATIONSHIPS}
    assert {question.text for question in questions.all} == {"What is new?"}


def test_a_theme_is_recognized_however_its_letters_are_made() -> None:
    structure, words = _good()
    words["themes"]["growth"]["words"] = ["évolution*", "gross"]
    questions = read_questions(structure, words)
    assert questions.about("Mon E\u0301volution") == {Theme.growth}
    assert questions.about("Groß denken") == {Theme.growth}


def test_questions_are_ordered_by_number_wherever_they_stand() -> None:
    structure, words = _good()
    structure["themes"]["wellbeing"][0]["number"] = 900
    words["texts"][900] = words["texts"].pop(101)
    assert [question.number for question in read_questions(structure, words).all] == [*range(201, 802, 100), 900]


def test_a_question_of_one_seat_is_for_whoever_has_such_a_seat() -> None:
    structure, words = _good()
    structure["themes"]["trust"][0]["asker"] = "report"
    question = read_questions(structure, words).get(201)
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
        ("text", "What is new?", "nobody knows text"),
    ],
)
def test_a_bad_question_is_refused_by_its_number(key: str, value: object, complaint: str) -> None:
    structure, words = _good()
    structure["themes"]["growth"][0][key] = value
    with pytest.raises(BadQuestions, match=f"question 401: .*{re.escape(complaint)}"):
        read_questions(structure, words)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("What is new", "ends with its mark"),
        ("What is new? And old?", "ends with its mark"),
        ("What is " + "so " * 50 + "new?", "characters are more than 120"),
        ("What\nis new?", "in one line"),
        (" What is new?", "in one line"),
        ("", "in one line"),
        (7, "in one line"),
    ],
)
def test_a_bad_text_is_refused_by_its_number(text: object, complaint: str) -> None:
    structure, words = _good()
    words["texts"][401] = text
    with pytest.raises(BadQuestions, match=f"question 401: .*{re.escape(complaint)}"):
        read_questions(structure, words)


def test_a_language_has_a_text_for_each_question_and_for_no_other() -> None:
    structure, words = _good()
    words["texts"][402] = words["texts"]["401"] = "What is old?"
    with pytest.raises(BadQuestions, match="texts: there is no question 402, 401"):
        read_questions(structure, words)
    structure, words = _good()
    del words["texts"][401], words["texts"][801]
    with pytest.raises(BadQuestions, match="texts: lacks 401, 801"):
        read_questions(structure, words)


@pytest.mark.parametrize("key", ["asker", "depth"])
def test_a_question_that_lacks_something_is_refused_by_its_number(key: str) -> None:
    structure, words = _good()
    del structure["themes"]["goals"][0][key]
    with pytest.raises(BadQuestions, match=f"question 301: lacks {key}"):
        read_questions(structure, words)


@pytest.mark.parametrize("number", [0, -3, "401", True, 4.5])
def test_a_number_is_a_whole_one(number: object) -> None:
    structure, words = _good()
    structure["themes"]["growth"][0]["number"] = number
    with pytest.raises(BadQuestions, match=f"question {number}: a number"):
        read_questions(structure, words)


def test_a_question_for_equals_from_one_seat_is_refused() -> None:
    structure, words = _good()
    structure["themes"]["trust"][0] |= {"asker": "manager", "relationships": ["colleague"]}
    with pytest.raises(BadQuestions, match="question 201: a question for a colleague may be asked by either"):
        read_questions(structure, words)


@pytest.mark.parametrize("theme", ["growth", "feedback"])
def test_a_number_stands_once(theme: str) -> None:
    structure, words = _good()
    structure["themes"][theme].append(deepcopy(structure["themes"]["growth"][0]))
    with pytest.raises(BadQuestions, match="question 401: there are two of this number"):
        read_questions(structure, words)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("themes", GONE, "the file: lacks themes"),
        ("version", 1, "the file: nobody knows version"),
        ("themes", None, "themes: needs feedback, goals"),
        ("themes.gossip", {}, "themes: nobody knows gossip"),
        ("themes.trust", GONE, "themes: lacks trust"),
        ("themes.trust", {}, "trust: needs a list"),
        ("themes.trust", [], "trust: needs a list"),
        ("themes.trust", ["What?"], "a question of trust: needs"),
        ("themes.trust", [{"asker": "either"}], "a question of trust: lacks"),
    ],
    ids=str,
)
def test_a_structure_of_another_shape_is_refused(path: str, value: object, complaint: str) -> None:
    structure, words = _good()
    _change(structure, path.split("."), value)
    with pytest.raises(BadQuestions, match=re.escape(complaint)):
        read_questions(structure, words)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("themes", GONE, "the words: lacks themes"),
        ("texts", GONE, "the words: lacks texts"),
        ("texts", ["What is new?"], "texts: needs a text for each number"),
        ("version", 1, "the words: nobody knows version"),
        ("themes.gossip", {}, "themes: nobody knows gossip"),
        ("themes.trust", GONE, "themes: lacks trust"),
        ("themes.trust", [], "trust: needs name, words"),
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
    ],
    ids=str,
)
def test_words_of_another_shape_are_refused(path: str, value: object, complaint: str) -> None:
    structure, words = _good()
    _change(words, path.split("."), value)
    with pytest.raises(BadQuestions, match=re.escape(complaint)):
        read_questions(structure, words)


def _change(tree: dict[str, Any], path: Sequence[str], value: object) -> None:
    *above, last = path
    for key in above:
        tree = tree[key]
    tree[last] = value
    if value is GONE:
        del tree[last]
