"""What somebody hears from the bot without having asked."""

from tests.adapters.contract.stage import Actor


def heard(one: Actor, words: str) -> str:
    """The one message with these words among those since this was last asked."""
    told = one.hears()
    found = [each for each in told if words in each]
    assert len(found) == 1, f"{one.name} hears it {len(found)} times in {told}"
    return found[0]


def heard_nothing_of(one: Actor, words: str) -> None:
    """Fails if one of those messages has these words."""
    told = one.hears()
    assert not [each for each in told if words in each], f"{one.name} hears {told}"
