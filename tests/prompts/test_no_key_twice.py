"""A key that a file has twice would silently be the second one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import prompts

FILES = sorted(Path(prompts.__file__).parent.rglob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_each_key_stands_once(file: Path) -> None:
    assert list(_twice(yaml.compose(file.read_text(encoding="utf-8")))) == []


def test_a_key_that_stands_twice_is_found() -> None:
    assert list(_twice(yaml.compose("a: {b: 1, c: 2, b: 3}\nd: [{e: 1}, {e: 2}]"))) == ["b"]


def _twice(node: yaml.Node | None) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from {key for key in keys if keys.count(key) > 1}
        for _, value in node.value:
            yield from _twice(value)
    if isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _twice(value)
