"""A service that is only tried on this machine, with Microsoft's Agents Playground as its client."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.app import Service, build, local
from adapters.clock import new_id, new_key
from adapters.config import Config
from tests.adapters.teams.conftest import ANA, Clock, Office
from tests.adapters.teams.local_client import LocalClient, local_client, parts, words


@dataclass(frozen=True)
class Desk:
    client: LocalClient
    service: Service

    async def says(self, text: str) -> str:
        assert await self.client.says(text) == 200
        return await self.reads()

    async def submits(self, title: str, **values: str) -> str:
        assert await self.client.submits(title, **values) == 200
        return await self.reads()

    async def reads(self) -> str:
        assert self.service.teams is not None
        await self.service.teams.tasks.settle()
        return words(self.client.last[1])

    async def joined(self) -> None:
        """Alex sees home, and the bot knows who else is in the team."""
        await self.says("home")
        assert await self.client.joins_team() == 200
        await self.reads()

    async def started(self) -> str:
        """Alex and Megan have a conversation, and its page is what is seen."""
        await self.joined()
        await self.says("start Megan Bowen")
        return await self.submits("Start", role="colleague", person=self.offered("person")[0])

    def offered(self, name: str) -> list[str]:
        """The values that a field of the last card offers."""
        (field,) = (each for each in parts(self.client.last[1]) if each.get("id") == f"in.{name}")
        assert "choices.data" not in field
        return [choice["value"] for choice in field["choices"]]


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    config = local(Config(database_url=sqlite_url, secret_keys=(b"k" * 32,), port=0))
    service = await build(config, clock=Clock(), new_id=new_id, new_key=new_key)
    await service.start(timer=False)
    async with local_client() as client:
        client.messages_url = service.messages_url
        yield Desk(client, service)
        await service.stop()


async def test_nobody_needs_a_token_and_home_is_shown(desk: Desk) -> None:
    assert "Your 1-on-1s" in await desk.says("home")
    assert desk.client.asked == [""]


async def test_people_of_its_team_can_be_chosen_from_a_list(desk: Desk) -> None:
    await desk.joined()
    answer = await desk.client.executes("Start a conversation")
    assert "Megan Bowen" in str(answer["value"])
    await desk.reads()
    assert len(desk.offered("person")) == 1


async def test_a_conversation_is_started_and_kept_in_windows_that_stand_in_the_chat(desk: Desk) -> None:
    assert "Only you and Megan can see this." in await desk.started()
    cards = len(desk.client.cards)
    assert "What do you want to talk about" in str(await desk.submits("Add item") and desk.client.last)
    assert "Promotion case" in await desk.submits("Add", text="Promotion case", visibility="shared", repeat="never")
    assert len(desk.client.cards) == cards


async def test_a_form_that_is_refused_keeps_what_was_typed(desk: Desk) -> None:
    await desk.started()
    await desk.submits("Add item")
    await desk.submits("Add", text="x" * 3001, visibility="shared", repeat="never")
    assert "x" * 3001 in str(desk.client.last)


async def test_a_window_that_took_the_place_of_a_card_leads_back_to_it(desk: Desk) -> None:
    await desk.started()
    await desk.says("home")
    await desk.client.executes("Help")
    assert "Your 1-on-1s" not in await desk.reads()
    assert "Your 1-on-1s" in await desk.submits("Back")


async def test_words_are_kept_and_taken_back_in_place(desk: Desk) -> None:
    await desk.started()
    assert "Added to the agenda" in await desk.says("add Budget")
    answer = await desk.client.executes("Undo")
    assert "Dropped" in str(answer["value"])
    assert "Dropped" in await desk.reads()


async def test_nothing_is_sent_to_anybody_who_is_not_on_this_machine(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await desk.started()
    while await desk.service.worker.tick():
        pass
    codes = {getattr(each, "code", "") for each in caplog.records if getattr(each, "method", "") == "open"}
    assert codes == {"host_not_allowed"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_what_a_web_page_may_send_unasked_is_refused(desk: Desk, content_type: str) -> None:
    activity = {"type": "message", "text": "home"}
    assert await desk.client.sends(activity, content_type=content_type) == 403
    assert desk.client.cards == {}


async def test_a_page_that_calls_itself_this_machine_is_refused(desk: Desk) -> None:
    assert await desk.client.sends({"type": "message", "text": "home"}, host="evil.example:3978") == 403
    assert desk.client.cards == {}


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "https://smba.trafficmanager.net/teams/", "http://127.0.0.1@x/"])
async def test_an_answer_goes_to_this_machine_only(desk: Desk, url: str) -> None:
    assert await desk.client.sends({"type": "message", "text": "home", "serviceUrl": url}) == 403


async def test_in_teams_no_message_is_taken_for_a_dialog(office: Office) -> None:
    """What a dialog shows is private, and a message would stay in the chat."""
    await office.settled(await office.ana.says("actions"))
    await office.settled(await office.ana.press("Form page"))
    frame = next(each["data"]["frame"] for each in parts(office.ana.dialog.card) if "data" in each)  # type: ignore[union-attr]
    before = office.ana.messages()
    said = office.sent("message")
    value = {"do": "ShowPage:one", "frame": frame}
    await office.settled(
        await office.ana.forge({**said, "id": "f:1", "text": None, "replyToId": before[-1].id, "value": value})
    )
    assert office.ana.messages() == before
    assert ANA.id in office.teams.world.dialogs
