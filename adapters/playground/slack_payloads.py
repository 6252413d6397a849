"""The payloads Slack sends to a bot, as its pages describe them."""

import html
import re

from adapters.playground.slack_inputs import Spot
from adapters.playground.slack_people import Json, SlackChannel, SlackUser
from adapters.playground.slack_view import View
from adapters.playground.slack_views import shown
from adapters.playground.slack_world import Message, World, message_json


def escaped(world: World, text: str, *, named: bool) -> str:
    """What people type as Slack passes it on: & < > escaped, @handles and #channels as ids (and names)."""
    safe = html.escape(text, quote=False)
    people = {user.name: user.id for user in world.users.values()}
    places = {channel.name: channel.id for channel in world.channels.values() if not channel.is_im}
    safe = re.sub(r"(?<!\S)@([\w.-]*\w)", lambda hit: _link("@", people.get(hit[1]), hit, named=named), safe)
    return re.sub(r"(?<!\S)#([\w-]+)", lambda hit: _link("#", places.get(hit[1]), hit, named=True), safe)


def _link(sign: str, known: str | None, hit: re.Match[str], *, named: bool) -> str:
    if known is None:
        return hit[0]
    return f"<{sign}{known}|{hit[1]}>" if named else f"<{sign}{known}>"


def command_form(world: World, user: SlackUser, channel: SlackChannel, *, command: str, text: str) -> Json:
    """The fields of a slash command, without the link and the trigger."""
    return {
        "token": "legacy",
        "team_id": world.team.id,
        "team_domain": world.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "true" if world.team.took_in_as_a_whole else "false",
        **({"enterprise_id": world.team.enterprise_id} if world.team.enterprise_id else {}),
    }


def channel_name(channel: SlackChannel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def event_callback(world: World, event: Json) -> Json:
    """An event in its envelope."""
    return {
        "token": "legacy",
        "team_id": world.team.id,
        "api_app_id": world.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{world.new_id()}",
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": world.team.enterprise_id,
                "team_id": world.team.id,
                "user_id": world.app.bot_user,
                "is_bot": True,
                "is_enterprise_install": world.team.took_in_as_a_whole,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.new_id()}",
    }


def message_event(world: World, message: Message, kind: str) -> Json:
    """A person's message as the event `message` (direct messages) or `app_mention` (channels)."""
    event = {**message_json(world, message), "type": kind, "channel": message.channel, "event_ts": message.ts}
    return {**event, "channel_type": "im"} if kind == "message" else event


def home_event(world: World, user: SlackUser, tab: str) -> Json:
    home = world.homes.get(user.id)
    event = {"type": "app_home_opened", "user": user.id, "channel": world.dm_of(user.id).id, "tab": tab}
    return {**event, "event_ts": world.next_ts(), **({"view": shown(world, home)} if home else {})}


def _common(world: World, user: SlackUser, kind: str) -> Json:
    return {
        "type": kind,
        "team": {"id": world.team.id, "domain": world.team.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id or world.team.id},
        "api_app_id": world.app.id,
        "token": "legacy",
        "enterprise": {"id": world.team.enterprise_id, "name": ""} if world.team.enterprise_id else None,
        "is_enterprise_install": world.team.took_in_as_a_whole,
    }


def _place(world: World, surface: View | Message) -> Json:
    """The parts of a payload that say where the element is."""
    if isinstance(surface, View):
        return {"container": {"type": "view", "view_id": surface.id}, "view": shown(world, surface)}
    channel = world.channels[surface.channel]
    container = {"type": "message", "message_ts": surface.ts, "channel_id": channel.id}
    place: Json = {
        "container": {**container, "is_ephemeral": surface.is_ephemeral},
        "channel": {"id": channel.id, "name": channel_name(channel)},
    }
    return place if surface.is_ephemeral else {**place, "message": message_json(world, surface)}


def block_actions(
    world: World, user: SlackUser, surface: View | Message, *, action: Json, state: Json, trigger_id: str
) -> Json:
    payload = {**_common(world, user, "block_actions"), **_place(world, surface)}
    values = {} if isinstance(surface, View) else {"state": {"values": state}}
    return {**payload, **values, "trigger_id": trigger_id, "actions": [action]}


def action_of(spot: Spot, state: Json, ts: str) -> Json:
    """One entry of `actions`: what was pressed or chosen."""
    block_id, action_id = spot.key
    action: Json = {"action_id": action_id, "block_id": block_id, "type": spot.kind, "action_ts": ts}
    if spot.kind == "button":
        kept: Json = {key: spot.element[key] for key in ("text", "value", "style", "url") if key in spot.element}
        return {**action, **kept}
    return {**action, **state}


def block_suggestion(world: World, user: SlackUser, surface: View | Message, *, spot: Spot, query: str) -> Json:
    block_id, action_id = spot.key
    asked = {"block_id": block_id, "action_id": action_id, "value": query}
    return {**_common(world, user, "block_suggestion"), **_place(world, surface), **asked}


def view_submission(world: World, user: SlackUser, view: View, trigger_id: str) -> Json:
    common = _common(world, user, "view_submission")
    return {**common, "trigger_id": trigger_id, "view": shown(world, view), "response_urls": []}


def view_closed(world: World, user: SlackUser, view: View, *, is_cleared: bool) -> Json:
    return {**_common(world, user, "view_closed"), "view": shown(world, view), "is_cleared": is_cleared}


def message_action(world: World, user: SlackUser, message: Message, *, callback_id: str, trigger_id: str) -> Json:
    channel = world.channels[message.channel]
    return {
        **_common(world, user, "message_action"),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "action_ts": world.next_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message_json(world, message),
    }


def global_shortcut(world: World, user: SlackUser, *, callback_id: str, trigger_id: str) -> Json:
    common = _common(world, user, "shortcut")
    return {**common, "callback_id": callback_id, "trigger_id": trigger_id, "action_ts": world.next_ts()}
