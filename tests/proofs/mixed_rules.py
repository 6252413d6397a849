"""The rules about people with two accounts, each with a way to disable it and the mixed story that must notice."""

from collections.abc import Sequence
from types import FunctionType
from typing import cast

from adapters.slack import profile
from bot import addressing
from bot.features import accounts
from tests.proofs.rules import Rule as Expression
from tests.proofs.rules import without
from tests.proofs.story_rules import Disable, Patch, Rule


def _taken_out(function: object, what: str, other: str) -> Disable:
    """Replaces one expression of a function, for everybody who has imported it."""
    rule = Expression(cast("FunctionType", function), what, other)

    def disable(patch: Patch) -> None:
        patch.setattr(rule.function, "__code__", without(rule))

    return disable


MIXED_RULES: Sequence[Rule] = [
    Rule(
        "only our own addresses",
        "test_an_address_of_elsewhere",
        _taken_out(accounts._owner, "email.rpartition('@')[2] not in domains", "not email"),
    ),
    Rule(
        "only confirmed addresses",
        "test_an_address_that_slack_has_not_confirmed",
        _taken_out(profile.slack_user, "user.get('is_email_confirmed')", "True"),
    ),
    Rule(
        "one account a workspace",
        "test_two_with_one_address",
        _taken_out(accounts._owner, "None if taken else same[0]", "same[0]"),
    ),
    Rule(
        "both accounts are told",
        "test_who_is_in_both_is_one_person",
        _taken_out(accounts._link, "(*others, identity)", "others"),
    ),
    Rule(
        "written to where they want it",
        "test_who_is_in_both_chooses",
        _taken_out(addressing.ways_to, "one.workspace != reader.writes_in", "one.workspace"),
    ),
]
