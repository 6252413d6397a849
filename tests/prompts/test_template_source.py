"""What a template may say, and that whatever else somebody writes is refused politely, at once, and by its line."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts.template_outline import PROMPT_MOST, Section, sections_of
from prompts.template_source import OUTPUT_MOST, SOURCE_MOST, BadTemplate, Facts, checked, said

BEN = Facts("Ben", "Ana", "manager")
AT_ONCE = 2.0
"""Seconds that the longest may take on a machine that does much else; it takes a few hundredths alone."""

PIECES = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "\n", "# ", "- ", " ", "(", ")", "[", "]", "{", "}", ".", ",",
    "|", "'", '"', "~", "*", "**", "%", "//", ":", "=", "==", "!=", "<", "not ", " in ", " is ", " and ", " or ", "if ",
    "elif ", "else", "endif", "for ", "endfor", "set ", "endset", "macro ", "include ", "import ", "from ", "extends ",
    "block ", "call ", "filter ", "with ", "raw", "endraw", "do ", "trans ", "me", "other", "relationship", "self",
    "config", "loop", "__class__", "upper", "lower", "title", "default", "attr", "map", "join", "range", "0", "9" * 60,
    "1e9", "\\", "\0", "\u2028", "\r\n", "ß", "true", "none", "\ud800",
)  # fmt: skip


def prompts(source: str, facts: Facts = BEN) -> list[str]:
    """Every prompt of this one section, whose title is added."""
    (section,) = sections_of(f"# Title\n{source}", facts)
    return list(section.prompts)


def refused(source: str, facts: Facts = BEN) -> tuple[str, int]:
    with pytest.raises(BadTemplate) as bad:
        sections_of(source, facts)
    return bad.value.reason, bad.value.line


def test_sections_hints_and_prompts() -> None:
    source = "# One\n\nLook back first.\n- What?\n* Why?\n  ## Two\n- Who, {{ other }}?\n"
    first = Section("One", ("Look back first.",), ("What?", "Why?"))
    assert sections_of(source, BEN) == (first, Section("Two", (), ("Who, Ana?",)))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ me }}", "Ben"),
        ("{{ other|upper }}", "ANA"),
        ("{{ other|lower }}", "ana"),
        ("{{ 'go on'|title }}", "Go On"),
        ("{{ ''|default('nobody', true) }}", "nobody"),
        ("{{ me|default(other) }}", "Ben"),
        ("{{ me if relationship == 'manager' else other }}", "Ben"),
        ("{{ 'x' if relationship == 'mentor' }}y", "y"),
        ("{{ me == 'Ben' and other != me }}", "True"),
        ("{{ (not me) or other }}", "Ana"),
        ("{{ 'an' in other|lower }}", "True"),
        ("{{ 'x' not in other }}", "True"),
        ("{{ me == 'Ben' == other }}", "False"),
        ("{% if relationship == 'mentor' %}a{% elif me %}b{% else %}c{% endif %}", "b"),
        ("{% if not me %}a{% else %}{% if true %}c{% endif %}{% endif %}", "c"),
        ("{# nothing #}left", "left"),
        ("{% raw %}{{ me }}{% endraw %}", "{{ me }}"),
    ],
)
def test_what_can_be_said(source: str, said: str) -> None:
    assert prompts(f"- {source}") == [said]


def test_what_is_filled_in_is_never_read_again() -> None:
    facts = Facts("{{ other }}", "{% for %}", "manager")
    assert prompts("- {{ me }}{{ other }}", facts) == ["{{ other }}{% for %}"]


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        ("", "empty", 1),
        ("x", "outside", 1),
        ("\n\n- x", "outside", 3),
        ("# a\n- x\n\n# b\n# c\n- y", "section", 4),
        ("# a\n- {{ me }}\n- {{ salary }}", "name", 3),
        ("# a\n- {{ me\n+ other }}", "expression", 2),
        ("# a\n{% if me %}\n- x\n{% endif %}\n- " + "y" * 201, "prompt_long", 5),
        ("# a\n{% if me %}\n- x\n{% endif %}\n{{ '- ' }}{{ 'y' }}" + "y" * 200, "prompt_long", 5),
        ("# a\n{% if me %}\n\n{% for x in y %}\n- x{% endfor %}{% endif %}", "tag", 4),
        ("# a\n- {{ me|default(other, true, me) }}", "filter", 2),
        ("# a\n- {{ me|default(default_value=other) }}", "filter", 2),
        ("# a\n- {{ me|upper(other) }}", "filter", 2),
        ("# a\n- {{ me|center }}", "filter", 2),
        ("# a\n- {{ me < other }}", "expression", 2),
        ("# a\n- {{ [me] }}", "expression", 2),
        ("# a\n- {{ {'a': me} }}", "expression", 2),
        ("# a\n- {{ (me, other) }}", "expression", 2),
        ("# a\n- {{ none }}", "expression", 2),
        ("# a\n- {{ 3 }}", "expression", 2),
        ("# a\n- {{ me is string }}", "expression", 2),
        ("# a\n- {{ me ~ other }}", "expression", 2),
        ("# a\n- {{ me[0] }}", "expression", 2),
        ("# a\n- {% print me %}", "tag", 2),
        ("# a\n- {%  %}", "unreadable", 2),
        ("# a\n- {{ '\\x' }}", "unreadable", 2),
        ("# a\n- {{ " + "9" * 5000 + " }}", "expression", 2),
        ("# a\n- {{ me" + "|upper" * 60 + " }}", "deep", 2),
        ("# a\n- " + "{% if me %}" * 9 + "{% endif %}" * 9, "deep", 2),
        ("# a\n- x\n" + "c" * SOURCE_MOST, "long", 1),
    ],
)
def test_what_is_refused_by_its_line(source: str, reason: str, line: int) -> None:
    assert refused(source) == (reason, line)


def test_ten_megabytes_do_not_come_out() -> None:
    long_name = Facts("n" * 10_000, "Ana", "manager")
    assert refused("# a\n- x\n{# on #}\n" + "{{ me }}" * 900, long_name) == ("output", 4)
    assert sum(len(piece.text) for piece in said(checked("{{ me }}{{ me }}"), long_name)) == OUTPUT_MOST


@pytest.mark.parametrize(
    "source",
    [
        "{{" * 4000,
        "{%" * 4000,
        "{#" * 4000,
        "{{ " + "(" * 7990,
        "{{ " + "not " * 1990 + "me }}",
        "{% if me %}" * 700,
        "{% raw %}" * 800,
        "{{ me " + " " * 7900 + "}}",
        "{{ '" + "\\" * 7900,
        "{{ me }}" * 990,
        "{{ me|upper|lower|title }}" * 300,
        "# a\n" + "- {{ me if me else other }}\n" * 280,
        "\n" * 8000,
        "#" * 8000,
        "{{ " + "." * 7900 + " }}",
        "{{ " + "'a' " * 1900 + "}}",
    ],
    ids=range(16),
)
def test_nothing_takes_long(source: str) -> None:
    began = time.perf_counter()
    with pytest.raises(BadTemplate):
        sections_of(source[:SOURCE_MOST], BEN)
    assert time.perf_counter() - began < AT_ONCE


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map("".join))
def test_whatever_is_written_is_read_or_refused_politely(source: str) -> None:
    try:
        read = sections_of(source, BEN)
    except BadTemplate as bad:
        read, line = (), bad.line
    else:
        line = 1
    assert 1 <= line <= len(source.splitlines()) + 1
    for section in read:
        assert section.title
        assert section.prompts
        assert all(0 < len(prompt) <= PROMPT_MOST for prompt in section.prompts)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_stands_in_braces_names_nobody_else(inside: str) -> None:
    secret = Facts("me-7c1", "other-7c1", "manager")
    try:
        pieces = said(checked(f"{{{{ {inside} }}}}"), secret)
    except BadTemplate:
        return
    assert len("".join(piece.text for piece in pieces)) <= len(inside) * len(secret.other)


def _deeper(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(smaller, smaller)
    return st.one_of(
        st.tuples(two, st.sampled_from((" and ", " or ", " == ", " != "))).map(lambda x: f"({x[0][0]}{x[1]}{x[0][1]})"),
        smaller.map(lambda one: f"(not {one})"),
        two.map(lambda both: f"({both[0]}|lower in {both[1]}|lower)"),
        two.map(lambda both: f"({both[0]}|default({both[1]}, true))"),
        st.tuples(smaller, st.sampled_from(("upper", "lower", "title", "default"))).map("|".join),
        st.tuples(two, smaller).map(lambda three: f"({three[0][0]} if {three[1]} else {three[0][1]})"),
    )


EXPRESSIONS = st.recursive(
    st.sampled_from(("me", "other", "relationship", "'an'", "''", "true")), _deeper, max_leaves=8
)
OWN = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)


@given(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS)
def test_what_is_said_is_what_jinja_itself_would_say(shown: str, first: str, second: str) -> None:
    source = f"{{{{ {shown} }}}}\n{{% if {first} %}}\na\n{{%- elif {second} %}}\nb\n{{% else %}}\nc\n{{% endif %}}\n"
    ours = "".join(piece.text for piece in said(checked(source), BEN))
    assert ours == OWN.from_string(source).render(me=BEN.me, other=BEN.other, relationship=BEN.relationship)
