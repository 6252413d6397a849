"""The small language in which platforms' published limits are written down: a check looks at one value."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial


@dataclass(frozen=True)
class Problem:
    """One broken rule: where (a JSON pointer), which, and in words that never repeat the payload's."""

    path: str
    rule: str
    says: str


Check = Callable[[object, str], Iterator[Problem]]


@dataclass(frozen=True)
class Shape:
    """An object's keys and what holds between them; `page` is the public page that says so."""

    page: str
    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    also: tuple[Check, ...] = ()

    def __call__(self, value: object, path: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(path, "wrong_type", "must be an object")
            return
        yield from self._missing(value, path)
        for key, part in value.items():
            yield from self._part(str(key), part, path)
        for check in self.also:
            yield from check(value, path)

    def _missing(self, value: Mapping[str, object], path: str) -> Iterator[Problem]:
        absent = (key for key in self.required if value.get(key) is None)
        return (Problem(f"{path}/{key}", "missing", "missing required field") for key in absent)

    def _part(self, key: str, part: object, path: str) -> Iterator[Problem]:
        check = self.required.get(key) or self.optional.get(key)
        if check is None and key != "type":
            yield Problem(f"{path}/{known_name(key)}", "unknown_key", "no more properties are allowed")
        elif check is not None and part is not None:
            yield from check(part, f"{path}/{key}")


def known_name(key: str) -> str:
    """The key when it looks like one, so that people's words cannot come back as a path."""
    return key if re.fullmatch(r"[a-z][A-Za-z_]{0,39}", key) else "?"


def by_type(shapes: Mapping[str, Check], what: str) -> Check:
    """An object whose `type` says which of the shapes it must have."""
    return partial(_by_type, shapes, what)


def _by_type(shapes: Mapping[str, Check], what: str, value: object, path: str) -> Iterator[Problem]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    shape = shapes.get(kind) if isinstance(kind, str) else None
    if shape is None:
        yield Problem(f"{path}/type", "unknown_type", f"unsupported type of {what}")
    else:
        yield from shape(value, path)


def text(most: int, least: int = 1) -> Check:
    """A string of so many characters."""
    return partial(_text, most, least)


def _text(most: int, least: int, value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(path, "wrong_type", "must be a string")
    elif len(value) > most:
        yield Problem(path, "too_long", f"must be less than {most + 1} characters")
    elif len(value) < least:
        yield Problem(path, "too_short", f"must be more than {least - 1} characters")


def matching(pattern: str, rule: str, says: str) -> Check:
    """A string of a form."""
    return partial(_matching, re.compile(pattern), rule, says)


def _matching(pattern: re.Pattern[str], rule: str, says: str, value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        yield Problem(path, rule, says)


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""
    return partial(_whole, least, most)


def _whole(least: int, most: int, value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Problem(path, "wrong_type", "must be a whole number")
    elif not least <= value <= most:
        yield Problem(path, "out_of_range", f"must be from {least} to {most}")


def boolean(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield Problem(path, "wrong_type", "must be true or false")


def choice(*allowed: str) -> Check:
    return partial(_choice, allowed)


def _choice(allowed: tuple[str, ...], value: object, path: str) -> Iterator[Problem]:
    if value not in allowed:
        yield Problem(path, "not_allowed", f"must be one of {', '.join(allowed)}")


def array(of: Check, most: int, least: int = 1) -> Check:
    """A list of so many, each of which passes the check."""
    return partial(_array, of, most, least)


def _array(of: Check, most: int, least: int, value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, list | tuple):
        yield Problem(path, "wrong_type", "must be a list")
        return
    if len(value) > most:
        yield Problem(path, "too_many", f"no more than {most} items allowed")
    if len(value) < least:
        yield Problem(path, "too_few", f"at least {least} items required")
    for index, each in enumerate(value):
        yield from of(each, f"{path}/{index}")


def anything(_value: object, _path: str) -> Iterator[Problem]:
    yield from ()


def any_object(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(path, "wrong_type", "must be an object")


def one_of_keys(*keys: str) -> Check:
    """At least one of these keys is there."""
    return partial(_one_of_keys, keys)


def _one_of_keys(keys: tuple[str, ...], value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping) and not any(value.get(key) for key in keys):
        yield Problem(path, "missing_one_of", f"needs one of {', '.join(keys)}")


def only_one_of_keys(*keys: str) -> Check:
    """Exactly one of these keys is there."""
    return partial(_only_one_of_keys, keys)


def _only_one_of_keys(keys: tuple[str, ...], value: object, path: str) -> Iterator[Problem]:
    there = [key for key in keys if isinstance(value, Mapping) and key in value]
    if len(there) != 1:
        yield Problem(path, "exactly_one_of", f"needs exactly one of {', '.join(keys)}")


def unique(key: str, among: Iterable[object], path: str) -> Iterator[Problem]:
    """No two objects of a list share the value of a key."""
    seen: set[object] = set()
    for index, each in enumerate(among):
        name = each.get(key) if isinstance(each, Mapping) else None
        if isinstance(name, str) and name in seen:
            yield Problem(f"{path}/{index}/{key}", f"duplicate_{key}", f"{key} must be unique")
        if isinstance(name, str):
            seen.add(name)


def items(value: object, key: str) -> Sequence[object]:
    """The list under a key, or nothing."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list | tuple) else ()
