"""What is said a month after a growth plan was shared, and when nothing is (H4, G5, G6)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.features.conversation_list import ArchiveConversation
from bot.features.conversations import DeclineConversation
from bot.features.growth_page import AskGrowth, DiscussPart, HideGrowth, OpenGrowth, ShareGrowth, StillRight
from bot.features.growth_part import SavePart, SaveSupport
from bot.features.growth_walk import LeavePart, NextPart
from bot.features.reminder_card import FewerReminders, SnoozeReminder
from bot.model.delivery import DeliveryKind
from bot.model.growth import GrowthSection, Revisit
from bot.views import Buttons, Card, Notice
from bot.worker import Worker
from storage.store import Store
from tests.bot.desk import Desk, labels, profile, text_of
from tests.bot.postman import Remembering
from tests.bot.test_agenda import ours
from tests.bot.test_growth import WISH, begun, of_ben, shared
from tests.bot.test_news_content import told

ASKED = datetime(2026, 12, 23, 14, 0, tzinfo=UTC)  # nine in the morning in New York, a month after it was shared
QUESTION = "Is it still right?"


async def sent(desk: Desk, *, at: datetime = ASKED) -> list[Card]:
    """The questions about a plan that go out until that moment; Ben has the last one before him."""
    desk.clock.at = at
    post, store = Remembering(), desk.store
    assert isinstance(store, Store)
    worker = Worker(
        outbox=store.outbox,
        store=store,
        registry=desk.engine.registry,
        libraries=desk.engine.libraries,
        messengers=lambda: {desk.ben.account.workspace: post},
        now=desk.clock,
        new_id=desk.engine.new_id,
        owner="this process",
    )
    while await worker.tick():
        pass
    asked = [card for card in post.sent if QUESTION in text_of(card)]
    desk.ben.view = asked[-1] if asked else None
    return asked


async def test_a_month_later_its_person_is_asked_once(pair: Desk) -> None:
    await shared(pair)
    assert await sent(pair, at=ASKED.replace(minute=0, hour=13)) == []
    (card,) = await sent(pair)
    assert card.title == "Your growth plan with Ana"
    assert card.summary == "A reminder from OneOnOne"
    assert WISH not in text_of(card)
    assert labels(card) == ["Still right", "Open", "Every quarter", "Why this?", "Snooze", "Fewer of these"]
    assert sum(isinstance(part, Buttons) for part in card.body) == 2
    assert await sent(pair, at=ASKED.replace(day=30)) == []


async def test_still_right_settles_it_for_another_month(pair: Desk) -> None:
    await shared(pair)
    await sent(pair)
    await pair.ben.presses("Still right")
    assert "You are asked once a month, next 23 Jan" in pair.ben.reads
    assert QUESTION not in pair.ben.reads
    assert pair.ben.view is not None
    assert "Still right" not in labels(pair.ben.view)
    assert (await of_ben(pair)).revisited_at == ASKED
    assert len(await sent(pair, at=datetime(2027, 1, 25, 14, 0, tzinfo=UTC))) == 1


async def test_every_quarter_and_then_not_at_all(pair: Desk) -> None:
    await shared(pair)
    await sent(pair)
    await pair.ben.presses("Every quarter")
    assert "You are asked once a quarter, next" in pair.ben.reads
    (card,) = await sent(pair, at=datetime(2027, 3, 23, 14, 0, tzinfo=UTC))
    assert "Do not ask" in labels(card)
    await pair.ben.presses("Do not ask")
    assert "You are not asked any more." in pair.ben.reads
    await pair.ben.presses("Undo")
    assert "You are asked once a quarter, next" in pair.ben.reads


async def test_it_says_why_it_came(pair: Desk) -> None:
    await shared(pair)
    await sent(pair)
    await pair.ben.presses("Why this?")
    assert "You shared a growth plan" in pair.ben.reads


async def test_what_was_put_off_is_not_asked_after_all_when_it_was_looked_at(pair: Desk) -> None:
    plan = await shared(pair)
    await sent(pair)
    await pair.ben.presses("Snooze")
    pair.clock.advance(hours=1)
    await pair.ben.does(StillRight(plan.id))
    assert await sent(pair, at=ASKED.replace(hour=20)) == []


async def test_what_was_put_off_comes_again(pair: Desk) -> None:
    await shared(pair)
    await sent(pair)
    await pair.ben.presses("Snooze")
    assert len(await sent(pair, at=ASKED.replace(hour=17))) == 1


async def _declined(desk: Desk) -> None:
    await desk.ben.does(DeclineConversation(await ours(desk)))


async def _out_of_sight(desk: Desk) -> None:
    await desk.ben.does(ArchiveConversation(await ours(desk)))


async def _unwanted(desk: Desk) -> None:
    await desk.ben.does(FewerReminders(DeliveryKind.growth))


async def _hidden(desk: Desk) -> None:
    await desk.ben.does(HideGrowth(await ours(desk)))


async def _changed(desk: Desk) -> None:
    desk.clock.advance(days=10)
    await desk.ben.does(SavePart(await ours(desk), GrowthSection.skills, 0), text="Negotiating")


async def _left_alone(desk: Desk) -> None:
    await desk.engine.learn(desk.ana.account, replace(profile("ana"), active=False))


async def _at_rest(desk: Desk) -> None:
    async with desk.store.write(desk.ana.account.organization) as tx:
        there = await tx.conversations.get(await ours(desk))
        assert there is not None
        await tx.conversations.save(replace(there, rests_since=desk.clock.at))


REASONS = (_declined, _out_of_sight, _unwanted, _hidden, _changed, _left_alone, _at_rest)


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.__name__.strip("_"))
async def test_nothing_is_said_where_it_would_be_needless(
    pair: Desk, reason: Callable[[Desk], Awaitable[None]]
) -> None:
    await shared(pair)
    await reason(pair)
    assert await sent(pair) == []


@pytest.mark.parametrize("reason", [_declined, _left_alone], ids=["declined", "left"])
async def test_a_1_on_1_that_is_over_can_be_read_and_not_written(
    pair: Desk, reason: Callable[[Desk], Awaitable[None]]
) -> None:
    plan = await shared(pair)
    await reason(pair)
    where, section = await ours(pair), GrowthSection.aspirations
    assert WISH in await _read_of(pair, OpenGrowth(where))
    assert pair.ben.view is not None
    assert labels(pair.ben.view) == ["Open", "Open the conversation with Ana"]
    forged = (
        SavePart(where, section, 1),
        NextPart(where, section, 1),
        LeavePart(where, section, 1),
        DiscussPart(plan.id, section),
        ShareGrowth(where),
        HideGrowth(where),
        StillRight(plan.id),
        AskGrowth(plan.id, Revisit.never),
    )
    for action in forged:
        view = await pair.ben.does(action, text="Too late")
        assert isinstance(view, Notice), action
        assert view.problem
    assert await of_ben(pair) == plan


async def _read_of(desk: Desk, action: OpenGrowth) -> str:
    await desk.ben.does(action)
    return desk.ben.reads


async def test_the_question_is_its_readers_alone(pair: Desk) -> None:
    plan = await shared(pair)
    await sent(pair)
    snooze = pair.ben.button("Snooze").action
    assert isinstance(snooze, SnoozeReminder)
    await pair.ana.does(StillRight(plan.id))
    assert "not yours to see" in pair.ana.reads
    await pair.ana.does(snooze)
    assert "not yours to see" in pair.ana.reads


async def test_the_news_tell_that_there_is_something_and_not_what(pair: Desk) -> None:
    pair.clock.advance(minutes=1)
    await shared(pair)
    assert "wrote in a growth plan" in await _news(pair)


async def test_the_manager_s_offer_is_news_too(pair: Desk) -> None:
    plan = await shared(pair)
    await told(pair)
    await pair.ana.does(SaveSupport(plan.id, 0), text="An hour a week")
    assert "Ana wrote in a growth plan" in await _news(pair)


async def test_what_only_oneself_can_see_is_no_news(pair: Desk) -> None:
    pair.clock.advance(minutes=1)
    await begun(pair)
    assert await told(pair) == []


async def _news(desk: Desk) -> str:
    (card,) = await told(desk)
    assert WISH not in card
    return card
