"""The manifest is one that Slack accepts, and asks for exactly what the bot uses.

The limits are those of the public schema: github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from adapters.entrances import ADD, ASSIGN
from adapters.slack.manifest import PLACEHOLDER, manifest

TOP = Path(__file__).parents[3]
SOURCE = TOP / "manifest.yml"

# What each method or event needs, by its own page under docs.slack.dev/reference.
METHOD_SCOPES: dict[str, set[str]] = {
    "apps_connections_open": set(),  # with the app-level token
    "auth_teams_list": set(),
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_members": {"channels:read", "groups:read"},  # of channels, not of chats
    "conversations_history": {"im:history"},  # of the bot's own chats only
    "conversations_open": {"im:write"},
    "oauth_v2_access": set(),
    "users_info": {"users:read", "users:read.email"},
    "users_list": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "message.im": {"im:history"},
    "team_join": {"users:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}

Check = Callable[[Any], bool]


def text(least: int, most: int, form: str = r"[\s\S]*") -> Check:
    return lambda value: isinstance(value, str) and least <= len(value) <= most and bool(re.fullmatch(form, value))


def many(check: Check, most: int) -> Check:
    return lambda value: (
        isinstance(value, list)
        and len(value) <= most
        and len(set(map(repr, value))) == len(value)
        and all(map(check, value))
    )


def shape(parts: dict[str, Check], *, needs: str = "") -> Check:
    return lambda value: (
        isinstance(value, dict)
        and set(needs.split()) <= value.keys() <= parts.keys()
        and all(parts[key](part) for key, part in value.items())
    )


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def number(value: Any) -> bool:
    return type(value) is int


ADDRESS = text(1, 3000, r"https?://.+")
ACCEPTED = shape(
    {
        "_metadata": shape({"major_version": number, "minor_version": number}),
        "display_information": shape(
            {
                "name": text(1, 35),
                "description": text(1, 140),
                "long_description": text(175, 4000),
                "background_color": text(4, 7, r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?"),
            },
            needs="name",
        ),
        "features": shape(
            {
                "app_home": shape(
                    {
                        "home_tab_enabled": flag,
                        "messages_tab_enabled": flag,
                        "messages_tab_read_only_enabled": flag,
                    }
                ),
                "bot_user": shape(
                    {"display_name": text(1, 80, r"[a-z0-9._-]+"), "always_online": flag}, needs="display_name"
                ),
                "shortcuts": many(
                    shape(
                        {
                            "name": text(1, 24),
                            "type": text(1, 7, "message|global"),
                            "callback_id": text(1, 255),
                            "description": text(1, 150),
                        },
                        needs="name type callback_id description",
                    ),
                    most=10,
                ),
                "slash_commands": many(
                    shape(
                        {
                            "command": text(2, 32, "/.+"),
                            "url": ADDRESS,
                            "description": text(1, 2000),
                            "usage_hint": text(1, 1000),
                            "should_escape": flag,
                        },
                        needs="command description",
                    ),
                    most=50,
                ),
            }
        ),
        "oauth_config": shape(
            {
                "redirect_urls": many(text(1, 2500), most=1000),
                "scopes": shape({"bot": many(text(1, 50), most=255)}),
            }
        ),
        "settings": shape(
            {
                "event_subscriptions": shape({"request_url": ADDRESS, "bot_events": many(text(1, 50), most=100)}),
                "interactivity": shape(
                    {"is_enabled": flag, "request_url": ADDRESS, "message_menu_options_url": ADDRESS},
                    needs="is_enabled",
                ),
                "org_deploy_enabled": flag,
                "socket_mode_enabled": flag,
                "token_rotation_enabled": flag,
            }
        ),
    },
    needs="display_information",
)


def source() -> Any:
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def printed(*, public_url: str | None, socket_mode: bool) -> Any:
    return yaml.safe_load(manifest(public_url=public_url, socket_mode=socket_mode))


def addresses(node: Any) -> Iterator[str]:
    """Every address in the manifest, wherever it is."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from addresses(part)
    elif isinstance(node, str) and re.match(r"\w+://", node):
        yield node


def test_slack_accepts_the_manifest_in_each_form() -> None:
    assert ACCEPTED(source())
    assert ACCEPTED(printed(public_url="https://bot.example.org", socket_mode=False))
    assert ACCEPTED(printed(public_url="https://bot.example.org", socket_mode=True))
    assert ACCEPTED(printed(public_url=None, socket_mode=True))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("display_information.name", "x" * 36),
        ("display_information.description", "x" * 141),
        ("display_information.long_description", "x" * 174),
        ("display_information.long_description", "x" * 4001),
        ("display_information.background_color", "teal"),
        ("display_information.logo", "x"),
        ("features.bot_user.display_name", "One on One"),
        ("features.shortcuts.0.name", "x" * 25),
        ("features.shortcuts.0.description", "x" * 151),
        ("features.shortcuts.0.type", "channel"),
        ("features.slash_commands.0.command", "oneonone"),
        ("features.slash_commands.0.url", "oneonone.example.com"),
        ("features.slash_commands.0.usage_hint", ""),
        ("settings.interactivity.is_enabled", "yes"),
        ("settings.event_subscriptions.bot_events", ["message.im", "message.im"]),
        ("settings.event_subscriptions.bot_events", ["x"] * 101),
        ("settings.agent_view", True),
    ],
    ids=lambda value: f"{value[:40]}({len(value)})" if isinstance(value, str) else None,
)
def test_what_slack_refuses_is_refused_here(place: str, value: object) -> None:
    app = node = source()
    *path, last = place.split(".")
    for step in path:
        node = node[int(step) if step.isdigit() else step]
    node[last] = value
    assert not ACCEPTED(app)


def test_over_http_every_address_is_the_deployments() -> None:
    app = printed(public_url="https://bot.example.org/slack-app", socket_mode=False)
    assert len(list(addresses(app))) == len(list(addresses(source()))) == 4
    assert all(address.startswith("https://bot.example.org/slack-app/slack/") for address in addresses(app))
    assert app["settings"]["socket_mode_enabled"] is False


def test_in_socket_mode_there_is_no_address() -> None:
    app = printed(public_url=None, socket_mode=True)
    assert list(addresses(app)) == []
    assert app["settings"]["socket_mode_enabled"] is True


def test_a_manifest_without_any_way_to_reach_the_bot_is_refused() -> None:
    with pytest.raises(ValueError, match="public address, or Socket Mode"):
        manifest(public_url=None, socket_mode=False)


def test_only_the_addresses_and_the_mode_differ_from_the_file() -> None:
    assert printed(public_url=PLACEHOLDER, socket_mode=False) == source()


def test_the_command_the_shortcuts_and_the_tabs_are_those_the_bot_answers() -> None:
    features = source()["features"]
    (command,) = features["slash_commands"]
    shortcuts = {each["callback_id"]: each["type"] for each in features["shortcuts"]}
    assert (command["command"], command["should_escape"]) == ("/oneonone", True)
    assert shortcuts == {ADD: "message", ASSIGN: "message"}
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert source()["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENT_SCOPES)


def test_the_scopes_are_those_that_methods_events_and_commands_need_and_no_others() -> None:
    needed = {"commands"}.union(*METHOD_SCOPES.values(), *EVENT_SCOPES.values())
    assert set(source()["oauth_config"]["scopes"]["bot"]) == needed


def test_every_method_that_the_adapter_calls_has_its_scope_here() -> None:
    called = {name for file in (TOP / "adapters" / "slack").rglob("*.py") for name in methods_called(file)}
    assert called <= METHOD_SCOPES.keys()


def methods_called(file: Path) -> Iterator[str]:
    """The Web API methods in a file, called by name (client.views_open) or by their path ("views.open")."""
    known = {name for name in dir(AsyncWebClient) if re.match(r"[a-z]+_", name)} - {"api_call"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr=name) if name in known:
                yield name
            case ast.Constant(value=str(name)) if name.replace(".", "_") in known and "." in name:
                yield name.replace(".", "_")
