"""The activities that Teams sends to a bot, as Microsoft's pages describe them."""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.playground.teams_people import Json, TeamsUser, account_json
from adapters.playground.teams_world import BOT, Conversation, Dialog, Kind, Message, World

_MENTION = re.compile(r"<at>(.*?)</at>")


def activity(world: World, user: TeamsUser, place: Conversation, kind: str) -> Json:
    """What every activity from a person's client has in common."""
    moment = world.now()
    return {
        "type": kind,
        "id": f"f:{world.new_id()}",
        "timestamp": _stamp(moment.astimezone(UTC)).replace("+00:00", "Z"),
        "localTimestamp": _stamp(moment.astimezone(ZoneInfo(user.zone or "UTC"))),
        "localTimezone": user.zone,
        "locale": user.locale,
        "channelId": "msteams",
        "serviceUrl": world.service_url,
        "from": account_json(user),
        "recipient": {"id": world.app.id, "name": world.app.name},
        "conversation": conversation_json(world, place),
        "entities": [_client_info(user)],
        "channelData": _channel_data(world, place),
    }


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _client_info(user: TeamsUser) -> Json:
    country = user.locale.rpartition("-")[2]
    facts = {"locale": user.locale, "country": country, "platform": "Web", "timezone": user.zone}
    return {**facts, "type": "clientInfo"}


def conversation_json(world: World, place: Conversation, thread: str | None = None) -> Json:
    facts: Json = {"conversationType": place.kind.value, "tenantId": world.tenant.id}
    if place.kind is Kind.PERSONAL:
        return {**facts, "id": place.id}
    where = f"{place.id};messageid={thread}" if thread else place.id
    return {**facts, "isGroup": True, "id": where}


def _channel_data(world: World, place: Conversation) -> Json:
    tenant: Json = {"tenant": {"id": world.tenant.id}}
    if place.team is None:
        return tenant
    old = {"teamsChannelId": place.id, "teamsTeamId": place.team}
    return {**old, "team": {"id": place.team}, "channel": {"id": place.id, "type": _kind(world, place)}, **tenant}


def _kind(world: World, place: Conversation) -> str:
    channels = world.teams[place.team].channels if place.team else ()
    return next((each.kind for each in channels if each.id == place.id), "standard")


def message(world: World, user: TeamsUser, said: Message) -> Json:
    """What a person wrote; `<at>Name</at>` in it mentions somebody."""
    place = world.conversations[said.conversation]
    common = activity(world, user, place, "message")
    common["conversation"] = conversation_json(world, place, _thread(place, said))
    common["entities"] += list(mentions_in(world, said.text))
    page = {"contentType": "text/html", "content": f"<p>{html.escape(_bare(said.text))}</p>"}
    return {**common, "id": said.id, "textFormat": "plain", "text": said.text, "attachments": [page]}


def _thread(place: Conversation, said: Message) -> str | None:
    return (said.reply_to or said.id) if place.kind is Kind.CHANNEL else None


def _bare(text: str) -> str:
    return _MENTION.sub(r"\1", text)


def mentions_in(world: World, text: str) -> Iterator[Json]:
    """One entity for each mention of the bot or of a person by their full name."""
    known = {user.name: user.member for user in world.users.values()} | {world.app.name: world.app.id}
    for name in _MENTION.findall(text):
        if name in known:
            mentioned = {"id": known[name], "name": name}
            yield {"type": "mention", "mentioned": mentioned, "text": f"<at>{name}</at>"}


def invoke(world: World, user: TeamsUser, place: Conversation, *, name: str, value: Json, source: str) -> Json:
    """A question that the client asks the bot and waits for; `source` says from where: message, task, compose."""
    common = activity(world, user, place, "invoke")
    common["channelData"]["source"] = {"name": source}
    return {**common, "name": name, "value": value}


def _at(common: Json, message_id: str | None) -> Json:
    """The same, pressed in a message."""
    if message_id is None:
        return common
    common["channelData"]["legacy"] = {"replyToId": message_id}
    return {**common, "replyToId": message_id}


def card_action(world: World, user: TeamsUser, under: Message, *, action: Json, values: Mapping[str, str]) -> Json:
    """The press of an Action.Execute; what stands in the card's fields is merged into its data."""
    return _executed(world, user, under, action=action, values=values, trigger="manual")


def card_refresh(world: World, user: TeamsUser, under: Message, *, action: Json) -> Json:
    """What the client asks by itself for a card with `refresh` that names this person."""
    return _executed(world, user, under, action=action, values={}, trigger="automatic")


def _executed(
    world: World, user: TeamsUser, under: Message, *, action: Json, values: Mapping[str, str], trigger: str
) -> Json:
    pressed: Json = {"type": "Action.Execute", "data": merged(action, values)}
    pressed |= {key: action[key] for key in ("id", "verb", "title") if key in action}
    place = world.conversations[under.conversation]
    value = {"action": pressed, "trigger": trigger}
    return _at(invoke(world, user, place, name="adaptiveCard/action", value=value, source="message"), under.id)


def merged(action: Json, values: Mapping[str, str]) -> Json:
    """An action's data with the fields' values in it, as Adaptive Cards' clients send both."""
    data = action.get("data")
    return {**(data if isinstance(data, dict) else {}), **values}


def message_back(world: World, user: TeamsUser, under: Message, *, action: Json, values: Mapping[str, str]) -> Json:
    """The press of an Action.Submit without `msteams` in its data: a message with a value and no text."""
    place = world.conversations[under.conversation]
    common = activity(world, user, place, "message")
    return _at({**common, "id": world.next_id(), "value": merged(action, values)}, under.id)


def task_fetch(world: World, user: TeamsUser, under: Message, *, action: Json, values: Mapping[str, str]) -> Json:
    """The press of a button that opens a dialog."""
    place = world.conversations[under.conversation]
    value = {"data": merged(action, values), "context": {"theme": "default"}}
    return _at(invoke(world, user, place, name="task/fetch", value=value, source="message"), under.id)


def task_submit(world: World, user: TeamsUser, dialog: Dialog, *, action: Json, values: Mapping[str, str]) -> Json:
    """The press of a button in a dialog, however it was opened."""
    place = world.conversations[dialog.conversation]
    value: Json = {"data": merged(action, values), "context": {"theme": "default"}}
    if dialog.command is None:
        return _at(invoke(world, user, place, name="task/submit", value=value, source="task"), dialog.activity)
    value |= {"commandId": dialog.command, "commandContext": "message", "requestId": world.new_id()}
    said = world.find(dialog.conversation, dialog.activity or "")
    if said is not None:
        value["messagePayload"] = message_payload(world, said)
    return invoke(world, user, place, name="composeExtension/submitAction", value=value, source="message")


def extension_fetch(world: World, user: TeamsUser, said: Message, command: str) -> Json:
    """A message action, chosen in the menu of a message that anybody wrote."""
    place = world.conversations[said.conversation]
    value: Json = {"commandId": command, "commandContext": "message", "requestId": world.new_id()}
    value |= {"messagePayload": message_payload(world, said), "context": {"theme": "default"}}
    return invoke(world, user, place, name="composeExtension/fetchTask", value=value, source="message")


def message_payload(world: World, said: Message) -> Json:
    """A message as a message action brings it along: its words as HTML."""
    written = (said.at or world.now()).astimezone(UTC)
    return {
        "linkToMessage": f"https://teams.microsoft.com/l/message/{said.conversation}/{said.id}",
        "id": said.id,
        "replyToId": said.reply_to,
        "createdDateTime": _stamp(written).replace("+00:00", "Z"),
        "lastModifiedDateTime": None,
        "deleted": False,
        "subject": None,
        "summary": said.summary or None,
        "importance": "normal",
        "locale": "en-us",
        "body": {"contentType": "html", "content": f"<div>{_as_html(said.text)}</div>"},
        "from": _author(world, said.author),
        "reactions": [],
        "mentions": [],
        "attachments": [],
    }


def _as_html(text: str) -> str:
    return "<br>".join(html.escape(line) for line in _bare(text).split("\n"))


def _author(world: World, author: str) -> Json:
    nobody: Json = {"device": None, "conversation": None, "user": None, "application": None}
    if author == BOT:
        app = {"applicationIdentityType": "bot", "id": world.app.app_id, "displayName": world.app.name}
        return {**nobody, "application": app}
    user = {"userIdentityType": "aadUser", "id": author, "displayName": world.users[author].name}
    return {**nobody, "user": user}


def search(
    world: World, user: TeamsUser, place: Conversation, *, dataset: str, query: str, under: str | None = None
) -> Json:
    """What is typed into a choice set with a dynamic search."""
    value = {"queryText": query, "queryOptions": {"skip": 0, "top": 15}, "dataset": dataset}
    return _at(invoke(world, user, place, name="application/search", value=value, source="message"), under)
