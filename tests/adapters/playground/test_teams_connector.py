"""The connector takes what Microsoft's takes, and refuses what that refuses."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.playground.changes import Change, Topic
from adapters.playground.teams_people import Json, TeamsUser
from adapters.playground.teams_standin import TeamsStandIn
from adapters.playground.teams_world import BOT, CARD, Message
from tests.adapters.playground import teams_tenant as tenant
from tests.adapters.playground.teams_tenant import ANA, APP, BEN, BOARD, CREW, GUEST, LOUNGE, Caller, message


def carded(text: str) -> Json:
    body = [{"type": "TextBlock", "text": text, "wrap": True}]
    content = {**tenant.CARD, "body": body}
    return {"type": "message", "summary": "News", "attachments": [{"contentType": CARD, "content": content}]}


@pytest.fixture
def chat(teams: TeamsStandIn) -> str:
    """Ana's chat with the bot."""
    return teams.world.install(ANA.id).id


def written_by_ana(teams: TeamsStandIn, conversation: str) -> Message:
    return teams.world.put(Message(conversation, teams.world.next_id(), ANA.id, "mine"))


async def test_a_message_arrives_with_its_card(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    with teams.world.changed.listen() as news:
        got = await caller.send(chat, carded("Hello"))
    (said,) = teams.person(ANA.id).messages()
    assert (got.status, got.body) == (201, {"id": said.id})
    assert (said.author, said.summary, said.edited) == (BOT, "News", False)
    assert said.cards[0]["body"][0]["text"] == "Hello"
    assert Change(Topic.MESSAGE, ANA.id) in [news.get_nowait() for _ in range(news.qsize())]
    assert not teams.violations


async def test_a_reply_goes_under_the_message_it_answers(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    asked = written_by_ana(teams, chat)
    await caller.send(chat, message(), reply_to=asked.id)
    assert [each.reply_to for each in teams.person(ANA.id).messages()] == [None, asked.id]


async def test_a_thread_in_a_channel_is_answered_by_its_own_address(teams: TeamsStandIn, caller: Caller) -> None:
    root = written_by_ana(teams, LOUNGE.id)
    await caller.send(f"{LOUNGE.id};messageid={root.id}", message())
    (_, answer) = teams.person(BEN.id).messages(LOUNGE.id)
    assert (answer.conversation, answer.reply_to) == (LOUNGE.id, root.id)


async def test_an_update_replaces_the_cards_and_marks_the_message_edited(
    teams: TeamsStandIn, caller: Caller, chat: str
) -> None:
    sent = await caller.send(chat, carded("before"))
    (said,) = teams.person(ANA.id).messages()
    teams.world.show_to(ANA.id, said, {**tenant.CARD, "fallbackText": "only Ana's"})
    got = await caller.update(chat, sent.body["id"], carded("after"))
    (now,) = teams.person(ANA.id).messages()
    assert (got.status, now.edited, now.id, now.at) == (200, True, said.id, said.at)
    assert teams.world.cards_for(ANA.id, now)[0]["body"][0]["text"] == "after"


async def test_a_message_of_the_bots_can_be_taken_back(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    sent = await caller.send(chat, message())
    assert (await caller.delete(chat, sent.body["id"])).status == 200
    assert not teams.person(ANA.id).messages()
    assert (await caller.delete(chat, sent.body["id"])).code == "ActivityNotFoundInConversation"


async def test_typing_is_taken_and_leaves_nothing(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    assert (await caller.send(chat, {"type": "typing"})).status == 201
    assert not teams.person(ANA.id).messages()


@pytest.mark.parametrize("call", ["update", "delete"])
async def test_nobody_changes_what_a_person_wrote(teams: TeamsStandIn, caller: Caller, chat: str, call: str) -> None:
    mine = written_by_ana(teams, chat)
    got = await (caller.update(chat, mine.id, message()) if call == "update" else caller.delete(chat, mine.id))
    assert (got.status, got.code) == (403, "NotEnoughPermissions")
    assert teams.person(ANA.id).messages() == (mine,)


async def test_what_is_not_there_is_not_found(caller: Caller, chat: str) -> None:
    nowhere = await caller.send("a:nowhere", message())
    assert (nowhere.status, nowhere.code) == (404, "ConversationNotFound")
    for missing in (await caller.send(chat, message(), reply_to="1"), await caller.update(chat, "1", message())):
        assert (missing.status, missing.code) == (404, "ActivityNotFoundInConversation")
    assert (await caller.member(chat, BEN.member)).code == "MemberNotFoundInConversation"


@pytest.mark.parametrize(
    "activity",
    [
        {"type": "message"},
        {"type": "event", "name": "x"},
        {"text": "no type"},
        carded("text") | {"attachments": [{"contentType": CARD, "content": {"type": "AdaptiveCard", "body": []}}]},
    ],
)
async def test_an_activity_that_breaks_a_rule_is_refused_and_kept(
    teams: TeamsStandIn, caller: Caller, chat: str, activity: Json
) -> None:
    got = await caller.send(chat, activity)
    assert (got.status, got.code) == (400, "BadSyntax")
    assert [each.where for each in teams.violations] == ["send"]
    assert not teams.person(ANA.id).messages()


async def test_an_update_is_judged_as_strictly(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    sent = await caller.send(chat, message())
    assert (await caller.update(chat, sent.body["id"], {"type": "message"})).status == 400
    assert [each.where for each in teams.violations] == ["update"]


@pytest.mark.parametrize("body", [[], "text", None])
async def test_a_body_must_be_an_object(teams: TeamsStandIn, caller: Caller, chat: str, body: object) -> None:
    got = await caller.call("POST", f"/{chat}/activities", body)
    assert (got.status, got.code) == (400, "BadSyntax")
    assert [each.where for each in teams.violations] == ["body"]


async def test_a_body_over_the_limit_is_too_big(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    got = await caller.send(chat, message("x" * 81 * 1024))
    assert (got.status, got.code) == (413, "MessageSizeTooBig")
    assert teams.violations


async def test_a_call_that_the_connector_does_not_have_is_kept(teams: TeamsStandIn, caller: Caller) -> None:
    assert (await caller.call("GET", "/a:1/everything")).status == 404
    assert [each.where for each in teams.violations] == ["route"]


async def test_who_blocked_the_bot_cannot_be_written_to(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    sent = await caller.send(chat, message())
    teams.world.blocked.add(ANA.id)
    refused = [await caller.send(chat, message()), await caller.update(chat, sent.body["id"], message())]
    assert {(got.status, got.code) for got in refused} == {(403, "MessageWritesBlocked")}
    teams.world.blocked.clear()
    assert (await caller.send(chat, message())).status == 201
    assert not teams.violations


async def test_who_took_the_app_away_cannot_be_written_to(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    teams.world.uninstall(ANA.id)
    for got in (await caller.send(chat, message()), await caller.open(ANA.member)):
        assert (got.status, got.code) == (403, "ForbiddenOperationException")
    got = await caller.member(chat, ANA.member)
    assert (got.status, got.code) == (403, "BotNotInConversationRoster")


async def test_a_channel_without_the_bot_is_closed_to_it(caller: Caller) -> None:
    for got in (await caller.send(BOARD.id, message()), await caller.members(BOARD.id)):
        assert (got.status, got.code) == (403, "BotNotInConversationRoster")


@pytest.mark.parametrize("member", [ANA.member, ANA.id])
async def test_a_chat_is_opened_by_either_id_and_is_always_the_same(caller: Caller, chat: str, member: str) -> None:
    got = await caller.open(member)
    assert (got.status, got.body) == (201, {"id": chat})


async def test_a_chat_is_opened_only_where_the_app_is_installed(caller: Caller) -> None:
    assert (await caller.open(BEN.member)).code == "ForbiddenOperationException"
    assert (await caller.open("29:nobody")).code == "BadArgument"


@pytest.mark.parametrize(
    "wrong",
    [
        {"bot": {"id": "28:another"}},
        {"bot": None},
        {"members": []},
        {"members": [{"id": ANA.member}, {"id": BEN.member}]},
        {"members": [ANA.member]},
        {"isGroup": True},
        {"tenantId": "another-tenant"},
        {"channelData": {}},
        {"channelData": {"tenant": {"id": "another-tenant"}}},
    ],
)
async def test_a_chat_is_opened_as_the_bot_in_the_tenant_with_one_person(
    teams: TeamsStandIn, caller: Caller, wrong: dict[str, Any]
) -> None:
    got = await caller.open(ANA.member, **wrong)
    assert (got.status, got.code) == (400, "BadSyntax")
    assert [each.where for each in teams.violations] == ["open"]


async def test_a_member_is_described_as_microsoft_does(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    got = await caller.member(chat, ANA.member)
    assert got.body == {
        "id": ANA.member,
        "name": "Ana Ruiz",
        "givenName": "Ana",
        "surname": "Ruiz",
        "aadObjectId": ANA.id,
        "email": "ana@example.com",
        "userPrincipalName": "ana@example.com",
        "tenantId": teams.world.tenant.id,
        "userRole": "user",
    }
    assert ANA.id not in ANA.member


async def test_a_team_names_everybody_in_it_by_its_own_id(caller: Caller) -> None:
    got = await caller.members(CREW.id)
    assert [(each["aadObjectId"], each["userRole"]) for each in got.body["members"]] == [
        (ANA.id, "user"),
        (BEN.id, "user"),
        (GUEST.id, "guest"),
    ]
    assert "continuationToken" not in got.body


async def test_members_come_in_pages_of_at_least_fifty(teams: TeamsStandIn, caller: Caller) -> None:
    crowd = [TeamsUser(f"guid-{number}", f"Person {number}") for number in range(120)]
    teams.world.users |= {user.id: user for user in crowd}
    place = teams.world.conversations[LOUNGE.id]
    teams.world.conversations[LOUNGE.id] = replace(place, members=tuple(user.id for user in crowd))
    first = (await caller.members(LOUNGE.id, "?pageSize=1")).body
    following = f"?pageSize=90&continuationToken={first['continuationToken']}"
    rest = (await caller.members(LOUNGE.id, following)).body
    found = [each["aadObjectId"] for page in (first, rest) for each in page["members"]]
    assert len(first["members"]) == 50
    assert found == [user.id for user in crowd]
    assert "continuationToken" not in rest


@pytest.mark.parametrize("query", ["?continuationToken=", "?continuationToken=x", "?pageSize=many"])
async def test_a_page_must_be_asked_for_rightly(caller: Caller, query: str) -> None:
    assert (await caller.members(CREW.id, query)).code == "BadArgument"


async def test_every_call_is_on_the_record_without_its_token(teams: TeamsStandIn, caller: Caller, chat: str) -> None:
    sent = await caller.send(chat, message("words"))
    await caller.update(chat, sent.body["id"], message("other words"))
    await caller.open(ANA.id)
    await caller.member(chat, ANA.id)
    await caller.members(chat)
    await caller.delete(chat, sent.body["id"])
    record = teams.world.wire.exchanges
    assert [each.method for each in record] == ["token", "send", "update", "open", "member", "members", "delete"]
    assert record[1].body == message("words")
    assert record[1].answer == {"id": sent.body["id"]}
    assert str(caller.token) not in repr([(each.body, each.answer) for each in record])


async def test_a_bot_is_told_of_an_installation_and_the_chat_exists(teams: TeamsStandIn, bot: tenant.FakeBot) -> None:
    answers = await teams.installs_for(BEN.id)
    added, installed = bot.received
    assert [each.ok for each in answers] == [True, True]
    assert [each["type"] for each in bot.received] == ["conversationUpdate", "installationUpdate"]
    assert {"id": APP.id} in added["membersAdded"]
    assert installed["action"] == "add"
    for each in bot.received:
        assert each["conversation"] == {
            "id": teams.person(BEN.id).chat,
            "conversationType": "personal",
            "tenantId": teams.world.tenant.id,
        }
        assert each["from"] == {"id": BEN.member, "name": BEN.name, "aadObjectId": BEN.id}
        assert (each["serviceUrl"], each["localTimezone"]) == (teams.service_url, BEN.zone)


async def test_a_bot_is_told_of_a_team_it_was_added_to(
    teams: TeamsStandIn, bot: tenant.FakeBot, caller: Caller
) -> None:
    await teams.installs_in(BOARD.id)
    added = bot.received[0]
    assert (added["channelData"]["team"], added["channelData"]["eventType"]) == ({"id": BOARD.id}, "teamMemberAdded")
    assert (await caller.send(BOARD.id, message())).status == 201
