"""The users.* and conversations.* methods: who is here, and where the bot is."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from adapters.playground.slack_chat import visible
from adapters.playground.slack_errors import SlackError
from adapters.playground.slack_people import Json, SlackChannel, SlackUser, user_json
from adapters.playground.slack_world import Message, World, message_json

_T = TypeVar("_T")
_MOST_MEMBERS = 999
_READS = {
    (False, False): "channels:read",
    (False, True): "groups:read",
    (True, False): "im:read",
}
"""What shows the members of a conversation, by whether it is a chat and whether it is private."""

_TRUE = (True, 1, "1", "true", "True")


def list_users(world: World, args: Json) -> Json:
    """Everybody, a page at a time; the bot's own user is one of them."""
    if world.team.took_in_as_a_whole and args.get("team_id") != world.team.id:
        raise SlackError("team_not_found" if args.get("team_id") else "missing_argument")
    page, cursor = _page(tuple(world.users.values()), args, default=1000)
    members = [_user(world, user, args) for user in page]
    return {"ok": True, "members": members, "response_metadata": {"next_cursor": cursor}}


def user_info(world: World, args: Json) -> Json:
    user = world.users.get(str(args.get("user")))
    if user is None:
        raise SlackError("user_not_found")
    return {"ok": True, "user": _user(world, user, args)}


def open_conversation(world: World, args: Json) -> Json:
    """The direct messages between the bot and one person."""
    user = world.users.get(str(args.get("users") or ""))
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    channel: Json = {"id": world.dm_of(user.id).id}
    more = {"is_im": True, "user": user.id} if args.get("return_im") in _TRUE else {}
    return {"ok": True, "channel": {**channel, **more}}


def history(world: World, args: Json) -> Json:
    """The messages of the bot's direct messages with one person, newest first."""
    channel = visible(world, args.get("channel"))
    if not channel.is_im:
        raise SlackError("missing_scope", needed="channels:history,groups:history", provided=world.app.scopes)
    lasting = [each for each in world.messages.get(channel.id, {}).values() if not each.is_ephemeral]
    between = [each for each in reversed(lasting) if _between(each.ts, args)]
    page, cursor = _page(between, args, default=100)
    messages = [_with_metadata(world, each, args) for each in page]
    return {
        "ok": True,
        "messages": messages,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def conversation_info(world: World, args: Json) -> Json:
    return {"ok": True, "channel": channel_json(world, visible(world, args.get("channel")))}


def members(world: World, args: Json) -> Json:
    """The ids of those in a channel, a page at a time; with the scope for its kind, and at most 999 on a page."""
    channel = visible(world, args.get("channel"))
    needed = _READS[channel.is_im, channel.is_private]
    if needed not in world.app.scopes.split(","):
        raise SlackError("missing_scope", needed=needed, provided=world.app.scopes)
    if not 0 < _number(args.get("limit") or 100) <= _MOST_MEMBERS:
        raise SlackError("invalid_limit")
    page, cursor = _page(channel.members, args, default=100)
    return {"ok": True, "members": list(page), "response_metadata": {"next_cursor": cursor}}


def channel_json(world: World, channel: SlackChannel) -> Json:
    inside = world.app.bot_user in channel.members
    if channel.is_im:
        other = next((each for each in channel.members if each != world.app.bot_user), "")
        return {"id": channel.id, "is_im": True, "user": other}
    kinds = {"is_channel": not channel.is_private, "is_group": channel.is_private, "is_im": False}
    private = {"is_private": channel.is_private, "is_member": inside, "is_archived": False}
    return {"id": channel.id, "name": channel.name, **kinds, **private}


def _user(world: World, user: SlackUser, args: Json) -> Json:
    locale = {"locale": user.locale} if args.get("include_locale") in _TRUE else {}
    return {**user_json(user, world.team), **locale}


def _with_metadata(world: World, message: Message, args: Json) -> Json:
    asked = args.get("include_all_metadata") in _TRUE and message.metadata
    return {**message_json(world, message), **({"metadata": message.metadata} if asked else {})}


def _between(ts: str, args: Json) -> bool:
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "")
    if args.get("inclusive") in _TRUE and ts in (oldest, latest):
        return True
    return float(oldest) < float(ts) and (not latest or float(ts) < float(latest))


def _number(value: object) -> int:
    return int(str(value)) if str(value).isdecimal() else -1


def _page(everything: Sequence[_T], args: Json, default: int) -> tuple[Sequence[_T], str]:
    """One page and the cursor of the next, "" after the last; raises SlackError on a cursor it did not give."""
    cursor = str(args.get("cursor") or "page:0")
    start = cursor.removeprefix("page:")
    if not (cursor.startswith("page:") and start.isdecimal()):
        raise SlackError("invalid_cursor")
    end = int(start) + max(1, min(int(args.get("limit") or default), 1000))
    return everything[int(start) : end], f"page:{end}" if end < len(everything) else ""


METHODS: Mapping[str, Callable[[World, Json], Json]] = {
    "users.list": list_users,
    "users.info": user_info,
    "conversations.open": open_conversation,
    "conversations.history": history,
    "conversations.info": conversation_info,
    "conversations.members": members,
}
