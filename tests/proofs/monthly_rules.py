"""The rules about the monthly usage report, each with the story that must notice when it is gone."""

from bot.features import habits, monthly, monthly_card, reminder_choices
from tests.proofs.story_rules import Rule, instead, nothing, taken_out

OF_ADMINS = "test_only_admins_are_offered_it"
TURNED_OFF = "not (await turn.tx.habits.get(turn.person.id)).wants_report"

MONTHLY_RULES = (
    Rule("a tick of admins", OF_ADMINS, taken_out(habits._kinds_field, "turn.is_admin", "True")),
    Rule("admins alone ask for it again", OF_ADMINS, instead(reminder_choices, "admins_only", nothing)),
    Rule(
        "admins alone ask for it", "test_an_admin_asks_for_it_on_the_report", instead(monthly, "admins_only", nothing)
    ),
    Rule(
        "to admins alone",
        "test_who_is_no_admin_any_more_gets_it_no_longer",
        taken_out(monthly_card.tell_report, "not turn.is_admin"),
    ),
    Rule(
        "not where it was turned off",
        "test_it_stops_when_the_tick_is_taken_away",
        taken_out(monthly_card.tell_report, TURNED_OFF),
    ),
)
