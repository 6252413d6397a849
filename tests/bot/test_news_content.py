"""What news tells of, and what was over before the other could know of it (A8)."""

from dataclasses import dataclass, field

from bot.model.delivery import Address
from bot.model.ids import DeliveryId
from bot.views import Card
from bot.worker import Worker
from storage.store import Store
from tests.bot.desk import Desk, text_of
from tests.bot.postman import Unhurried
from tests.bot.watched import Watched


@dataclass
class Post(Unhurried):
    """A messenger that remembers what it sent."""

    sent: list[str] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - the port's signature
        self.sent.append(text_of(card))
        return "accepted"


async def told(desk: Desk, *, watched: Watched | None = None) -> list[str]:
    """The news that went out five hours later."""
    desk.clock.advance(hours=5)
    post, store = Post(), desk.store
    assert isinstance(store, Store)
    worker = Worker(
        outbox=store.outbox,
        store=watched or store,
        registry=desk.engine.registry,
        libraries=desk.engine.libraries,
        messengers=lambda: {desk.ana.account.workspace: post},
        now=desk.clock,
        new_id=desk.engine.new_id,
        owner="this process",
    )
    while await worker.tick():
        pass
    return [card for card in post.sent if "News" in card]


async def test_a_promise_that_came_and_went_is_no_news(pair: Desk) -> None:
    pair.clock.advance(minutes=1)
    await pair.ana.says("action")
    await pair.ana.submits(text="A slip")
    await pair.ana.presses("Drop")
    assert await told(pair) == []


async def test_a_promise_that_stays_is_news(pair: Desk) -> None:
    pair.clock.advance(minutes=1)
    await pair.ana.says("action")
    await pair.ana.submits(text="Send the draft")
    (card,) = await told(pair)
    assert "Ana added 1 action item" in card


async def test_only_what_has_changed_is_read_for_news(pair: Desk) -> None:
    await pair.cleo.says("start @ben")
    await pair.cleo.submits(role="colleague")
    pair.clock.advance(minutes=1)
    await pair.ana.says("add @ben Course budget")
    assert isinstance(pair.store, Store)
    watched = Watched(pair.store)
    (card,) = await told(pair, watched=watched)
    assert "Course budget" in card
    assert len(watched.agendas) == 1
