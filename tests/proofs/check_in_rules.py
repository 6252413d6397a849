"""The rules about check-ins, each with the story that must notice when it is gone."""

from bot import check_in
from bot.bars import _drawn
from bot.features import check_in as checking_in
from bot.features import check_in_order, check_in_questions, check_in_rows, check_in_trend
from tests.proofs.story_rules import Rule, instead, nothing, taken_out

CHECK_IN_RULES = (
    Rule(
        "a meeting ends a round",
        "test_answers_stay_until_the_two_have_met",
        taken_out(check_in.round_now, "one.state is MeetingState.ended and said_at <= one.over_at <= now"),
    ),
    Rule(
        "what was typed before they met is looked at again",
        "test_answers_from_before_a_meeting",
        taken_out(checking_in.save_check_in, "action.round != now.number"),
    ),
    Rule(
        "nothing but what was left out is nothing",
        "test_every_answer_can_be_left_out_and_taken_back",
        taken_out(checking_in._store, "answers == answers_of(now.mine)"),
    ),
    Rule(
        "an answer is on the agenda once",
        "test_an_answer_becomes_an_agenda_item_of_either",
        taken_out(checking_in._row, "_as_item(turn, thread, check_in, asked, answer) in there"),
    ),
    Rule(
        "no ratings in a discreet chat",
        "test_in_discreet_mode_the_chat_has_no_number",
        taken_out(check_in_trend.show_trend, "turn.discreet"),
    ),
    Rule(
        "what was left out is no number",
        "test_what_was_left_out_is_no_number",
        taken_out(_drawn, "value is None", "value == 0"),
    ),
    Rule(
        "only admins read the questions",
        "test_who_is_no_admin_cannot_change_the_questions",
        instead(check_in_questions, "admins_only", nothing),
    ),
    Rule(
        "only admins say what is asked",
        "test_who_is_no_admin_cannot_change_the_questions",
        instead(check_in_order, "admins_only", nothing),
    ),
    Rule(
        "not too many questions",
        "test_bad_questions_are_refused",
        taken_out(check_in_rows.one_more, "len(asked) >= MOST_QUESTIONS"),
    ),
    Rule(
        "one question stays",
        "test_bad_questions_are_refused",
        taken_out(check_in_order.stop_question, "len(asked) == 1"),
    ),
    Rule(
        "two admins see each other's wording",
        "test_two_admins_do_not_overwrite_each_other",
        taken_out(check_in_questions.save_question, "stored.edition != action.edition"),
    ),
)
