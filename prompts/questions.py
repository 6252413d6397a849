"""The library of open questions: eight themes, and for whom each question is (F1).

For whom they are stands once, in ``questions.yml``; each language has its words for them and for the themes.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from prompts.spelling import plain, spellings

LONGEST = 120
RELATIONSHIPS = frozenset({"manager", "skip_level", "colleague", "mentor"})
EQUALS = frozenset({"colleague"})
WORD = re.compile(r"[^\W_]+")
SHORTEST_BEGINNING = 3  # with fewer letters too many words begin
ENTRY = re.compile(rf"[^\W_]{{2,}}|[^\W_]{{{SHORTEST_BEGINNING},}}\*")
NEEDED = frozenset({"number", "asker", "depth"})


class Theme(StrEnum):
    """What a question, or an agenda item, is about; in the order in which they take turns."""

    wellbeing = "wellbeing"
    trust = "trust"
    goals = "goals"
    growth = "growth"
    problems = "problems"
    feedback = "feedback"
    recognition = "recognition"
    inclusion = "inclusion"


class Asker(StrEnum):
    """To whom a question is suggested: ``manager`` is the senior of the two, ``report`` the other one."""

    manager = "manager"
    report = "report"
    either = "either"


class Depth(StrEnum):
    opener = "opener"
    deeper = "deeper"


NO_THEME: frozenset[Theme] = frozenset()
_Choice = TypeVar("_Choice", Theme, Asker, Depth)


class BadQuestions(ValueError):
    """A file of questions is not as it must be; the sentence names the question by its number."""


@dataclass(frozen=True, kw_only=True)
class Question:
    number: int
    theme: Theme
    asker: Asker
    depth: Depth
    relationships: frozenset[str]
    text: str


@dataclass(frozen=True)
class Questions:
    """One language's questions by number, how each theme is named in "about …", and the words that tell of it."""

    all: tuple[Question, ...]
    names: Mapping[Theme, str]
    words: Mapping[Theme, tuple[str, ...]]

    def get(self, number: int) -> Question | None:
        return next((question for question in self.all if question.number == number), None)

    def about(self, text: str) -> frozenset[Theme]:
        """The themes of which a word stands in this text; ``word*`` stands for every word that begins so."""
        return self.told_by(words_in(text))

    def told_by(self, words: Iterable[str]) -> frozenset[Theme]:
        """The themes of which one of these words tells; they are as ``words_in`` gives them."""
        themes: set[Theme] = set()
        for word in words:
            themes |= self._whole.get(word, NO_THEME)
            for length in self._lengths:
                if length > len(word):
                    break
                themes |= self._beginnings.get(word[:length], NO_THEME)
        return frozenset(themes)

    def fitting(self, asker: Asker, relationship: str) -> Mapping[Theme, Sequence[Question]]:
        """Those for this seat in such a relationship, by theme, in the order of their numbers."""
        return self._fitting.get((asker, relationship), {})

    @cached_property
    def _fitting(self) -> Mapping[tuple[Asker, str], Mapping[Theme, Sequence[Question]]]:
        seats: dict[tuple[Asker, str], dict[Theme, list[Question]]] = {}
        for question in sorted(self.all, key=lambda each: each.number):
            for asker in Asker if question.asker is Asker.either else (question.asker,):
                for relationship in question.relationships:
                    seats.setdefault((asker, relationship), {}).setdefault(question.theme, []).append(question)
        return seats

    @cached_property
    def _whole(self) -> Mapping[str, frozenset[Theme]]:
        return _telling(self.words, lambda entry: not entry.endswith("*"))

    @cached_property
    def _lengths(self) -> Sequence[int]:
        return sorted({len(beginning) for beginning in self._beginnings})

    @cached_property
    def _beginnings(self) -> Mapping[str, frozenset[Theme]]:
        return _telling(self.words, lambda entry: entry.endswith("*"))


def words_in(text: str) -> Sequence[str]:
    """The words of a text, in their plain spelling."""
    return WORD.findall(plain(text))


def read_questions(structure: Mapping[str, Any], words: Mapping[str, Any]) -> Questions:
    """The questions in one language's words; raises BadQuestions for whatever is not as it must be."""
    themes = _record(_record(structure, frozenset({"themes"}), "the file")["themes"], frozenset(Theme), "themes")
    asked = [_question(each, theme) for theme in Theme for each in _list(themes[theme], theme)]
    _no_number_twice(asked)
    told = _record(words, frozenset({"themes", "texts"}), "the words")
    named = _record(told["themes"], frozenset(Theme), "themes")
    records = {theme: _record(named[theme], frozenset({"name", "words"}), theme) for theme in Theme}
    return Questions(
        all=_with_texts(sorted(asked, key=lambda question: question.number), told["texts"]),
        names={theme: _words(record["name"], f"name of {theme}") for theme, record in records.items()},
        words={theme: _entries(record["words"], theme) for theme, record in records.items()},
    )


def _with_texts(questions: Sequence[Question], texts: object) -> tuple[Question, ...]:
    """Each with its text; raises BadQuestions for a question without a text and for a text without a question."""
    if not isinstance(texts, Mapping):
        raise BadQuestions("texts: needs a text for each number")
    if strange := [str(number) for number in texts if number not in {question.number for question in questions}]:
        raise BadQuestions(f"texts: there is no question {', '.join(strange)}")
    if missing := [str(question.number) for question in questions if question.number not in texts]:
        raise BadQuestions(f"texts: lacks {', '.join(missing)}")
    return tuple(replace(each, text=_asked(texts[each.number], f"question {each.number}")) for each in questions)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _telling(words: Mapping[Theme, Sequence[str]], is_wanted: Callable[[str], bool]) -> Mapping[str, frozenset[Theme]]:
    """The themes by each spelling of the entries that are wanted."""
    themes: dict[str, frozenset[Theme]] = {}
    for theme, entries in words.items():
        for spelled in (each for entry in entries if is_wanted(entry) for each in spellings(entry.removesuffix("*"))):
            themes[spelled] = themes.get(spelled, NO_THEME) | {theme}
    return themes


def _question(value: object, theme: Theme) -> Question:
    where = _named(value, theme)
    record = _record(value, NEEDED, where, optional=frozenset({"relationships"}))
    asker = _one(Asker, record["asker"], where)
    return Question(
        number=_number(record["number"], where),
        theme=theme,
        asker=asker,
        depth=_one(Depth, record["depth"], where),
        relationships=_relationships(record, asker, where),
        text="",  # its language has it
    )


def _named(value: object, theme: Theme) -> str:
    number = value.get("number") if isinstance(value, Mapping) else None
    return f"a question of {theme}" if number is None else f"question {number}"


def _number(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise BadQuestions(f"{where}: a number is a whole one above zero")
    return value


def _relationships(record: Mapping[str, Any], asker: Asker, where: str) -> frozenset[str]:
    """Those that are listed; otherwise all in which somebody has this asker's seat, for equals have neither."""
    fitting = RELATIONSHIPS if asker is Asker.either else RELATIONSHIPS - EQUALS
    if "relationships" not in record:
        return fitting
    listed = _list(record["relationships"], where)
    for each in listed:
        if not isinstance(each, str) or each not in RELATIONSHIPS:
            raise BadQuestions(f"{where}: there is no relationship {each!r}")
        if each not in fitting:
            raise BadQuestions(f"{where}: a question for a {each} may be asked by either")
    return frozenset(listed)


def _asked(value: object, where: str) -> str:
    text = _words(value, where)
    if len(text) > LONGEST:
        raise BadQuestions(f"{where}: {len(text)} characters are more than {LONGEST}")
    if not text.endswith("?") or text.count("?") > 1:
        raise BadQuestions(f"{where}: it is one question and ends with its mark")
    return text


def _words(value: object, where: str) -> str:
    if not isinstance(value, str) or value.splitlines() != [value.strip()]:
        raise BadQuestions(f"{where}: needs words in one line")
    return value


def _entries(value: object, theme: Theme) -> tuple[str, ...]:
    entries = tuple(_words(each, f"words of {theme}") for each in _list(value, f"words of {theme}"))
    for each in entries:
        if not ENTRY.fullmatch(each) or each != _folded(each):
            raise BadQuestions(f"words of {theme}: {each!r} is not one word in small letters")
    return entries


def _one(kind: type[_Choice], value: object, where: str) -> _Choice:
    for choice in kind:
        if choice == value:
            return choice
    raise BadQuestions(f"{where}: there is no {kind.__name__.casefold()} {value!r}")


def _list(value: object, where: str) -> Sequence[Any]:
    if not isinstance(value, list) or not value:
        raise BadQuestions(f"{where}: needs a list that is not empty")
    return value


def _record(
    value: object, needed: frozenset[str], where: str, *, optional: frozenset[str] = frozenset()
) -> Mapping[str, Any]:
    """The value if it is a mapping that has all it needs and nothing unknown."""
    if not isinstance(value, Mapping):
        raise BadQuestions(f"{where}: needs {', '.join(sorted(needed))}")
    if missing := needed - value.keys():
        raise BadQuestions(f"{where}: lacks {', '.join(sorted(missing))}")
    if unknown := value.keys() - needed - optional:
        raise BadQuestions(f"{where}: nobody knows {', '.join(sorted(map(str, unknown)))}")
    return value


def _no_number_twice(questions: Sequence[Question]) -> None:
    seen: set[int] = set()
    for question in questions:
        if question.number in seen:
            raise BadQuestions(f"question {question.number}: there are two of this number")
        seen.add(question.number)
