"""Sending the outbox's cards: to the chat that is known, or to a new one, in one call."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import pytest

from adapters.config import TeamsConfig
from adapters.saying import Say
from adapters.teams.connector import Connector, session
from adapters.teams.hosts import Hosts
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.tokens import Tokens
from bot.model.delivery import Address
from bot.model.ids import DeliveryId, OrganizationId, WorkspaceId
from bot.model.people import Chat, Organization, Platform, Workspace
from bot.ports import Broken, Busy, Gone, Later, Transaction, Unknown, Untraceable
from bot.views import Card, Text
from prompts import Library, Voice
from storage.store import Store
from tests.adapters.teams.servers import ConnectorServer, Reply, connector_server

KEY = b"k" * 32
TENANT = "0a1b2c3d-0000-4000-8000-00000000000a"
ORGANIZATION = OrganizationId("o" * 22)
WORKSPACE = WorkspaceId("w" * 22)
BEN = Address(WORKSPACE, "0a1b2c3d-0000-4000-8000-0000000000b0")
CARD = Card(title="News", body=(Text("canary"),), summary="News of a 1-on-1")
DELIVERY = DeliveryId("d" * 22)


def speak(language: str) -> Say:
    return Voice(Library(language or "en"), zone="UTC", now=datetime(2026, 1, 1, tzinfo=UTC)).say


@pytest.fixture
async def microsoft() -> AsyncIterator[ConnectorServer]:
    async with connector_server() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with session() as opened:
        yield opened


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    opened = Store(sqlite_url, (KEY,))
    await opened.add_organization(Organization(id=ORGANIZATION, name="Example"))
    async with opened.write(ORGANIZATION) as tx:
        await tx.organizations.add_workspace(
            Workspace(
                id=WORKSPACE, organization=ORGANIZATION, platform=Platform.teams, external_id=TENANT, name="Example"
            )
        )
    yield opened
    await opened.close()


@pytest.fixture
def messenger(store: Store, http: aiohttp.ClientSession, microsoft: ConnectorServer) -> TeamsMessenger:
    return TeamsMessenger(
        store,
        ORGANIZATION,
        WORKSPACE,
        Connector(http, Tokens(TeamsConfig(loopback=True)), Hosts(loopback=True)),
        speak,
        lambda _: False,
        bot="28:bot",
        tenant=TENANT,
        fallback_service_url=microsoft.service_url,
    )


@pytest.fixture
async def chat(store: Store, microsoft: ConnectorServer) -> Chat:
    known = Chat(
        workspace=WORKSPACE,
        external_id=BEN.external_id,
        organization=ORGANIZATION,
        conversation="a:ben",
        service_url=f"{microsoft.base_url}/emea/",
        member="29:ben",
    )
    await remember(store, known)
    return known


async def remember(store: Store, chat: Chat) -> None:
    async with store.write(ORGANIZATION) as tx:
        await tx.chats.put(chat)


async def remembered(store: Store, external_id: str = BEN.external_id) -> Chat | None:
    async with store.read(ORGANIZATION) as tx:
        return await tx.chats.get(WORKSPACE, external_id)


async def test_a_card_goes_to_the_chat_that_is_known_in_one_call(
    messenger: TeamsMessenger, microsoft: ConnectorServer, chat: Chat
) -> None:
    assert await messenger.send(BEN, CARD, delivery=DELIVERY) == "a:ben 1:1"
    (sent,) = microsoft.received
    assert sent.path == "/emea/v3/conversations/a%3Aben/activities"
    assert sent.body["type"] == "message"
    (attached,) = sent.body["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert "canary" in str(attached["content"])


async def test_what_a_locked_phone_shows_has_no_content(
    messenger: TeamsMessenger, microsoft: ConnectorServer, chat: Chat
) -> None:
    await messenger.send(BEN, CARD, delivery=DELIVERY)
    body = microsoft.received[0].body
    assert body["summary"] == "News of a 1-on-1"
    assert set(body) == {"type", "summary", "attachments"}


async def test_a_chat_that_is_not_known_is_opened_and_remembered(
    messenger: TeamsMessenger, microsoft: ConnectorServer, store: Store
) -> None:
    microsoft.answers(201, {"id": "a:new"})
    await messenger.send(BEN, CARD, delivery=DELIVERY)
    await messenger.send(BEN, CARD, delivery=DELIVERY)
    assert [each.path for each in microsoft.received] == [
        "/teams/v3/conversations",
        "/teams/v3/conversations/a%3Anew/activities",
        "/teams/v3/conversations/a%3Anew/activities",
    ]
    opened = microsoft.received[0].body
    assert (opened["bot"], opened["members"]) == ({"id": "28:bot"}, [{"id": BEN.external_id}])
    known = await remembered(store)
    assert known is not None
    assert (known.conversation, known.service_url, known.member) == ("a:new", microsoft.service_url, "")


async def test_what_somebody_tells_while_the_chat_is_opened_is_kept(
    messenger: TeamsMessenger, microsoft: ConnectorServer, store: Store, chat: Chat
) -> None:
    known = await messenger._remembered(replace(chat, conversation="a:other", member=""))
    assert known == chat == await remembered(store)


async def test_a_channel_that_the_bot_has_left_is_gone(messenger: TeamsMessenger, microsoft: ConnectorServer) -> None:
    with pytest.raises(Gone):
        await messenger.send(Address(WORKSPACE, "19:general@thread.tacv2"), CARD, delivery=DELIVERY)
    assert microsoft.received == []


async def test_a_channel_that_is_known_gets_its_card(
    messenger: TeamsMessenger, microsoft: ConnectorServer, store: Store, chat: Chat
) -> None:
    general = "19:general@thread.tacv2"
    await remember(store, replace(chat, external_id=general, conversation=general, member=""))
    await messenger.send(Address(WORKSPACE, general), CARD, delivery=DELIVERY)
    assert microsoft.received[0].path.endswith("/19%3Ageneral%40thread.tacv2/activities")


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (429, "TooManyRequests", Later),
        (412, "PreconditionFailed", Later),
        (502, "BadGateway", Unknown),
        (403, "MessageWritesBlocked", Gone),
        (404, "ConversationNotFound", Gone),
        (413, "MessageSizeTooBig", Broken),
    ],
)
async def test_what_becomes_of_a_message_is_told_apart(
    messenger: TeamsMessenger,
    microsoft: ConnectorServer,
    chat: Chat,
    status: int,
    code: str,
    outcome: type[Exception],
) -> None:
    microsoft.fails(status, code)
    with pytest.raises(outcome, match=code):
        await messenger.send(BEN, CARD, delivery=DELIVERY)
    assert len(microsoft.received) == 1


async def test_a_message_that_nobody_confirms_is_unknown_and_was_posted_once(
    messenger: TeamsMessenger, microsoft: ConnectorServer, chat: Chat
) -> None:
    microsoft.replies.append(Reply(dropped=True))
    with pytest.raises(Unknown):
        await messenger.send(BEN, CARD, delivery=DELIVERY)
    assert len(microsoft.received) == 1


async def test_a_chat_that_perhaps_was_opened_is_no_message_that_perhaps_was_sent(
    messenger: TeamsMessenger, microsoft: ConnectorServer, store: Store
) -> None:
    microsoft.answers(502, "<html>Bad gateway</html>")
    with pytest.raises(Later) as later:
        await messenger.send(BEN, CARD, delivery=DELIVERY)
    assert later.value.after > 0
    assert await remembered(store) is None


async def test_who_has_not_installed_the_bot_cannot_be_reached(
    messenger: TeamsMessenger, microsoft: ConnectorServer, store: Store
) -> None:
    microsoft.fails(403, "ForbiddenOperationException")
    with pytest.raises(Gone):
        await messenger.send(BEN, CARD, delivery=DELIVERY)
    assert await remembered(store) is None


class BusyStore:
    def write(self, *_: object, **__: object) -> AbstractAsyncContextManager[Transaction]:
        raise Busy

    read = write


async def test_a_busy_database_means_later_since_nothing_was_sent(
    http: aiohttp.ClientSession, microsoft: ConnectorServer
) -> None:
    connector = Connector(http, Tokens(TeamsConfig(loopback=True)), Hosts(loopback=True))
    messenger = TeamsMessenger(
        BusyStore(), ORGANIZATION, WORKSPACE, connector, speak, lambda _: False, bot="28:bot", tenant=TENANT
    )
    with pytest.raises(Later):
        await messenger.send(BEN, CARD, delivery=DELIVERY)
    assert microsoft.received == []


async def test_teams_cannot_be_asked_what_arrived(messenger: TeamsMessenger) -> None:
    with pytest.raises(Untraceable):
        await messenger.find(BEN, delivery=DELIVERY, since=datetime(2026, 11, 23, tzinfo=UTC))


def test_teams_is_written_to_half_as_quickly_as_it_allows(messenger: TeamsMessenger) -> None:
    assert messenger.limits.per_second + messenger.limits.at_once <= 50
    assert messenger.limits.apart >= 0.5
