"""Reads a language's folder once and renders its sentences."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts.questions import Questions, read_questions

DEFAULT_LANGUAGE = "en"
VOCABULARIES = ("verbs", "dates", "rhythm", "questions", "matching")  # what is typed and picked from; no sentences
_NOTHING: Mapping[str, object] = MappingProxyType({})


class MissingText(KeyError):
    """No file under prompts/ has this key."""


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _environment() -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    env.globals = {"plural": _plural}
    return env


def _flat(tree: Mapping[str, Any], prefix: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}.{key}"
        texts.update(_flat(value, name) if isinstance(value, Mapping) else {name: str(value)})
    return texts


class Library:
    """One language: sentences by ``file.key``, verbs by name, and the words dates are made of."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._templates: dict[str, Template] = {}
        self._env = _environment()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Every sentence's template by its key."""
        texts: dict[str, str] = {}
        for name in self._names():
            if name not in VOCABULARIES:
                texts.update(_flat(self._read(name), name))
        return texts

    @cached_property
    def verbs(self) -> Mapping[str, tuple[str, ...]]:
        """What people may type for each verb, the usual way first."""
        return {name: tuple(words) for name, words in self._read("verbs").items()}

    @cached_property
    def dates(self) -> Mapping[str, Any]:
        """Weekdays, months, and the words people use for days and rhythms."""
        return self._read("dates") | {"rhythm": self._read("rhythm")}

    @cached_property
    def matching(self) -> Mapping[str, tuple[str, ...]]:
        """What people may type between the conditions of an audience, the usual way first."""
        return {name: tuple(words) for name, words in self._read("matching").items()}

    @cached_property
    def questions(self) -> Questions:
        """The open questions of this language; raises BadQuestions where their file is not as it must be."""
        return read_questions(self._read("questions"))

    def say(self, key: str, facts: Mapping[str, object]) -> str:
        """The sentence with its facts filled in; raises MissingText for an unknown key."""
        template = self._templates.get(key)
        if template is None:
            if key not in self.texts:
                raise MissingText(key)
            template = self._templates[key] = self._env.from_string(self.texts[key])
        return template.render(facts).strip()

    def phrase(self, words: str, facts: Mapping[str, object] = _NOTHING) -> str:
        """Words of ``dates`` with their facts filled in."""
        return words.format(**facts)

    def _names(self) -> list[str]:
        folder = files("prompts") / self.language
        return sorted(path.name.removesuffix(".yml") for path in folder.iterdir() if path.name.endswith(".yml"))

    def _read(self, name: str) -> dict[str, Any]:
        text = (files("prompts") / self.language / f"{name}.yml").read_text(encoding="utf-8")
        content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe; one is quick
        return content


class PseudoLibrary(Library):
    """English with ⟦marks⟧ around every text from here and ⟨marks⟩ around what is filled into it.

    So a text from anywhere else stands out, also in the middle of a sentence.
    """

    @cached_property
    def questions(self) -> Questions:
        """The questions and the names of their themes, marked."""
        plain = read_questions(self._read("questions"))
        marked = tuple(replace(question, text=f"⟦{question.text}⟧") for question in plain.all)
        return replace(plain, all=marked, names={theme: f"⟦{name}⟧" for theme, name in plain.names.items()})

    def say(self, key: str, facts: Mapping[str, object]) -> str:
        """The marked sentence."""
        return f"⟦{super().say(key, _marked(facts))}⟧"

    def phrase(self, words: str, facts: Mapping[str, object] = _NOTHING) -> str:
        """The marked words."""
        return f"⟦{super().phrase(words, _marked(facts))}⟧"


def _marked(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: f"⟨{fact}⟩" if isinstance(fact, str) else fact for name, fact in facts.items()}


def libraries() -> dict[str, Library]:
    """Every language that ships, by its code."""
    folders = (path for path in files("prompts").iterdir() if path.is_dir() and (path / "verbs.yml").is_file())
    return {path.name: Library(path.name) for path in folders}
