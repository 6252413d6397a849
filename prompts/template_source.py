"""What a template may say, and what it says: words with a few things in braces (F3, F4).

The text is a small part of Jinja2: the facts, ``if``, comparisons, ``and``, ``or``, ``not``, words in quotes and four
filters. Jinja2 reads it, but nothing of it is ever compiled or called: what may stand there is listed here, and
``said`` walks it. So whoever wrote it can neither name anything else, nor loop, nor reckon, nor make it long.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.filters import do_title
from jinja2.parser import Parser

FACTS = ("me", "other", "relationship")
FILTERS = ("upper", "lower", "title", "default")
TAGS = ("if", "elif", "else", "endif")
SOURCE_MOST = 8000
OUTPUT_MOST = 20_000
PARTS_MOST = 60
"""Words and signs between one pair of braces; so nothing is nested deeper than that either."""

DEPTH_MOST = 8
"""How many times one ``if`` may stand in another."""

_ENV = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701 - reads only, and people's words are escaped where they are shown
_COMPARED: Mapping[str, Callable[[object, object], bool]] = MappingProxyType(
    {
        "eq": lambda one, other: one == other,
        "ne": lambda one, other: one != other,
        "in": lambda one, other: str(one) in str(other),
        "notin": lambda one, other: str(one) not in str(other),
    }
)
_QUIET = frozenset({"whitespace", "comment", "comment_begin", "comment_end"})
_BRACES = {"block_begin": "block_end", "variable_begin": "variable_end"}
_NUMBERS = frozenset({"integer", "float"})


class BadTemplate(ValueError):
    """This cannot be a template; ``reason`` says why, ``line`` where, and ``facts`` are for the sentence about it."""

    def __init__(self, reason: str, line: int, **facts: object) -> None:
        super().__init__(f"{reason} in line {line}")
        self.reason = reason
        self.line = line
        self.facts = facts


@dataclass(frozen=True)
class Facts:
    """What a template can name: the first names of its reader and of the other one, and what they are to each other."""

    me: str
    other: str
    relationship: str


@dataclass(frozen=True)
class Piece:
    """Words as they come out, and the line in which they were written."""

    text: str
    line: int


def checked(source: str) -> nodes.Template:
    """The template as it was read, when there is nothing in it but what may be; raises BadTemplate."""
    if len(source) > SOURCE_MOST:
        raise BadTemplate("long", 1, most=SOURCE_MOST, count=len(source))
    try:
        _scan(source)
        read = Parser(_ENV, source).parse()
    except TemplateSyntaxError as error:
        raise BadTemplate("unreadable", error.lineno) from None
    for node in read.body:
        _check_statement(node)
    return read


def said(template: nodes.Template, facts: Facts) -> Sequence[Piece]:
    """What comes out; raises BadTemplate as soon as it gets too long."""
    pieces: list[Piece] = []
    length = 0
    for piece in _walked(template.body, facts):
        length += len(piece.text)
        if length > OUTPUT_MOST:
            raise BadTemplate("output", piece.line, most=OUTPUT_MOST)
        pieces.append(piece)
    return pieces


def _scan(source: str) -> None:
    """What is refused before anything is built of it: other tags, and whatever nests too deep to be read safely."""
    depth = 0
    for opening, parts in _braces(source):
        if opening == "block_begin" and parts:
            depth += _deeper(parts[0].text, parts[0].line)
        if len(parts) > PARTS_MOST or depth > DEPTH_MOST:
            raise BadTemplate("deep", parts[0].line)


def _braces(source: str) -> Iterator[tuple[str, Sequence[Piece]]]:
    """What stands in each pair of braces, and which kind of braces those are; no more than is needed to refuse it."""
    opening, parts = "", list[Piece]()
    for line, kind, text in _ENV.lexer.tokeniter(source, None):
        if kind in _BRACES:
            opening, parts = kind, []
        elif kind in _BRACES.values() or (opening and len(parts) > PARTS_MOST):
            yield opening, parts
            opening = ""
        elif kind in _NUMBERS:
            raise BadTemplate("expression", line)
        elif opening and kind not in _QUIET:
            parts.append(Piece(text, line))


def _deeper(tag: str, line: int) -> int:
    """How much deeper that is which follows this tag."""
    if tag not in TAGS:
        raise BadTemplate("tag", line)
    return {"if": 1, "endif": -1}.get(tag, 0)


def _check_statement(node: nodes.Node) -> None:
    match node:
        case nodes.Output():
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    _check(part)
        case nodes.If():
            _check(node.test)
            for each in (*node.body, *node.elif_, *node.else_):
                _check_statement(each)
        case _:
            raise BadTemplate("tag", node.lineno)


def _check(expression: nodes.Node) -> None:
    """Whether it is of nothing but what may be; ``_scan`` has seen to it that it is not deep."""
    _check_one(expression)
    for part in expression.iter_child_nodes():
        _check(part)


def _check_one(node: nodes.Node) -> None:
    match node:
        case nodes.Name():
            if node.name not in FACTS:
                raise BadTemplate("name", node.lineno, name=node.name[:40])
        case nodes.Filter():
            if not _is_filter(node):
                raise BadTemplate("filter", node.lineno)
        case nodes.Const(value=str() | bool()) | nodes.And() | nodes.Or() | nodes.Not() | nodes.CondExpr():
            return
        case nodes.Compare() if all(operand.op in _COMPARED for operand in node.ops):
            return
        case nodes.Operand():
            return
        case _:
            raise BadTemplate("expression", node.lineno)


def _is_filter(node: nodes.Filter) -> bool:
    most = 2 if node.name == "default" else 0
    is_plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(node.args) <= most
    return node.name in FILTERS and node.node is not None and is_plain


def _walked(body: Sequence[nodes.Node], facts: Facts) -> Iterator[Piece]:
    for node in body:
        if isinstance(node, nodes.If):
            yield from _walked(_branch(node, facts), facts)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                text = part.data if isinstance(part, nodes.TemplateData) else str(_value(part, facts))
                yield Piece(text, part.lineno)


def _branch(node: nodes.If, facts: Facts) -> Sequence[nodes.Node]:
    for way in (node, *node.elif_):
        if _value(way.test, facts):
            return way.body
    return node.else_


def _value(node: nodes.Node, facts: Facts) -> str | bool:
    match node:
        case nodes.Name():
            return str(getattr(facts, node.name))
        case nodes.Const():
            return node.value if isinstance(node.value, bool) else str(node.value)
        case nodes.Filter():
            return _filtered(node, facts)
        case nodes.Compare():
            return _compared(node, facts)
        case nodes.And():
            return _value(node.left, facts) and _value(node.right, facts)
        case nodes.Or():
            return _value(node.left, facts) or _value(node.right, facts)
        case nodes.Not():
            return not _value(node.node, facts)
        case nodes.CondExpr():
            chosen = node.expr1 if _value(node.test, facts) else node.expr2
            return "" if chosen is None else _value(chosen, facts)
        case _:
            raise TypeError(f"{type(node).__name__} was not checked")


def _compared(node: nodes.Compare, facts: Facts) -> bool:
    """``a == b == c`` holds when each neighbour does, as in Python."""
    left = _value(node.expr, facts)
    for operand in node.ops:
        right = _value(operand.expr, facts)
        if not _COMPARED[operand.op](left, right):
            return False
        left = right
    return True


def _filtered(node: nodes.Filter, facts: Facts) -> str | bool:
    assert node.node is not None, "it was checked"
    value = _value(node.node, facts)
    match node.name:
        case "upper":
            return str(value).upper()
        case "lower":
            return str(value).lower()
        case "title":
            return do_title(str(value))
        case _:
            # Every fact is there, so only the way in which an empty one counts as none does anything.
            given = [_value(each, facts) for each in node.args]
            return given[0] if not value and given[1:] and given[1] else value
