"""An account that cannot be written to: who learns of it, and what its next input of any kind changes."""

from dataclasses import replace
from datetime import datetime

import pytest

from adapters.clock import new_id
from bot.features.conversation_page import OpenConversation
from bot.features.reaching import Loss, lose
from bot.model.delivery import ANYWHERE, DeliveryKind
from bot.model.ids import ConversationId
from bot.views import Form
from tests.bot.desk import Actor, Desk, profile

LOST = "I cannot write to Ben"


async def _lost(desk: Desk, actor: Actor) -> None:
    """The worker finds out that it may not write to this account."""
    account = actor.account
    async with desk.store.write(account.organization) as tx:
        identity = await tx.people.identity(account.workspace, account.external_id)
        assert identity is not None
        await lose(tx, identity, Loss(now=desk.clock(), new_id=new_id))


async def _unreachable_since(desk: Desk, actor: Actor) -> datetime | None:
    async with desk.store.read(actor.account.organization) as tx:
        identity = await tx.people.identity(actor.account.workspace, actor.account.external_id)
    assert identity is not None
    return identity.unreachable_since


async def _planned(desk: Desk) -> list[DeliveryKind]:
    desk.clock.advance(hours=1)
    claimed = await desk.store.outbox.claim(  # type: ignore[attr-defined] # the desk's store has one
        ANYWHERE, owner="me", now=desk.clock(), lease=desk.clock() - desk.clock(), most=99
    )
    return [each.kind for each in claimed]


async def _conversation(desk: Desk) -> ConversationId:
    async with desk.store.read(desk.ana.account.organization) as tx:
        [seated] = await tx.conversations.seated(await desk.person("ana"))
    return seated.conversation.id


async def test_losing_the_same_account_twice_is_told_once(pair: Desk) -> None:
    await _planned(pair)
    await _lost(pair, pair.ben)
    pair.clock.advance(minutes=10)
    await _lost(pair, pair.ben)
    assert await _planned(pair) == [DeliveryKind.unreachable]


async def test_whoever_left_is_not_said_to_be_out_of_reach(pair: Desk) -> None:
    await _lost(pair, pair.ben)
    await pair.ana.says("ben")
    assert LOST in pair.ana.reads
    await pair.engine.learn(pair.ben.account, replace(profile("ben"), active=False))
    await pair.ana.says("ben")
    assert LOST not in pair.ana.reads


@pytest.mark.parametrize("words", ["home", "ana", "nonsense", "meet"], ids=["looks", "opens", "is refused", "writes"])
async def test_any_words_bring_an_account_back(pair: Desk, words: str) -> None:
    await _lost(pair, pair.ben)
    await pair.ben.says(words)
    assert await _unreachable_since(pair, pair.ben) is None


async def test_a_press_that_only_looks_brings_an_account_back(pair: Desk) -> None:
    await _lost(pair, pair.ben)
    await pair.ben.does(OpenConversation(await _conversation(pair)))
    assert await _unreachable_since(pair, pair.ben) is None


async def test_a_form_that_is_refused_brings_an_account_back(pair: Desk) -> None:
    await pair.ben.says("settings")
    await _lost(pair, pair.ben)
    await pair.ben.submits(zone="Nowhere")
    assert isinstance(pair.ben.view, Form)
    assert await _unreachable_since(pair, pair.ben) is None


async def test_somebody_else_s_input_brings_nobody_back(pair: Desk) -> None:
    await _lost(pair, pair.ben)
    await pair.ana.says("home")
    assert await _unreachable_since(pair, pair.ben) == pair.clock()
