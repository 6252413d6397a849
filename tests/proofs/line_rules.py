"""The rules about 1-on-1s that follow the hierarchy, each with the story that must notice when it is gone."""

from bot import access
from bot.features import conversations, handover
from tests.proofs.story_rules import Rule, instead, nothing, taken_out, yes

LINE_RULES = (
    Rule(
        "the report alone",
        "test_neither_manager_can_take_anything_along",
        taken_out(handover._handover, "old.conversation.senior != old.other.id"),
    ),
    Rule("their own words", "test_only_the_report_is_told", instead(handover, "_is_own", yes)),
    Rule(
        "not reworded", "test_what_the_other_one_has_reworded", taken_out(handover._is_own, "not what.reworded", "True")
    ),
    Rule(
        "a line is no choice",
        "test_what_the_hierarchy_says_is_neither",
        instead(conversations, "_unless_it_is_a_line", nothing),
    ),
    Rule(
        "no rhythm while it rests",
        "test_while_it_rests_there_is_no_rhythm",
        taken_out(access.awake, "found.conversation.rests_since is not None"),
    ),
)
