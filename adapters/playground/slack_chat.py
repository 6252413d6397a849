"""The chat.* methods, and what an answer at a response_url does."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from adapters.playground.rules_core import Problem
from adapters.playground.slack_errors import SlackError, refuse
from adapters.playground.slack_people import Json, SlackChannel
from adapters.playground.slack_rules import UPDATE_TEXT, answer_problems, message_problems
from adapters.playground.slack_tickets import AnswerLink
from adapters.playground.slack_view import with_ids
from adapters.playground.slack_world import Message, World, message_json

_SHOWN = ("text", "blocks", "metadata", "mrkdwn", "unfurl_links", "unfurl_media", "thread_ts", "parse", "link_names")
_CODES = {"msg_blocks_too_long": "msg_blocks_too_long", "missing_one_of": "no_text"}


def post_message(world: World, args: Json) -> Json:
    """A lasting message from the bot."""
    _check(world, "chat.postMessage", args)
    channel = reachable(world, args.get("channel"))
    message = world.put(_from_bot(world, channel.id, args))
    return _posted(world, message)


def post_ephemeral(world: World, args: Json) -> Json:
    """A message that one person in the channel sees."""
    _check(world, "chat.postEphemeral", args)
    channel = reachable(world, args.get("channel"))
    if args.get("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    message = world.put(replace(_from_bot(world, channel.id, args), seen_by=str(args["user"])))
    return {"ok": True, "message_ts": message.ts}


def update(world: World, args: Json) -> Json:
    """Other contents for one of the bot's own messages."""
    _check(world, "chat.update", args, most=UPDATE_TEXT)
    old = _own(world, args, "cant_update_message")
    text = str(args.get("text") or "") if "text" in args or "blocks" in args else old.text
    blocks = with_ids(args.get("blocks") or (), world.new_id)
    metadata = args.get("metadata", old.metadata)
    message = world.put(replace(old, text=text, blocks=blocks, metadata=metadata, edited=True))
    return {**_posted(world, message), "text": message.text}


def delete(world: World, args: Json) -> Json:
    """Take one of the bot's own messages away."""
    message = _own(world, args, "cant_delete_message")
    world.remove(message)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def permalink(world: World, args: Json) -> Json:
    """The link to a message, where the bot can see it."""
    channel = visible(world, args.get("channel"))
    ts = str(args.get("message_ts"))
    if world.find(channel.id, ts) is None:
        raise SlackError("message_not_found")
    return {"ok": True, "channel": channel.id, "permalink": link_to(world, channel.id, ts)}


def link_to(world: World, channel: str, ts: str) -> str:
    return f"https://{world.team.domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"


def reachable(world: World, name: object) -> SlackChannel:
    """The channel the bot may write to: a person's id stands for their direct messages; raises SlackError."""
    user = world.users.get(str(name))
    if user is not None:
        return _direct(world, user.id, deleted=user.deleted or user.is_bot)
    channel = visible(world, name)
    if world.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def visible(world: World, name: object) -> SlackChannel:
    """A channel the bot knows of: public ones, and those it is in; raises SlackError."""
    channel = world.channels.get(str(name))
    hidden = channel is None or channel.is_private or channel.is_im
    if channel is None or (hidden and world.app.bot_user not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def _direct(world: World, user: str, *, deleted: bool) -> SlackChannel:
    if deleted:
        raise SlackError("channel_not_found")
    if user in world.blocked:
        raise SlackError("cannot_dm_bot")
    return world.dm_of(user)


def answer_at_link(world: World, link: AnswerLink, payload: Mapping[str, object]) -> None:
    """Do what a response_url's payload asks: replace, delete, or say something new; raises SlackError."""
    found = answer_problems(payload)
    world.blame("response_url", found)
    refuse(found, _code(found))
    original = world.find(link.channel, link.ts) if link.ts else None
    if payload.get("delete_original") and original:
        world.remove(original)
    elif payload.get("replace_original") and original:
        world.put(replace(original, **_contents(world, payload), edited=True))
    elif payload.get("text") or payload.get("blocks"):
        say(world, link, payload)


def say(world: World, link: AnswerLink, payload: Mapping[str, object]) -> Message:
    """A new message from the bot where the link was made: to that person alone unless `in_channel`."""
    alone = payload.get("response_type", "ephemeral") == "ephemeral"
    message = _from_bot(world, link.channel, payload)
    return world.put(replace(message, seen_by=link.person if alone else None))


def _check(world: World, where: str, args: Json, most: int | None = None) -> None:
    shown = {key: args[key] for key in _SHOWN if args.get(key) is not None}
    found = message_problems(shown)
    if most and len(str(args.get("text") or "")) > most:
        found = (*found, Problem("/text", "too_long", f"must be less than {most + 1} characters"))
    world.blame(where, found)
    refuse(found, _code(found))


def _code(found: tuple[Problem, ...]) -> str:
    """Slack's name for the first problem: what is wrong decides the error, not which method was called."""
    if not found:
        return "ok"
    first = found[0]
    if first.path == "/text":
        return "msg_too_long"
    if first.path.startswith("/metadata"):
        return "invalid_metadata_format"
    return _CODES.get(first.rule, "invalid_blocks") if first.path in ("", "/blocks") else "invalid_blocks"


def _from_bot(world: World, channel: str, args: Mapping[str, object]) -> Message:
    bot = world.app
    message = Message(channel, world.next_ts(), bot.bot_user, "", bot_id=bot.bot_id)
    client_msg_id = args.get("client_msg_id")
    return replace(message, **_contents(world, args), client_msg_id=str(client_msg_id) if client_msg_id else None)


def _contents(world: World, args: Mapping[str, object]) -> Json:
    blocks = args.get("blocks")
    given = with_ids(blocks, world.new_id) if isinstance(blocks, list) else ()
    return {"text": str(args.get("text") or ""), "blocks": given, "metadata": args.get("metadata")}


def _own(world: World, args: Json, refusal: str) -> Message:
    channel = world.channels.get(str(args.get("channel")))
    if channel is None:
        raise SlackError("channel_not_found")
    message = world.find(channel.id, str(args.get("ts")))
    if message is None or message.is_ephemeral:
        raise SlackError("message_not_found")
    if message.bot_id != world.app.bot_id:
        raise SlackError(refusal)
    return message


def _posted(world: World, message: Message) -> Json:
    return {"ok": True, "channel": message.channel, "ts": message.ts, "message": message_json(world, message)}


METHODS: Mapping[str, Callable[[World, Json], Json]] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
}
