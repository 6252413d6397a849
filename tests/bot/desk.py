"""Two people, an outsider and an admin at the engine, on a real database, without any platform."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

from adapters.clock import new_id
from bot.actions import Action, pack
from bot.engine import Engine, Input
from bot.entered import Entered, Value
from bot.features import registry
from bot.model.ids import PersonId, WorkspaceId
from bot.model.people import Account, Platform, Profile, Workspace
from bot.ports import Store
from bot.registry import Registry
from bot.turn import Channel, Quoted
from bot.views import (
    Block,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Field,
    Form,
    Notice,
    Page,
    PersonField,
    Row,
    TextField,
    TicksField,
    View,
)
from storage.store import Store as SqlStore
from tests.texts import every_text

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONES = {"ana": "Europe/Madrid", "ben": "America/New_York", "cleo": "Asia/Tokyo", "mia": "Europe/Berlin"}
NAMES = {"ana": "Ana Ruiz", "ben": "Ben Okafor", "cleo": "Cleo Tanaka", "mia": "Mia Brandt"}


@dataclass
class Clock:
    """A clock that a test moves."""

    at: datetime = A_MONDAY

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Actor:
    """One person, and the view before them."""

    desk: "Desk"
    account: Account
    keys: Iterator[int] = field(default_factory=lambda: count(1))
    view: View | None = None
    channel: Channel | None = None

    async def says(self, words: str, *, key: str | None = None) -> View:
        """Types words to the bot."""
        self.view = await self.desk.engine.say(self._input(key=key), words)
        return self.view

    async def does(
        self, action: Action, *, key: str | None = None, quoted: Quoted | None = None, **values: Value
    ) -> View:
        """Sends an action, whether a button for it is in view or not."""
        given = self._input(key=key, values=values, quoted=quoted)
        self.view = await self.desk.engine.press(given, pack(action))
        return self.view

    async def presses(self, label: str, *, near: str = "", **values: Value) -> View:
        """Presses a button that is in view."""
        return await self.does(self.button(label, near=near).action, **cast("dict[str, Any]", values))

    async def submits(self, **values: Value) -> View:
        """Fills fields of the form in view, leaves the others as they are, and submits it."""
        assert isinstance(self.view, Form), self.view
        entered = {**_defaults(self.view), **values}
        return await self.does(self.view.submit, **cast("dict[str, Any]", entered))

    def button(self, label: str, *, near: str = "") -> Button:
        """The first such button at or after something that has the words ``near``."""
        assert self.view is not None
        for part in _parts(self.view, near):
            buttons = part.buttons if isinstance(part, Row | Buttons) else ()
            for button in buttons:
                if button.label == label:
                    return button
        raise AssertionError(f"no button {label!r} near {near!r}; there are {labels(self.view)}")

    @property
    def reads(self) -> str:
        """All the text in view."""
        assert self.view is not None
        return text_of(self.view)

    def _input(
        self, *, key: str | None = None, values: dict[str, Value] | None = None, quoted: Quoted | None = None
    ) -> Input:
        at = None if self.view is None or isinstance(self.view, Notice) else self.view.address
        return Input(
            account=self.account,
            key=key or f"{self.account.external_id}-{next(self.keys)}",
            entered=Entered(values or {}),
            at=pack(at) if at else None,
            quoted=quoted,
            channel=self.channel,
        )


@dataclass
class Desk:
    """An engine on a real store, and the people at it."""

    engine: Engine
    store: Store
    clock: Clock
    actors: dict[str, Actor]

    def __getattr__(self, name: str) -> Actor:
        try:
            return cast("dict[str, Actor]", self.__dict__["actors"])[name]
        except KeyError:
            raise AttributeError(name) from None

    async def person(self, name: str) -> PersonId:
        """The id of one of the four."""
        account = self.actors[name].account
        async with self.store.read(account.organization) as tx:
            identity = await tx.people.identity(account.workspace, account.external_id)
        assert identity is not None
        return identity.person


async def desk_on(store: SqlStore, *, features: Registry | None = None) -> Desk:
    """Four people in one Slack workspace; Mia is an admin."""
    organization = await store.organization(name="Example", new_id=new_id)
    workspace = Workspace(
        id=WorkspaceId(new_id()),
        organization=organization,
        platform=Platform.slack,
        external_id="T0EXAMPLE",
        name="Example",
    )
    async with store.write(organization) as tx:
        await tx.organizations.add_workspace(workspace)
    desk = _opened(store, features)
    for name in NAMES:
        account = Account(organization, workspace.id, f"U0{name.upper()}")
        await desk.engine.learn(account, profile(name))
        desk.actors[name] = Actor(desk, account)
    return desk


def _opened(store: SqlStore, features: Registry | None = None) -> Desk:
    clock = Clock()
    engine = Engine(
        store=store,
        registry=features or registry(),
        libraries=every_text(),
        now=clock,
        new_id=new_id,
        admins=frozenset({"mia@example.com"}),
    )
    return Desk(engine, store, clock, {})


def again(desk: Desk, store: SqlStore) -> Desk:
    """The same desk on a copy of its database, with the same before everybody."""
    other = _opened(store)
    other.clock.at = desk.clock.at
    for name, actor in desk.actors.items():
        other.actors[name] = Actor(other, actor.account, copy(actor.keys), actor.view)
    return other


def profile(name: str) -> Profile:
    """What the directory says about one of the four."""
    return Profile(
        external_id=f"U0{name.upper()}",
        name=NAMES[name],
        handle=name,
        email=f"{name}@example.com",
        zone=ZONES[name],
        language="en",
        active=True,
    )


async def paired(desk: Desk) -> None:
    """Ana starts a conversation with her report Ben; both have it before them."""
    await desk.ana.says("start @ben")
    await desk.ana.submits(person=await desk.person("ben"), role="my_report")
    await desk.ben.says("ana")


def labels(view: View) -> list[str]:
    """The labels of all buttons in a view."""
    return [b.label for part in _parts(view, "") if isinstance(part, Row | Buttons) for b in part.buttons]


def text_of(view: View) -> str:
    """Everything that can be read in a view."""
    match view:
        case Notice():
            return view.text
        case Card():
            return "\n".join([view.title, *map(_text, view.body), view.summary])
        case Page():
            return "\n".join([view.title, *map(_text, view.body), view.sees])
        case Form():
            return "\n".join([view.title, *map(_text, view.body), view.submit_label, view.sees, *view.errors.values()])


def _parts(view: View, near: str) -> Sequence[Block | Field]:
    if isinstance(view, Notice):
        return ()
    start = next((n for n, part in enumerate(view.body) if near in _text(part)), len(view.body))
    return view.body[start:]


def _text(part: object) -> str:
    """Every string in a frozen part, however deep, except the actions."""
    if isinstance(part, str):
        return part
    if isinstance(part, tuple):
        return "\n".join(_text(each) for each in part)
    if is_dataclass(part) and not isinstance(part, Action):
        return "\n".join(text for each in fields(part) if (text := _text(getattr(part, each.name))))
    return ""


def _defaults(form: Form) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for part in form.fields:
        match part:
            case TextField() | ChoiceField():
                if part.value is not None:
                    values[part.name] = part.value
            case TicksField():
                values[part.name] = part.values
            case PersonField():
                if part.value is not None:
                    values[part.name] = part.value.value
    return values
