"""Several processes with one outbox: who sends into a workspace, what happens when that one stops, dies or freezes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.doubt import SETTLES_WITHIN
from bot.lanes import LEASE, RENEWED
from bot.model.delivery import DeliveryState
from bot.ports import Broken, Unknown
from bot.worker import SEND_WITHIN
from tests.bot.office import ASKS_AGAIN, LOOKS, SETTLES_AFTER_LAPSE, STOPS_WITHIN, Mail, Office
from tests.bot.room import room_on

pytestmark = pytest.mark.soak

READINGS = 12
"""How often a process reads its clock between two looks."""


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with room_on(database_url) as room:
        other = await room.another_workspace()
        office = Office(room, other, await room.account_in(other, "U0BO"), Mail(room))
        yield office
        await office.close()
        assert office.mail.unheld == []


async def test_only_who_has_the_lease_sends(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    await first.works()
    sent = [await office.room.plan(f"subject {number}") for number in range(5)]
    await second.works()
    assert office.mail.accepted == []
    await first.works()
    await second.works()
    assert sorted(office.mail.accepted) == sorted(("first", office.room.workspace, each) for each in sent)


async def test_it_remains_the_sender_as_long_as_it_looks(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    for _ in range(12):
        await first.works()
        await second.works()
        office.passes(timedelta(seconds=RENEWED))
    delivery = await office.room.plan()
    await second.works()
    await first.works()
    assert office.mail.of(delivery) == ["first"]


async def test_when_it_stops_the_other_sends_as_soon_as_it_has_asked(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    await first.works()
    await second.works()
    await first.worker.stop(within=STOPS_WITHIN)
    delivery = await office.room.plan()
    office.passes(ASKS_AGAIN)
    await second.works()
    assert office.mail.of(delivery) == ["second"]


async def test_who_has_stopped_begins_nothing_more(office: Office) -> None:
    first = office.process("first")
    await first.works()
    await first.worker.stop(within=STOPS_WITHIN)
    delivery = await office.room.plan()
    office.passes(LEASE)
    await first.works()
    assert office.mail.of(delivery) == []


async def test_who_stops_waits_for_what_is_being_sent_and_records_it(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.carrier.before)
    stopping = asyncio.create_task(first.worker.stop(within=STOPS_WITHIN))
    first.carrier.before.opened.set()
    await stopping
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "first's")
    later = await office.room.plan("later")
    await second.works()
    assert office.mail.of(later) == ["second"]


async def test_who_stops_in_a_send_that_does_not_end_keeps_its_lease_until_that_lapses(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    under_way = await office.room.plan()
    await first.is_held_up(first.carrier.after)
    await first.worker.stop(within=0.01)
    waiting = await office.room.plan("waiting")
    office.passes(ASKS_AGAIN)
    await second.works()
    assert office.mail.of(waiting) == []
    office.passes(LEASE)
    await second.works()
    assert (office.mail.of(waiting), office.mail.of(under_way)) == (["second"], ["first"])
    await first.goes_on(first.carrier.after)


async def test_when_it_dies_the_other_sends_once_the_lease_has_lapsed(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    await first.works()
    await second.works()
    delivery = await office.room.plan()
    office.passes(LEASE - timedelta(seconds=1))
    await second.works()
    assert office.mail.of(delivery) == []
    office.passes(timedelta(seconds=1) + ASKS_AGAIN)
    await second.works()
    assert office.mail.of(delivery) == ["second"]


async def test_what_goes_to_anothers_workspace_is_handed_over_and_sent_there_once(office: Office) -> None:
    first, second = office.process("first", both=True), office.process("second", both=True)
    await first.works()
    await second.works()
    ours = [await office.room.plan(f"ours {number}") for number in range(3)]
    theirs = [await office.room.plan(f"theirs {number}", recipient=office.stranger) for number in range(3)]
    await first.works()
    assert {(await office.room.state(each)).via for each in theirs} == {office.other}
    assert {(await office.room.state(each)).attempts for each in theirs} == {0}
    await second.works()
    await first.works()
    wanted = [
        *(("first", office.room.workspace, each) for each in ours),
        *(("second", office.other, each) for each in theirs),
    ]
    assert sorted(office.mail.accepted) == sorted(wanted)


async def test_whichever_of_two_claims_each_is_sent_once_by_whose_workspace_it_is(office: Office) -> None:
    both = [office.process("first", both=True), office.process("second", both=True)]
    for process in both:
        await process.works()
    recipients = [office.room.person, office.stranger]
    planned = [await office.room.plan(f"subject {number}", recipient=recipients[number % 2]) for number in range(60)]
    for _ in range(3):
        await asyncio.gather(*(process.works() for process in both))
    assert sorted(delivery for _, _, delivery in office.mail.accepted) == sorted(planned)
    owners = {"first": office.room.workspace, "second": office.other}
    assert all(owners[process] == workspace for process, workspace, _ in office.mail.accepted)


async def test_who_froze_while_composing_does_not_send_after_waking(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.desk)
    await office.lapses(second)
    await first.goes_on(first.desk)
    assert office.mail.of(delivery) == ["second"]
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "second's")


async def test_who_woke_before_anybody_looked_gives_back_what_it_had(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.desk)
    office.passes(LEASE + ASKS_AGAIN)
    await first.goes_on(first.desk)
    found = await office.room.state(delivery)
    assert (found.state, found.attempts) == (DeliveryState.pending, 0)
    await second.works()
    assert office.mail.of(delivery) == ["second"]


async def test_who_composed_for_too_long_begins_anew_though_the_workspace_is_still_its_own(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.desk)
    office.passes(timedelta(seconds=RENEWED))
    await first.worker.turn()
    office.passes(timedelta(seconds=RENEWED))
    await first.worker.turn()
    await first.goes_on(first.desk)
    await second.works()
    assert (office.mail.of(delivery), (await office.room.state(delivery)).attempts) == ([], 0)
    await first.works()
    assert office.mail.of(delivery) == ["first"]


@pytest.mark.parametrize("freezes_for", [LEASE / 2, LEASE - timedelta(seconds=SEND_WITHIN / 2), 2 * LEASE])
async def test_wherever_it_freezes_nothing_is_sent_without_a_claim_that_holds(
    office: Office, freezes_for: timedelta
) -> None:
    """It freezes right before it reads its clock, as often as it does so between two looks."""
    for readings in range(READINGS):
        first, second = office.process(f"first {readings}"), office.process(f"second {readings}")
        delivery = await office.room.plan(f"subject {readings}")
        first.watch.left, first.watch.freezes_for = readings, freezes_for
        await first.worker.tick()
        for _ in range(LOOKS):
            office.passes(SETTLES_AFTER_LAPSE / 2)
            await first.works()
            await second.works()
        assert len(office.mail.of(delivery)) == 1
        assert (await office.room.state(delivery)).state is DeliveryState.sent
        for process in (first, second):
            await process.worker.stop(within=STOPS_WITHIN)


async def test_who_froze_in_the_send_writes_nothing_over_what_was_found_meanwhile(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.carrier.after)
    await office.lapses(second)
    first.carrier.failures = [Broken("invalid_blocks")]
    await first.goes_on(first.carrier.after)
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "first's, found")
    assert office.mail.of(delivery) == ["first"]


async def test_who_froze_in_the_send_writes_nothing_over_what_was_sent_again(office: Office) -> None:
    """That it is there twice then, only the platform could have prevented."""
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.carrier.before)
    await office.lapses(second)
    await first.goes_on(first.carrier.before)
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "second's")


async def test_who_wakes_while_another_sends_the_same_writes_nothing(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.carrier.before)
    office.passes(LEASE + ASKS_AGAIN)
    await second.works()
    office.passes(SETTLES_AFTER_LAPSE)
    await second.worker.tick()
    await second.is_held_up(second.carrier.before)
    first.carrier.failures = [Broken("invalid_blocks")]
    await first.goes_on(first.carrier.before)
    found = await office.room.state(delivery)
    assert (found.state, found.lease_owner) == (DeliveryState.sending, "second")
    await second.goes_on(second.carrier.before)
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "second's")


async def test_what_was_heard_late_counts_as_long_as_nobody_has_begun_to_look(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    await first.is_held_up(first.carrier.after)
    office.passes(LEASE)
    await second.worker.tick()
    assert (await office.room.state(delivery)).state is DeliveryState.unknown
    await first.goes_on(first.carrier.after)
    await second.works()
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "first's")


async def test_what_one_is_in_doubt_about_another_finds_when_the_first_is_dead(office: Office) -> None:
    first, second = office.process("first"), office.process("second")
    delivery = await office.room.plan()
    first.carrier.failures = [Unknown("timeout")]
    await first.works()
    office.passes(SETTLES_WITHIN + ASKS_AGAIN)
    await second.works()
    found = await office.room.state(delivery)
    assert (found.state, found.external_id) == (DeliveryState.sent, "first's, found")
    assert office.mail.of(delivery) == ["first"]


async def test_what_a_dead_process_left_in_doubt_is_handed_to_who_sends_there(office: Office) -> None:
    first, second = office.process("first", both=True), office.process("second", both=True)
    for process in (first, second):
        await process.works()
    ours, theirs = await office.room.plan(), await office.room.plan(recipient=office.stranger)
    await office.claimed_by_the_dead()
    office.passes(LEASE)
    for _ in range(LOOKS):
        office.passes(timedelta(seconds=RENEWED))
        await first.works()
        await second.works()
    assert (office.mail.of(ours), office.mail.of(theirs)) == (["first"], ["second"])


async def test_what_waits_for_a_workspace_nobody_is_connected_to_goes_another_way(office: Office) -> None:
    first, second = office.process("first", both=True), office.process("second", both=True)
    for process in (first, second):
        await process.works()
    delivery = await office.room.plan(recipient=office.stranger)
    await first.works()
    assert (await office.room.state(delivery)).via == office.other
    await office.moves(office.stranger)
    alone = office.process("third")
    for _ in range(LOOKS):
        office.passes(LEASE)
        await alone.works()
    assert office.mail.of(delivery) == ["third"]
