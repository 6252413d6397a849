"""The documents' table of what works where says what the stories prove."""

from collections.abc import Sequence

import pytest

from tests.adapters.contract.ordinary import left_out
from tests.adapters.contract.parity import BUILT, PAGE, cells_of, page
from tests.adapters.contract.stages import SLACK, TEAMS
from tests.proofs.telling import Tale, every_tale


@pytest.fixture(scope="module")
def tales() -> Sequence[Tale]:
    return every_tale()


def test_the_table_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.adapters.contract.parity"


@pytest.mark.parametrize("feature", BUILT)
def test_what_is_built_works_everywhere(tales: Sequence[Tale], feature: str) -> None:
    assert all(cells_of(feature, tales)), f"a cell of {feature} is empty"


def test_an_ordinary_run_tells_something_of_each_feature_on_both_platforms(tales: Sequence[Tale]) -> None:
    stories = {tale.name: tale.features for tale in tales if not tale.is_mixed}
    single = left_out(stories)
    on_both = {feature for story, features in stories.items() if story not in single for feature in features}
    assert on_both == {feature for features in stories.values() for feature in features}
    assert {*single.values()} == {SLACK, TEAMS}
