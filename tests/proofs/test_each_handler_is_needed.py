"""Proof 1: a contract story fails without each handler, and without each rule beside them."""

from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from bot.features import registry
from tests.adapters.contract.parity import BUILT
from tests.adapters.contract.stages import SLACK, STAGES
from tests.proofs.check_in_rules import CHECK_IN_RULES
from tests.proofs.deed_rules import DEED_RULES
from tests.proofs.growth_rules import GROWTH_RULES
from tests.proofs.line_rules import LINE_RULES
from tests.proofs.mixed_rules import MIXED_RULES
from tests.proofs.monthly_rules import MONTHLY_RULES
from tests.proofs.report_rules import REPORT_RULES
from tests.proofs.staff_rules import STAFF_RULES
from tests.proofs.story_rules import RULES, Rule
from tests.proofs.telling import WAYS, Tale, Telling, every_tale, names_of
from tests.proofs.template_rules import TEMPLATE_RULES
from tests.proofs.time_rules import TIME_RULES

TALES = every_tale()
ENOUGH = 25
# Many stories pass over these without needing them; these are the ones that cannot do without them.
OWN_STORY = {
    "Home": "test_home_says_what_is_next",
    "message arranged": "test_the_other_is_told_once_and_soon",
    "message rescheduled": "test_the_other_hears_what_became_of_a_meeting",
    "section schedule": "test_one_report_needs_no_set_up",
    "sent prepare": "test_what_a_reminder_suggested_stays",
    "section meeting": "test_both_may_say_that_they_meet",
    "section agenda": "test_a_form_adds_an_item",
    "section balance": "test_only_what_one_may_know_is_in_the_balance",
    "section action_items": "test_what_is_no_longer_wanted",
    "section notes": "test_a_shared_note_is_there",
    "section check_in": "test_both_answer_what_they_like",
    "section growth": "test_it_is_left_at_any_step",
    "section history": "test_a_discussed_item_is_reopened_from_the_history",
    "section reach": "test_the_other_learns_once",
    "section handover": "test_neither_manager_can_take_anything_along",
    "message handover": "test_only_the_report_is_told",
    "section template": "test_a_template_for_the_next_meeting_is_seen_by_both",
    "section foot": "test_the_relationship_changes",
}


@pytest.fixture(scope="session", params=STAGES)
def stories(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Telling:
    """On each platform at least one story must fail."""
    return Telling(request.param, sqlite_template, tmp_path_factory.mktemp("stories"))


@pytest.fixture(scope="session")
def uses(stories: Telling) -> dict[str, list[Tale]]:
    """Told once with everything in place, every story holds; this is what each of them touches."""
    return {name: list(tales) for name, tales in stories.uses(TALES, registry()).items()}


@pytest.mark.parametrize("feature", BUILT)
def test_each_feature_has_a_story(feature: str) -> None:
    assert [tale.name for tale in TALES if feature in tale.features]


@pytest.mark.soak
@pytest.mark.parametrize("name", names_of(registry()))
def test_without_each_handler_a_story_fails(stories: Telling, uses: dict[str, list[Tale]], name: str) -> None:
    reduced = registry().without(name)
    assert names_of(reduced) != names_of(registry())
    told = sorted(uses[name], key=lambda tale: OWN_STORY.get(name, "") not in tale.name)[:ENOUGH]
    assert told, f"no story uses {name}"
    assert any(stories.fails(tale, reduced) for tale in told), f"{len(told)} stories hold without {name}"


@pytest.mark.soak
@pytest.mark.parametrize("verb", registry().verbs)
def test_each_verb_is_told_in_both_ways(uses: dict[str, list[Tale]], verb: str) -> None:
    assert {tale.given.get("way") for tale in uses[f"verb {verb}"]} >= set(WAYS)


def _told() -> list[ParameterSet]:
    """Each rule with each platform."""
    talk_rules = (*TEMPLATE_RULES, *GROWTH_RULES, *CHECK_IN_RULES)
    usage_rules = (*DEED_RULES, *REPORT_RULES, *MONTHLY_RULES)
    rules = [
        (platform, rule)
        for platform in STAGES
        for rule in (*RULES, *TIME_RULES, *STAFF_RULES, *LINE_RULES, *talk_rules, *usage_rules)
    ]
    mixed = [(SLACK, rule) for rule in MIXED_RULES]
    return [
        pytest.param(platform, rule, id=f"{platform}-{rule.name.replace(' ', '_')}")
        for platform, rule in [*rules, *mixed]
    ]


@pytest.mark.soak
@pytest.mark.parametrize(("stories", "rule"), _told(), indirect=["stories"])
def test_without_each_rule_its_story_fails(stories: Telling, monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    tales = [tale for tale in TALES if rule.story in tale.name]
    assert tales, f"there is no story {rule.story}"
    features = rule.disable(monkeypatch) or registry()
    failed = next((tale for tale in tales if stories.fails(tale, features)), None)
    assert failed is not None, f"{rule.story} holds without the rule: {rule.name}"
    monkeypatch.undo()
    assert not stories.fails(failed, registry()), f"{failed.name} fails with every rule in place"
