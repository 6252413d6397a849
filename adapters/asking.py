"""Asks the engine for a person, within the time that a platform gives."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from adapters.saying import Say
from adapters.tasks import Tasks
from bot.actions import Action
from bot.engine import Engine, Input, Stranger
from bot.entered import Entered
from bot.model.people import Account
from bot.ports import Busy, Meter
from bot.turn import Channel, Quoted
from bot.unmetered import Unmetered
from bot.views import Notice, Option, View

PATIENCE_SECONDS = 2.6
_MOST_PEOPLE = 100


class Directory(Protocol):
    """Who works here, as a platform tells."""

    async def introduce(self, external_id: str) -> bool:
        """Asks about an account that we do not know; False when it is no colleague."""
        ...


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Answers are views always: a stranger, a busy database and a late answer become a Notice."""

    engine: Engine
    directory: Directory
    tasks: Tasks
    say: Say
    account: Callable[[str], Account]
    patience: float = PATIENCE_SECONDS
    meter: Meter = field(default_factory=Unmetered)

    def input(
        self,
        user: str,
        key: str,
        *,
        entered: Entered | None = None,
        at: str | None = None,
        quoted: Quoted | None = None,
        channel: Channel | None = None,
    ) -> Input:
        """What this account brings before the engine."""
        return Input(
            account=self.account(user),
            key=key,
            entered=entered or Entered(),
            at=at or None,
            quoted=quoted,
            channel=channel,
        )

    async def words(self, given: Input, words: str) -> View:
        return await self._in_time(given, lambda: self.engine.say(given, words), what="words", words=words)

    async def press(self, given: Input, packed: str) -> View:
        return await self._in_time(given, lambda: self.engine.press(given, packed), what="press")

    async def act(self, given: Input, action: Action) -> View:
        return await self._in_time(given, lambda: self.engine.act(given, action), what="act")

    async def look(self, user: str, packed: str) -> View | None:
        """The view at this address, for a refresh; None for what is no reading action any more."""
        if not self._reads(packed):
            return None
        given = self.input(user, "")
        return await self._in_time(given, lambda: self.engine.press(given, packed), what="look")

    def writes(self, packed: str) -> bool:
        """Whether this packed action changes something."""
        handler = self.engine.registry.actions.get(packed.partition(":")[0])
        return handler is not None and handler.writes

    async def people(self, user: str, query: str) -> Sequence[Option]:
        """The people to choose from; nobody for a stranger, or when the database is busy."""
        account = self.account(user)
        try:
            with self._measured("people"):
                async with asyncio.timeout(self.patience):
                    return await self._people(account, query)
        except (Busy, Stranger, TimeoutError):
            return ()

    async def _people(self, account: Account, query: str) -> Sequence[Option]:
        try:
            return await self.engine.people(account, query, most=_MOST_PEOPLE)
        except Stranger:
            if not await self.directory.introduce(account.external_id):
                raise
        return await self.engine.people(account, query, most=_MOST_PEOPLE)

    def _reads(self, packed: str) -> bool:
        handler = self.engine.registry.actions.get(packed.partition(":")[0])
        return handler is not None and not handler.writes

    async def _in_time(
        self, given: Input, question: Callable[[], Awaitable[View]], *, what: str, words: str = ""
    ) -> View:
        # What takes too long goes on: if it commits after all, the same input shows what came of it.
        with self._measured(what):
            task = self.tasks.begin(self._answered(given, question), event="engine")
            done, _ = await asyncio.wait({task}, timeout=self.patience)
        return task.result() if done else Notice(text=self._late(words), problem=True)

    @contextmanager
    def _measured(self, what: str) -> Iterator[None]:
        """Also when it fails, or takes too long: a person waits for that too."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.meter.answered(what, seconds=time.monotonic() - begun)

    def _late(self, words: str) -> str:
        text = self.say("refused.slow")
        return self.say("refused.kept_words", reason=text, words=words) if words else text

    async def _answered(self, given: Input, question: Callable[[], Awaitable[View]]) -> View:
        try:
            return await question()
        except Stranger:
            return await self._introduced(given, question)
        except Busy:
            return Notice(text=self.say("refused.busy"), problem=True)

    async def _introduced(self, given: Input, question: Callable[[], Awaitable[View]]) -> View:
        try:
            if await self.directory.introduce(given.account.external_id):
                return await question()
        except Stranger:
            pass
        except Busy:
            return Notice(text=self.say("refused.busy"), problem=True)
        return Notice(text=self.say("refused.stranger"), problem=True)
