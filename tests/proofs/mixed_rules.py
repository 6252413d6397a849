"""The rules about people with two accounts, each with a way to disable it and the mixed story that must notice."""

from collections.abc import Sequence

from adapters.slack import profile
from bot import addressing
from bot.features import accounts
from tests.proofs.story_rules import Rule, taken_out

MIXED_RULES: Sequence[Rule] = [
    Rule(
        "only our own addresses",
        "test_an_address_of_elsewhere",
        taken_out(accounts._owner, "email.rpartition('@')[2] not in domains", "not email"),
    ),
    Rule(
        "only confirmed addresses",
        "test_an_address_that_slack_has_not_confirmed",
        taken_out(profile.slack_user, "user.get('is_email_confirmed')", "True"),
    ),
    Rule(
        "one account a workspace",
        "test_two_with_one_address",
        taken_out(accounts._owner, "None if taken else same[0]", "same[0]"),
    ),
    Rule(
        "both accounts are told",
        "test_who_is_in_both_is_one_person",
        taken_out(accounts._link, "(*others, identity)", "others"),
    ),
    Rule(
        "written to where they want it",
        "test_who_is_in_both_chooses",
        taken_out(addressing.ways_to, "one.workspace != reader.writes_in", "one.workspace"),
    ),
]
