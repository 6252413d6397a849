"""Conversations that were archived or declined stay within reach of their two participants."""

import pytest

from bot.features.conversation_list import MyConversations
from bot.features.conversation_page import OpenConversation
from bot.features.conversations import DeclineConversation
from bot.views import Page
from tests.bot.desk import Desk


async def declined(desk: Desk) -> None:
    await desk.ana.says("start @ben")
    await desk.ana.submits(person=await desk.person("ben"), role="colleague")
    await desk.ana.says("add @ben Course budget")
    await desk.ben.says("home")
    await desk.ben.presses("Open")
    assert isinstance(desk.ben.view, Page)
    assert isinstance(desk.ben.view.address, OpenConversation)
    await desk.ben.does(DeclineConversation(desk.ben.view.address.conversation))


@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_a_declined_conversation_can_still_be_found_and_read(desk: Desk, who: str) -> None:
    await declined(desk)
    reader = desk.actors[who]
    await reader.does(MyConversations())
    await reader.presses("Archived")
    await reader.presses("Open", near="Ana Ruiz" if who == "ben" else "Ben Okafor")
    assert "Course budget" in reader.reads


async def test_who_has_archived_everything_still_finds_it_from_home(pair: Desk) -> None:
    await pair.ana.says("archive ben")
    await pair.ana.says("home")
    assert "None here yet." in pair.ana.reads
    await pair.ana.presses("All conversations")
    await pair.ana.presses("Archived")
    assert "Ben Okafor" in pair.ana.reads
