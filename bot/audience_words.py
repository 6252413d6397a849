"""The one line that assigns a topic: ``Country = Germany and Department in Sales, Support: Mid-year reflection``."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.audience import Condition
from prompts.spelling import plain

_TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"]|"")*)"|[“„](?P<curly>[^”“]*)[”“]|(?P<mark>[=:,])|(?P<word>[^\s=:,"“„]+|["“„])'
)
_PLAIN = re.compile(r"[^\W_][\w.&/+()'-]*(?: [^\W_][\w.&/+()'-]*)*")

Vocabulary = Mapping[str, Sequence[str]]


class Whole(StrEnum):
    """What stands for a whole audience, in the place of conditions."""

    team = "team"
    channel = "channel"


class Unclear(ValueError):
    """The words are no audience and title."""


@dataclass(frozen=True)
class Line:
    """What the line says; without ``whole`` there is at least one condition."""

    title: str
    conditions: tuple[Condition, ...] = ()
    whole: Whole | None = None


@dataclass(frozen=True)
class _Token:
    text: str
    quoted: bool = False

    def means(self, ways: Collection[str]) -> bool:
        return not self.quoted and plain(self.text) in map(plain, ways)


def read_line(words: str, vocabulary: Vocabulary) -> Line:
    """What is meant; raises Unclear."""
    tokens, title = _before_the_colon(words)
    if not tokens or not title:
        raise Unclear
    whole = " ".join(token.text for token in tokens if not token.quoted)
    for kind in Whole:
        if plain(whole) in map(plain, vocabulary[kind.value]):
            return Line(title, whole=kind)
    return Line(title, tuple(_condition(part, vocabulary) for part in _parts(tokens, vocabulary)))


def read_values(words: str) -> tuple[str, ...]:
    """The values in a list with commas; one with a comma in it stands in quotes. Raises Unclear for an empty one."""
    return _values([_token(match) for match in _TOKEN.finditer(words)])


def written_line(line: Line, vocabulary: Vocabulary) -> str:
    """The line that ``read_line`` reads as this."""
    if line.whole is not None:
        return f"{vocabulary[line.whole.value][0]}: {line.title}"
    conditions = (
        f"{_quoted(condition.name, vocabulary)} = {written_values(condition.values, vocabulary)}"
        for condition in line.conditions
    )
    between = f" {vocabulary['and'][0]} "
    return f"{between.join(conditions)}: {line.title}"


def written_values(values: Sequence[str], vocabulary: Vocabulary) -> str:
    """The values as a list that ``read_values`` reads as these."""
    return ", ".join(_quoted(value, vocabulary) for value in values)


def _quoted(text: str, vocabulary: Vocabulary) -> str:
    special = {word for ways in vocabulary.values() for way in ways for word in way.split()}
    if _PLAIN.fullmatch(text) and not special & set(text.casefold().split()):
        return text
    return '"' + text.replace('"', '""') + '"'


def _before_the_colon(words: str) -> tuple[list[_Token], str]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(words):
        if match["mark"] == ":":
            return tokens, words[match.end() :].strip()
        tokens.append(_token(match))
    raise Unclear


def _token(match: re.Match[str]) -> _Token:
    if match["quoted"] is not None:
        return _Token(match["quoted"].replace('""', '"'), quoted=True)
    if match["curly"] is not None:
        return _Token(match["curly"], quoted=True)
    return _Token(match["mark"] or match["word"])


def _parts(tokens: Sequence[_Token], vocabulary: Vocabulary) -> Sequence[Sequence[_Token]]:
    """The conditions; an "and" with no condition behind it belongs to a value, as in Research and Development."""
    parts: list[list[_Token]] = [[]]
    for token in tokens:
        if token.means(vocabulary["and"]):
            parts.append([])
        parts[-1].append(token)
    whole = [parts[0]]
    for part in parts[1:]:
        if any(token.means(_beginnings(vocabulary)) for token in part):
            whole.append(part[1:])
        else:
            whole[-1] += part
    return whole


def _beginnings(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(way.split()[0] for way in vocabulary["is"])


def _condition(part: Sequence[_Token], vocabulary: Vocabulary) -> Condition:
    """A name, what says that it is one of some values, and these."""
    start = next((n for n, token in enumerate(part) if n and token.means(_beginnings(vocabulary))), None)
    if start is None:
        raise Unclear
    name = " ".join(token.text for token in part[:start])
    return Condition(name, _values(part[start + _length(part[start:], vocabulary) :]))


def _length(tokens: Sequence[_Token], vocabulary: Vocabulary) -> int:
    """How many tokens the longest way of saying "is one of" has with which these begin."""
    for way in sorted(vocabulary["is"], key=lambda way: -len(way.split())):
        words = way.split()
        if len(tokens) >= len(words) and all(t.means((w,)) for t, w in zip(tokens, words, strict=False)):
            return len(words)
    raise Unclear


def _values(tokens: Sequence[_Token]) -> tuple[str, ...]:
    values: list[list[str]] = [[]]
    for token in tokens:
        if token.means((",",)):
            values.append([])
        else:
            values[-1].append(token.text)
    found = tuple(dict.fromkeys(" ".join(words) for words in values if words))
    if not found:
        raise Unclear
    return found
