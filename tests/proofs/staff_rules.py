"""The rules about admins and for whom it is on, each with the story that must notice when it is gone."""

from bot import access
from bot.features import naming_admins, people_page, person_form, rolling_out
from bot.turn import Turn
from tests.proofs.story_rules import Patch, Rule, instead, nothing, taken_out


def without_guards(patch: Patch) -> None:
    """Whoever names admins need be none."""
    patch.setattr(naming_admins, "admins_only", nothing)
    patch.setattr(people_page, "admins_only", nothing)


STAFF_RULES = (
    Rule("people are for admins", "test_whoever_is_no_admin_sees", instead(people_page, "admins_only", nothing)),
    Rule("an admin at the press", "test_who_was_an_admin_until_a_minute_ago", without_guards),
    Rule(
        "nobody's own rights",
        "test_nobody_takes_rights_away",
        taken_out(naming_admins.unname_admin, "person.id == turn.person.id"),
    ),
    Rule(
        "a manager who can be",
        "test_a_manager_who_cannot_be",
        taken_out(person_form._says, "by_hand and held and held.doubt"),
    ),
    Rule("not on for all", "test_it_is_on_for_a_department_first", instead(Turn, "is_let_in", other=True)),
    Rule("no message where it is off", "test_who_it_is_taken_from", instead(Turn, "is_let_in", other=True)),
    Rule(
        "nobody for whom it is not on",
        "test_start_with_somebody_it_is_not_on_for",
        taken_out(access.person, "not found.enabled and (not turn.is_configured(found))"),
    ),
    Rule(
        "asked before it is taken away",
        "test_it_is_on_for_a_department_first",
        taken_out(rolling_out.save_rollout, "reach.lose != action.lose and reach.lose"),
    ),
)
