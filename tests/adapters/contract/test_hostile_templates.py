"""A template from somebody who means harm is refused with the line and the reason, and harms nothing (F3)."""

from tests.adapters.contract.beginnings import opened, together
from tests.adapters.contract.stage import Actor, Stage
from tests.adapters.contract.story import story
from tests.adapters.contract.test_own_templates import MINE, NAME, TEXT
from tests.adapters.contract.test_templates import listed

HOSTILE = (
    (
        "{% for each in other %}x{% endfor %}",
        "Line 3: only “if”, “elif”, “else” and “endif” can stand there.",
    ),
    ("{% include 'secrets' %}", "Line 3: only “if”"),
    ("{% macro m() %}{% endmacro %}", "Line 3: only “if”"),
    ("{% set x = me %}", "Line 3: only “if”"),
    ("{{ other.email }}", "Line 3: this cannot stand in braces."),
    ("{{ me.__class__.__mro__[1].__subclasses__() }}", "Line 3: this cannot stand in braces."),
    ("{{ other() }}", "Line 3: this cannot stand in braces."),
    ("{{ me * 10000000 }}", "Line 3: this cannot stand in braces."),
    ("{{ 9**9**9**9 }}", "Line 3: this cannot stand in braces."),
    ("{{ people }}", "Line 3: a template knows nothing called “people”"),
    ("{{ config }}", "Line 3: a template knows nothing called “config”"),
    ("{{ me|attr('__class__') }}", "Line 3: after a bar, only “upper”"),
    ("{{ " + "(" * 400 + "me" + ")" * 400 + " }}", "Line 3: this is too long or too nested"),
    ("{% if me %}" * 20 + "x" + "{% endif %}" * 20, "Line 3: this is too long or too nested"),
    ("{{ me", "Line 3: I could not read what stands in braces."),
    ("{% if me %}", "I could not read what stands in braces."),
    ("- " + "x" * 201, "Line 3: a prompt has at most 200 characters; this one has 201."),
    ("- x\n" * 12, "Line 14: at most 12 prompts fit into a section."),
    ("# y\n- z\n" * 12, "Line 25: at most 12 sections fit into a template."),
    ("h\n" * 4, "Line 6: at most 3 hints fit into a section."),
    ("h" * 301, "Line 3: a hint has at most 300 characters; this one has 301."),
    ("# " + "t" * 61, "Line 3: a title has at most 60 characters; this one has 61."),
    ("#", "Line 3: this section has no title."),
    ("-", "Line 3: this prompt has no words."),
    ("# End", "Line 3: this section has no prompt."),
)


async def writing(one: Actor) -> None:
    await listed(one, "ana")
    await one.presses("Write a template")
    await one.fills(NAME, MINE)


@story("F3")
async def test_what_is_refused_names_the_line_and_keeps_the_text(stage: Stage) -> None:
    await together(stage)
    await writing(stage.ben)
    for line, reason in HOSTILE:
        source = f"# Begin\n- First\n{line}"
        await stage.ben.fills(TEXT, source)
        await stage.ben.submits()
        stage.ben.sees(reason)
        stage.ben.still_has(TEXT, source)
    await stage.ben.fills(TEXT, "# Begin\n- First")
    await stage.ben.submits()
    stage.ben.sees(MINE, "First")


@story("F3")
async def test_a_template_without_a_section_says_how_one_begins(stage: Stage) -> None:
    await together(stage)
    await writing(stage.ben)
    await stage.ben.fills(TEXT, "Just words")
    await stage.ben.submits()
    stage.ben.sees("Line 1: this is in no section yet.")
    await stage.ben.fills(TEXT, "{% if me == 'Nobody' %}\n# A\n- B\n{% endif %}")
    await stage.ben.submits()
    stage.ben.sees("Nothing comes out of this template.")


@story("F3")
async def test_a_long_template_has_several_fields_and_a_line_is_counted_in_its_own(stage: Stage) -> None:
    await together(stage)
    await writing(stage.ben)
    await stage.ben.presses("More room")
    await stage.ben.presses("More room")
    stage.ben.sees("At most 8000 characters fit into a template.")
    comment = "{# " + "c" * 2900 + " #}"
    await stage.ben.fills(TEXT, f"# Begin\n- First\n{comment}")
    await stage.ben.fills("More sections and prompts", comment)
    await stage.ben.submits()
    stage.ben.sees(MINE, "First")
    await stage.ben.presses("Edit")
    stage.ben.still_has("More sections and prompts", comment)
    await stage.ben.fills("More sections and prompts", f"{comment}\n- {{{{ salary }}}}")
    await stage.ben.submits()
    stage.ben.sees("Line 2: a template knows nothing called “salary”")


@story("F3")
async def test_braces_of_a_name_or_in_an_agenda_item_are_only_words(stage: Stage) -> None:
    await together(stage)
    await writing(stage.ben)
    await stage.ben.fills(TEXT, "# Begin\n- {% raw %}{{ me }}{% endraw %} *is* <@U0ANA> & <b>")
    await stage.ben.submits()
    await stage.ben.presses("Add", near="Begin")
    await opened(stage.ana, "ben")
    stage.ana.sees("{{ me }} *is*", "& <b>")
