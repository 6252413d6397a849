"""How what people type is compared: without case, without accents, and in each way of writing an umlaut."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# An apostrophe is typed in many ways, and a space may be one that keeps words together.
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "œ": "oe", "æ": "ae", "\u00a0": " ", "\u202f": " "})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def plain(words: str) -> str:
    """The words as they are compared: ``Prochaine Année`` is ``prochaine annee``, and ``Straße`` is ``strasse``."""
    if words.isascii():
        return words.casefold()
    apart = unicodedata.normalize("NFD", words.casefold().translate(_SIGNS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def spellings(words: str) -> tuple[str, ...]:
    """Every plain way of writing these words: ``März`` is ``marz`` and ``maerz``."""
    whole = unicodedata.normalize("NFC", words.casefold())
    return tuple(dict.fromkeys((plain(whole), plain(whole.translate(_UMLAUTS)))))


def typed(tree: Any) -> Any:
    """A vocabulary in which each word and each phrase stands in every plain spelling."""
    match tree:
        case Mapping():
            return {spelled: typed(value) for key, value in tree.items() for spelled in spellings(str(key))}
        case list():
            return tuple(dict.fromkeys(spelled for each in tree for spelled in spellings(str(each))))
        case str():
            return plain(tree)
        case _:
            return tree


def numbered(*lists: Sequence[str | Sequence[str]], start: int = 0) -> dict[str, int]:
    """Which of them each word names; where a list has a list of words, all of these name the same."""
    return {
        spelled: number
        for names in lists
        for number, name in enumerate(names, start=start)
        for way in ([name] if isinstance(name, str) else name)
        for spelled in spellings(way)
    }
