"""The settings as an operator gave them: NAME, or NAME_FILE with the path of a file that holds the value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

_Value = TypeVar("_Value")

PREFIXES = ("ONEONONE_", "SLACK_", "MICROSOFT_APP_")
FILE = "_FILE"
# Read by the test run, and harmless to us.
_NOT_OURS = frozenset({"ONEONONE_CI"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting and how to mend it, without the value."""

    setting: str
    says: str

    def __str__(self) -> str:
        return f"{self.setting} {self.says}"


class ConfigError(Exception):
    """Some settings cannot be used; the message lists all of them."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        lines = [f"- {problem}" for problem in problems]
        super().__init__("\n".join(["These settings need your attention:", *lines]))


class Malformed(Exception):
    """A value cannot be understood; says how to mend it, without repeating it."""


class Environment:
    """Reads settings by name and keeps what is wrong with them, so that one error can name everything."""

    def __init__(self, variables: Mapping[str, str], *, known: frozenset[str]) -> None:
        self._variables = variables
        self._problems: list[Problem] = []
        self._look_for_unknown(known)

    def text(self, name: str) -> str | None:
        """The value without surrounding space; None when it is not set, or cannot be used."""
        try:
            return self._read(name)
        except Malformed as problem:
            self.refuse(self._given_as(name), str(problem))
            return None

    def parsed(self, name: str, parse: Callable[[str], _Value], default: _Value) -> _Value:
        """The understood value; the default when it is not set, or cannot be used."""
        text = self.text(name)
        if text is None:
            return default
        try:
            return parse(text)
        except Malformed as problem:
            self.refuse(self._given_as(name), str(problem))
            return default

    def is_set(self, name: str) -> bool:
        """Whether the operator meant to set it, well or badly."""
        return name in self._variables or name + FILE in self._variables

    def refuse(self, name: str, says: str) -> None:
        """Keep a problem for check()."""
        self._problems.append(Problem(name, says))

    def check(self) -> None:
        """Raise ConfigError with everything that was found."""
        if self._problems:
            raise ConfigError(*self._problems)

    def _given_as(self, name: str) -> str:
        return name if name in self._variables else name + FILE

    def _read(self, name: str) -> str | None:
        if name in self._variables and name + FILE in self._variables:
            raise Malformed(f"and {name}{FILE} are both set. Keep one of them.")
        if name + FILE in self._variables:
            return _content(self._variables[name + FILE].strip())
        if name in self._variables:
            return _filled(self._variables[name], "is empty. Give it a value, or remove it.")
        return None

    def _look_for_unknown(self, known: frozenset[str]) -> None:
        names = known | {name + FILE for name in known}
        given = {name for name in self._variables if name.startswith(PREFIXES)}
        for name in sorted(given - names - _NOT_OURS):
            self.refuse(name, f"is not a setting. {_nearest(name, names)}")


def _content(path: str) -> str:
    file = _filled(path, "is empty. Give it the path of a file, or remove it.")
    try:
        text = Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise Malformed(f"names a file that cannot be read ({error.strerror}).") from None
    except ValueError:
        raise Malformed("names a file that is not text. Write the value in it as UTF-8.") from None
    return _filled(text, "names an empty file. Write the value in it.")


def _filled(text: str, wrong: str) -> str:
    if filled := text.strip():
        return filled
    raise Malformed(wrong)


def _nearest(name: str, names: set[str] | frozenset[str]) -> str:
    near = get_close_matches(name, sorted(names), n=1)
    return f"Did you mean {near[0]}?" if near else "Remove it."
