"""Microsoft fails, at each moment and in each way: answered in time, done once, never sent twice, no words logged."""

import asyncio
import json
import logging
import time

import pytest

from adapters.playground.faults import FaultKind
from adapters.playground.teams_line import Answer
from adapters.playground.teams_payloads import invoke, message
from adapters.playground.teams_people import Json
from adapters.playground.teams_world import BOT
from adapters.teams.place import Frame
from tests.adapters.teams.conftest import ANA, CLEO, GENERAL, Office
from tests.adapters.teams.test_hostile import meet, send

pytestmark = pytest.mark.soak

CANARY = "canary-of-this-file"
IN_TIME = 5.0
CALLS = ("send", "reply", "update", "open", "member", "members", "token")
WAYS: tuple[tuple[str, dict[str, object]], ...] = (
    ("rate_limited", {"retry_after": 0}),
    ("server_error", {}),
    ("html_502", {}),
    ("fatal_error", {"stores": True}),
    ("drop", {}),
    ("accept_then_drop", {}),
    ("slow", {"delay": 0.3}),
    ("api_error", {"error": "PreconditionFailed"}),
    ("api_error", {"error": "MessageWritesBlocked"}),
    ("api_error", {"error": "ConversationNotFound"}),
    ("api_error", {"error": "BadSyntax"}),
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test for what Teams would take some seconds later."""
    monkeypatch.setattr("adapters.teams.outcomes.A_WHILE", 0.01)


def fails(office: Office, call: str, kind: str, facts: dict[str, object], *, times: int = 1) -> None:
    office.teams.world.faults.add(call, FaultKind(kind), times=times, **facts)  # type: ignore[arg-type]


async def asked(office: Office, name: str, value: Json) -> Answer:
    """A question of Ana's client about the first card in her chat."""
    world = office.teams.world
    place = world.conversations[office.ana.chat or ""]
    common = invoke(world, ANA, place, name=name, value=value, source="message")
    return await office.ana.forge({**common, "replyToId": office.ana.messages()[0].id})


async def a_day_s_work(office: Office) -> None:
    """Words, a card's button, a dialog and its form, a mention; each is answered in time, and three things are kept."""
    before = await office.kept()
    form = {"do": "SaveToCard:card", "sent": True, "frame": Frame(key="k", address="ShowForm:card").packed()}
    typed = {"in.text": CANARY, "in.choice": "a", "ticks.ticks": "x", "in.row0": str(len(before))}
    deeds = [
        await office.ana.says("meet"),
        await asked(office, "adaptiveCard/action", {"action": {"verb": "do", "data": {"do": "Count", "at": "Home"}}}),
        await asked(office, "task/fetch", {"data": {"do": "ShowForm:card", "at": "Home"}}),
        await asked(office, "task/submit", {"data": {**form, **typed}}),
        await office.ana.mentions_bot("actions", channel=GENERAL.id),
    ]
    await office.shown()
    assert all(deed.status == 200 and deed.seconds < IN_TIME for deed in deeds), deeds
    assert sorted(await office.kept()) == sorted([*before, "counted", "counted", CANARY])


@pytest.mark.parametrize("call", CALLS)
async def test_whatever_fails_once_everybody_is_answered_and_all_is_kept_once(
    office: Office, caplog: pytest.LogCaptureFixture, call: str
) -> None:
    caplog.set_level(logging.DEBUG)
    for kind, facts in WAYS:
        if call == "token":
            office.teams.revoke_tokens()
        fails(office, call, kind, facts)
        await a_day_s_work(office)
        office.teams.world.faults.waiting.clear()
    assert CANARY not in "".join(str(vars(record)) for record in caplog.records)
    assert [record.getMessage() for record in caplog.records if is_failure(record)] == []


def is_failure(record: logging.LogRecord) -> bool:
    """What must not be; that a secret is refused is the operator's to know."""
    return record.levelno >= logging.ERROR and record.getMessage() != "bot token"


async def test_whatever_fails_for_long_what_people_write_is_kept(office: Office) -> None:
    for kind, facts in WAYS:
        fails(office, "*", kind, facts, times=500)
        await a_day_s_work(office)
        office.teams.world.faults.waiting.clear()
    await office.settled(await office.ana.says("actions"))
    assert f"{len(await office.kept())} kept" in office.ana.reads()


async def test_an_answer_that_teams_was_too_busy_for_is_shown_after_all(office: Office) -> None:
    fails(office, "reply", "rate_limited", {"retry_after": 0}, times=2)
    await office.settled(await office.ana.says("actions"))
    assert "0 kept" in office.ana.reads()
    fails(office, "update", "rate_limited", {"retry_after": 0}, times=2)
    await office.settled(await office.ana.press("Count"))
    assert "1 kept" in json.dumps(office.ana.messages()[-1].cards)


async def test_what_nobody_confirmed_is_not_said_again(office: Office) -> None:
    for kind in ("accept_then_drop", "fatal_error", "html_502", "server_error"):
        before = len(office.teams.world.wire.calls("reply"))
        fails(office, "reply", kind, {})
        await office.ana.says("actions")
        await office.shown()
        assert len(office.teams.world.wire.calls("reply")) == before + 1


async def test_a_bot_that_stays_too_much_gives_up_and_says_so_by_a_code(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    fails(office, "reply", "rate_limited", {"retry_after": 0}, times=50)
    await office.ana.says("actions")
    await office.shown()
    assert len(office.teams.world.wire.calls("reply")) == 3
    (record,) = [each for each in caplog.records if each.getMessage() == "not shown"]
    assert (record.during, record.code) == ("message", "Throttled")  # type: ignore[attr-defined]


async def test_a_revoked_token_is_replaced_and_nobody_notices(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    office.teams.revoke_tokens()
    await office.settled(await office.ana.says("meet"))
    assert "Your home" in office.ana.reads() or "One more" in office.ana.reads()


async def test_a_key_server_that_hangs_delays_nobody_whose_key_is_known(office: Office) -> None:
    activity = meet(office)
    known = office.teams.signed_headers(activity)
    office.teams.hang_keys()
    office.teams.rotate_key()
    newer = asyncio.create_task(send(office, meet(office)))
    await asyncio.sleep(0)
    answer = await office.ana.raw(json.dumps(activity), known)
    assert (answer.status, answer.seconds < 1) == (200, True)
    office.teams.release_keys()
    assert (await newer).status in (200, 401)


async def test_a_rotated_key_is_taken_within_a_minute(office: Office) -> None:
    """The cache asks at most once a minute, and it asked when it met the first key."""
    assert office.service.teams is not None
    keys = office.service.teams._authenticator._keys
    office.teams.rotate_key()
    assert (await send(office, meet(office))).status == 401
    keys._ask_again_at = time.monotonic()
    assert (await send(office, meet(office))).status == 200


async def test_a_newcomer_is_let_in_once_the_roster_answers(newcomers: Office) -> None:
    newcomers.teams.world.install(CLEO.id)
    cleo = newcomers.teams.person(CLEO.id)
    said = cleo.writes("meet", conversation=cleo.chat or "")
    fails(newcomers, "member", "html_502", {}, times=5)
    cleo.looks_at()
    await cleo.forge(message(newcomers.teams.world, CLEO, said))
    await newcomers.shown()
    assert "busy right now" in cleo.reads()
    assert await newcomers.person_id(CLEO.id) is None
    newcomers.teams.world.faults.waiting.clear()
    again = cleo.writes("meet", conversation=cleo.chat or "")
    await newcomers.settled(await cleo.forge(message(newcomers.teams.world, CLEO, again)))
    assert await newcomers.person_id(CLEO.id) is not None


async def test_whoever_stops_the_service_in_the_middle_loses_no_answer(office: Office) -> None:
    fails(office, "reply", "slow", {"delay": 0.3})
    answer = await office.ana.says("meet")
    await office.service.stop()
    assert answer.ok
    assert [each.reply_to is not None for each in office.ana.messages() if each.author == BOT] == [False, True]
