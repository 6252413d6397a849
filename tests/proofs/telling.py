"""Tells the contract stories outside pytest: on a registry of one's own, and as often as a proof needs."""

import asyncio
import inspect
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import count, product
from pathlib import Path
from typing import Any

from _pytest.mark.structures import ParameterSet

from bot.model.delivery import Delivery
from bot.model.thread import Thread
from bot.registry import Handler, Registry, Step, Understand
from bot.turn import Section, Turn
from bot.views import Block, Card, Here, View
from tests.adapters.contract.stage import Stage, Way
from tests.adapters.contract.stages import EVERY_STAGE, MIXED
from tests.adapters.contract.story import FEATURES

CONTRACT = Path(__file__).parents[1] / "adapters" / "contract"
PATIENCE = 60.0
WAYS = (Way.chat, Way.command)
_numbers = count(1)


@dataclass(frozen=True)
class Tale:
    """A story with its parameters: one test of the contract."""

    name: str
    features: Sequence[str]
    tell: Callable[..., Awaitable[None]] = field(repr=False)
    given: Mapping[str, object] = field(repr=False)

    @property
    def is_mixed(self) -> bool:
        """Whether it is about what happens between the platforms, and so is told on both at once."""
        return MIXED in inspect.signature(self.tell).parameters

    async def on(self, stage: Stage) -> None:
        await self.tell(**{MIXED if self.is_mixed else "stage": stage}, **self.given)


def every_tale() -> Sequence[Tale]:
    """All stories of the contract, as pytest would collect them."""
    modules = sorted(path.stem for path in CONTRACT.glob("test_*.py"))
    return [tale for module in modules for tale in _tales(import_module(f"tests.adapters.contract.{module}"), module)]


def _tales(module: object, name: str) -> Iterator[Tale]:
    for told, tell in vars(module).items():
        if told.startswith("test_") and hasattr(tell, FEATURES):
            for given in _givens(tell):
                yield Tale(f"{name}::{told}{_shown(given)}", getattr(tell, FEATURES), tell, given)


def _givens(tell: Callable[..., object]) -> Iterator[dict[str, object]]:
    """Every set of parameters, from its marks and from the fixture ``way``."""
    choices: list[list[dict[str, object]]] = []
    if "way" in inspect.signature(tell).parameters:
        choices.append([{"way": way} for way in WAYS])
    marks = (mark for mark in getattr(tell, "pytestmark", ()) if mark.name == "parametrize")
    choices.extend([_named(mark.args[0], _bare(values)) for values in mark.args[1]] for mark in marks)
    for chosen in product(*choices):
        yield {name: value for each in chosen for name, value in each.items()}


def _bare(values: Any) -> Any:
    """The values of a set of parameters without its marks."""
    if not isinstance(values, ParameterSet):
        return values
    return values.values[0] if len(values.values) == 1 else values.values


def _named(names: str | Sequence[str], values: Any) -> dict[str, object]:
    wanted = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    return {wanted[0]: values} if len(wanted) == 1 else dict(zip(wanted, values, strict=True))


def _shown(given: Mapping[str, object]) -> str:
    return f"[{'-'.join(getattr(value, '__name__', str(value))[:20] for value in given.values())}]" if given else ""


def names_of(features: Registry) -> Sequence[str]:
    """What ``Registry.without`` can take away."""
    return [
        *features.actions,
        *(f"verb {name}" for name in features.verbs),
        *(f"message {kind.value}" for kind in features.messages),
        *(f"returned {kind.value}" for kind in features.returns),
        *(f"sent {kind.value}" for kind in features.sents),
        *(f"section {name}" for name in features.sections),
    ]


@dataclass(frozen=True)
class Telling:
    """Where stories are told: on one platform, or on both if need be, each on its own copy of a migrated database."""

    platform: str
    template: Path
    folder: Path

    def fails(self, tale: Tale, features: Registry) -> str:
        """Why the story does not hold with these handlers; "" when it does."""
        try:
            asyncio.run(self._told(tale, features))
        except Exception as error:  # noqa: BLE001 - whatever stops a story is its failure
            return f"{type(error).__name__}: {error}"[:600] or "failed"
        return ""

    async def _told(self, tale: Tale, features: Registry) -> None:
        file = self.folder / f"story{next(_numbers)}.db"
        shutil.copyfile(self.template, file)
        opens = EVERY_STAGE[MIXED if tale.is_mixed else self.platform]
        async with asyncio.timeout(PATIENCE), opens(f"sqlite:///{file}", features=features) as stage:
            await tale.on(stage)

    def uses(self, tales: Sequence[Tale], features: Registry) -> Mapping[str, Sequence[Tale]]:
        """Which stories touch which name, the quickest first; raises AssertionError when one fails."""
        found: dict[str, list[tuple[float, int]]] = {name: [] for name in names_of(features)}
        for number, tale in enumerate(tales):
            used: set[str] = set()
            begun = time.monotonic()
            failure = self.fails(tale, noted(features, used))
            assert not failure, f"{tale.name} fails with everything in place: {failure}"
            for name in used:
                found[name].append((time.monotonic() - begun, number))
        return {name: [tales[number] for _, number in sorted(each)] for name, each in found.items()}


def noted(features: Registry, used: set[str]) -> Registry:
    """The same handlers, which write down their names when they are called."""
    return replace(
        features,
        actions={name: _handler(name, handler, used) for name, handler in features.actions.items()},
        verbs={name: _verb(name, verb, used) for name, verb in features.verbs.items()},
        messages={kind: _called(f"message {kind.value}", each, used) for kind, each in features.messages.items()},
        returns={kind: _called(f"returned {kind.value}", each, used) for kind, each in features.returns.items()},
        sents={kind: _called(f"sent {kind.value}", each, used) for kind, each in features.sents.items()},
        sections={name: _section(name, section, used) for name, section in features.sections.items()},
    )


def _handler(name: str, handler: Handler, used: set[str]) -> Handler:
    async def handle(turn: Turn, action: Any) -> View | Here:
        used.add(name)
        return await handler.handle(turn, action)

    return replace(handler, handle=handle)


def _verb(name: str, verb: Understand, used: set[str]) -> Understand:
    async def understand(turn: Turn, rest: str) -> Step:
        used.add(f"verb {name}")
        return await verb(turn, rest)

    return understand


def _called(name: str, call: Callable[..., Awaitable[Any]], used: set[str]) -> Any:
    async def called(turn: Turn, delivery: Delivery, *card: Card) -> Any:
        used.add(name)
        return await call(turn, delivery, *card)

    return called


def _section(name: str, section: Section, used: set[str]) -> Section:
    async def drawn(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
        used.add(f"section {name}")
        return await section(turn, thread, page)

    return drawn
