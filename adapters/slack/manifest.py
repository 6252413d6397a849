"""The Slack app's manifest, for one deployment."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

PLACEHOLDER = "https://oneonone.example.com"
_HERE = Path(__file__)
# In an installed package the file lies beside this one, in a checkout at its top.
_PLACES = (_HERE.with_name("manifest.yml"), _HERE.parents[2] / "manifest.yml")
_REDIRECT = "/slack/oauth_redirect"
_REQUEST_URLS = frozenset({"url", "request_url", "message_menu_options_url"})


def manifest(*, public_url: str | None, socket_mode: bool, many_workspaces: bool = False) -> str:
    """YAML to paste into Slack: with the deployment's address, or for Socket Mode, which needs none for one workspace.

    Raises ValueError when there is none where one is needed.
    """
    if public_url is None and (many_workspaces or not socket_mode):
        raise ValueError("a manifest needs the public address, or Socket Mode and one workspace")
    app = _source()
    app["settings"]["socket_mode_enabled"] = socket_mode
    if many_workspaces:
        app["oauth_config"] = {"redirect_urls": [f"{PLACEHOLDER}{_REDIRECT}"], **app["oauth_config"]}
        app["settings"]["org_deploy_enabled"] = True
    absent = _REQUEST_URLS if socket_mode else frozenset()
    filled = _filled(app, absent=absent, public_url=public_url or PLACEHOLDER)
    return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=120)


def bot_scopes() -> Sequence[str]:
    """What the bot asks for where it is installed."""
    scopes: Sequence[str] = _source()["oauth_config"]["scopes"]["bot"]
    return scopes


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
