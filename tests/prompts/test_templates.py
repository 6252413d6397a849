"""The twelve kinds of meeting that ship, in every language that does."""

from collections.abc import Callable
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest

from prompts.compare import read
from prompts.library import Library, PseudoLibrary, libraries
from prompts.template_outline import sections_of
from prompts.template_source import Facts
from prompts.templates import RELATIONSHIPS, BadTemplates, Kind, read_templates

TRANSLATED = [code for code, library in libraries().items() if "templates" in library._names()]
STRUCTURE, ENGLISH = read("templates"), read("en", "templates")
Files = dict[str, Any]
Change = Callable[[Files], object]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_twelve_kinds_with_as_many_prompts(language: str) -> None:
    kinds = Library(language).kinds
    assert list(kinds) == list(Kind)
    for kind, shipped in kinds.items():
        here = sections_of(shipped.source, Facts("Ana", "Ben", "manager"))
        there = sections_of(Library("en").kinds[kind].source, Facts("Ana", "Ben", "manager"))
        assert [len(section.prompts) for section in here] == [len(section.prompts) for section in there]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_prompt_is_there_twice_and_each_is_a_question(language: str) -> None:
    prompts: list[str] = []
    for shipped in Library(language).kinds.values():
        for section in sections_of(shipped.source, Facts("Ana", "Ben", "manager")):
            prompts += section.prompts
    assert not [one for one, other in combinations(prompts, 2) if one == other]
    assert not [prompt for prompt in prompts if not prompt.endswith("?")]


@pytest.mark.parametrize("relationship", sorted(RELATIONSHIPS))
def test_every_relationship_has_kinds_that_suit_it(relationship: str) -> None:
    assert sum(relationship in shipped.suits for shipped in Library("en").kinds.values()) >= 3


def test_the_marked_ones_are_read_like_the_others() -> None:
    for shipped in PseudoLibrary("en").kinds.values():
        for section in sections_of(shipped.source, Facts("Ana", "Ben", "mentor")):
            assert all(text[0] == "⟦" and text[-1] == "⟧" for text in (section.title, *section.prompts))


def _weekly(files: Files) -> Files:
    found: Files = files["words"]["kinds"]["weekly"]
    return found


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda files: files["words"]["kinds"].pop("goals"), "kinds: lacks goals"),
        (lambda files: files["words"]["kinds"].update(party={}), "kinds: nobody knows party"),
        (lambda files: files["structure"]["kinds"]["weekly"].update(suits=[]), "weekly: suits needs"),
        (
            lambda files: files["structure"]["kinds"]["weekly"].update(suits=["boss"]),
            "weekly: suits needs relationships",
        ),
        (lambda files: _weekly(files)["sections"].pop("work"), "sections of weekly: lacks work"),
        (lambda files: _weekly(files)["sections"]["work"]["prompts"].pop(), "work of weekly: needs 3 prompts"),
        (lambda files: _weekly(files).update(name="n" * 41), "name of weekly: 41 characters are more than 40"),
        (lambda files: _weekly(files).update(purpose="two\nlines"), "purpose of weekly: needs words in one line"),
        (lambda files: _weekly(files).update(sections=[]), "sections of weekly: needs arrive, next, work"),
        (lambda files: _prompt(files, "{{ salary }}"), "weekly: name in line 2"),
        (lambda files: _prompt(files, "x" * 121), "weekly: 121 characters are more than 120"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_says_where(change: Change, reason: str) -> None:
    files = deepcopy({"structure": STRUCTURE, "words": ENGLISH})
    change(files)
    with pytest.raises(BadTemplates, match=reason):
        read_templates(files["structure"], files["words"])


def _prompt(files: Files, text: str) -> None:
    _weekly(files)["sections"]["arrive"]["prompts"][0] = text
