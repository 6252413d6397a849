"""The rules about templates, each with the story that must notice when it is gone."""

from bot import access
from bot.features import template_pages, template_sharing, template_use, templates
from bot.model.template import Template
from prompts import template_source
from tests.proofs.story_rules import Rule, instead, nothing, taken_out, yes

TEMPLATE_RULES = (
    Rule("own templates", "test_nobody_else_sees_a_template_of_ones_own", instead(Template, "seen_by", yes)),
    Rule(
        "sharing is for admins",
        "test_whoever_is_no_admin_can_neither",
        instead(template_sharing, "admins_only", nothing),
    ),
    Rule(
        "what all use is changed by admins",
        "test_whoever_is_no_admin_can_neither",
        taken_out(access.changeable_template, "found.state is TemplateState.shared and (not turn.is_admin)"),
    ),
    Rule(
        "a prompt of this edition",
        "test_an_admin_changes_what_everybody_uses",
        taken_out(templates.add_prompt, "template.edition != action.edition"),
    ),
    Rule(
        "no prompt twice",
        "test_who_adds_a_prompt_that_is_there_already",
        taken_out(templates.add_prompt, "text in await on_the_agenda(turn, thread)"),
    ),
    Rule(
        "suits first",
        "test_a_mentor_is_shown_other_kinds_first",
        taken_out(template_pages._offered, "relationship not in each.suits"),
    ),
    Rule(
        "the one that was chosen for this meeting",
        "test_a_template_for_every_meeting_stays_and_one_meeting_can_do_without",
        taken_out(vars(template_use.Use)["of_meeting"].fget, "own == NO_TEMPLATE"),
    ),
    Rule(
        "only what a template knows",
        "test_what_is_refused_names_the_line",
        taken_out(template_source._check_one, "node.name not in FACTS"),
    ),
    Rule(
        "only plain filters",
        "test_what_is_refused_names_the_line",
        taken_out(template_source._check_one, "not _is_filter(node)"),
    ),
)
