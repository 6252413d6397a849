"""The bot comes and goes: what people see, and what is remembered about them and their chats."""

from dataclasses import replace

import pytest

from adapters.playground.teams_installs import install_in, uninstall_in
from adapters.playground.teams_payloads import message
from adapters.playground.teams_updates import people_added_to_team, people_removed_from_team
from bot.model.people import Person
from tests.adapters.teams.conftest import ANA, BEN, CLEO, EVERYBODY, GENERAL, GUEST, SALES, Office


def facts(person: Person) -> tuple[str, str | None, str, str]:
    return person.name, person.email, person.zone, person.language


async def test_who_adds_the_bot_is_greeted_once_with_home(newcomers: Office) -> None:
    await newcomers.settled(await newcomers.ana.installs())
    (greeting,) = newcomers.ana.messages()
    assert "Your home" in newcomers.ana.reads()
    assert greeting.reply_to is None
    assert facts(await newcomers.known(ANA.id)) == ("Ana Ruiz", "ana@example.com", "Europe/Madrid", "en")


async def test_a_name_comes_from_the_roster_and_not_from_the_activity(newcomers: Office) -> None:
    newcomers.teams.world.install(ANA.id)
    said = newcomers.ana.writes("actions", conversation=newcomers.ana.chat or "")
    activity = message(newcomers.teams.world, ANA, said)
    activity["from"]["name"] = "The Boss"
    await newcomers.settled(await newcomers.ana.forge(activity))
    assert (await newcomers.known(ANA.id)).name == "Ana Ruiz"


async def test_the_chat_is_remembered(newcomers: Office) -> None:
    await newcomers.settled(await newcomers.ana.installs())
    chat = await newcomers.chat(ANA.id)
    assert chat is not None
    assert (chat.conversation, chat.member) == (newcomers.ana.chat, ANA.member)
    assert chat.service_url == newcomers.teams.service_url


async def test_the_newest_service_url_is_remembered(office: Office) -> None:
    said = office.ana.writes("actions", conversation=office.ana.chat or "")
    moved = {**message(office.teams.world, ANA, said), "serviceUrl": office.teams.service_url.rstrip("/")}
    await office.settled(await office.ana.forge(moved))
    chat = await office.chat(ANA.id)
    assert chat is not None
    assert chat.service_url == moved["serviceUrl"]


async def test_nothing_is_asked_or_written_for_an_input_that_tells_nothing_new(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    asked = len(office.teams.world.wire.calls("member"))
    await office.settled(await office.ana.says("actions"))
    assert len(office.teams.world.wire.calls("member")) == asked


async def test_an_activity_that_tells_no_zone_and_no_language_tells_nothing_new(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    asked = len(office.teams.world.wire.calls("member"))
    said = office.ana.writes("actions", conversation=office.ana.chat or "")
    silent = message(office.teams.world, ANA, said)
    for part in ("locale", "localTimezone", "entities"):
        del silent[part]
    await office.settled(await office.ana.forge(silent))
    await office.settled(await office.ana.says("actions"))
    assert len(office.teams.world.wire.calls("member")) == asked


async def test_who_travels_has_the_zone_of_the_client(office: Office) -> None:
    office.teams.world.users[ANA.id] = replace(ANA, zone="Asia/Tokyo")
    await office.settled(await office.ana.says("actions"))
    assert (await office.known(ANA.id)).zone == "Asia/Tokyo"


async def test_a_zone_that_is_none_keeps_the_one_before(office: Office) -> None:
    said = office.ana.writes("actions", conversation=office.ana.chat or "")
    odd = {**message(office.teams.world, ANA, said), "localTimezone": "Mars/Olympus"}
    await office.settled(await office.ana.forge(odd))
    assert (await office.known(ANA.id)).zone == "Europe/Madrid"


async def test_a_bot_that_was_removed_forgets_the_chat(office: Office) -> None:
    await office.settled(await office.ana.uninstalls())
    assert await office.chat(ANA.id) is None
    assert await office.chat(BEN.id) is not None


async def test_who_adds_the_bot_again_is_greeted_again(office: Office) -> None:
    before = len(office.ana.messages())
    await office.settled(await office.ana.uninstalls())
    await office.settled(await office.ana.installs())
    assert len(office.ana.messages()) == before + 1
    assert await office.chat(ANA.id) is not None


async def test_a_guest_who_adds_the_bot_reads_that_it_is_for_members(newcomers: Office) -> None:
    await newcomers.settled(await newcomers.guest.installs())
    assert "for the members of this workspace" in newcomers.guest.reads()
    assert await newcomers.chat(GUEST.id) is None


async def test_in_a_team_everybody_but_guests_is_learned(newcomers: Office) -> None:
    for answer in await install_in(newcomers.teams.line, SALES.id):
        await newcomers.settled(answer)
    known = [external_id for external_id in EVERYBODY if await newcomers.person_id(external_id)]
    assert known == [ANA.id, BEN.id, CLEO.id]
    assert facts(await newcomers.known(CLEO.id))[:2] == ("Cleo Tanaka", "cleo@example.com")


async def test_who_comes_into_the_team_is_learned(newcomers: Office) -> None:
    world = newcomers.teams.world
    for user in (CLEO, GUEST):
        await newcomers.settled(await newcomers.ana.forge(people_added_to_team(world, ANA, SALES, [user])))
    assert (await newcomers.known(CLEO.id)).name == "Cleo Tanaka"
    assert await newcomers.person_id(GUEST.id) is None


async def test_a_team_that_removes_the_bot_is_written_to_no_more(office: Office) -> None:
    await office.settled(await office.ana.mentions_bot("actions", channel=GENERAL.id))
    assert await office.chat(GENERAL.id) is not None
    await office.settled(*await uninstall_in(office.teams.line, SALES.id))
    assert await office.chat(GENERAL.id) is None


async def test_a_colleague_who_becomes_a_guest_is_no_colleague_any_more(office: Office) -> None:
    office.teams.world.users[CLEO.id] = CLEO
    for answer in await install_in(office.teams.line, SALES.id):
        await office.settled(answer)
    office.teams.world.users[CLEO.id] = replace(CLEO, role="guest")
    for answer in await install_in(office.teams.line, SALES.id):
        await office.settled(answer)
    assert not (await office.known(CLEO.id)).active


async def test_a_roster_that_cannot_be_read_disturbs_nobody(newcomers: Office) -> None:
    newcomers.teams.world.faults.add("members", "html_502", times=2)
    for answer in await install_in(newcomers.teams.line, SALES.id):
        await newcomers.settled(answer)
    assert await newcomers.person_id(CLEO.id) is None
    await newcomers.settled(await newcomers.ana.says("actions"))
    assert "A card" in newcomers.ana.reads()


async def test_who_is_in_no_chat_with_the_bot_any_more_has_left(office: Office) -> None:
    gone = people_removed_from_team(office.teams.world, ANA, SALES, [BEN])
    office.teams.world.faults.add("member", "api_error", error="MemberNotFoundInConversation")
    await office.settled(await office.ana.forge(gone))
    ben = await office.known(BEN.id)
    assert not ben.active
    assert facts(ben) == ("Ben Okafor", "ben@example.com", "Europe/Berlin", "de")


@pytest.mark.parametrize("error", ["", "MessageWritesBlocked", "ConversationNotFound"])
async def test_who_only_left_a_team_is_still_a_colleague(office: Office, error: str) -> None:
    gone = people_removed_from_team(office.teams.world, ANA, SALES, [BEN, CLEO])
    if error:
        office.teams.world.faults.add("member", "api_error", error=error)
    await office.settled(await office.ana.forge(gone))
    assert (await office.known(BEN.id)).active
