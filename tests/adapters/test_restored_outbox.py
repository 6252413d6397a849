"""An installation is restored from a backup that is older than what it has sent: nobody is told twice, all are told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from adapters.app import Service, build
from adapters.clock import new_id, new_key
from adapters.config import Config
from adapters.playground.slack_standin import SlackStandIn
from bot.model.conversation import Conversation, Relationship
from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.ids import ConversationId, DeliveryId, PersonId
from storage.archive import Archive
from storage.backup import back_up
from storage.restore import restore
from tests.adapters.slack.conftest import ANA, BEN, CONFIG, SIGNING_SECRET
from tests.adapters.slack.installing import Clock

KEY = b"k" * 32
AN_HOUR = timedelta(hours=1)
CONVERSATION = ConversationId("c" * 22)


@asynccontextmanager
async def served(url: str, slack: SlackStandIn, clock: Clock) -> AsyncIterator[Service]:
    config = Config(database_url=url, secret_keys=(KEY,), port=0, slack=replace(CONFIG, api_url=slack.api_url))
    service = await build(config, clock=clock, new_id=new_id, new_key=new_key, paced=False)
    await service.start(timer=False)
    assert service.slack is not None
    await service.slack.tasks.settle()
    yield service
    await service.stop()


async def person(service: Service, external_id: str) -> PersonId:
    async with service.store.read(service.organization) as tx:
        workspace = (await tx.organizations.workspaces())[0].id
        identity = await tx.people.identity(workspace, external_id)
        assert identity is not None
        return identity.person


async def converse(service: Service, at: datetime) -> tuple[PersonId, PersonId]:
    ana, ben = await person(service, "U0ANA"), await person(service, "U0BEN")
    first, second = sorted((ana, ben))
    conversation = Conversation(
        id=CONVERSATION,
        organization=service.organization,
        first=first,
        second=second,
        started_by=ana,
        relationship=Relationship.colleague,
        senior=None,
        created_at=at,
        changed_at=at,
    )
    async with service.store.write(service.organization) as tx:
        assert await tx.conversations.start(conversation)
    return ana, ben


async def plan(service: Service, recipient: PersonId, *, offset: int, due_at: datetime) -> DeliveryId:
    delivery = Delivery(
        id=DeliveryId(new_id()),
        organization=service.organization,
        recipient=recipient,
        kind=DeliveryKind.started,
        subject=CONVERSATION,
        planned_at=due_at,
        due_at=due_at,
        expires_at=due_at + timedelta(days=2),
        offset=offset,
    )
    async with service.store.write(service.organization) as tx:
        await tx.deliveries.plan(delivery)
    return delivery.id


async def state(service: Service, delivery: DeliveryId) -> DeliveryState:
    async with service.store.read(service.organization) as tx:
        found = await tx.deliveries.get(delivery)
        assert found is not None
        return found.state


async def send_all(service: Service) -> None:
    for _ in range(6):
        await service.tick()


def told(slack: SlackStandIn) -> list[str]:
    """The deliveries that Ben has got, once for each time."""
    messages = slack.person("U0BEN").messages()
    return [str(each.metadata["event_payload"]["delivery"]) for each in messages if each.metadata]


async def test_what_the_old_installation_sent_is_found_and_the_rest_is_sent_once(
    sqlite_url: str, tmp_path: Path
) -> None:
    clock, file, url = Clock(), tmp_path / "a.zip", f"sqlite:///{tmp_path / 'new.db'}"
    async with SlackStandIn(
        users=[ANA, BEN], now=clock.now, new_id=new_id, bot_token="xoxb-test", signing_secret=SIGNING_SECRET
    ) as slack:
        async with served(sqlite_url, slack, clock) as old:
            _, ben = await converse(old, clock.now())
            sent = await plan(old, ben, offset=0, due_at=clock.now())
            unsent = await plan(old, ben, offset=1, due_at=clock.now() + AN_HOUR)
            later = await plan(old, ben, offset=2, due_at=clock.now() + 5 * AN_HOUR)
            await asyncio.to_thread(lambda: back_up(sqlite_url, file, keys=(KEY,), now=clock.now()))
            await send_all(old)
            assert told(slack) == [sent]
        clock.advance(2 * AN_HOUR)

        def work() -> int:
            with Archive(file) as archive:
                return restore(url, archive, keys=(KEY,), now=clock.now()).doubtful

        assert await asyncio.to_thread(work) == 2
        async with served(url, slack, clock) as new:
            await send_all(new)
            assert told(slack) == [sent, unsent]
            assert [await state(new, each) for each in (sent, unsent, later)] == ["sent", "sent", "pending"]
            clock.advance(4 * AN_HOUR)
            await send_all(new)
            assert told(slack) == [sent, unsent, later]
