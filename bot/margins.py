"""Which band is shown of a count, if any (M3): the finest that tells of nobody. The rules are in ``bot.disclosing``."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.disclosure import Counts, Figure, Kept
from bot.scales import SCALES, Cell, Scale, cell_of, cells, hides_in_time, hides_one

LEAST = 5
"""Of fewer conversations nothing is told, not by subtraction either. The bands call for one more than that."""

OWN = 3
"""How many managers one person may have had within a year, each with a conversation that the reader knows."""


class Rule(StrEnum):
    """Each can be left out by the tests, which show what happens then."""

    known = "known"
    bands = "bands"
    overlap = "overlap"
    rest = "rest"
    slack = "slack"
    apart = "apart"
    managers = "managers"
    answers = "answers"


Bears = Callable[[Sequence[Cell]], bool]
"""Whether what else is shown leaves room, whichever of these is shown."""


@dataclass(frozen=True)
class Margins:
    rules: frozenset[Rule]

    def known(self, by_manager: Mapping[str, int]) -> int:
        """The most conversations that one person takes part in who does not take part in all; managers have so many."""
        if Rule.known not in self.rules:
            return 0
        led = [count for count in by_manager.values() if count]
        return min(OWN, len(led)) + (max(led) if len(led) > 1 else 0)

    @property
    def known_managers(self) -> int:
        """Of whom a reader knows whether they are active: the reader, and the reader's own managers."""
        return OWN + 1 if Rule.known in self.rules else 0

    def scales(self, whole: int, known: int, *, least: int) -> Sequence[Scale]:
        """Those that can be used in a group of that size, the finest first; ``least`` is its size in a week."""
        if Rule.bands not in self.rules:
            return SCALES if whole else ()
        in_time = Rule.overlap in self.rules
        fitting = (scale for scale in SCALES if hides_one(scale, whole, known))
        return [scale for scale in fitting if not in_time or hides_in_time(scale, least, whole, known)]

    def choose(
        self, counts: Counts, known: int, *, least: int | None = None, bears: Bears | None = None
    ) -> tuple[Figure, Cell | None]:
        """What is shown, and the counts that it may be."""
        scales = self.scales(counts.whole, known, least=counts.whole if least is None else least)
        for scale in scales:
            if bears is None or Rule.slack not in self.rules or bears(cells(scale, counts.whole)):
                cell = cell_of(scale, counts.whole, counts.part)
                return cell.band, cell
        return (Kept.slack if scales else Kept.few), None

    def withdrawn(self, sizes: Mapping[str, int], shown: Collection[str]) -> frozenset[str]:
        """Which of those that could be shown are not, so that the rest is nobody or LEAST: the smallest."""
        rest = sum(sizes.values()) - sum(sizes[name] for name in shown)
        kept: set[str] = set()
        if Rule.rest in self.rules:
            for name in sorted(shown, key=lambda name: (sizes[name], name)):
                if rest == 0 or rest >= LEAST:
                    break
                kept.add(name)
                rest += sizes[name]
        return frozenset(kept)


EVERY_RULE = Margins(frozenset(Rule))
