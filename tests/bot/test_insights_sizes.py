"""docs/insights.md says from which size on a group has which bands, as the rules have it."""

from pathlib import Path

import pytest

from bot.margins import EVERY_RULE
from bot.scales import Scale

PAGE = (Path(__file__).parents[2] / "docs/insights.md").read_text(encoding="utf-8")
COLUMNS: tuple[Scale, ...] = ((60,), (40, 60), (40, 50, 60, 70), tuple(range(20, 81, 10)))
"""The first of them are two bands."""


def least_size(ends: int, known: int) -> int:
    """The size from which on the finest bands have so many ends."""
    return next(
        size
        for size in range(1, 5000)
        if (scales := EVERY_RULE.scales(size, known, least=size)) and len(scales[0]) >= ends
    )


@pytest.mark.parametrize(("name", "teams"), [("no other team", (9,)), *((str(n), (n, n, n)) for n in (5, 8, 12, 20))])
def test_the_page_has_the_sizes(name: str, teams: tuple[int, ...]) -> None:
    known = EVERY_RULE.known({str(number): size for number, size in enumerate(teams)})
    sizes = [f"{least_size(len(scale), known):,}" for scale in COLUMNS]
    assert f"| {' | '.join([name, *sizes])} |" in PAGE.splitlines()
