"""A client as Microsoft's Agents Playground: no tokens, no dialogs, no search; it shows what it is sent."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import ClientSession, web

from tests.adapters.teams.servers import serving

Json = dict[str, Any]
CHAT, TEAM, TENANT, BOT = "chat-id", "team-id", "tenant-id", "bot-id"
JSON = "application/json"


def member(number: int, name: str) -> Json:
    """Somebody as its roster describes them."""
    given, surname = name.split()
    return {
        "id": f"user-id-{number}",
        "aadObjectId": f"00000000-0000-0000-0000-00000000002{number}",
        "name": name,
        "givenName": given,
        "surname": surname,
        "email": f"{given.lower()}@example.com",
        "userPrincipalName": f"{given.lower()}@example.com",
        "tenantId": TENANT,
        "userRole": "user",
    }


ALEX, MEGAN = member(0, "Alex Wilber"), member(1, "Megan Bowen")


@dataclass
class LocalClient:
    """What Alex does and sees; ``cards`` are those in the chat by the id of their message."""

    base_url: str = ""
    messages_url: str = ""
    cards: dict[str, Json] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=count)

    async def says(self, text: str) -> int:
        return await self.sends({"type": "message", "text": text, "textFormat": "plain"})

    async def executes(self, title: str) -> Json:
        """Press a button of the last card whose answer takes the card's place."""
        message, card = self.last
        action = {**_titled(card, title), "title": title}
        assert action["type"] == "Action.Execute"
        value = {"action": {name: action[name] for name in ("type", "title", "verb", "data")}}
        return await self.asks({"type": "invoke", "name": "adaptiveCard/action", "replyToId": message, "value": value})

    async def submits(self, title: str, **values: str) -> int:
        """Press a button of the last card, which is a message to this client; ``msteams`` makes it fail."""
        message, card = self.last
        action = _titled(card, title)
        assert action["type"] == "Action.Submit"
        assert "msteams" not in action["data"]
        typed = {f"in.{name}": value for name, value in values.items()}
        return await self.sends({"type": "message", "replyToId": message, "value": {**action["data"], **typed}})

    async def joins_team(self) -> int:
        where = {"isGroup": True, "conversationType": "channel", "tenantId": TENANT, "id": TEAM}
        added = {"type": "conversationUpdate", "membersAdded": [{"id": BOT}], "conversation": where}
        return await self.sends({**added, "channelData": {"tenant": {"id": TENANT}, "team": {"id": TEAM}}})

    async def sends(self, activity: Json, *, content_type: str = JSON, host: str | None = None) -> int:
        headers = {"Content-Type": content_type} | ({"Host": host} if host else {})
        body = {**self._common(), **activity}
        async with ClientSession() as session, session.post(self.messages_url, json=body, headers=headers) as answer:
            return answer.status

    async def asks(self, activity: Json) -> Json:
        body = {**self._common(), **activity}
        async with ClientSession() as session, session.post(self.messages_url, json=body) as answer:
            shown: Json = await answer.json()
        return shown

    @property
    def last(self) -> tuple[str, Json]:
        return list(self.cards.items())[-1]

    def _common(self) -> Json:
        return {
            "id": f"activity-{next(self.ids)}",
            "channelId": "msteams",
            "serviceUrl": f"{self.base_url}/_connector",
            "from": {name: ALEX[name] for name in ("id", "name", "aadObjectId")},
            "recipient": {"id": BOT, "name": "Test Bot"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CHAT},
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-US",
            "localTimezone": "Europe/Madrid",
        }

    async def _post(self, request: web.Request) -> web.Response:
        return await self._keep(request, f"message-{next(self.ids)}")

    async def _put(self, request: web.Request) -> web.Response:
        return await self._keep(request, request.match_info["message"])

    async def _keep(self, request: web.Request, message: str) -> web.Response:
        self.asked.append(request.headers.get("Authorization", ""))
        if request.match_info["conversation"] == CHAT:
            self.cards[message] = (await request.json())["attachments"][0]["content"]
        return web.json_response({"id": message})

    async def _member(self, request: web.Request) -> web.Response:
        known = {each["id"]: each for each in (ALEX, MEGAN)}
        return web.json_response(known[request.match_info["member"]])

    async def _members(self, _: web.Request) -> web.Response:
        return web.json_response({"members": [ALEX, MEGAN], "totalCount": 3})


@asynccontextmanager
async def local_client() -> AsyncIterator[LocalClient]:
    client = LocalClient()
    there = "/_connector/v3/conversations/{conversation}"
    routes = (
        web.post(f"{there}/activities", client._post),
        web.post(f"{there}/activities/{{to}}", client._post),
        web.put(f"{there}/activities/{{message}}", client._put),
        web.get(f"{there}/members/{{member}}", client._member),
        web.get(f"{there}/pagedmembers", client._members),
    )
    async with serving(*routes) as client.base_url:
        yield client


def parts(card: Any) -> Iterator[Json]:
    """Each object in a card, the card itself included."""
    if isinstance(card, dict):
        yield card
    for each in card.values() if isinstance(card, dict) else card if isinstance(card, list) else ():
        yield from parts(each)


def words(card: Json) -> str:
    """All that a card says."""
    return " ".join(str(each["text"]) for each in parts(card) if isinstance(each.get("text"), str))


def _titled(card: Json, title: str) -> Json:
    return next(each for each in parts(card) if each.get("title") == title and "data" in each)
