"""The rules about the usage report in the chat, each with the story that must notice when it is gone."""

from bot.features import insights, insights_page, insights_part
from tests.proofs.story_rules import Rule, instead, taken_out

NOT_SAID = "test_what_there_is_not_is_said"
SMALL_ONES = "test_what_is_kept_back_says_why"

REPORT_RULES = (
    Rule("offered to admins alone", "test_nobody_else_does", taken_out(insights_page._choices, "not turn.is_admin")),
    Rule(
        "a department that is gone",
        "test_a_button_of_a_department_that_is_gone",
        taken_out(insights_part.report_of, "report.department is None"),
    ),
    Rule("no other window", NOT_SAID, taken_out(insights._department, "words[0].isdigit()")),
    Rule("what is nearest", NOT_SAID, instead(insights, "get_close_matches", lambda *_, **__: [])),
    Rule("those that are together", SMALL_ONES, taken_out(insights._known, "each.holds", "()")),
    Rule("why it is kept back", SMALL_ONES, instead(insights_page, "_why", lambda *_: ())),
)
