"""What stays in chats, previews and channels, and who is asked for it anew: nothing private, nobody else."""

import json

import pytest

from adapters.playground.teams_world import BOT
from tests.adapters.contract.beginnings import jotted, opened
from tests.adapters.contract.stage import Way
from tests.adapters.contract.teams_stage import ANA, BEN, TeamsStage
from tests.adapters.teams.attacking import SECRET, asks, stored, to_platform, writes_item

GENERAL = "19:general@thread.tacv2"


async def test_a_card_is_asked_for_anew_by_nobody_but_its_reader(stage: TeamsStage) -> None:
    await jotted(stage.ben, SECRET)
    await stage.ben.says("home")
    card = stage.ben.person.messages()[-1].cards[0]
    assert card["refresh"]["userIds"] == [BEN.member]
    action = {**card["refresh"]["action"], "data": {"at": stage_address(stage)}}
    value = {"action": action, "trigger": "automatic"}
    answer = await asks(stage, stage.cleo, "adaptiveCard/action", value, replyToId="1")
    assert answer.ok
    assert SECRET not in json.dumps(answer.body)


def stage_address(stage: TeamsStage) -> str:
    """What opens the conversation of Ana and Ben."""
    return stage.ben.carries("Open")


async def test_asking_for_a_card_anew_changes_nothing_whatever_it_names(stage: TeamsStage) -> None:
    await jotted(stage.ben, SECRET)
    undo = stage.ben.carries("Undo")
    before = await stored(stage)
    value = {"action": {"verb": "refresh", "data": {"at": undo}}, "trigger": "automatic"}
    assert (await asks(stage, stage.ben, "adaptiveCard/action", value)).ok
    assert (await stored(stage)).item == before.item


@pytest.mark.parametrize("secretly", ["note", "prepare", "search", "settings", "ana"])
async def test_no_page_and_no_form_is_ever_a_message(stage: TeamsStage, secretly: str) -> None:
    """Words that lead to something private get a button in the chat, and nothing of it."""
    await writes_item(stage, SECRET, sees="Only you")
    await stage.ben.closes()
    before = len(to_platform(stage))
    await stage.ben.person.says(secretly)
    await stage.wing.settle()
    assert SECRET not in json.dumps(to_platform(stage)[before:])
    assert "Input." not in json.dumps(stage.ben.person.messages()[-1].cards)


async def test_nothing_private_stays_in_any_chat_and_no_preview_says_anything(stage: TeamsStage) -> None:
    await writes_item(stage, f"{SECRET} of mine", sees="Only you")
    await opened(stage.ben, "ana")
    await stage.ben.presses("My private notes (0)")
    await stage.ben.presses("Add a private note")
    await stage.ben.fills("Note", f"{SECRET} noted")
    await stage.ben.submits()
    await stage.ben.says("home")
    await stage.ben.says("ana")
    await stage.delivers()
    assert SECRET not in json.dumps(to_platform(stage))


async def test_a_mention_in_a_channel_leaves_nothing_of_the_pair_in_it(stage: TeamsStage) -> None:
    await writes_item(stage, SECRET, sees="Only you")
    for words in ("ana", "home", "note", "prepare", f"search {SECRET[:5]}", "actions", f"add {SECRET} aloud"):
        await stage.ben.says(words, way=Way.mention, where=GENERAL)
    bot = [each for each in stage.teams.world.messages[GENERAL].values() if each.author == BOT]
    assert bot
    assert {each.text for each in bot} == {"I have answered you in our own chat."}
    assert not [each for each in bot if each.cards or each.summary]


async def test_a_chat_of_two_people_is_not_taken_for_the_bot_s_own(stage: TeamsStage) -> None:
    """Teams calls it personal too where a message action is used in it, or does not say what it is."""
    theirs = f"19:{BEN.id}_{ANA.id}@unq.gbl.spaces"
    payload = {"id": "1", "body": {"contentType": "html", "content": f"<p>{SECRET}</p>"}, "linkToMessage": ""}
    value = {"commandId": "add_to_oneonone", "commandContext": "message", "messagePayload": payload}
    for kind in ({"conversationType": "personal"}, {}):
        where = {**kind, "id": theirs, "tenantId": stage.teams.world.tenant.id}
        answer = await asks(stage, stage.ben, "composeExtension/fetchTask", value, conversation=where)
        assert SECRET in json.dumps(answer.body)
    await jotted(stage.ana, "News for Ben")
    await stage.delivers()
    assert not [each for each in stage.teams.world.wire.exchanges if theirs in each.method]
    store = stage.service.store
    async with store.read(stage.service.organization) as tx:
        (workspace,) = await tx.organizations.workspaces()
        chat = await tx.chats.get(workspace.id, BEN.id)
    assert chat is not None
    assert chat.conversation == stage.ben.person.chat


async def test_somebody_new_can_use_the_message_action_where_the_bot_is_no_member(stage: TeamsStage) -> None:
    newcomer = stage.wing.joins("dan", "Dan Novak")
    stage.teams.world.install(newcomer.person.id)
    where = {"conversationType": "personal", "id": "19:a_b@unq.gbl.spaces", "tenantId": stage.teams.world.tenant.id}
    value = {"commandId": "add_to_oneonone", "commandContext": "message", "messagePayload": {"id": "1", "body": {}}}
    answer = await asks(stage, newcomer, "composeExtension/fetchTask", value, conversation=where)
    assert answer.ok
    assert "members of this workspace" not in json.dumps(answer.body)
