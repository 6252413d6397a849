"""Payloads of Slack become our own values here. Malformed says that a body is not what Slack sends."""

from typing import cast

from adapters.slack.inputs import (
    Commanded,
    HomeOpened,
    Ignored,
    Incoming,
    Json,
    Mentioned,
    Pressed,
    ProfileChanged,
    Said,
    Searched,
    ShortcutUsed,
    Submitted,
)
from adapters.slack.parse_parts import (
    Malformed,
    as_object,
    first,
    optional_text,
    part,
    text_at,
)
from adapters.slack.parse_view import digest, entered, window
from adapters.slack.place import AnswerLink, ChatMessage, address_in
from adapters.slack.profile import slack_user
from adapters.slack.typed import as_typed, without_mention
from bot.turn import Channel, Quoted

__all__ = ["Malformed", "incoming"]

_SLACKBOT = "USLACKBOT"


def incoming(body: Json) -> Incoming:
    """What a request asks for; raises Malformed."""
    if "command" in body:
        return _commanded(body)
    match body.get("type"):
        case "event_callback":
            return _event(body)
        case "block_actions":
            return _pressed(body)
        case "view_submission":
            return _submitted(body)
        case "message_action" | "shortcut":
            return _shortcut(body)
        case "block_suggestion":
            return Searched(user=text_at(part(body, "user"), "id"), query=str(body.get("value") or ""))
        case "view_closed":
            return Ignored()
        case _:
            raise Malformed("type")


def _commanded(body: Json) -> Commanded:
    trigger = text_at(body, "trigger_id")
    channel = _channel(text_at(body, "channel_id"), optional_text(body, "channel_name") or "")
    return Commanded(
        key=f"command:{trigger}",
        user=text_at(body, "user_id"),
        words=as_typed(str(body.get("text") or "")),
        channel=channel,
        trigger=trigger,
        reply=text_at(body, "response_url"),
    )


def _channel(channel_id: str, name: str) -> Channel | None:
    """The channel, unless it is a direct or a group conversation."""
    if not channel_id.startswith(("C", "G")) or name == "directmessage" or name.startswith("mpdm-"):
        return None
    return Channel(external_id=channel_id, name=name)


def _event(body: Json) -> Incoming:
    event = part(body, "event")
    if event.get("type") in ("team_join", "user_change"):
        return ProfileChanged(user=slack_user(part(event, "user")))
    if event.get("bot_id") or event.get("user") == _SLACKBOT or not event.get("user"):
        return Ignored()
    match event.get("type"):
        case "message":
            return _said(body, event)
        case "app_mention":
            return _mentioned(body, event)
        case "app_home_opened" if event.get("tab", "home") == "home":
            return HomeOpened(key=f"event:{text_at(body, 'event_id')}", user=text_at(event, "user"))
        case _:
            return Ignored()


def _said(body: Json, event: Json) -> Incoming:
    if event.get("channel_type") != "im" or event.get("subtype"):
        return Ignored()
    return Said(
        key=f"message:{optional_text(event, 'client_msg_id') or text_at(body, 'event_id')}",
        user=text_at(event, "user"),
        channel=text_at(event, "channel"),
        words=as_typed(str(event.get("text") or "")),
    )


def _mentioned(body: Json, event: Json) -> Incoming:
    if event.get("subtype"):
        return Ignored()
    place = text_at(event, "channel")
    words = without_mention(str(event.get("text") or ""), _bot(body))
    return Mentioned(
        key=f"message:{optional_text(event, 'client_msg_id') or text_at(body, 'event_id')}",
        user=text_at(event, "user"),
        place=place,
        channel=_channel(place, "") if event.get("channel_type") not in ("im", "mpim") else None,
        words=as_typed(words),
    )


def _bot(body: Json) -> str:
    authorizations = body.get("authorizations")
    first_one = authorizations[0] if isinstance(authorizations, list) and authorizations else None
    return str(first_one.get("user_id") or "") if isinstance(first_one, dict) else ""


def _pressed(body: Json) -> Incoming:
    action = as_object(first(body, "actions"))
    packed = optional_text(action, "value")
    if action.get("type") != "button" or packed is None:
        return Ignored()
    user, container = text_at(part(body, "user"), "id"), part(body, "container")
    where = optional_text(container, "view_id") or ".".join(
        (text_at(container, "channel_id"), text_at(container, "message_ts"))
    )
    return Pressed(
        key=":".join(("press", user, where, text_at(action, "action_id"), text_at(action, "action_ts"))),
        user=user,
        packed=packed,
        entered=entered(body.get("state") or as_object(body.get("view") or {}).get("state")),
        trigger=text_at(body, "trigger_id"),
        place=window(part(body, "view")) if "view" in body else _message(body, container, action),
        reply=optional_text(body, "response_url"),
    )


def _message(body: Json, container: Json, action: Json) -> ChatMessage | AnswerLink:
    address = address_in(optional_text(action, "block_id") or "")
    if container.get("is_ephemeral"):
        return AnswerLink(text_at(body, "response_url"), address)
    return ChatMessage(text_at(container, "channel_id"), text_at(container, "message_ts"), address)


def _submitted(body: Json) -> Submitted:
    view = part(body, "view")
    sent = window(view)
    values = entered(view.get("state"))
    return Submitted(
        key=f"submit:{sent.frame.key or sent.id}:{digest(values)}",
        user=text_at(part(body, "user"), "id"),
        packed=sent.frame.submit or "",  # the engine knows no such action and says so
        entered=values,
        window=sent,
    )


def _shortcut(body: Json) -> ShortcutUsed:
    trigger = text_at(body, "trigger_id")
    return ShortcutUsed(
        key=f"shortcut:{trigger}",
        user=text_at(part(body, "user"), "id"),
        callback=text_at(body, "callback_id"),
        quoted=_quoted(body) if body.get("type") == "message_action" else None,
        channel=_shortcut_channel(body) if body.get("type") == "message_action" else None,
        trigger=trigger,
        reply=optional_text(body, "response_url"),
    )


def _shortcut_channel(body: Json) -> Channel | None:
    where = part(body, "channel")
    return _channel(text_at(where, "id"), optional_text(where, "name") or "")


def _quoted(body: Json) -> Quoted:
    message = part(body, "message")
    return Quoted(text=as_typed(str(message.get("text") or "")), link=_link(body, message))


def _link(body: Json, message: Json) -> str | None:
    # chat.getPermalink fails where the bot is absent, so the link is made from what came along.
    team = body.get("team")
    domain = optional_text(cast("Json", team), "domain") if isinstance(team, dict) else None
    channel, ts = text_at(part(body, "channel"), "id"), text_at(message, "ts")
    if domain is None:
        return None
    link = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    thread = optional_text(message, "thread_ts")
    return f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != ts else link
