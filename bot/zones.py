"""Time zones as people name them."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from prompts.spelling import plain

NOBODYS = ("Factory", "localtime")
WHERE_NOTHING_IS_NEAR = "Europe/Berlin"
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})


def city_of(zone: str, cities: Mapping[str, str] = _NO_OTHERS) -> str:
    """What people call a zone: its city; ``cities`` are those that have another name in the reader's language."""
    return cities.get(zone) or zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def zone_named(words: str, cities: Mapping[str, str] = _NO_OTHERS) -> str | None:
    """A name of the time zone database, in any case, or by its city alone; None when it has no such name.

    ``cities`` are the zones of those that people type by another name, in their language.
    """
    said = _key(words)
    return _zones().get(said) or _cities().get(said) or cities.get(plain(" ".join(words.split())))


def nearest_zone(words: str) -> str:
    """The zone whose name or city is most like these words."""
    close = get_close_matches(_key(words), [*_cities(), *_zones()], n=1, cutoff=0.5)
    return (_zones().get(close[0]) or _cities()[close[0]]) if close else WHERE_NOTHING_IS_NEAR


def _key(words: str) -> str:
    return "_".join(words.split()).casefold()


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in sorted(available_timezones()) if zone not in NOBODYS}


@cache
def _cities() -> dict[str, str]:
    return {zone.rsplit("/", maxsplit=1)[-1].casefold(): zone for zone in sorted(_zones().values(), reverse=True)}
