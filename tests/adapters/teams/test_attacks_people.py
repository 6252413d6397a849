"""What hostile people do with every feature there is: what is seen, stored and logged."""

import json

import pytest

from adapters.teams.place import ChatCard, Frame
from tests.adapters.contract.beginnings import TALK_ABOUT, jotted, opened
from tests.adapters.contract.stage import Way
from tests.adapters.contract.teams_stage import BEN, GUEST, MIA, TeamsStage
from tests.adapters.teams.attacking import GONE, SECRET, asks, sent, stored, texts, writes_item
from tests.stateful.snapshot import audit_of


async def test_an_outsider_who_forges_ids_sees_and_changes_nothing_and_it_is_on_record(stage: TeamsStage) -> None:
    await jotted(stage.ben, SECRET)
    await opened(stage.ben, "ana")
    before = await stored(stage)
    for label in ("Open", "Discussed", "Add item", "We meet now", "Archive"):
        await stage.cleo.closes()
        await stage.cleo.says("home", way=Way.command)
        await stage.cleo.presses_as(stage.ben, label)
        stage.cleo.sees(GONE)
        stage.cleo.sees_nowhere(SECRET)
    after = await stored(stage)
    assert (after.item, after.meeting, after.seat) == (before.item, before.meeting, before.seat)
    audit = await audit_of(stage.service.store, stage.service.organization)
    refused = {entry.action for entry in audit if entry.subject and entry.result.value == "refused"}
    assert {"DiscussItem", "StartMeeting", "ArchiveConversation"} <= refused


@pytest.mark.parametrize("name", ["task/fetch", "task/submit", "adaptiveCard/action"])
async def test_whatever_one_person_sent_tells_another_nothing_when_they_send_it(stage: TeamsStage, name: str) -> None:
    """A press, a dialog's button and a form, each with the frame, the ids and the fields of somebody else."""
    await jotted(stage.ben, SECRET)
    await stage.ben.presses("Undo")
    await stage.ben.presses("Undo")
    await writes_item(stage, f"{SECRET} too", sees="Only you")
    before = await stored(stage)
    theirs = sent(stage, stage.ben, name)
    answer = await asks(stage, stage.cleo, name, theirs["value"], replyToId=theirs.get("replyToId", "1"))
    assert answer.ok
    assert (SECRET in json.dumps(answer.body)) == (
        SECRET in json.dumps(theirs)
    )  # who sent the words may have them back
    stage.cleo.sees_nowhere(SECRET)
    assert (await stored(stage)).item == before.item


@pytest.mark.parametrize("part", ["address", "under", "origin"])
async def test_a_frame_with_somebody_else_s_place_shows_nothing_of_it(stage: TeamsStage, part: str) -> None:
    await jotted(stage.ben, SECRET)
    await opened(stage.ben, "ana")
    theirs = stage.ben.carries("Add item").replace("NewItem", "OpenConversation") + ":0"
    card = ChatCard(stage.ben.person.chat or "", "1", theirs)
    frames = {
        "address": Frame(key="k", address=theirs),
        "under": Frame(key="k", under=(theirs,)),
        "origin": Frame(key="k", origin=card),
    }
    for do, more in ((theirs, {"back": True}), ("SaveSettings:", {"sent": True}), ("Home", {})):
        data = {"do": do, "frame": frames[part].packed(), "in.zone": "Nowhere", **more}
        answer = await asks(stage, stage.cleo, "task/submit", {"data": data})
        assert answer.ok
        assert SECRET not in json.dumps(answer.body)
    stage.cleo.sees_nowhere(SECRET)


@pytest.mark.parametrize(
    "text",
    [
        f"{SECRET} <at>Mia Brandt</at> & **bold** [here](https://evil.example) `code`",
        f"{SECRET} {{{{DATE(2026-01-01T00:00:00Z,SHORT)}}}} {{{{TIME(2026-01-01T00:00:00Z)}}}} ${{host.name}}",
        f"{SECRET} 👩‍👩‍👧‍👦 🏳️‍🌈 é ñ 漢字",
        f"{SECRET} مرحبا שלום \u202eright to left\u202c",
        f"{SECRET}\n\n> quoted\n- list\n1. one",
        f'{SECRET} &lt;b&gt; &amp;nbsp; <script>alert(1)</script> "quoted" \'',
        f"{SECRET} <@{MIA.id}> <!channel> a|b,c",
    ],
)
async def test_what_people_write_is_shown_and_stored_as_it_is(stage: TeamsStage, text: str) -> None:
    await writes_item(stage, text)
    (kept,) = await texts(stage)
    assert kept == text.replace(f"<@{MIA.id}>", "@Mia Brandt")
    await opened(stage.ana, "ben")
    await stage.ana.presses("Open", near=SECRET)
    stage.ana.sees(kept)
    stage.cleo.sees_nowhere(SECRET)


async def test_a_null_is_left_out(stage: TeamsStage) -> None:
    await writes_item(stage, f"{SECRET}\x00!", forced=True)
    assert await texts(stage) == [f"{SECRET}!"]


async def test_half_a_sign_stores_what_can_be_stored_or_nothing(stage: TeamsStage) -> None:
    """A lone half of a pair can be sent as JSON, but is no text."""
    await writes_item(stage, f"{SECRET} placeholder")
    value = json.loads(json.dumps(sent(stage, stage.ben, "task/submit")["value"]).replace("placeholder", "\\ud83d"))
    answer = await asks(stage, stage.ben, "task/submit", value)
    assert answer.ok
    assert len(await texts(stage)) in (1, 2)
    await opened(stage.ben, "ana")
    stage.ben.sees(SECRET)


async def test_too_much_is_refused_with_the_text_still_there(stage: TeamsStage) -> None:
    long = SECRET.ljust(3001, "x")
    await writes_item(stage, long, forced=True)
    stage.ben.sees("That is 3001 characters; at most 3000 fit.")
    assert stage.ben.entered(TALK_ABOUT) == long
    assert await texts(stage) == []


async def test_half_a_megabyte_is_refused_in_time(stage: TeamsStage) -> None:
    await writes_item(stage, f"{SECRET} placeholder")
    data = {**sent(stage, stage.ben, "task/submit")["value"]["data"], "in.text": SECRET * 25_000}
    answer = await asks(stage, stage.ben, "task/submit", {"data": data})
    assert answer.seconds < 5
    assert len(await texts(stage)) == 1


async def test_words_that_are_too_long_for_a_card_are_refused_and_given_back(stage: TeamsStage) -> None:
    await stage.ben.says(f"add {SECRET.ljust(20_000, 'x')}")
    stage.ben.sees("at most 3000 fit")
    assert await texts(stage) == []


async def test_a_guest_and_a_nobody_are_let_in_by_no_kind_of_question(stage: TeamsStage) -> None:
    await jotted(stage.ben, SECRET)
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    for account, member in ((GUEST.id, GUEST.member), ("", "29:nobody"), (GUEST.id, BEN.member)):
        stranger = {"id": member, "name": "Ben Okafor"} | ({"aadObjectId": account} if account else {})
        for name in ("task/fetch", "task/submit"):
            answer = await asks(stage, stage.ben, name, sent(stage, stage.ben, name)["value"], **{"from": stranger})
            assert answer.status == 200
            assert SECRET not in json.dumps(answer.body)
    assert await texts(stage) == [SECRET]
