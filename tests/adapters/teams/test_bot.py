"""The SDK's turns run in our adapter, and what they send goes through our connector."""

from collections.abc import AsyncIterator

import pytest
from botbuilder.core import TurnContext  # type: ignore[import-untyped]
from botbuilder.schema import Activity, ConversationReference  # type: ignore[import-untyped]

from adapters.config import TeamsConfig
from adapters.playground.teams_standin import TeamsStandIn
from adapters.teams.bot import TeamsBot
from adapters.teams.connector import Connector, session
from adapters.teams.hosts import Hosts
from adapters.teams.inputs import Answer
from adapters.teams.parse import Malformed
from adapters.teams.tokens import Tokens
from adapters.trouble import Trouble
from tests.adapters.teams import bodies
from tests.adapters.teams.conftest import ANA, APP, TENANT
from tests.adapters.teams.test_parse import ANYTHING


@pytest.fixture
async def bot(teams: TeamsStandIn) -> AsyncIterator[TeamsBot]:
    config = TeamsConfig(app_id=APP.app_id, password=APP.password, tenant=TENANT.id, login_url=teams.login_url)
    async with session() as pool:
        yield TeamsBot(Connector(pool, Tokens(config), Hosts(loopback=True)))


async def test_what_a_turn_sends_and_changes_goes_to_the_conversation(bot: TeamsBot, teams: TeamsStandIn) -> None:
    chat = teams.world.install(ANA.id)
    activity = Activity().deserialize(
        {
            **bodies.MESSAGE,
            "serviceUrl": teams.service_url,
            "conversation": {"id": chat.id, "conversationType": "personal"},
            "id": None,
        }
    )
    context = TurnContext(bot, activity)
    sent = await context.send_activity("Hello")
    (shown,) = teams.world.seen(ANA.id, chat.id)
    assert (shown.text, shown.id) == ("Hello", sent.id)
    await context.update_activity(Activity(type="message", id=sent.id, text="Hello again"))
    (shown,) = teams.world.seen(ANA.id, chat.id)
    assert (shown.text, shown.edited) == ("Hello again", True)
    with pytest.raises(Trouble, match="delete_not_allowed"):
        await context.delete_activity(ConversationReference(activity_id=sent.id))


async def test_an_answer_comes_out_of_the_pipeline_as_it_went_in(bot: TeamsBot) -> None:
    answer = Answer(200, {"statusCode": 200, "type": "x", "value": {"deep": ["<b>", 1]}})

    async def handle() -> Answer:
        return answer

    assert await bot.turn(bodies.EXECUTE, handle) == answer


async def test_a_failure_in_a_turn_is_not_swallowed(bot: TeamsBot) -> None:
    async def handle() -> Answer:
        raise RuntimeError("bug")

    with pytest.raises(RuntimeError, match="bug"):
        await bot.turn(bodies.MESSAGE, handle)


@pytest.mark.parametrize("name", ["type", "from", "recipient", "conversation", "serviceUrl", "replyToId", "timestamp"])
async def test_an_odd_part_is_malformed_at_most(bot: TeamsBot, name: str) -> None:
    async def handle() -> Answer:
        return Answer()

    for value in ANYTHING:
        try:
            await bot.turn({**bodies.MESSAGE, name: value}, handle)
        except Malformed:
            continue
