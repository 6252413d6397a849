"""The questions of a client that waits for the answer: buttons, dialogs, pickers, message actions."""

from dataclasses import replace

from adapters.teams.inputs import (
    ActionUsed,
    Incoming,
    InDialog,
    Json,
    Opened,
    Pressed,
    Refreshed,
    Scope,
    Searched,
    Sender,
    Unknown,
)
from adapters.teams.parse_parts import as_object, flag_at, id_at, optional_id, optional_part, part, text_at
from adapters.teams.parse_sender import channel, is_bot, sender
from adapters.teams.parse_values import digest, entered
from adapters.teams.parse_words import text_of_page
from adapters.teams.place import ChatCard, Frame, Nowhere, Origin, frame_of
from bot.turn import Quoted

DO = "do"
_REFRESH = "refresh"
_LINK_LENGTH = 2000


def invoked(body: Json) -> Incoming:
    """What a client asks; raises Malformed."""
    if is_bot(body):
        return Unknown()
    match body.get("name"):
        case "adaptiveCard/action":
            return _executed(body)
        case "task/fetch":
            return _opened(body)
        case "task/submit" | "composeExtension/submitAction":
            return _in_dialog(body)
        case "composeExtension/fetchTask":
            return _used(body)
        case "application/search":
            return _searched(body)
        case _:
            return Unknown()


def names_action(body: Json) -> bool:
    """Whether a message is the press of a button: how clients answer that do not know Action.Execute."""
    value = body.get("value")
    return isinstance(value, dict) and DO in value


def sent_back(body: Json) -> Pressed | InDialog:
    """The press that such a message is; raises Malformed."""
    value = part(body, "value")
    if "frame" in value:
        return replace(_used_in(body, value), message=optional_id(body, "replyToId"))
    return _pressed(body, value, waits=False)


def input_key(body: Json, who: Sender) -> str:
    """What names this activity; Teams sends it again under the same id."""
    return f"{who.conversation}:{id_at(body, 'id')}"


def _executed(body: Json) -> Incoming:
    action = part(part(body, "value"), "action")
    data = optional_part(action, "data")
    if action.get("verb") == _REFRESH:
        who = sender(body)
        return Refreshed(sender=who, address=text_at(data, "at"), origin=_card(body, data, who))
    return _pressed(body, data, waits=True)


def _pressed(body: Json, data: Json, *, waits: bool) -> Pressed:
    who = sender(body)
    return Pressed(
        key=input_key(body, who),
        sender=who,
        packed=text_at(data, DO),
        entered=entered(data),
        origin=_card(body, data, who),
        sent=flag_at(data, "sent"),
        waits=waits,
    )


def _card(body: Json, data: Json, who: Sender) -> Origin:
    """The card in the person's own chat; one that others look at too is not ours to change for all of them."""
    activity = optional_id(body, "replyToId")
    if not activity or who.scope is not Scope.personal:
        return Nowhere()
    return ChatCard(who.conversation, activity, text_at(data, "at") or None)


def _opened(body: Json) -> Opened:
    who, data = sender(body), optional_part(part(body, "value"), "data")
    return Opened(
        key=input_key(body, who),
        sender=who,
        packed=text_at(data, DO),
        entered=entered(data),
        origin=_card(body, data, who),
    )


def _in_dialog(body: Json) -> InDialog:
    return _used_in(body, optional_part(part(body, "value"), "data"))


def _used_in(body: Json, data: Json) -> InDialog:
    who = sender(body)
    frame, values, sent = _frame(data, who), entered(data), flag_at(data, "sent")
    form = f"form:{who.account}:{frame.key}:{digest(values)}" if frame.key else ""
    return InDialog(
        key=(form if sent else "") or input_key(body, who),
        sender=who,
        packed=text_at(data, DO),
        entered=values,
        frame=frame,
        sent=sent,
        back=flag_at(data, "back"),
    )


def _frame(data: Json, who: Sender) -> Frame:
    """What the dialog remembers. It was in a stranger's hands: a card in another chat is none of its business."""
    frame = frame_of(data.get("frame"))
    origin = frame.origin
    mine = isinstance(origin, ChatCard) and who.scope is Scope.personal and origin.conversation == who.conversation
    return Frame(key=frame.key, address=frame.address, under=frame.under, origin=origin if mine else Nowhere())


def _used(body: Json) -> ActionUsed:
    who, value = sender(body), part(body, "value")
    message = value.get("messagePayload")
    return ActionUsed(
        key=input_key(body, who),
        sender=who,
        command=text_at(value, "commandId"),
        channel=channel(body),
        quoted=None if message is None else _quoted(as_object(message, "messagePayload")),
    )


def _quoted(message: Json) -> Quoted:
    content = optional_part(message, "body")
    text = text_at(content, "content")
    plain = text if content.get("contentType") == "text" else text_of_page(text)
    return Quoted(text=plain, link=_link(text_at(message, "linkToMessage")))


def _link(address: str) -> str | None:
    is_one = address.startswith("https://") and len(address) <= _LINK_LENGTH and address.isprintable()
    return address if is_one else None


def _searched(body: Json) -> Searched:
    value = part(body, "value")
    return Searched(sender=sender(body), dataset=text_at(value, "dataset"), query=text_at(value, "queryText"))
