"""The Slack app's manifest, for one deployment."""

from pathlib import Path
from typing import Any

import yaml

PLACEHOLDER = "https://oneonone.example.com"
_HERE = Path(__file__)
# In an installed package the file lies beside this one, in a checkout at its top.
_PLACES = (_HERE.with_name("manifest.yml"), _HERE.parents[2] / "manifest.yml")
_REQUEST_URLS = frozenset({"url", "request_url", "message_menu_options_url"})


def manifest(*, public_url: str | None, socket_mode: bool) -> str:
    """YAML to paste into Slack: with the deployment's address, or for Socket Mode, which needs none.

    Raises ValueError when neither is given.
    """
    if public_url is None and not socket_mode:
        raise ValueError("a manifest needs the public address, or Socket Mode")
    app = _source()
    app["settings"]["socket_mode_enabled"] = socket_mode
    absent = _REQUEST_URLS if socket_mode else frozenset()
    filled = _filled(app, absent=absent, public_url=public_url or PLACEHOLDER)
    return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=120)


def _source() -> dict[str, Any]:
    text = next(place for place in _PLACES if place.exists()).read_text(encoding="utf-8")
    app: dict[str, Any] = yaml.safe_load(text)
    return app


def _filled(node: Any, *, absent: frozenset[str], public_url: str) -> Any:
    """The same tree with the deployment's address, and without the keys that must be absent."""
    match node:
        case dict():
            kept = {key: value for key, value in node.items() if key not in absent}
            return {key: _filled(value, absent=absent, public_url=public_url) for key, value in kept.items()}
        case list():
            return [_filled(value, absent=absent, public_url=public_url) for value in node]
        case str():
            return node.replace(PLACEHOLDER, public_url)
        case _:
            return node
