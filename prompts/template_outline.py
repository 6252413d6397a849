"""A template as a kind of meeting: ``# Section``, ``- prompt``, and other lines, which are hints (F3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from prompts.template_source import BadTemplate, Facts, Piece, checked, said

SECTIONS_MOST = 12
PROMPTS_MOST = 12
PROMPT_MOST = 200
TITLE_MOST = 60
HINT_MOST = 300
HINTS_MOST = 3

_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Section:
    title: str
    hints: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass
class _Outline:
    """The sections as they are read, line by line."""

    titles: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    hints: list[list[str]] = field(default_factory=list)
    prompts: list[list[str]] = field(default_factory=list)

    def take(self, text: str, line: int) -> None:
        if text.startswith("#"):
            self._begin(_fitting(text.lstrip("#").strip(), TITLE_MOST, "title", line), line)
        elif text.startswith(("- ", "* ")) or text in ("-", "*"):
            self._within(line)
            _room(self.prompts[-1], PROMPTS_MOST, "prompts", line)
            self.prompts[-1].append(_fitting(text[1:].strip(), PROMPT_MOST, "prompt", line))
        else:
            self._within(line)
            _room(self.hints[-1], HINTS_MOST, "hints", line)
            self.hints[-1].append(_fitting(text, HINT_MOST, "hint", line))

    def _begin(self, title: str, line: int) -> None:
        _room(self.titles, SECTIONS_MOST, "sections", line)
        self.titles.append(title)
        self.lines.append(line)
        self.hints.append([])
        self.prompts.append([])

    def _within(self, line: int) -> None:
        if not self.titles:
            raise BadTemplate("outside", line)

    def sections(self) -> tuple[Section, ...]:
        if not self.titles:
            raise BadTemplate("empty", 1)
        for line, prompts in zip(self.lines, self.prompts, strict=True):
            if not prompts:
                raise BadTemplate("section", line)
        read = zip(self.titles, self.hints, self.prompts, strict=True)
        return tuple(Section(title, tuple(hints), tuple(prompts)) for title, hints, prompts in read)


def sections_of(source: str, facts: Facts) -> tuple[Section, ...]:
    """What the template says to this reader; raises BadTemplate, also for what would be said to another one."""
    outline = _Outline()
    for line in _lines(said(checked(source), facts)):
        if text := line.text.strip():
            outline.take(text, line.line)
    return outline.sections()


def _lines(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The lines that came out, each with the one in which its first word was written."""
    text, line = "", 1
    for piece in pieces:
        first, *rest = _LINES.split(piece.text)
        text, line = text + first, line if text.strip() else piece.line
        for further, each in enumerate(rest, start=1):
            yield Piece(text, line)
            text, line = each, piece.line + further
    yield Piece(text, line)


def _fitting(text: str, most: int, what: str, line: int) -> str:
    if not text:
        raise BadTemplate(f"{what}_empty", line)
    if len(text) > most:
        raise BadTemplate(f"{what}_long", line, most=most, count=len(text))
    return text


def _room(there: Sequence[object], most: int, what: str, line: int) -> None:
    if len(there) >= most:
        raise BadTemplate(what, line, most=most)
