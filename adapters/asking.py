"""Asks the engine for a person, within the time that a platform gives."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from adapters.listing import WAIT_SECONDS, Listing, NotListed, Roster
from adapters.tasks import Tasks
from bot.actions import Action
from bot.door import Stranger
from bot.engine import Engine, Input
from bot.enlisting import Enlisting
from bot.entered import Entered
from bot.model.people import Account
from bot.ports import Busy, Meter, Unlisted
from bot.turn import Channel, Quoted
from bot.unmetered import Unmetered
from bot.views import Notice, Option, View

PATIENCE_SECONDS = 2.6
_MOST_PEOPLE = 100


class Directory(Roster, Protocol):
    """Who works here, and who is in which channel, as a platform tells."""

    async def introduce(self, external_id: str) -> bool:
        """Asks about an account that we do not know; False when it is no colleague."""
        ...


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Answers are views always: a stranger, a busy database and a late answer become a Notice.

    So does a channel that cannot be read. ``lists_within`` is for how many seconds a person waits until it is.
    """

    engine: Engine
    directory: Directory
    tasks: Tasks
    account: Callable[[str], Account]
    patience: float = PATIENCE_SECONDS
    lists_within: float = WAIT_SECONDS
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
            task = self.tasks.begin(self._answered(given, question, words), event="engine")
            done, _ = await asyncio.wait({task}, timeout=self.patience)
        return task.result() if done else self._problem(given, "slow", words)

    @contextmanager
    def _measured(self, what: str) -> Iterator[None]:
        """Also when it fails, or takes too long: a person waits for that too."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.meter.answered(what, seconds=time.monotonic() - begun)

    def language_of(self, user: str) -> str:
        """The language in which this account was spoken to last."""
        return self.engine.voice_for(self.account(user)).library.language

    def _problem(self, given: Input, why: str, words: str = "") -> Notice:
        voice = self.engine.voice_for(given.account)
        text = voice.say(f"refused.{why}")
        said = voice.say("refused.kept_words", reason=text, words=words) if words else text
        return Notice(text=said, problem=True, language=voice.library.language)

    async def _answered(self, given: Input, question: Callable[[], Awaitable[View]], words: str) -> View:
        try:
            return await self._listed(given, lambda: self._introduced(given, question))
        except Stranger:
            return self._problem(given, "stranger")
        except NotListed as found:
            return self._problem(given, f"channel_{found.why}", words)
        except (Busy, Unlisted):  # what was read a moment ago is too old again, or was not stored here
            return self._problem(given, "busy")

    async def _listed(self, given: Input, question: Callable[[], Awaitable[View]]) -> View:
        """The answer, after the channel that it depends on was read."""
        try:
            return await question()
        except Unlisted as channel:
            await self._listing.listed(given.account, channel.external_id)
        return await question()

    async def _introduced(self, given: Input, question: Callable[[], Awaitable[View]]) -> View:
        """The answer, after whoever asks was made known; raises Stranger."""
        try:
            return await question()
        except Stranger:
            if not await self.directory.introduce(given.account.external_id):
                raise
        return await question()

    @cached_property
    def _listing(self) -> Listing:
        engine = self.engine
        enlisting = Enlisting(engine.store, engine.now, engine.new_id)
        return Listing(roster=self.directory, enlisting=enlisting, tasks=self.tasks, within=self.lists_within)
