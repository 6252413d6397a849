"""From words as people type them to an action."""

from difflib import get_close_matches

from bot.door import let_say
from bot.features import conversations, home
from bot.features.people import named
from bot.refused import Refused
from bot.registry import Registry, Step
from bot.turn import Turn


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
    for length in range(min(3, len(said)), 0, -1):
        beginning = " ".join(said[:length]).casefold()
        for name, ways in turn.voice.library.verbs.items():
            if name in registry.verbs and (beginning in ways or beginning.rstrip(":?") in ways):
                rest = words.split(maxsplit=length)
                return name, rest[length] if len(rest) > length else ""
    return None, words


def _nearest(turn: Turn, registry: Registry, words: str) -> str:
    ways = [way for name, all_ways in turn.voice.library.verbs.items() if name in registry.verbs for way in all_ways]
    close = get_close_matches(words.split(maxsplit=1)[0].casefold(), ways, n=1, cutoff=0.5)
    return close[0] if close else turn.voice.library.verbs["help"][0]
