"""What a language lacks beside English: ``python -m prompts.compare [LANGUAGE ...]`` prints a line for each finding."""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta

from prompts.library import read_yaml

ENGLISH = "en"
NO_TEXT = "\0"
# Keys of which are what people type: each language has as many as it has ways of saying so.
TYPED = re.compile(
    r"(?:dates\.(?:near|before|due\.(?:days|ends|numbers))"
    r"|rhythm\.(?:same|ordinals|numbers|starts|time\.(?:words|quarters)|minutes\.(?:phrases|numbers)))\..*"
)
# Lists of what people type, or of words that tell of a theme, are as long as a language needs.
WORDS = re.compile(r"(?:verbs|matching|rhythm|dates)\..*|questions\.themes\.\w+\.words")
_MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\w+\}", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_ENV = Environment(autoescape=False)  # noqa: S701 - only parses, renders nothing
_GIVEN = frozenset({"plural"})


@dataclass(frozen=True, order=True)
class Finding:
    """``what`` is missing, extra, variables, broken or english; ``text`` is the English one, or what is wrong."""

    language: str
    what: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.language}  {self.what:<9}  {self.key}  {' '.join(self.text.split())}"


def leaves(language: str) -> dict[str, str]:
    """Every text of a language by ``file.key``; what is typed stands there once, without its words.

    What YAML does not take for a text, as 1:1 or no without quotes, is ``NO_TEXT``.
    """
    found: dict[str, str] = {}
    for name in file_names(language):
        found |= dict(_leaves(read(language, name), name))
    return found


def file_names(language: str) -> list[str]:
    folder = files("prompts") / language
    return sorted(path.name.removesuffix(".yml") for path in folder.iterdir() if path.name.endswith(".yml"))


def read(*path: str) -> Any:
    """The content of a YAML file under ``prompts``."""
    *folders, name = path
    text = files("prompts").joinpath(*folders, f"{name}.yml").read_text(encoding="utf-8")
    return read_yaml(text)


def findings(language: str) -> Iterator[Finding]:
    """How a language differs from English where it must not."""
    ours, theirs, same = leaves(ENGLISH), leaves(language), _may_be_same(language)
    for key in sorted(ours.keys() - theirs.keys()):
        yield Finding(language, "missing", key, ours[key])
    for key in sorted(theirs.keys() - ours.keys()):
        yield Finding(language, "extra", key, theirs[key])
    for key in sorted(ours.keys() & theirs.keys()):
        yield from _beside(language, key, ours[key], theirs[key], same)


def variables(text: str) -> frozenset[str]:
    """The facts that a text is filled with; raises TemplateSyntaxError."""
    return frozenset(meta.find_undeclared_variables(_ENV.parse(text)) - _GIVEN) | set(re.findall(r"\{(\w+)\}", text))


def has_words(text: str) -> bool:
    """Whether anything is left to translate where the facts are taken out."""
    return _LETTER.search(_MARKS.sub("", text)) is not None


def _leaves(tree: Any, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, list) and WORDS.fullmatch(prefix):
        yield prefix, ""
        return
    parts = tree.items() if isinstance(tree, Mapping) else enumerate(tree) if isinstance(tree, list) else None
    if parts is None:
        yield prefix, tree if isinstance(tree, str) else NO_TEXT
        return
    for name, part in parts:
        key = f"{prefix}.{name}"
        if not TYPED.fullmatch(key):
            yield from _leaves(part, key)


def _may_be_same(language: str) -> frozenset[str]:
    """What this language says as English does."""
    return frozenset((read("same") or {}).get(language, ()))


def _beside(language: str, key: str, ours: str, theirs: str, same: frozenset[str]) -> Iterator[Finding]:
    if theirs == NO_TEXT:
        yield Finding(language, "broken", key, "is no text to YAML without quotes")
        return
    try:
        used, wanted = variables(theirs), variables(ours)
    except TemplateSyntaxError as error:
        yield Finding(language, "broken", key, str(error))
        return
    if used != wanted:
        yield Finding(language, "variables", key, f"needs {sorted(wanted)}, has {sorted(used)}")
    if theirs == ours and has_words(theirs) and theirs not in same and not key.startswith("dates.formats."):
        yield Finding(language, "english", key, ours)


def others() -> list[str]:
    """The folders of all languages but English."""
    folders = (path.name for path in files("prompts").iterdir() if path.is_dir() and not path.name.startswith("_"))
    return sorted(name for name in folders if name != ENGLISH)


def main(languages: list[str]) -> int:
    found = [finding for language in languages or others() for finding in findings(language)]
    sys.stdout.writelines(f"{finding}\n" for finding in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
