"""Checking in: what is kept, what is refused, and who may."""

import asyncio
from dataclasses import replace

from bot.check_in import answers_of
from bot.features.check_in import DiscussAnswer, SaveCheckIn
from bot.features.check_in_said import AskCheckIn, OpenCheckIn
from bot.features.conversations import DeclineConversation
from bot.model.check_in import CheckIn, Standard
from bot.model.ids import CheckInId
from bot.views import Form, Notice, Page, TextField
from storage.store import Store
from tests.bot.desk import Actor, Desk, labels
from tests.bot.test_agenda import items, ours

HERS = {"mood": "7", "workload": "9", "highlight": "Shipped search", "challenge": "Too many meetings"}


async def kept(desk: Desk) -> list[CheckIn]:
    conversation = await ours(desk)
    async with desk.store.read(desk.ana.account.organization) as tx:
        return list(await tx.check_ins.latest(conversation, most=100))


async def checks_in(actor: Actor, **values: str) -> None:
    await actor.says("check in")
    await actor.submits(**values)


async def met(desk: Desk) -> None:
    """They meet for half an hour, and wrap it up."""
    await desk.ana.says("meet")
    desk.clock.advance(minutes=30)
    await desk.ana.says("wrap up")
    await desk.ana.submits()
    desk.clock.advance(minutes=1)


async def test_every_answer_can_be_left_out_and_nothing_is_nothing(pair: Desk) -> None:
    await checks_in(pair.ana, mood="0", workload="", highlight="  ", challenge="")
    assert isinstance(pair.ana.view, Page)
    assert await kept(pair) == []
    await checks_in(pair.ana, mood="4")
    (stored,) = await kept(pair)
    assert answers_of(stored) == {"mood": 4}


async def test_what_is_taken_back_entirely_is_gone(pair: Desk) -> None:
    await checks_in(pair.ana, **HERS)
    await checks_in(pair.ana, mood="0", workload="0", highlight="", challenge="")
    assert await kept(pair) == []
    await pair.ben.says("ana")
    assert "Ana: not yet" in pair.ben.reads


async def test_the_other_reads_the_answers_and_a_line_of_them(pair: Desk) -> None:
    await checks_in(pair.ana, **HERS)
    await pair.ben.says("ana")
    assert "Ana: Mood 7 · Workload 9" in pair.ben.reads
    assert "Shipped search" not in pair.ben.reads
    await pair.ben.presses("Answers")
    assert "Shipped search" in pair.ben.reads
    assert "Only you and Ana can see this." in pair.ben.reads


async def test_answers_change_until_the_meeting_is_over(pair: Desk) -> None:
    await checks_in(pair.ana, mood="3")
    await pair.ana.says("meet")
    pair.clock.advance(minutes=5)
    await checks_in(pair.ana, mood="8")
    (stored,) = await kept(pair)
    assert answers_of(stored) == {"mood": 8}
    pair.clock.advance(minutes=25)
    await pair.ben.says("wrap up")
    await pair.ben.submits()
    pair.clock.advance(minutes=1)
    await checks_in(pair.ana, mood="5")
    assert [(one.round, answers_of(one)) for one in await kept(pair)] == [(1, {"mood": 8}), (2, {"mood": 5})]


async def test_without_a_meeting_a_new_one_begins_after_two_quiet_weeks(pair: Desk) -> None:
    await checks_in(pair.ana, mood="3")
    pair.clock.advance(days=13)
    await checks_in(pair.ben, mood="6")
    pair.clock.advance(days=13)
    await checks_in(pair.ana, mood="4")
    pair.clock.advance(days=15)
    await checks_in(pair.ana, mood="9")
    said = [(one.round, answers_of(one)["mood"]) for one in await kept(pair)]
    assert said == [(1, 4), (1, 6), (2, 9)]


async def test_a_form_from_before_the_meeting_is_looked_at_once_more(pair: Desk) -> None:
    await checks_in(pair.ana, mood="3")
    await pair.ana.says("check in")
    form = pair.ana.view
    await met(pair)
    pair.ana.view = form
    view = await pair.ana.submits(mood="9", highlight="It went well")
    assert isinstance(view, Form)
    assert "You have met since you opened this." in pair.ana.reads
    assert "It went well" in pair.ana.reads
    await pair.ana.submits()
    assert [one.round for one in await kept(pair)] == [1, 2]


async def test_a_rating_that_nobody_can_choose_is_refused_and_the_words_stay(pair: Desk) -> None:
    for forged in ("11", "ten", "-1", "7.5", "٣", "07"):
        await pair.ana.says("check in")
        view = await pair.ana.submits(mood=forged, highlight="Shipped search")
        assert isinstance(view, Form)
        assert view.errors == {"mood": "Please choose one."}
        assert "Shipped search" in pair.ana.reads
    await pair.ana.says("check in")
    assert isinstance(await pair.ana.submits(mood=("7", "8")), Form)
    assert await kept(pair) == []


async def test_an_answer_has_at_most_500_characters(pair: Desk) -> None:
    await pair.ana.says("check in")
    view = await pair.ana.submits(highlight="x" * 501)
    assert isinstance(view, Form)
    assert "501 characters" in view.errors["highlight"]
    assert next(f.value for f in view.fields if isinstance(f, TextField) and f.name == "highlight") == "x" * 501
    await pair.ana.submits(highlight="x" * 500)
    (stored,) = await kept(pair)
    assert answers_of(stored) == {"highlight": "x" * 500}


async def test_a_mention_becomes_a_name(pair: Desk) -> None:
    await checks_in(pair.ana, highlight="Help from <@U0CLEO>")
    (stored,) = await kept(pair)
    assert answers_of(stored) == {"highlight": "Help from @Cleo Tanaka"}


async def test_a_second_device_does_not_overwrite_silently(pair: Desk) -> None:
    phone = Actor(pair, pair.ana.account, keys=iter(range(1000, 2000)))
    await pair.ana.says("check in")
    await phone.says("check in")
    await phone.submits(mood="2", highlight="From the phone")
    view = await pair.ana.submits(mood="8", highlight="From the desk")
    assert isinstance(view, Form)
    assert "Saved: Mood 2 of 10" in pair.ana.reads
    assert "Saved: Highlight From the phone" in pair.ana.reads
    (stored,) = await kept(pair)
    assert answers_of(stored) == {"mood": 2, "highlight": "From the phone"}
    await pair.ana.submits()
    (stored,) = await kept(pair)
    assert answers_of(stored) == {"mood": 8, "highlight": "From the desk"}


async def test_the_same_answers_from_two_devices_are_no_conflict(pair: Desk) -> None:
    phone = Actor(pair, pair.ana.account, keys=iter(range(1000, 2000)))
    await pair.ana.says("check in")
    await phone.says("check in")
    await phone.submits(mood="2")
    assert isinstance(await pair.ana.submits(mood="2"), Page)


async def test_two_devices_at_the_same_moment_keep_one(pair: Desk) -> None:
    phone = Actor(pair, pair.ana.account, keys=iter(range(1000, 2000)))
    await pair.ana.says("check in")
    await phone.says("check in")
    views = await asyncio.gather(pair.ana.submits(mood="8"), phone.submits(mood="2"))
    assert sorted(type(view).__name__ for view in views) == ["Form", "Page"]
    assert len(await kept(pair)) == 1


async def test_both_at_once_each_keep_their_own(pair: Desk) -> None:
    await pair.ana.says("check in")
    await pair.ben.says("check in")
    await asyncio.gather(pair.ana.submits(mood="8"), pair.ben.submits(mood="2"))
    assert [one.round for one in await kept(pair)] == [1, 1]


def restarted(desk: Desk, store: Store) -> None:
    """The service goes on with another connection to the same database."""
    desk.store, desk.engine = store, replace(desk.engine, store=store)


async def test_a_restart_in_the_middle_loses_nothing(desk: Desk, sqlite_url: str) -> None:
    await desk.ana.says("start @ben")
    await desk.ana.submits(person=await desk.person("ben"), role="my_report")
    await desk.ana.says("check in")
    store = Store(sqlite_url, (b"k" * 32,))
    restarted(desk, store)
    await desk.ana.submits(**HERS)
    assert len(await kept(desk)) == 1
    await store.close()


async def test_a_stranger_gets_the_answer_of_what_does_not_exist(pair: Desk) -> None:
    await checks_in(pair.ana, **HERS)
    (stored,) = await kept(pair)
    conversation = await ours(pair)
    for action in (
        AskCheckIn(conversation),
        OpenCheckIn(conversation),
        SaveCheckIn(conversation, 1, 0),
        DiscussAnswer(stored.id, Standard.mood),
        DiscussAnswer(CheckInId("n" * 22), Standard.mood),
    ):
        view = await pair.cleo.does(action, mood="1")
        assert view == Notice(text="This does not exist, or it is not yours to see.", problem=True)
    assert await kept(pair) == [stored]


async def test_in_a_declined_one_answers_are_read_and_not_given(desk: Desk) -> None:
    await desk.ana.says("start @ben")
    await desk.ana.submits(person=await desk.person("ben"), role="my_report")
    await checks_in(desk.ana, mood="7")
    (stored,) = await kept(desk)
    await desk.ben.does(DeclineConversation(stored.conversation))
    for action in (AskCheckIn(stored.conversation), DiscussAnswer(stored.id, Standard.mood)):
        assert isinstance(await desk.ana.does(action), Notice)
        assert "declined" in desk.ana.reads
    await desk.ana.does(OpenCheckIn(stored.conversation))
    assert "7 of 10" in desk.ana.reads
    assert isinstance(desk.ana.view, Page)
    assert not {"To agenda", "Change my answers"} & set(labels(desk.ana.view))


async def test_one_that_rests_can_still_be_prepared(pair: Desk) -> None:
    """A single meeting can be planned in it, so one can check in before it."""
    conversation = await ours(pair)
    async with pair.store.write(pair.ana.account.organization) as tx:
        found = await tx.conversations.get(conversation)
        assert found is not None
        await tx.conversations.save(replace(found, rests_since=pair.clock()))
    await checks_in(pair.ben, mood="7")
    assert len(await kept(pair)) == 1


async def test_an_answer_becomes_an_agenda_item_once(pair: Desk) -> None:
    await checks_in(pair.ana, **HERS)
    await pair.ben.says("ana")
    await pair.ben.presses("Answers")
    await pair.ben.presses("To agenda", near="Too many meetings")
    assert "It is on the agenda." in pair.ben.reads
    (stored,) = [one for one in await kept(pair) if one.author == await pair.person("ana")]
    await pair.ana.does(DiscussAnswer(stored.id, Standard.challenge))
    (item,) = await items(pair)
    assert (item.text, item.author) == ("Too many meetings", await pair.person("ben"))
    await pair.ben.presses("Undo")
    await pair.ben.presses("To agenda", near="9 of 10")
    assert [one.text for one in await items(pair)][-1] == "Ana: How is your workload? 9 of 10"


async def test_only_what_was_answered_can_be_put_on_the_agenda(pair: Desk) -> None:
    await checks_in(pair.ana, mood="7")
    (stored,) = await kept(pair)
    for forged in (DiscussAnswer(stored.id, Standard.challenge), DiscussAnswer(stored.id)):
        assert isinstance(await pair.ana.does(forged), Notice)
    assert await items(pair) == []
