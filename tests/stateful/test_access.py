"""Proof 6 for access: whatever anybody sends, nobody learns or changes what is not theirs."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.actions import Action
from bot.entered import Value
from storage.store import Store
from tests.bot.conftest import KEY
from tests.stateful import sweep
from tests.stateful.attack import Somebody
from tests.stateful.company import Company, company_on, reopened
from tests.stateful.snapshot import UNHURRIED, Watch
from tests.stateful.standing import kinds_of, left_out

EVERYBODY = ("ana", "ben", "cleo", "mia", "otto", "olga")


@asynccontextmanager
async def _company(url: str) -> AsyncIterator[Company]:
    store, watch = Store(url, (KEY,), patience=UNHURRIED), Watch(url)
    try:
        yield await company_on(store, watch)
    finally:
        await store.close()
        watch.close()


@pytest.mark.soak
async def test_nobody_wins_by_sending_everything(sqlite_url: str) -> None:
    async with _company(sqlite_url) as company:
        company.attackers, company.twins = ("ben", "otto"), 1
        await sweep.everything(company)
        assert company.number > 800


@pytest.mark.soak
async def test_nobody_wins_as_anybody(sqlite_url: str) -> None:
    async with _company(sqlite_url) as company:
        company.attackers, company.twins = EVERYBODY, 1000
        await sweep.everything(company)


class Attacks(RuleBasedStateMachine):
    """People act on their own things and on others', in any order, while the clock moves."""

    source: Company
    file: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        copy = shutil.copyfile(self.file, self.file.with_name("attacked.db"))
        for log in copy.parent.glob("attacked.db-*"):
            log.unlink()
        self.store, self.watch = Store(f"sqlite:///{copy}", (KEY,), patience=UNHURRIED), Watch(f"sqlite:///{copy}")
        self.company = reopened(self.source, self.store, self.watch)

    @initialize()
    def begins(self) -> None:
        self.runner.run(self.company.look_around())

    @rule(data=st.data())
    def acts(self, data: st.DataObject) -> None:
        """Any action, with any ids, anything entered, as if it stood anywhere, perhaps with a key that was used."""
        who = self._anybody(data)
        action, at = self._action(data, who), self._action(data, who) if data.draw(st.booleans()) else None
        key = f"attack-{data.draw(st.integers(1, self.company.number + 1))}" if data.draw(_SELDOM) else None
        entered = self._entered(data, who)
        self.runner.run(self.company.attempt(who, action, entered=entered, at=at, key=key))

    @rule(data=st.data())
    def says(self, data: st.DataObject) -> None:
        """Any verb, with anybody's name."""
        who, verbs = self._anybody(data), self.company.engine.libraries["en"].verbs
        words = " ".join((verbs[data.draw(_one_of(sorted(verbs)))][0], data.draw(_one_of(["", *EVERYBODY]))))
        self.runner.run(self.company.attempt(who, f"{words} {self.company.words(who, 'said')}"))

    @rule(data=st.data())
    def is_told(self, data: st.DataObject) -> None:
        """What the worker would send to somebody now."""
        who = self._anybody(data)
        self.company.hears(who, self.runner.run(self.company.told(who)))

    @rule(hours=st.integers(1, 80))
    def waits(self, hours: int) -> None:
        self.company.clock.advance(hours=hours)

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.watch.close()
        self.runner.close()

    def _anybody(self, data: st.DataObject) -> Somebody:
        return self.company.people[data.draw(_one_of(EVERYBODY))]

    def _action(self, data: st.DataObject, who: Somebody) -> Action:
        actions = self.company.engine.registry.actions
        kind = actions[data.draw(_one_of(sorted(actions)))].kind
        skipped = {name for name in left_out(kind) if data.draw(st.booleans())}
        hints = kinds_of(kind).items()
        return kind(**{name: None if name in skipped else self._value(data, who, hint) for name, hint in hints})

    def _value(self, data: st.DataObject, who: Somebody, hint: Any) -> object:
        return (
            data.draw(st.integers(0, 3)) if hint is int else data.draw(_one_of(sweep.values(self.company, who, hint)))
        )

    def _entered(self, data: st.DataObject, who: Somebody) -> dict[str, Value]:
        entered = dict(sweep.filled(self.company, who))
        for name, kind in (("conversation", "ConversationId"), ("person", "PersonId"), ("owner", "PersonId")):
            entered[name] = data.draw(_one_of(self.company.pool(kind)))
        entered["visibility"] = data.draw(_one_of(["shared", "mine", "on_the_day"]))
        entered["kind"] = data.draw(_one_of(["shared", "private"]))
        return entered


_SELDOM = st.integers(0, 9).map(lambda drawn: drawn == 0)


def _one_of(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def test_nobody_wins_by_chance(sqlite_url: str) -> None:
    _attacked_by_chance(sqlite_url, settings(max_examples=4, stateful_step_count=25))


@pytest.mark.soak
def test_nobody_wins_by_much_chance(sqlite_url: str) -> None:
    _attacked_by_chance(sqlite_url, settings(max_examples=50, stateful_step_count=80))


def _attacked_by_chance(url: str, thoroughness: settings) -> None:
    source = asyncio.run(_source(url))

    class Here(Attacks):
        pass

    Here.source, Here.file = source, Path(url.removeprefix("sqlite:///"))
    run_state_machine_as_test(Here, settings=thoroughness)


async def _source(url: str) -> Company:
    async with _company(url) as company:
        return company
