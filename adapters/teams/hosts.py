"""Whom the bot may talk to: a serviceUrl comes with a request, and the bot's token goes where it says."""

import re
from typing import Any

Json = dict[str, Any]

_EXACT = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.onyx.prod.teams.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
_FAMILIES = (".botframework.com", ".botframework.azure.us")
# One strict shape instead of a parser's idea of an address: no user, no other port, no query, no escapes.
_PATH = r"(?:/[A-Za-z0-9._~-]+)*/?"
_MICROSOFT = re.compile(rf"https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::443)?{_PATH}", re.ASCII | re.IGNORECASE)
_LOOPBACK = re.compile(
    rf"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{{1,5}})?{_PATH}", re.ASCII | re.IGNORECASE
)


class Hosts:
    """Microsoft's connectors; this machine too when ``loopback`` is set, as in the playground and in tests.

    A bot that Microsoft does not know, because it is being tried on this machine, has nothing to send to Microsoft.
    """

    def __init__(self, *, loopback: bool, microsoft: bool = True) -> None:
        self._loopback = loopback
        self._microsoft = microsoft

    def allows(self, service_url: object) -> bool:
        """Whether the bot may send anything there."""
        if not isinstance(service_url, str):
            return False
        return (self._microsoft and _is_microsoft(service_url)) or (self._loopback and is_loopback(service_url))


def is_loopback(service_url: object) -> bool:
    """Whether it is an address of this machine."""
    return isinstance(service_url, str) and _LOOPBACK.fullmatch(service_url) is not None


def _is_microsoft(service_url: str) -> bool:
    found = _MICROSOFT.fullmatch(service_url)
    host = found[1].lower() if found else ""
    return host in _EXACT or host.endswith(_FAMILIES)
