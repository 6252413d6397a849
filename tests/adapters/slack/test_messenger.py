"""Sending the outbox's cards, and the table of what can go wrong."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from adapters.playground.slack_standin import SlackStandIn
from adapters.saying import Say
from adapters.slack.calls import Calls
from adapters.slack.messenger import SlackMessenger
from adapters.slack.outcomes import status_trouble, trouble_of
from adapters.trouble import Outcome
from bot.model.delivery import Address
from bot.model.ids import DeliveryId, WorkspaceId
from bot.ports import Broken, Gone, Later, Unknown, Untraceable
from bot.views import Card, Text
from prompts import Library, Voice

CARD = Card(title="News", body=(Text("Ana added 2 items."),), summary="News of a 1-on-1")
ANA = Address(WorkspaceId("w" * 22), "U0ANA")
DELIVERY = DeliveryId("d" * 22)


def speak(language: str) -> Say:
    return Voice(Library(language or "en"), zone="UTC", now=datetime(2026, 1, 1, tzinfo=UTC)).say


@pytest.fixture
async def messenger(slack: SlackStandIn) -> AsyncIterator[SlackMessenger]:
    calls = Calls(token="xoxb-test", api_url=slack.api_url)
    await calls.open()
    yield SlackMessenger(calls, speak)
    await calls.close()


async def test_a_card_arrives_with_the_id_of_its_delivery_and_a_contentless_preview(
    slack: SlackStandIn, messenger: SlackMessenger
) -> None:
    external_id = await messenger.send(ANA, CARD, delivery=DELIVERY)
    message = slack.person("U0ANA").messages()[-1]
    assert external_id == f"{message.channel}:{message.ts}"
    assert message.text == "News of a 1-on-1"
    assert message.metadata == {"event_type": "oneonone_delivery", "event_payload": {"delivery": DELIVERY}}


async def test_the_same_delivery_has_the_same_client_msg_id(slack: SlackStandIn, messenger: SlackMessenger) -> None:
    for _ in range(2):
        await messenger.send(ANA, CARD, delivery=DELIVERY)
    one, other = (message.client_msg_id for message in slack.person("U0ANA").messages())
    assert one == other
    assert one is not None


@pytest.mark.parametrize(
    ("kind", "error", "outcome"),
    [
        ("rate_limited", "", Later),
        ("server_error", "", Unknown),
        ("html_502", "", Unknown),
        ("accept_then_drop", "", Unknown),
        ("fatal_error", "", Unknown),
        ("api_error", "internal_error", Unknown),
        ("api_error", "service_unavailable", Unknown),
        ("api_error", "request_timeout", Unknown),
        ("api_error", "channel_not_found", Gone),
        ("api_error", "user_disabled", Gone),
        ("api_error", "is_archived", Gone),
        ("api_error", "not_in_channel", Gone),
        ("api_error", "invalid_blocks", Broken),
        ("api_error", "msg_too_long", Broken),
        ("api_error", "something_new", Broken),
        ("api_error", "token_revoked", Later),
        ("api_error", "missing_scope", Later),
        ("api_error", "messages_tab_disabled", Later),
        ("api_error", "ratelimited", Later),
    ],
)
async def test_what_goes_wrong_is_told_apart(
    slack: SlackStandIn, messenger: SlackMessenger, kind: str, error: str, outcome: type[Exception]
) -> None:
    slack.world.faults.add("chat.postMessage", kind, error=error)
    with pytest.raises(outcome):
        await messenger.send(ANA, CARD, delivery=DELIVERY)
    assert len(slack.world.wire.calls("chat.postMessage")) == 1


async def test_slacks_own_waiting_time_is_honoured(slack: SlackStandIn, messenger: SlackMessenger) -> None:
    slack.world.faults.add("chat.postMessage", "rate_limited", retry_after=42)
    with pytest.raises(Later) as later:
        await messenger.send(ANA, CARD, delivery=DELIVERY)
    assert later.value.after == 42


async def test_nobody_listening_is_definitely_not_accepted() -> None:
    calls = Calls(token="xoxb-test", api_url="http://127.0.0.1:9/api/")
    await calls.open()
    with pytest.raises(Later):
        await SlackMessenger(calls, speak).send(ANA, CARD, delivery=DELIVERY)
    await calls.close()


@pytest.mark.parametrize("error", [TimeoutError(), aiohttp.ServerDisconnectedError(), OSError()])
def test_a_lost_connection_leaves_it_open(error: BaseException) -> None:
    assert trouble_of(error).outcome is Outcome.unknown


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(412, Outcome.later), (429, Outcome.later), (500, Outcome.unknown), (503, Outcome.unknown), (403, Outcome.broken)],
)
def test_an_http_status_is_classified(status: int, outcome: Outcome) -> None:
    assert status_trouble(status, "whatever", None).outcome is outcome


HOUR = timedelta(hours=1)


async def _unconfirmed(slack: SlackStandIn, messenger: SlackMessenger) -> None:
    """A message that arrived, though its answer did not."""
    slack.world.faults.add("chat.postMessage", "accept_then_drop")
    with pytest.raises(Unknown):
        await messenger.send(ANA, CARD, delivery=DELIVERY)


async def test_what_arrived_unconfirmed_is_found_among_all_the_others(
    slack: SlackStandIn, messenger: SlackMessenger
) -> None:
    await _unconfirmed(slack, messenger)
    (message,) = slack.person("U0ANA").messages()
    for number in range(150):
        await messenger.send(ANA, CARD, delivery=DeliveryId(f"other {number}".ljust(22)))
    found = await messenger.find(ANA, delivery=DELIVERY, since=slack.world.now() - HOUR)
    assert found == f"{message.channel}:{message.ts}"
    assert len(slack.world.wire.calls("conversations.history")) == 2


async def test_what_did_not_arrive_is_not_found(slack: SlackStandIn, messenger: SlackMessenger) -> None:
    assert await messenger.find(ANA, delivery=DELIVERY, since=slack.world.now() - HOUR) is None
    await messenger.send(ANA, CARD, delivery=DeliveryId("another".ljust(22)))
    assert await messenger.find(ANA, delivery=DELIVERY, since=slack.world.now() - HOUR) is None


async def test_only_what_is_new_enough_is_looked_through(slack: SlackStandIn, messenger: SlackMessenger) -> None:
    await _unconfirmed(slack, messenger)
    assert await messenger.find(ANA, delivery=DELIVERY, since=slack.world.now() + HOUR) is None


async def test_a_channel_may_not_be_looked_through(slack: SlackStandIn, messenger: SlackMessenger) -> None:
    channel = Address(ANA.workspace, "C0GENERAL")
    with pytest.raises(Untraceable):
        await messenger.find(channel, delivery=DELIVERY, since=slack.world.now())


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
@pytest.mark.parametrize(
    ("kind", "error", "outcome"),
    [
        ("rate_limited", "", Later),
        ("server_error", "", Unknown),
        ("drop", "", Unknown),
        ("api_error", "missing_scope", Untraceable),
        ("api_error", "user_disabled", Gone),
        ("api_error", "something_new", Broken),
    ],
)
async def test_whoever_cannot_look_says_nothing_about_what_is_there(
    slack: SlackStandIn, messenger: SlackMessenger, method: str, kind: str, error: str, outcome: type[Exception]
) -> None:
    await _unconfirmed(slack, messenger)
    slack.world.faults.add(method, kind, error=error)
    with pytest.raises(outcome):
        await messenger.find(ANA, delivery=DELIVERY, since=slack.world.now() - HOUR)
