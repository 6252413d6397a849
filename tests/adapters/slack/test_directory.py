"""Who Slack says works here."""

import json
from dataclasses import replace

from adapters.playground.slack_people import SlackUser, user_json
from adapters.slack.profile import slack_user
from bot.model.people import Person
from tests.adapters.slack.conftest import ANA, Office


async def person(office: Office, external_id: str) -> Person | None:
    person_id = await office.person_id(external_id)
    if person_id is None:
        return None
    async with office.service.store.read(office.service.organization) as tx:
        return await tx.people.get(person_id)


async def event(office: Office, kind: str, user: SlackUser) -> None:
    told = {"type": kind, "user": {**user_json(user, office.slack.world.team), "locale": user.locale}}
    body = json.dumps({"type": "event_callback", "event_id": f"E{kind}{user.name}", "event": told})
    headers = {"Content-Type": "application/json", **office.slack.signed(body)}
    await office.settled(await office.ana.raw(body, headers))


async def test_colleagues_are_known_from_the_start_and_nobody_else(office: Office) -> None:
    ana = await person(office, "U0ANA")
    assert ana is not None
    assert (ana.name, ana.email, ana.zone, ana.active) == ("Ana Ruiz", "ana@example.com", "Europe/Madrid", True)
    for other in ("U0GUEST", "U0ELSE", "U0BOT", "USLACKBOT"):
        assert await person(office, other) is None


async def test_the_directory_is_read_page_by_page_and_waits_when_it_must(office: Office) -> None:
    slack = office.service.slack
    assert slack is not None
    for number in range(450):
        office.slack.world.users[f"U1{number:04}"] = SlackUser(f"U1{number:04}", f"u{number}", f"Person {number}")
    office.slack.world.faults.add("users.list", "rate_limited", retry_after=0)
    before = len(office.slack.world.wire.calls("users.list"))
    assert await slack.directory.sync() == 452
    pages = office.slack.world.wire.calls("users.list")[before:]
    assert [page.status for page in pages] == [429, 200, 200, 200]
    assert {page.body["limit"] for page in pages} == {"200"}
    assert await person(office, "U10449") is not None


async def test_who_joins_is_known_at_once(office: Office) -> None:
    await event(office, "team_join", SlackUser("U0CLEO", "cleo", "Cleo Tanaka", email="cleo@example.com"))
    cleo = await person(office, "U0CLEO")
    assert cleo is not None
    assert cleo.email == "cleo@example.com"


async def test_a_guest_or_a_bot_that_joins_is_nobody(office: Office) -> None:
    await event(office, "team_join", SlackUser("U0G", "g", "Guest", is_ultra_restricted=True))
    await event(office, "team_join", SlackUser("U0B", "b", "Bot", is_bot=True))
    assert await person(office, "U0G") is None
    assert await person(office, "U0B") is None


async def test_a_new_name_is_taken_over(office: Office) -> None:
    await event(office, "user_change", replace(ANA, real_name="Ana Ruiz Vega"))
    ana = await person(office, "U0ANA")
    assert ana is not None
    assert ana.name == "Ana Ruiz Vega"


async def test_who_leaves_is_inactive_and_can_do_nothing(office: Office) -> None:
    await event(office, "user_change", replace(ANA, deleted=True))
    ana = await person(office, "U0ANA")
    assert ana is not None
    assert not ana.active
    office.slack.world.users["U0ANA"] = replace(ANA, deleted=True)
    await office.settled(await office.ana.says("meet"))
    assert await office.kept() == []


async def test_an_unconfirmed_address_is_not_believed(office: Office) -> None:
    await event(office, "user_change", replace(ANA, email="ceo@example.com", is_email_confirmed=False))
    ana = await person(office, "U0ANA")
    assert ana is not None
    assert ana.email is None


async def test_a_newcomer_of_whom_we_were_not_told_is_looked_up(office: Office) -> None:
    office.slack.world.users["U0NEW"] = SlackUser("U0NEW", "new", "New Comer")
    await office.settled(await office.slack.person("U0NEW").says("meet"))
    assert await office.kept() == ["counted"]
    assert len(office.slack.world.wire.calls("users.info")) == 1


async def test_somebody_from_elsewhere_in_a_shared_channel_is_nobody(office: Office) -> None:
    outsider = {**user_json(SlackUser("U0OUT", "out", "Out Sider"), office.slack.world.team), "team_id": "T0OTHER"}
    assert outsider["is_stranger"] is False
    body = json.dumps({"type": "event_callback", "event_id": "E1", "event": {"type": "user_change", "user": outsider}})
    headers = {"Content-Type": "application/json", **office.slack.signed(body)}
    await office.settled(await office.ana.raw(body, headers))
    assert await person(office, "U0OUT") is None


async def test_somebody_from_another_workspace_of_the_same_grid_is_a_colleague(office: Office) -> None:
    slack = office.service.slack
    assert slack is not None
    ours = {"team_id": "T0SISTER", "enterprise_user": {"enterprise_id": office.slack.world.team.id}}
    sister = {**user_json(SlackUser("U0SIS", "sis", "Sis Ter"), office.slack.world.team), **ours}
    assert await slack.directory.take(slack_user(sister))
    assert await person(office, "U0SIS") is not None
