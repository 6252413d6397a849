"""Every key that the code says exists in prompts/en, and every text there is said by something."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from bot.features import registry
from prompts.library import Library

ROOT = Path(__file__).parents[2]
TEXTS = Library("en").texts
FILES = {key.partition(".")[0] for key in TEXTS}
_KEY = re.compile(r"[a-z_]+(\.[a-z_]*[a-z])+")


def test_every_key_that_is_said_exists() -> None:
    said = {key for key in _plain_keys() if key.partition(".")[0] in FILES}
    assert said - TEXTS.keys() == set()
    unmatched = {pattern for pattern in _patterns() if not any(re.fullmatch(pattern, key) for key in TEXTS)}
    assert unmatched == set()


def test_every_text_is_said() -> None:
    plain, patterns = _plain_keys(), _patterns()
    assert {key for key in TEXTS if key not in plain and not any(re.fullmatch(p, key) for p in patterns)} == set()


def test_every_verb_is_understood_and_every_verb_that_is_understood_can_be_typed() -> None:
    assert Library("en").verbs.keys() == registry().verbs.keys()


def test_no_way_of_typing_means_two_verbs() -> None:
    ways = [way for ways in Library("en").verbs.values() for way in ways]
    assert sorted(ways) == sorted(set(ways))


def _plain_keys() -> set[str]:
    return {text for text in _constants() if _KEY.fullmatch(text)}


def _constants() -> Iterator[str]:
    """Every whole string of ``bot``; of ``adapters``, where Slack's methods are named alike, only what is said."""
    for node in _nodes("bot"):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.endswith(("_", ".")):
            yield node.value
    for node in _nodes("adapters"):
        if isinstance(node, ast.Call) and _called(node.func).strip("_") == "say" and node.args:
            parts = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
            yield from (part for part in parts if isinstance(part, str))


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _patterns() -> set[str]:
    """Keys that are put together from parts, as patterns."""
    found = (_pattern(node) for node in _nodes("bot", "adapters") if isinstance(node, ast.JoinedStr))
    return {pattern for pattern in found if pattern.partition("\\.")[0] in FILES and "\\." in pattern}


def _pattern(text: ast.JoinedStr) -> str:
    parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_]+" for p in text.values)
    return "".join(parts)


def _nodes(*folders: str) -> Iterator[ast.AST]:
    return chain.from_iterable(map(_nodes_of, folders))


@cache
def _nodes_of(folder: str) -> Sequence[ast.AST]:
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / folder).rglob("*.py")))
    return [node for tree in trees for node in ast.walk(tree) if _has_words(node)]


def _has_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr | ast.Call)
