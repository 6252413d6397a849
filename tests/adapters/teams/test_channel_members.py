"""Who is in a channel, as Teams tells when an admin asks: everybody in its team."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import pytest

from adapters.app import build
from adapters.clock import MovableClock, new_id, new_key
from adapters.config import Config, TeamsConfig
from adapters.entrances import ASSIGN
from adapters.playground.teams_people import TeamsChannel, TeamsUser
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import Conversation, Kind
from adapters.playground.wire import Exchange
from prompts import Library
from tests.adapters.counting import ENTRANCES, counting
from tests.adapters.teams.conftest import APP, BEN, EVERYBODY, GENERAL, LOUNGE, SALES, TENANT, Office

METHOD = "members"


@dataclass(frozen=True)
class Desk(Office):
    """An office in which Ana is an admin; ``clock`` is the service's."""

    clock: MovableClock

    @property
    def asked(self) -> Sequence[Exchange]:
        return self.teams.world.wire.calls(METHOD)

    async def told(self) -> str:
        """What Ana reads when all is shown, in her own chat or over it."""
        await self.settled()
        if self.ana.dialog is None:
            self.ana.looks_at()
        return self.ana.reads()

    async def asks(self, channel: str) -> str:
        await self.ana.mentions_bot("meet", channel=channel)
        return await self.told()


@pytest.fixture
async def desk(teams: TeamsStandIn, sqlite_url: str) -> AsyncIterator[Desk]:
    clock = MovableClock()
    microsoft = TeamsConfig(
        app_id=APP.app_id,
        password=APP.password,
        tenant=TENANT.id,
        login_url=teams.login_url,
        openid_url=teams.openid_url,
        loopback=True,
    )
    config = Config(
        database_url=sqlite_url,
        secret_keys=(b"k" * 32,),
        port=0,
        admins=frozenset({"ana@example.com"}),
        teams=microsoft,
    )
    built = await build(config, clock=clock, new_id=new_id, new_key=new_key, registry=counting(), entrances=ENTRANCES)
    await built.start(timer=False)
    teams.messages_url = built.messages_url
    place = Desk(teams, built, clock)
    for person in (place.ana, place.ben):
        await place.settled(await person.installs())
    yield place
    await built.stop()


async def test_the_whole_team_counts_and_guests_do_not(desk: Desk) -> None:
    assert "3 people are here" in await desk.asks(GENERAL.id)
    assert len(desk.asked) == 1


async def test_who_is_in_the_team_and_was_never_seen_is_met(desk: Desk) -> None:
    assert await desk.person_id(EVERYBODY[2]) is None
    await desk.asks(GENERAL.id)
    assert (await desk.known(EVERYBODY[2])).name == "Cleo Tanaka"


async def test_a_team_is_read_page_by_page_and_waits_when_it_must(desk: Desk) -> None:
    crowd = {f"e{number:04}": TeamsUser(f"e{number:04}", f"Guest {number}", role="guest") for number in range(1200)}
    desk.teams.world.users |= crowd
    everybody = (*EVERYBODY, *crowd)
    desk.teams.world.teams[SALES.id] = replace(SALES, members=everybody)
    desk.teams.world.conversations[GENERAL.id] = Conversation(GENERAL.id, Kind.CHANNEL, "General", everybody, SALES.id)
    desk.teams.world.faults.add(METHOD, "rate_limited", retry_after=0)
    assert "3 people are here" in await desk.asks(GENERAL.id)
    assert [each.status for each in desk.asked] == [429, 200, 200, 200]


async def test_the_action_in_a_messages_menu_knows_its_channel(desk: Desk) -> None:
    said = desk.ben.writes("Mid-year reflection", conversation=GENERAL.id)
    await desk.ana.message_action(ASSIGN, said)
    assert "3 people are here" in await desk.told()
    chat = await desk.chat(GENERAL.id)
    assert chat is not None
    assert (chat.conversation, chat.service_url) == (GENERAL.id, desk.teams.service_url)


async def test_in_a_chat_there_is_no_channel(desk: Desk) -> None:
    said = desk.ana.writes("Mid-year reflection", conversation=str(desk.ana.chat))
    await desk.ana.message_action(ASSIGN, said)
    assert "not yours to see" in await desk.told()
    assert not desk.asked


async def test_nobody_but_an_admin_makes_the_bot_look(desk: Desk) -> None:
    said = desk.ben.writes("Mid-year reflection", conversation=GENERAL.id)
    await desk.settled(await desk.ben.message_action(ASSIGN, said))
    assert Library("de").say("refused.admins_only", {}) in desk.ben.reads()  # his Teams is in German
    assert not desk.asked


async def test_a_team_without_the_app_asks_to_be_added(desk: Desk) -> None:
    said = desk.ben.writes("Mid-year reflection", conversation=LOUNGE.id)
    await desk.ana.message_action(ASSIGN, said)
    assert "I am not in this team yet" in await desk.told()
    assert await desk.chat(LOUNGE.id) is None
    desk.teams.world.teams_with_bot.add(LOUNGE.id)
    await desk.ana.close_dialog()
    await desk.ana.message_action(ASSIGN, said)
    assert "3 people are here" in await desk.told()


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_a_channel_that_not_the_whole_team_is_in_is_refused(desk: Desk, kind: str) -> None:
    desk.teams.world.teams[SALES.id] = replace(SALES, channels=(TeamsChannel(GENERAL.id, "General", kind),))
    assert "only see who is in a standard channel" in await desk.asks(GENERAL.id)
    assert not desk.asked


@pytest.mark.parametrize("fault", ["server_error", "html_502"])
async def test_a_platform_that_does_not_answer_is_said(desk: Desk, fault: str) -> None:
    desk.teams.world.faults.add(METHOD, fault)
    assert "I could not read who is in this channel" in await desk.asks(GENERAL.id)


async def test_a_new_process_asks_about_the_channel_itself(desk: Desk) -> None:
    await desk.asks(GENERAL.id)
    assert desk.service.teams is not None
    desk.service.teams.directory._channels.clear()
    found = await desk.service.teams.directory.members(GENERAL.id, asked_by=BEN.id)
    assert sorted(found) == sorted(EVERYBODY[:3])
