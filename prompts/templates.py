"""The kinds of meeting that ship: what each is for, and its sections with their prompts (F3).

Which there are stands once, in ``templates.yml``; each language has its words for them. A kind is written like a
template of people's own (see ``prompts.template_source``), so that one way of reading and showing does for both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prompts.template_outline import PROMPT_MOST, sections_of
from prompts.template_source import BadTemplate, Facts

RELATIONSHIPS = frozenset({"manager", "skip_level", "colleague", "mentor"})
LONGEST = 120
"""Characters of a prompt that ships, of a purpose and, with names of usual length, of what comes out."""

NAME_MOST = 40
FEWEST, MOST = 2, 4
_SOMEBODY = ("Alexandra", "Benjamin")


class Kind(StrEnum):
    """What a meeting is for; in the order in which they are listed."""

    weekly = "weekly"
    first = "first"
    goals = "goals"
    career = "career"
    mid_year = "mid_year"
    mobility = "mobility"
    feedback = "feedback"
    problem = "problem"
    comeback = "comeback"
    skip_level = "skip_level"
    mentoring = "mentoring"
    office_hour = "office_hour"


class BadTemplates(ValueError):
    """A file of templates is not as it must be; the sentence names the kind and the section."""


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """A kind of meeting in one language; ``suits`` are the relationships for which it is listed first."""

    kind: Kind
    name: str
    purpose: str
    suits: frozenset[str]
    source: str


def read_templates(structure: Mapping[str, Any], words: Mapping[str, Any]) -> Mapping[Kind, Shipped]:
    """The kinds in one language's words; raises BadTemplates for whatever is not as it must be."""
    kinds = _record(_record(structure, {"kinds"}, "the file")["kinds"], set(Kind), "kinds")
    told = _record(_record(words, {"kinds"}, "the words")["kinds"], set(Kind), "kinds")
    return {kind: _shipped(kind, kinds[kind], told[kind]) for kind in Kind}


def _shipped(kind: Kind, structure: object, words: object) -> Shipped:
    given = _record(structure, {"suits", "sections"}, kind)
    told = _record(words, {"name", "purpose", "sections"}, kind)
    counts = given["sections"]
    texts = _record(told["sections"], set(counts), f"sections of {kind}")
    shipped = Shipped(
        kind=kind,
        name=_line(told["name"], f"name of {kind}", most=NAME_MOST),
        purpose=_line(told["purpose"], f"purpose of {kind}"),
        suits=_suits(given["suits"], kind),
        source="\n\n".join(_section(texts[key], count, f"{key} of {kind}") for key, count in counts.items()),
    )
    _tried(shipped)
    return shipped


def _suits(value: object, kind: Kind) -> frozenset[str]:
    suits = frozenset(value if isinstance(value, list) else ())
    if not suits or not suits <= RELATIONSHIPS:
        raise BadTemplates(f"{kind}: suits needs relationships")
    return suits


def _section(value: object, count: int, where: str) -> str:
    """The section as it would be typed."""
    record = _record(value, {"title", "prompts"}, where)
    prompts = record["prompts"]
    if not isinstance(prompts, list) or len(prompts) != count or not FEWEST <= count <= MOST:
        raise BadTemplates(f"{where}: needs {count} prompts, at least {FEWEST} and at most {MOST}")
    title = _line(record["title"], f"title of {where}", most=NAME_MOST)
    return "\n".join([f"# {title}", *(f"- {_line(each, where, most=PROMPT_MOST * 2)}" for each in prompts)])


def _tried(shipped: Shipped) -> None:
    """Read it as each relationship would; raises BadTemplates."""
    for relationship in sorted(RELATIONSHIPS):
        try:
            sections = sections_of(shipped.source, Facts(*_SOMEBODY, relationship))
        except BadTemplate as bad:
            raise BadTemplates(f"{shipped.kind}: {bad}") from None
        for prompt in (prompt for section in sections for prompt in section.prompts):
            if len(prompt) > LONGEST:
                raise BadTemplates(f"{shipped.kind}: {len(prompt)} characters are more than {LONGEST}: {prompt}")


def _line(value: object, where: str, *, most: int = LONGEST) -> str:
    if not isinstance(value, str) or value.splitlines() != [value.strip()]:
        raise BadTemplates(f"{where}: needs words in one line")
    if len(value) > most:
        raise BadTemplates(f"{where}: {len(value)} characters are more than {most}")
    return value


def _record(value: object, needed: set[Any], where: str) -> Mapping[str, Any]:
    """The value if it is a mapping that has just what it needs."""
    if not isinstance(value, Mapping):
        raise BadTemplates(f"{where}: needs {', '.join(sorted(needed))}")
    if missing := needed - value.keys():
        raise BadTemplates(f"{where}: lacks {', '.join(sorted(missing))}")
    if unknown := value.keys() - needed:
        raise BadTemplates(f"{where}: nobody knows {', '.join(sorted(map(str, unknown)))}")
    return value
