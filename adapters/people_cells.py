"""What one cell of a file of people says; each function raises Malformed with the mend."""

import re
from functools import lru_cache
from zoneinfo import available_timezones

from adapters.environment import Malformed
from adapters.people_columns import aliases, plain

LONGEST = 1000
HERE, LEFT = "here", "left"
_LONGEST_ADDRESS = 254
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_NUMBER = re.compile(r"[+-][\d\s().,/%-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = "\ufeff\u200b\u2060"
_NOTHING = frozenset("-–—")
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_][a-z0-9_-]+)?", re.IGNORECASE)
_LANGUAGES = {
    "english": "en",
    "englisch": "en",
    "anglais": "en",
    "ingles": "en",
    "german": "de",
    "deutsch": "de",
    "allemand": "de",
    "aleman": "de",
    "french": "fr",
    "franzosisch": "fr",
    "francais": "fr",
    "frances": "fr",
    "spanish": "es",
    "spanisch": "es",
    "espagnol": "es",
    "espanol": "es",
}
_HERE = aliases(
    "active, aktiv, actif, activo, activa, yes, ja, oui, si, true, wahr, vrai, verdadero, 1, y, x, employed, "
    "onleave, leave, beurlaubt, enconge, debaja"
)
_GONE = aliases(
    "inactive, inaktiv, inactif, inactivo, inactiva, no, nein, non, false, falsch, faux, falso, 0, n, left, "
    "terminated, ausgeschieden, parti, partie, sorti, cesado, cesada"
)


@lru_cache(maxsize=50_000)
def cell(text: str) -> str:
    """The text without needless space; a dash alone says nothing."""
    if len(text) > LONGEST:
        raise Malformed(f"is longer than {LONGEST:,} characters. Shorten it.")
    said = text if text.isalnum() else " ".join(text.strip(_INVISIBLE).split())
    if said[:1] in ("=", "@") or text[:1] in ("\t", "\r") or (said[:1] in ("+", "-") and not _NUMBER.fullmatch(said)):
        raise Malformed("begins like a formula. Write its value instead, without the sign in front.")
    if _CONTROL.search(said):
        raise Malformed("has a control character in it. Type it again.")
    return "" if said in _NOTHING else said


def email(text: str) -> str:
    if len(text) <= _LONGEST_ADDRESS and _EMAIL.fullmatch(text):
        return text
    raise Malformed("is no e-mail address. Write it as ana@example.com.")


@lru_cache(maxsize=1000)
def zone(text: str) -> str:
    for name in _zones():
        if name.casefold() == text.casefold():
            return name
    raise Malformed("is no time zone that we know. Write it as Europe/Berlin, or leave the cell empty.")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1000)
def language(text: str) -> str:
    if plain(text) in _LANGUAGES:
        return _LANGUAGES[plain(text)]
    if match := _LANGUAGE.fullmatch(text):
        return match[1].lower()
    raise Malformed("is no language that we know. Write it as en, de, fr or es, or leave the cell empty.")


@lru_cache(maxsize=1000)
def status(text: str) -> str:
    """HERE or LEFT."""
    if plain(text) in _HERE:
        return HERE
    if plain(text) in _GONE:
        return LEFT
    raise Malformed("says neither active nor inactive. Write one of the two, or call the column something else.")


def full_name(full: str, name: str, first: str, last: str) -> str:
    """One name out of what there is of it; what is called just "name" is the part that is missing beside the other."""
    if full or bool(first) == bool(last):
        return full or name or f"{first} {last}".strip()
    if not name or _has(name, first or last):
        return name or first or last
    return f"{first} {name}" if first else f"{name} {last}"


def _has(name: str, part: str) -> bool:
    """Whether a name of several words is whole already."""
    words, part = name.casefold(), part.casefold()
    return words.startswith(f"{part} ") or words.endswith(f" {part}")
