"""What is told of a language that is not as English is."""

from pathlib import Path

import pytest

from prompts import compare
from prompts.compare import findings, has_words, leaves, variables

GOOD = {"agenda": "add: Add item\nby: '{{ name }} · {{ since }}'\nsay: Agenda\n", "verbs": "add: [add, agenda]\n"}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """English with two files, and a language that has the same."""
    for language in ("en", "xx"):
        (tmp_path / language).mkdir()
        for name, text in GOOD.items():
            (tmp_path / language / f"{name}.yml").write_text(text, encoding="utf-8")
    (tmp_path / "same.yml").write_text("xx: [Agenda]\n", encoding="utf-8")
    monkeypatch.setattr(compare, "files", lambda _: tmp_path)
    return tmp_path


def _of(folders: Path, text: str) -> list[str]:
    (folders / "xx" / "agenda.yml").write_text(text, encoding="utf-8")
    return [f"{each.what} {each.key}" for each in findings("xx")]


def test_a_language_that_says_all_with_its_own_words_is_complete(folders: Path) -> None:
    assert _of(folders, "add: Neu\nby: '{{ since }}: {{ name }}'\nsay: Agenda\n") == []
    (folders / "xx" / "verbs.yml").write_text("add: [neu, dazu, auch]\n", encoding="utf-8")
    assert _of(folders, "add: Neu\nby: '{{ since }}: {{ name }}'\nsay: Agenda\n") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("add: Neu\nby: '{{ since }}: {{ name }}'\n", ["missing agenda.say"]),
        ("add: Neu\nby: '{{ since }}: {{ name }}'\nsay: Agenda\nmore: Mehr\n", ["extra agenda.more"]),
        ("add: Neu\nby: '{{ name }}'\nsay: Agenda\n", ["variables agenda.by"]),
        ("add: Neu\nby: '{{ since }} {{ nam }}'\nsay: Agenda\n", ["variables agenda.by"]),
        ("add: Add item\nby: '{{ since }}: {{ name }}'\nsay: Agenda\n", ["english agenda.add"]),
        ("add: Neu\nby: '{{ name }} · {{ since }}'\nsay: Agenda\n", []),
        ("add: 1:1\nby: '{{ since }}: {{ name }}'\nsay: Agenda\n", ["broken agenda.add"]),
        ("add: No\nby: '{{ since }}: {{ name }}'\nsay: Agenda\n", ["broken agenda.add"]),
        ("add: '{{ '\nby: '{{ since }}: {{ name }}'\nsay: Agenda\n", ["broken agenda.add"]),
    ],
)
def test_whatever_is_not_as_it_must_be_is_told(folders: Path, text: str, told: list[str]) -> None:
    assert _of(folders, text) == told


def test_what_is_typed_is_one_text_however_many_words_there_are(folders: Path) -> None:
    assert leaves("en")["verbs.add"] == ""


def test_the_command_prints_a_line_for_each_and_fails(folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(["xx"]) == 1
    assert capsys.readouterr().out == "xx  english    agenda.add  Add item\n"
    (folders / "xx" / "agenda.yml").write_text(GOOD["agenda"].replace("Add item", "Neu"), encoding="utf-8")
    assert compare.main([]) == 0


def test_facts_are_found_wherever_they_are_used() -> None:
    assert variables("{% if a %}{{ plural(b, 'one', 'two') }}{% endif %} {c}") == {"a", "b", "c"}
    assert has_words("{{ a }} of {{ b }}")
    assert not has_words("{{ a }} · {% if b %}{{ c }}{% endif %}")
