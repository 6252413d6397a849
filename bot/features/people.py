"""People: how words and letters name one of them."""

import re
from collections.abc import Sequence

from bot.model.people import Person
from bot.refused import Refused
from bot.turn import Turn
from bot.views import Option

MENTION = re.compile(r"<@([^<>\s]+)>")


async def people_matching(turn: Turn, query: str, *, most: int) -> Sequence[Option]:
    """People whose name, handle or e-mail has the words, as options of a picker.

    Others for whom it is on; for an admin, who looks after everybody, everybody.
    """
    found = await turn.tx.people.matching(query.lstrip("@"), most + 1, let_in=not turn.is_admin)
    return [person_option(someone) for someone in found if turn.is_admin or someone.id != turn.person.id][:most]


def person_option(person: Person) -> Option:
    """One person as a choice."""
    return Option(value=person.id, label=person.name, hint=person.email or "")


async def named(turn: Turn, words: str, *, oneself: bool = False) -> tuple[Sequence[Person], str]:
    """Who the beginning of these words names, as far as it goes, and the words after that.

    By name and address, others alone, unless ``oneself`` can be meant too.

    A mention names one; an e-mail address one; otherwise the longest beginning that is (part of) a name.
    """
    mention = MENTION.match(words)
    if mention:
        identity = await turn.tx.people.identity(turn.workspace, mention.group(1))
        person = await turn.tx.people.get(identity.person) if identity else None
        return ([person] if person else []), words[mention.end() :].strip()
    parts = words.split()
    for count in range(min(3, len(parts)), 0, -1):
        found = await turn.tx.people.matching(" ".join(parts[:count]).lstrip("@"), 10)
        whole = [p for p in found if _is_called(p, parts[:count]) and (oneself or p != turn.person)]
        if whole:
            return whole, _after(words, count)
    return [], words


def _is_called(person: Person, parts: Sequence[str]) -> bool:
    """Whether each word is a whole name, not merely part of one: "add an idea" names nobody called Ana."""
    words = [part.lstrip("@").casefold() for part in parts]
    if len(words) == 1 and "@" in words[0] and person.email:
        return person.email.casefold() == words[0]
    names = person.name.casefold().split()
    return all(word in names for word in words)


def _after(words: str, count: int) -> str:
    rest = words.split(maxsplit=count)
    return rest[count] if len(rest) > count else ""


def nobody(words: str) -> Refused:
    """Why words that name nobody cannot be followed; a mention's id would mean nothing to who wrote a name."""
    return Refused("refused.no_member") if MENTION.match(words) else Refused("refused.nobody_called", name=words)


async def spelled_out(turn: Turn, words: str) -> str:
    """The words with every mention as ``@Name``, as they are kept."""
    spelled = words
    for mention in set(MENTION.findall(words)):
        identity = await turn.tx.people.identity(turn.workspace, mention)
        person = await turn.tx.people.get(identity.person) if identity else None
        spelled = spelled.replace(f"<@{mention}>", f"@{person.name}" if person else f"@{mention}")
    return spelled
