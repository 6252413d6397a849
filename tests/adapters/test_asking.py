"""What is said instead of an answer comes in the language in which the person was spoken to last."""

import asyncio
from datetime import UTC, datetime
from typing import cast

import pytest

from adapters.asking import Asking, Directory
from adapters.tasks import Tasks
from bot.door import Stranger
from bot.engine import Engine
from bot.model.ids import OrganizationId, WorkspaceId
from bot.model.people import Account
from bot.ports import Busy
from bot.views import Notice
from prompts import Library, Voice

GERMAN = Voice(Library("de"), zone="UTC", now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


class Nobody:
    async def introduce(self, _: str) -> bool:
        return False


class InTrouble:
    """An engine that speaks German, and answers with nothing but this."""

    def __init__(self, trouble: Exception | None) -> None:
        self._trouble = trouble

    async def say(self, *_: object) -> None:
        if self._trouble is None:
            await asyncio.Event().wait()
        else:
            raise self._trouble

    def voice_for(self, _: Account) -> Voice:
        return GERMAN


@pytest.mark.parametrize(("trouble", "key"), [(None, "slow"), (Busy(), "busy"), (Stranger(), "stranger")])
async def test_who_gets_no_answer_is_told_why_in_their_language(trouble: Exception | None, key: str) -> None:
    tasks = Tasks()
    asking = Asking(
        engine=cast("Engine", InTrouble(trouble)),
        directory=cast("Directory", Nobody()),
        tasks=tasks,
        account=lambda user: Account(OrganizationId("us"), WorkspaceId("w"), user),
        patience=0.01,
    )
    told = await asking.words(asking.input("U0ANA", "key"), "hilfe")
    await tasks.finish(within=0)
    assert isinstance(told, Notice)
    assert (told.problem, told.language, asking.language_of("U0ANA")) == (True, "de", "de")
    assert GERMAN.say(f"refused.{key}") in told.text
