"""The rules about growth, each with the story that must notice when it is gone."""

from bot import revisiting
from bot.features import growth, growth_page, growth_part, growth_reminder
from bot.model.growth import GrowthPlan
from tests.proofs.story_rules import Rule, instead, taken_out, yes

GROWTH_RULES = (
    Rule("unshared plans", "test_six_open_questions_lead_to_a_plan", instead(GrowthPlan, "seen_by", yes)),
    Rule(
        "the report leads",
        "test_the_manager_cannot_begin_it",
        taken_out(growth_part.led, "mine is None and (not may_lead(thread))"),
    ),
    Rule(
        "nothing to share",
        "test_every_step_can_be_skipped",
        taken_out(growth.share, "not any((part.text for part in await turn.tx.growth.parts(plan.id)))"),
    ),
    Rule(
        "each part by its author",
        "test_a_part_is_edited_where_it_stands",
        taken_out(growth_part.open_part, "part.author == turn.person.id", "True"),
    ),
    Rule(
        "on the agenda once",
        "test_either_puts_a_part_on_the_agenda",
        taken_out(growth.discuss_part, "await _is_there(turn, thread, text)"),
    ),
    Rule(
        "a quarter is three months",
        "test_one_is_asked_less_often",
        taken_out(revisiting.asked_again, "MONTHS[plan.revisit]", "1"),
    ),
    Rule(
        "no revisit for who wants none",
        "test_a_month_is_explained_put_off_and_turned_down",
        taken_out(growth_reminder.ask_whether_right, "await is_muted(turn, delivery.kind)"),
    ),
    Rule(
        "settled on the card",
        "test_a_month_later_its_person_is_asked",
        taken_out(growth_reminder._card, "looked_at < delivery.due_at", "True"),
    ),
    Rule(
        "one's own words come along",
        "test_with_another_manager_one_s_own_words",
        taken_out(growth.take, "part.section in WALKED", "True"),
    ),
    Rule(
        "colleagues lead both",
        "test_colleagues_lead_one_each",
        instead(growth_page, "_LEADING", frozenset()),
    ),
)
