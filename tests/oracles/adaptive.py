"""What two judges that others wrote say of our cards: npm adaptivecards, and the published JSON schema."""

import json
from collections.abc import Sequence

from tests.oracles.installed import node
from tests.oracles.schema import Json, in_plain_1_5, schema


def verdicts(cards: Sequence[Json]) -> list[list[str]]:
    """What is wrong with each card, in the judges' words; an empty list is a card that both take."""
    pairs = [{"card": card, "plain": in_plain_1_5(card)} for card in cards]
    answer: list[list[str]] = json.loads(node("adaptive.cjs", json.dumps({"schema": schema(), "cards": pairs})))
    return answer
