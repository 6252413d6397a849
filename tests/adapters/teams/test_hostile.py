"""Requests that Microsoft would not make: what the sender gets, what is stored, what is logged."""

import asyncio
import json
import logging
from io import BytesIO

import pytest
from aiohttp import ClientSession

from adapters.playground.teams_keys import stranger_key
from adapters.playground.teams_line import Answer
from adapters.playground.teams_payloads import message
from adapters.playground.teams_people import Json
from tests.adapters.teams.bodies import EVERY, paths, with_part
from tests.adapters.teams.conftest import ANA, GUEST, Office

VALUES: tuple[object, ...] = (None, "", "\x00\ud800", 5, True, [["x"]], {"x": {}}, "x" * 5000)


def meet(office: Office, **changed: object) -> Json:
    """Ana's word that keeps something."""
    said = office.ana.writes("meet", conversation=office.ana.chat or "")
    return {**message(office.teams.world, ANA, said), **changed}


async def send(office: Office, activity: Json, **signing: object) -> Answer:
    headers = office.teams.signed_headers(activity, **signing)  # type: ignore[arg-type]
    return await office.ana.raw(json.dumps(activity), headers)


async def nothing_happened(office: Office) -> None:
    """Nothing is stored, and nothing was answered after the greeting."""
    await office.settled()
    assert await office.kept() == []
    assert [each.author for each in office.ana.messages()].count("bot") == 1


async def test_a_good_request_is_done(office: Office) -> None:
    assert (await send(office, meet(office))).status == 200
    assert await office.kept() == ["counted"]


async def test_a_replayed_request_is_done_and_answered_once(office: Office) -> None:
    activity = meet(office)
    for _ in range(3):
        assert (await send(office, activity)).status == 200
    await office.settled()
    assert await office.kept() == ["counted"]
    assert [each.reply_to for each in office.ana.messages()].count(activity["id"]) == 1


async def test_a_request_that_arrives_three_times_at_once_is_done_and_answered_once(office: Office) -> None:
    activity = meet(office)
    answers = await asyncio.gather(*(send(office, activity) for _ in range(3)))
    await office.settled()
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert await office.kept() == ["counted"]
    assert [each.reply_to for each in office.ana.messages()].count(activity["id"]) == 1


@pytest.mark.parametrize(
    "signing",
    [
        {"audience": "another-app"},
        {"issuer": "https://sts.windows.net/x/"},
        {"expired": True},
        {"not_yet": True},
        {"service_url": "https://smba.trafficmanager.net/other/"},
        {"endorsements": ["skype"]},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
    ],
    ids=str,
)
async def test_a_badly_signed_request_is_refused(office: Office, signing: dict[str, object]) -> None:
    assert (await send(office, meet(office), **signing)).status == 401
    await nothing_happened(office)


async def test_a_key_of_somebody_else_is_refused(office: Office) -> None:
    assert (await send(office, meet(office), key=stranger_key())).status == 401
    await nothing_happened(office)


async def test_an_unsigned_request_is_refused(office: Office) -> None:
    for headers in ({}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Bearer x.y.z"}):
        answer = await office.ana.raw(json.dumps(meet(office)), {"Content-Type": "application/json", **headers})
        assert (answer.status, answer.text) == (401, "")
    await nothing_happened(office)


@pytest.mark.parametrize(
    "changed",
    [
        {"serviceUrl": "https://evil.example/"},
        {"serviceUrl": "https://smba.trafficmanager.net.evil.example/"},
        {"channelData": {"tenant": {"id": "another"}}},
        {"conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "another"}},
    ],
    ids=["another host", "a host that looks alike", "another tenant", "a chat of another tenant"],
)
async def test_a_request_for_somebody_else_is_forbidden(office: Office, changed: Json) -> None:
    asked = len(office.teams.world.wire.exchanges)
    assert (await send(office, meet(office, **changed))).status == 403
    await nothing_happened(office)
    assert len(office.teams.world.wire.exchanges) == asked


async def test_more_than_a_megabyte_is_too_much(office: Office) -> None:
    activity = meet(office, text="x" * 1_100_000)
    body = BytesIO(json.dumps(activity).encode())
    async with (
        ClientSession() as session,
        session.post(office.service.messages_url, data=body, headers=office.teams.signed_headers(activity)) as response,
    ):
        assert response.status == 400
    await nothing_happened(office)


@pytest.mark.parametrize(
    "body",
    [b"{not json", b"[1, 2]", b"5", b"", b"null", b"[" * 60_000, b'{"a":' * 20_000, b"\xff\xfe\x00", b'"words"'],
    ids=range(9),
)
async def test_garbage_is_refused_without_a_failure(office: Office, body: bytes) -> None:
    headers = office.teams.signed_headers(meet(office))
    answer = await office.ana.raw(body, headers)
    assert (answer.status, answer.text) == (400, "")
    await nothing_happened(office)


@pytest.mark.parametrize("name", EVERY)
async def test_an_activity_with_a_part_of_the_wrong_kind_is_no_failure(
    office: Office, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each part of each activity in turn: refused, or left alone, or taken for what it is."""
    caplog.set_level(logging.ERROR)
    body = at_home(office, EVERY[name])
    every = [path for path in paths(body) if path[0] not in ("serviceUrl", "channelId", "channelData")]
    for number, path in enumerate(every):
        activity = with_part(body, path, VALUES[number % len(VALUES)])
        answer = await send(office, activity)
        assert answer.status in (200, 400, 403, 501), (path, answer)
    await office.shown()
    assert [record.getMessage() for record in caplog.records] == []
    assert await office.kept() == []


def at_home(office: Office, body: Json) -> Json:
    """An activity that was written out, as one of this tenant's."""
    real = meet(office)
    mine = {part: real[part] for part in ("serviceUrl", "from", "recipient")}
    tenant = office.teams.world.tenant.id
    where = {**body["conversation"], "tenantId": tenant}
    return {**body, **mine, "conversation": where, "channelData": {**body["channelData"], "tenant": {"id": tenant}}}


async def test_a_form_sent_by_a_stranger_in_the_name_of_nobody_is_not_kept(office: Office) -> None:
    """Whoever sends is who the signed request says, whatever the dialog carries."""
    await office.settled(await office.ana.says("add"))
    await office.settled(await office.ana.press("Open"))
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    sent = office.sent("task/submit")
    stranger = {"id": GUEST.member, "name": "Ana Ruiz", "aadObjectId": GUEST.id}
    answer = await office.ana.forge({**sent, "id": "f:x", "from": stranger})
    await office.settled(answer)
    assert "for the members of this workspace" in str(answer.body)
    assert await office.kept() == ["Promotion case"]


async def test_somebody_else_s_account_under_one_s_own_number_is_not_believed(newcomers: Office) -> None:
    """The roster decides whose number it is before anybody is made out of it."""
    newcomers.teams.world.install(ANA.id)
    activity = meet(newcomers)
    activity["from"] = {"id": GUEST.member, "name": "Ana Ruiz", "aadObjectId": ANA.id}
    await newcomers.settled(await newcomers.ana.forge(activity))
    assert await newcomers.person_id(ANA.id) is None


async def test_a_question_that_nobody_answers_is_501(office: Office) -> None:
    activity = {**meet(office), "type": "invoke", "name": "signin/verifyState", "value": {"state": "1"}}
    answer = await office.ana.forge(activity)
    await office.settled()
    assert answer.status == 501


async def test_a_picker_of_something_else_finds_nothing(office: Office) -> None:
    value = {"queryText": "ben", "queryOptions": {"skip": 0, "top": 15}, "dataset": "npmpackages"}
    answer = await office.ana.forge({**meet(office), "type": "invoke", "name": "application/search", "value": value})
    await office.settled(answer)
    assert answer.body["value"]["results"] == []


async def test_a_guest_finds_nobody(office: Office) -> None:
    value = {"queryText": "ben", "queryOptions": {"skip": 0, "top": 15}, "dataset": "people"}
    activity = {**meet(office), "type": "invoke", "name": "application/search", "value": value}
    activity["from"] = {"id": GUEST.member, "name": "Gil", "aadObjectId": GUEST.id}
    answer = await office.ana.forge(activity)
    assert answer.body["value"]["results"] == []
