"""Who is in a channel, as Slack tells when an admin asks."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from adapters.app import build
from adapters.clock import MovableClock, new_id, new_key
from adapters.config import Config
from adapters.entrances import ASSIGN
from adapters.playground.slack_people import SlackChannel, SlackUser
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.wire import Exchange
from tests.adapters.counting import ENTRANCES, counting
from tests.adapters.slack.conftest import CONFIG, EVERYBODY, Office

METHOD = "conversations.members"


@dataclass(frozen=True)
class Desk(Office):
    """An office in which Ana is an admin; ``clock`` is the service's."""

    clock: MovableClock

    @property
    def asked(self) -> Sequence[Exchange]:
        return self.slack.world.wire.calls(METHOD)

    async def told(self) -> str:
        """What Ana reads when all is shown."""
        await self.settled()
        return self.ana.reads()

    def channel(self, name: str, *members: str, private: bool = False) -> None:
        known = f"{'G' if private else 'C'}0{name.upper()}"
        self.slack.world.channels[known] = SlackChannel(known, name, members, private)


@pytest.fixture
async def desk(slack: SlackStandIn, sqlite_url: str) -> AsyncIterator[Desk]:
    clock = MovableClock()
    config = Config(
        database_url=sqlite_url,
        secret_keys=(b"k" * 32,),
        port=0,
        admins=frozenset({"ana@example.com"}),
        slack=replace(CONFIG, api_url=slack.api_url),
    )
    built = await build(config, clock=clock, new_id=new_id, new_key=new_key, registry=counting(), entrances=ENTRANCES)
    await built.start(timer=False)
    slack.events_url = built.events_url
    place = Desk(slack, built, clock)
    await place.settled()
    yield place
    await built.stop()


async def test_only_colleagues_count(desk: Desk) -> None:
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "2 people are here" in await desk.told()
    assert [each.body for each in desk.asked] == [{"channel": "C0GENERAL", "limit": "999"}]


async def test_a_public_channel_is_read_where_the_bot_is_absent(desk: Desk) -> None:
    await desk.ana.command("/oneonone", "meet", channel="lounge")
    assert "2 people are here" in await desk.told()


async def test_a_channel_is_read_page_by_page_and_waits_when_it_must(desk: Desk) -> None:
    crowd = tuple(f"U1{number:04}" for number in range(2500))
    desk.channel("crowd", *EVERYBODY, *crowd)
    desk.slack.world.faults.add(METHOD, "rate_limited", retry_after=0)
    await desk.ana.command("/oneonone", "meet", channel="crowd")
    assert "2 people are here" in await desk.told()
    assert [each.status for each in desk.asked] == [429, 200, 200, 200]


async def test_what_was_read_holds_for_five_minutes(desk: Desk) -> None:
    await desk.ana.command("/oneonone", "meet", channel="general")
    desk.clock.advance(timedelta(minutes=4))
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert len(desk.asked) == 1
    desk.channel("general", "U0ANA", "U0BOT")
    desk.clock.advance(timedelta(minutes=2))
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "1 people are here" in await desk.told()
    assert len(desk.asked) == 2


async def test_a_mention_and_a_shortcut_know_their_channel(desk: Desk) -> None:
    await desk.ana.mentions_bot("meet", channel="general")
    assert "2 people are here" in await desk.told()
    said = desk.ben.writes("Mid-year reflection", channel="lounge")
    await desk.ana.message_shortcut(ASSIGN, said)
    assert "2 people are here" in await desk.told()
    assert [each.body["channel"] for each in desk.asked] == ["C0GENERAL", "C0LOUNGE"]


async def test_a_shortcut_in_a_chat_has_no_channel(desk: Desk) -> None:
    said = desk.ana.writes("Mid-year reflection", channel=desk.ana.dm)
    await desk.ana.message_shortcut(ASSIGN, said)
    assert "not yours to see" in await desk.told()
    assert not desk.asked


async def test_nobody_but_an_admin_makes_the_bot_look(desk: Desk) -> None:
    await desk.settled(await desk.ben.command("/oneonone", "meet", channel="general"))
    assert "Only an admin can do this." in desk.ben.reads()
    said = desk.ben.writes("Mid-year reflection", channel="general")
    await desk.settled(await desk.ben.message_shortcut(ASSIGN, said))
    assert "Only an admin can do this." in desk.ben.reads()
    assert not desk.asked


async def test_a_private_channel_without_the_bot_asks_for_an_invitation(desk: Desk) -> None:
    desk.channel("secret", "U0ANA", "U0BEN", private=True)
    await desk.ana.command("/oneonone", "meet what we said", channel="secret")
    told = await desk.told()
    assert "Invite me to it first" in told
    assert "You typed: meet what we said" in told
    desk.channel("secret", "U0ANA", "U0BEN", "U0BOT", private=True)
    await desk.ana.command("/oneonone", "meet", channel="secret")
    assert "2 people are here" in await desk.told()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("missing_scope", "channels:read and groups:read. An admin of Slack has to approve"),
        ("not_in_channel", "Invite me to it first"),
        ("fetch_members_failed", "Invite me to it first"),
        ("method_not_supported_for_channel_type", "I could not read who is in this channel"),
        ("account_inactive", "I could not read who is in this channel"),
    ],
)
async def test_what_slack_refuses_is_said_in_words_that_help(desk: Desk, error: str, says: str) -> None:
    desk.slack.world.faults.add(METHOD, "api_error", error=error)
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert says in await desk.told()
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "2 people are here" in await desk.told()


@pytest.mark.parametrize("fault", ["server_error", "html_502", "drop"])
async def test_a_slack_that_does_not_answer_is_said(desk: Desk, fault: str) -> None:
    desk.slack.world.faults.add(METHOD, fault)
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "I could not read who is in this channel" in await desk.told()


async def test_what_takes_longer_goes_on_and_is_there_the_next_time(desk: Desk) -> None:
    desk.slack.world.faults.add(METHOD, "rate_limited", retry_after=3)
    first = await desk.ana.command("/oneonone", "meet", channel="general")
    assert first.ok
    assert "Please try again in a minute" in desk.ana.reads()
    await desk.settled()
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "2 people are here" in await desk.told()
    assert [each.status for each in desk.asked] == [429, 200]


async def test_a_pause_longer_than_a_minute_is_not_waited_for(desk: Desk) -> None:
    desk.slack.world.faults.add(METHOD, "rate_limited", retry_after=600)
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "I could not read who is in this channel" in await desk.told()


async def test_who_left_does_not_count(desk: Desk) -> None:
    gone = SlackUser("U0BEN", "ben", "Ben Okafor", email="ben@example.com", deleted=True)
    desk.slack.world.users["U0BEN"] = gone
    assert desk.service.slack is not None
    await desk.service.slack.directory.sync()
    await desk.ana.command("/oneonone", "meet", channel="general")
    assert "1 people are here" in await desk.told()
