"""Each rule of access is needed: without it, the attacker wins."""

import importlib
import pkgutil
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import cast

import pytest

from bot import access, features
from bot.features import action_item_fields, admins, conversations, item_page, reminder_choices, settings
from storage.rows import Rows
from storage.store import Store
from tests.bot.conftest import KEY
from tests.postgres import in_a_thread
from tests.proofs.rules import Rule, calls, guards
from tests.stateful import sweep
from tests.stateful.attack import Won
from tests.stateful.company import Company, company_on, reopened
from tests.stateful.snapshot import UNHURRIED, Watch

CANNOT_HAPPEN = {"bot.access.thread: other is None", "bot.access._on_a_day: series_id is None"}
"""What keeps a type checker content: people are never deleted, and there is no schedule without an id."""

ABOUT_ACCESS = (
    conversations.decline,
    conversations.accept,
    conversations._revived,
    action_item_fields.entered_owner,
    reminder_choices._check,
    settings.answer_here,
)
NOT_ABOUT_ACCESS = {
    "bot.access.awake: found.conversation.rests_since is not None",
    "bot.access.person: not found.enabled and (not turn.is_configured(found))",
}
"""What these refuse gives nothing away: stories need them."""

SAMPLE = {"bot.access.thread: not found.has(turn.person.id)": sweep.looks}
"""What an ordinary run takes out, and the part of the attack that wins then; the soak takes out every one."""


def _rules() -> Iterator[Rule]:
    yield from (rule for rule in guards(access) if str(rule) not in NOT_ABOUT_ACCESS)
    yield from guards(admins)
    for each in pkgutil.iter_modules(features.__path__):
        yield from calls(importlib.import_module(f"bot.features.{each.name}"), "seen_by")
    for module in (conversations, action_item_fields, reminder_choices, settings):
        yield from (rule for rule in guards(module) if rule.function in ABOUT_ACCESS)
    yield Rule(cast("FunctionType", item_page._edited), "item.author == turn.person.id", "True")
    ours = "self._mapper.table.c[self._mapper.owner] == self._scope.organization"
    yield Rule(Rows.__dict__["ours"].func, ours, "self._mapper.table.c[self._mapper.owner] != ''")
    whose = "self._mapper.owner: self._scope.organization"
    yield Rule(cast("FunctionType", Rows.at), f"{{{whose}, **key}}", f"key or {{{whose}}}")


RULES = [rule for rule in _rules() if str(rule) not in CANNOT_HAPPEN]


@dataclass(frozen=True)
class Built:
    """A company as it was built by the whole product, to be attacked on copies."""

    company: Company
    file: Path


@pytest.fixture(scope="module")
def built(sqlite_template: Path) -> Iterator[Built]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copyfile(sqlite_template, Path(folder) / "built.db"))
        found: list[Company] = []

        async def build() -> None:
            async with _opened(file) as (store, watch):
                found.append(await company_on(store, watch))

        in_a_thread(build)
        yield Built(found[0], file)


@asynccontextmanager
async def _opened(file: Path) -> AsyncIterator[tuple[Store, Watch]]:
    store, watch = Store(f"sqlite:///{file}", (KEY,), patience=UNHURRIED), Watch(f"sqlite:///{file}")
    try:
        yield store, watch
    finally:
        await store.close()
        watch.close()


@pytest.mark.parametrize(
    "rule", [pytest.param(rule, marks=() if str(rule) in SAMPLE else pytest.mark.soak, id=str(rule)) for rule in RULES]
)
async def test_without_it_the_attacker_wins(rule: Rule, built: Built, tmp_path: Path) -> None:
    async with _opened(Path(shutil.copyfile(built.file, tmp_path / "attacked.db"))) as (store, watch):
        company = reopened(built.company, store, watch)
        await company.look_around()
        with rule.taken_out(), pytest.raises(Won):
            await SAMPLE.get(str(rule), sweep.everything)(company)


def test_the_sample_is_among_the_rules() -> None:
    assert {str(rule) for rule in RULES} >= SAMPLE.keys()
