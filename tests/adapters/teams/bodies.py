"""Activities as Teams sends them, written out: what the adapter must be able to read."""

from copy import deepcopy
from typing import Any

from adapters.teams.place import ChatCard, Frame

Json = dict[str, Any]

BOT = "28:11111111-2222-4333-8444-555555555555"
ANA = "29:1bSnHZ7Js2STWrgk6ScEErLk1Lp2zQuD5H2qQ"
BEN = "29:124T-PKLYNQ5T6gO5wK4jpB7PhvbJuwCbO9ug"
ANA_ACCOUNT = "b130c271-d2eb-45f9-83ab-9eb3fe3788bc"
TENANT = "0d9b645f-597b-41f0-a2a3-ef103fbd91bb"
CHAT = "a:1pL6i0oY3C0K8oAj8Lb0fbRrzQjKOwxmgvKVmfRE"
CHANNEL = "19:253b1f341670408fb6fe51050b6e5ceb@thread.skype"
TEAM = "19:712c61d0ef384e5fa681ba90ca943398@thread.skype"
SERVICE = "https://smba.trafficmanager.net/amer/"
CLIENT: Json = {
    "locale": "en-US",
    "country": "US",
    "platform": "Windows",
    "timezone": "America/Los_Angeles",
    "type": "clientInfo",
}
PERSONAL: Json = {
    "id": "f:622749630322482883",
    "timestamp": "2026-11-22T09:12:15.4Z",
    "localTimestamp": "2026-11-22T10:12:15.4+01:00",
    "localTimezone": "Europe/Madrid",
    "locale": "es-ES",
    "channelId": "msteams",
    "serviceUrl": SERVICE,
    "from": {"id": ANA, "name": "Ana Ruiz", "aadObjectId": ANA_ACCOUNT},
    "recipient": {"id": BOT, "name": "OneOnOne"},
    "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CHAT},
    "entities": [CLIENT],
    "channelData": {"tenant": {"id": TENANT}},
}
IN_CHANNEL: Json = {
    **PERSONAL,
    "conversation": {
        "isGroup": True,
        "conversationType": "channel",
        "tenantId": TENANT,
        "id": f"{CHANNEL};messageid=1481567603816",
    },
    "channelData": {
        "teamsChannelId": CHANNEL,
        "teamsTeamId": TEAM,
        "channel": {"id": CHANNEL},
        "team": {"id": TEAM},
        "tenant": {"id": TENANT},
    },
}
MESSAGE: Json = {
    **PERSONAL,
    "type": "message",
    "id": "1485983408511",
    "textFormat": "plain",
    "text": "agenda\n",
    "attachments": [{"contentType": "text/html", "content": "<p>agenda</p>"}],
}
MENTION: Json = {
    **IN_CHANNEL,
    "type": "message",
    "id": "1485983194839",
    "textFormat": "plain",
    "text": "<at>OneOnOne</at>&nbsp;add <at>Ben Okafor</at> a &lt; b\n",
    "attachments": [
        {
            "contentType": "text/html",
            "content": ('<div><at id="0">OneOnOne</at>&nbsp;add <at id="1">Ben Okafor</at> a &lt; b</div>'),
        }
    ],
    "entities": [
        {"type": "mention", "mentioned": {"id": BOT, "name": "OneOnOne"}, "text": "<at>OneOnOne</at>"},
        {"type": "mention", "mentioned": {"id": BEN, "name": "Ben Okafor"}, "text": "<at>Ben Okafor</at>"},
        CLIENT,
    ],
}
EXECUTE: Json = {
    **PERSONAL,
    "type": "invoke",
    "name": "adaptiveCard/action",
    "replyToId": "1610119253842",
    "value": {
        "action": {
            "type": "Action.Execute",
            "id": "1",
            "verb": "do",
            "data": {"do": "Done:x", "at": "Home", "in.text": "words"},
        },
        "trigger": "manual",
    },
}
REFRESH: Json = {
    **EXECUTE,
    "value": {
        "action": {"type": "Action.Execute", "verb": "refresh", "data": {"at": "Home"}},
        "trigger": "automatic",
    },
}
FETCH: Json = {
    **PERSONAL,
    "type": "invoke",
    "name": "task/fetch",
    "replyToId": "1610119253842",
    "value": {
        "data": {"msteams": {"type": "task/fetch"}, "do": "Open:x", "at": "Home"},
        "context": {"theme": "default"},
    },
}
FRAME = Frame(
    key="key", address="ShowForm:page", under=("ShowPage:one",), origin=ChatCard(CHAT, "1610119253842", "Home")
).packed()
SUBMIT: Json = {
    **PERSONAL,
    "type": "invoke",
    "name": "task/submit",
    "value": {
        "data": {
            "do": "Save:x",
            "frame": FRAME,
            "sent": True,
            "in.text": "words",
            "in.choice": "b",
            "ticks.copy": "x,y",
            "ticks.none": "",
        },
        "context": {"theme": "default"},
    },
}
PAYLOAD: Json = {
    "linkToMessage": f"https://teams.microsoft.com/l/message/{CHANNEL}/1611060744833",
    "id": "1611060744833",
    "replyToId": None,
    "createdDateTime": "2026-11-19T12:52:24.833Z",
    "lastModifiedDateTime": None,
    "deleted": False,
    "subject": None,
    "summary": None,
    "importance": "normal",
    "locale": "en-us",
    "body": {
        "contentType": "html",
        "content": '<div><div>Budget for <at id="0">Ben</at> &amp; me<br>a &lt;b&gt;&nbsp;second line</div>\n</div>',
    },
    "from": {"device": None, "conversation": None, "user": {"userIdentityType": "aadUser", "id": "x"}},
    "reactions": [],
    "mentions": [],
    "attachments": [],
}
FROM_MESSAGE: Json = {
    **IN_CHANNEL,
    "type": "invoke",
    "name": "composeExtension/fetchTask",
    "value": {
        "commandId": "add_to_oneonone",
        "commandContext": "message",
        "requestId": "7f7d22efe5414818becebcec649a7912",
        "messagePayload": PAYLOAD,
        "context": {"theme": "default"},
    },
}
EXTENSION_SUBMIT: Json = {
    **IN_CHANNEL,
    "type": "invoke",
    "name": "composeExtension/submitAction",
    "value": {
        **FROM_MESSAGE["value"],
        "data": {**SUBMIT["value"]["data"], "frame": Frame(key="key", address="ShowForm:page").packed()},
    },
}
SEARCH: Json = {
    **PERSONAL,
    "type": "invoke",
    "name": "application/search",
    "value": {"queryText": "be", "queryOptions": {"skip": 0, "top": 15}, "dataset": "people"},
}
SENT_BACK: Json = {
    **PERSONAL,
    "type": "message",
    "replyToId": "1610119253842",
    "value": {"do": "Done:x", "at": "Home"},
}
ADDED: Json = {
    **PERSONAL,
    "type": "conversationUpdate",
    "membersAdded": [{"id": ANA, "aadObjectId": ANA_ACCOUNT}, {"id": BOT}],
}
ADDED_TO_TEAM: Json = {
    **IN_CHANNEL,
    "type": "conversationUpdate",
    "conversation": {**IN_CHANNEL["conversation"], "id": TEAM},
    "membersAdded": [{"id": BOT}],
    "channelData": {"eventType": "teamMemberAdded", "team": {"id": TEAM, "name": "Sales"}, "tenant": {"id": TENANT}},
}
NEW_IN_TEAM: Json = {**ADDED_TO_TEAM, "membersAdded": [{"id": BEN, "aadObjectId": "x"}]}
REMOVED_FROM_TEAM: Json = {key: value for key, value in ADDED_TO_TEAM.items() if key != "membersAdded"} | {
    "membersRemoved": [{"id": BOT}]
}
INSTALLED: Json = {**PERSONAL, "type": "installationUpdate", "action": "add"}
UNINSTALLED: Json = {**PERSONAL, "type": "installationUpdate", "action": "remove"}

EVERY: dict[str, Json] = {
    "message": MESSAGE,
    "mention": MENTION,
    "execute": EXECUTE,
    "refresh": REFRESH,
    "fetch": FETCH,
    "submit": SUBMIT,
    "from message": FROM_MESSAGE,
    "extension submit": EXTENSION_SUBMIT,
    "search": SEARCH,
    "sent back": SENT_BACK,
    "added": ADDED,
    "added to team": ADDED_TO_TEAM,
    "new in team": NEW_IN_TEAM,
    "removed from team": REMOVED_FROM_TEAM,
    "installed": INSTALLED,
    "uninstalled": UNINSTALLED,
}


def paths(body: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every part of a body, the body itself left out."""
    parts = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    found: list[tuple[str | int, ...]] = []
    for key, part in parts:
        found += [(*at, key), *paths(part, (*at, key))]
    return found


def with_part(body: Json, path: tuple[str | int, ...], value: object) -> Json:
    """The same with something else at that place."""
    changed: Any = deepcopy(body)
    part = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return changed  # type: ignore[no-any-return]
