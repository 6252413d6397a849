"""Reads a language's folder once and renders its sentences."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from zoneinfo import available_timezones

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts.questions import Questions, read_questions
from prompts.spelling import numbered, plain, spellings, typed
from prompts.templates import Kind, Shipped, read_templates

DEFAULT_LANGUAGE = "en"
_NUMBER = re.compile(r"\bd\b")  # of a day, in a pattern of the CLDR
# What is typed and picked from; no sentences.
VOCABULARIES = ("verbs", "dates", "rhythm", "questions", "templates", "matching")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class MissingText(KeyError):
    """No file under prompts/ has this key."""


def _environment(locale: Locale) -> ImmutableSandboxedEnvironment:
    def plural(count: int, one: str, many: str) -> str:
        words = one if locale.plural_form(count) == "one" else many
        return f"{format_decimal(count, locale=locale)} {words}"

    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    env.globals = {"plural": plural}
    return env


def _flat(tree: Mapping[str, Any], prefix: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}.{key}"
        texts.update(_flat(value, name) if isinstance(value, Mapping) else {name: str(value)})
    return texts


def read_yaml(text: str) -> Any:
    """What a text in YAML says, of plain values only."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe; one is quick


def _read(*path: str) -> dict[str, Any]:
    text = files("prompts").joinpath(*path).read_text(encoding="utf-8")
    content: dict[str, Any] = read_yaml(text)
    return content


class Library:
    """One language: sentences by ``file.key``, verbs by name, and the words dates are made of.

    ``beside`` is the language whose words are understood too, wherever this one's make no sense.
    """

    def __init__(self, language: str, beside: "Library | None" = None) -> None:
        self.language = self._folder = language
        self.understood: tuple[Library, ...] = (self, beside) if beside else (self,)
        self._locale = Locale.parse(language)
        self._templates: dict[str, Template] = {}
        self._env = _environment(self._locale)

    @property
    def name(self) -> str:
        """What its speakers call it."""
        own = self._locale.get_display_name(self._locale) or self.language
        return own[:1].upper() + own[1:]

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
    def typed_verbs(self) -> Mapping[str, str]:
        """The verb that each plain spelling means."""
        return {spelled: name for name, ways in self.verbs.items() for way in ways for spelled in spellings(way)}

    @cached_property
    def _days(self) -> Mapping[str, Any]:
        """How days and moments are said: ``near`` ones, and the ``formats`` of others, also ``before`` a sound."""
        words = self._read("dates")
        return {"near": words["near"], "formats": words["formats"], "before": words.get("before", {})}

    @cached_property
    def dates(self) -> Mapping[str, Any]:
        """What people type for weekdays, months, days and rhythms, in every plain spelling."""
        words, rhythm = self._read("dates"), self._read("rhythm")
        plural = numbered(rhythm["weekdays_plural"])
        return {
            "weekdays": numbered(words["weekdays"], words["weekdays_short"]),
            "months": numbered(words["months"], words["months_short"], start=1),
            "due": typed(words["due"]),
            "rhythm": typed(rhythm) | {"weekdays_plural": plural},
            "cities": {spelled: zone for zone, city in self.cities.items() for spelled in spellings(city)},
        }

    @cached_property
    def cities(self) -> Mapping[str, str]:
        """What a time zone's city is called, where this language has a name of its own for it."""
        known = available_timezones()
        named = {zone: names.get("city") for zone, names in self._locale.time_zones.items()}
        return {zone: city for zone, city in named.items() if city and zone in known}

    @property
    def countries(self) -> Mapping[str, str]:
        """What countries are called, by their two letters."""
        return self._locale.territories

    @cached_property
    def matching(self) -> Mapping[str, tuple[str, ...]]:
        """What people may type between the conditions of an audience, the usual way first."""
        return {name: tuple(words) for name, words in self._read("matching").items()}

    @cached_property
    def questions(self) -> Questions:
        """The open questions of this language; raises BadQuestions where their file is not as it must be."""
        return read_questions(_read("questions.yml"), self._read("questions"))

    @cached_property
    def kinds(self) -> Mapping[Kind, Shipped]:
        """The kinds of meeting in this language; raises BadTemplates where their file is not as it must be."""
        return read_templates(_read("templates.yml"), self._read("templates"))

    def say(self, key: str, facts: Mapping[str, object]) -> str:
        """The sentence with its facts filled in; raises MissingText for an unknown key."""
        template = self._templates.get(key)
        if template is None:
            if key not in self.texts:
                raise MissingText(key)
            template = self._templates[key] = self._env.from_string(self.texts[key])
        return template.render(facts).strip()

    def near(self, away: int) -> str | None:
        """What the day is called that is so many days away, if it has a name of its own."""
        words = self._days["near"].get(away)
        return None if words is None else self._said(words)

    def day(self, day: date, pattern: str) -> str:
        """A day by the format of this name, or by a pattern of the CLDR."""
        formats = self._days["formats"]
        wanted = formats.get(pattern, pattern)
        if day.day == 1:
            wanted = _NUMBER.sub(formats["first"], wanted)
        return self._said(format_date(day, format=wanted, locale=self._locale))

    def joined(self, form: str, **facts: str) -> str:
        """Parts that are put together by the format of this name: ``moment`` or ``list``."""
        before = self._days["before"].get(form)
        if before and re.match(before["sound"], plain(facts["last"])):
            return self._said(before["words"], facts)
        return self._said(self._days["formats"][form], facts)

    def _said(self, words: str, facts: Mapping[str, str] = _NOTHING) -> str:
        return words.format(**facts)

    def _names(self) -> list[str]:
        folder = files("prompts") / self._folder
        return sorted(path.name.removesuffix(".yml") for path in folder.iterdir() if path.name.endswith(".yml"))

    def _read(self, name: str) -> dict[str, Any]:
        return _read(self._folder, f"{name}.yml")


class PseudoLibrary(Library):
    """English with ⟦marks⟧ around every text from here and ⟨marks⟩ around what is filled into it.

    So a text from anywhere else stands out, also in the middle of a sentence.
    """

    @cached_property
    def questions(self) -> Questions:
        """The questions and the names of their themes, marked."""
        plain = read_questions(_read("questions.yml"), self._read("questions"))
        marked = tuple(replace(question, text=f"⟦{question.text}⟧") for question in plain.all)
        return replace(plain, all=marked, names={theme: f"⟦{name}⟧" for theme, name in plain.names.items()})

    @cached_property
    def kinds(self) -> Mapping[Kind, Shipped]:
        """The kinds of meeting, each name and each line marked."""
        plain = read_templates(_read("templates.yml"), self._read("templates"))
        return {kind: _marked_kind(shipped) for kind, shipped in plain.items()}

    def say(self, key: str, facts: Mapping[str, object]) -> str:
        """The marked sentence."""
        return f"⟦{super().say(key, _marked(facts))}⟧"

    def _said(self, words: str, facts: Mapping[str, str] = _NOTHING) -> str:
        return f"⟦{super()._said(words, {name: f'⟨{fact}⟩' for name, fact in facts.items()})}⟧"


def _marked(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: f"⟨{fact}⟩" if isinstance(fact, str) else fact for name, fact in facts.items()}


def _marked_kind(shipped: Shipped) -> Shipped:
    lines = (f"{line[:2]}⟦{line[2:]}⟧" if line else "" for line in shipped.source.split("\n"))
    return replace(shipped, name=f"⟦{shipped.name}⟧", purpose=f"⟦{shipped.purpose}⟧", source="\n".join(lines))


def fitting(libraries: Mapping[str, Library], *languages: str) -> Library:
    """The first of these languages that ships, or else English."""
    return next((libraries[code] for code in languages if code in libraries), libraries[DEFAULT_LANGUAGE])


def libraries() -> dict[str, Library]:
    """Every language that ships, by its code, English first."""
    english = Library(DEFAULT_LANGUAGE)
    folders = (path for path in files("prompts").iterdir() if path.is_dir() and (path / "verbs.yml").is_file())
    codes = sorted({path.name for path in folders} - {DEFAULT_LANGUAGE})
    return {DEFAULT_LANGUAGE: english} | {code: Library(code, beside=english) for code in codes}
