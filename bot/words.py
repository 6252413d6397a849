"""From words as people type them to an action."""

from difflib import get_close_matches

from bot.door import let_say
from bot.features import conversations, home
from bot.features.people import named
from bot.refused import Refused
from bot.registry import Registry, Step
from bot.turn import Turn
from prompts.spelling import plain, spellings

LONGEST_VERB = 4
"""Words of which a verb may be."""


async def understand(turn: Turn, registry: Registry, words: str) -> Step:
    """What the words mean; raises Refused with the nearest verb for what nobody knows."""
    words = words.strip()
    if not words:
        return Step(home.Home())
    verb, rest = _verb(turn, registry, words)
    await let_say(turn, verb)
    if verb is not None:
        return await registry.verbs[verb](turn, rest)
    people, rest = await named(turn, words)
    if people and not rest:
        return await conversations.with_one_of(turn, people)
    raise Refused("refused.unknown_words", nearest=_nearest(turn, registry, words))


def _verb(turn: Turn, registry: Registry, words: str) -> tuple[str | None, str]:
    """The verb that the words begin with, the longest first, and what follows it."""
    said = words.split()
    for length in range(min(LONGEST_VERB, len(said)), 0, -1):
        name = _meant(turn, plain(" ".join(said[:length])))
        if name in registry.verbs:
            rest = words.split(maxsplit=length)
            return name, rest[length] if len(rest) > length else ""
    return None, words


def _meant(turn: Turn, beginning: str) -> str | None:
    """The verb of the person's language, or else the English one, or else that of any other.

    What Teams offers to type is in the language of Teams, which need not be the one chosen here.
    """
    for library in (*turn.voice.library.understood, *turn.libraries.values()):
        for said in (beginning, beginning.rstrip(":?")):
            if said in library.typed_verbs:
                return library.typed_verbs[said]
    return None


def _nearest(turn: Turn, registry: Registry, words: str) -> str:
    """The likest way of saying a verb in the person's language, or in English where that is the likelier one."""
    ways = {
        spelled: way
        for library in reversed(turn.voice.library.understood)
        for name, all_ways in library.verbs.items()
        for way in (all_ways if name in registry.verbs else ())
        for spelled in spellings(way)
    }
    close = get_close_matches(plain(words.split(maxsplit=1)[0]), ways, n=1, cutoff=0.5)
    return ways[close[0]] if close else turn.voice.library.verbs["help"][0]
