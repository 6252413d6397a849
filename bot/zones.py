"""Time zones as people name them."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

NOBODYS = ("Factory", "localtime")
WHERE_NOTHING_IS_NEAR = "Europe/Berlin"


def city_of(zone: str) -> str:
    """What people call a zone: its city."""
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def zone_named(words: str) -> str | None:
    """A name of the time zone database, in any case, or by its city alone; None when it has no such name."""
    said = _key(words)
    return _zones().get(said) or _cities().get(said)


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
