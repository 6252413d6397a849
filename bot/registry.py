"""Which handler answers which action, verb and message. Each feature has a Handlers; the engine has one Registry."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast, get_type_hints

from bot.actions import PACKED_LIMIT, Action, longest
from bot.entered import Entered
from bot.model.delivery import Delivery, DeliveryKind
from bot.turn import Section, Turn
from bot.views import Card, Form, Here, Notice, Page, View

A = TypeVar("A", bound=Action)
K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R")
Handle = Callable[[Turn, Any], Awaitable[View | Here]]
ANSWERS = (Card, Page, Form, Notice, Here)


@dataclass(frozen=True)
class Step:
    """What words mean: an action and what they enter into it."""

    action: Action
    entered: Entered = field(default_factory=Entered)


Understand = Callable[[Turn, str], Awaitable[Step]]
Compose = Callable[[Turn, Delivery], Awaitable[Card | None]]
Return = Callable[[Turn, Delivery], Awaitable[None]]
Sent = Callable[[Turn, Delivery, Card], Awaitable[None]]


@dataclass(frozen=True)
class Handler:
    """How an action is answered.

    ``answer`` is the one kind of view it leads to, so a platform knows before the press what a button opens;
    ``form`` is the reading action that shows the form whose submission this is. What is about everybody at once may
    have more ``patience`` with the database, in seconds.
    """

    kind: type[Action]
    handle: Handle
    answer: type[View | Here]
    writes: bool
    form: type[Action] | None = None
    patience: float | None = None


@dataclass
class Handlers:
    """A feature's registrations, filled by decorators."""

    actions: dict[str, Handler] = field(default_factory=dict)
    verbs: dict[str, Understand] = field(default_factory=dict)
    messages: dict[DeliveryKind, Compose] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    returns: dict[DeliveryKind, Return] = field(default_factory=dict)
    sents: dict[DeliveryKind, Sent] = field(default_factory=dict)

    def reads(
        self, kind: type[A], *, form: type[Action] | None = None
    ) -> Callable[[Callable[[Turn, A], Awaitable[R]]], Callable[[Turn, A], Awaitable[R]]]:
        """Registers a handler that only looks: it may run again at any time."""
        return self._on(kind, writes=False, form=form)

    def writes(
        self, kind: type[A], *, form: type[Action] | None = None, patience: float | None = None
    ) -> Callable[[Callable[[Turn, A], Awaitable[R]]], Callable[[Turn, A], Awaitable[R]]]:
        """Registers a handler that changes something: it runs once for each input."""
        return self._on(kind, writes=True, form=form, patience=patience)

    def verb(self, name: str) -> Callable[[Understand], Understand]:
        """Registers what a verb of prompts/LANGUAGE/verbs.yml means."""

        def register(understand: Understand) -> Understand:
            self.verbs[name] = understand
            return understand

        return register

    def message(self, kind: DeliveryKind) -> Callable[[Compose], Compose]:
        """Registers what a delivery says; None means that it is no longer wanted."""

        def register(compose: Compose) -> Compose:
            self.messages[kind] = compose
            return compose

        return register

    def returned(self, kind: DeliveryKind) -> Callable[[Return], Return]:
        """Registers what to do with a delivery that its recipient can never get."""

        def register(give_back: Return) -> Return:
            self.returns[kind] = give_back
            return give_back

        return register

    def sent(self, kind: DeliveryKind) -> Callable[[Sent], Sent]:
        """Registers what follows from a delivery that has arrived, in the transaction that records it."""

        def register(follow: Sent) -> Sent:
            self.sents[kind] = follow
            return follow

        return register

    def section(self, name: str) -> Callable[[Section], Section]:
        """Registers a part of the conversation's page; the page decides about the order of the names."""

        def register(section: Section) -> Section:
            self.sections[name] = section
            return section

        return register

    def _on(
        self, kind: type[A], *, writes: bool, form: type[Action] | None, patience: float | None = None
    ) -> Callable[[Callable[[Turn, A], Awaitable[R]]], Callable[[Turn, A], Awaitable[R]]]:
        def register(handle: Callable[[Turn, A], Awaitable[R]]) -> Callable[[Turn, A], Awaitable[R]]:
            answer = get_type_hints(handle)["return"]
            _check(kind, answer=answer, writes=writes, form=form)
            self.actions[kind.__name__] = Handler(
                kind=kind, handle=cast("Handle", handle), answer=answer, writes=writes, form=form, patience=patience
            )
            return handle

        return register


def _check(kind: type[Action], *, answer: object, writes: bool, form: type[Action] | None) -> None:
    if answer not in ANSWERS:
        raise TypeError(f"{kind.__name__}: a handler answers exactly one of Card, Page, Form, Notice and Here")
    if answer is Here and not writes:
        raise TypeError(f"{kind.__name__}: looking at something cannot lead back to where one was")
    if longest(kind) > PACKED_LIMIT:
        raise TypeError(f"{kind.__name__} can pack to {longest(kind)} characters")
    if form is not None and not {f.name for f in fields(form)} <= {f.name for f in fields(kind)}:
        raise TypeError(f"{form.__name__} cannot be made from {kind.__name__}")


@dataclass(frozen=True)
class Registry:
    """Every feature's registrations together."""

    actions: Mapping[str, Handler]
    verbs: Mapping[str, Understand]
    messages: Mapping[DeliveryKind, Compose]
    sections: Mapping[str, Section]
    returns: Mapping[DeliveryKind, Return]
    sents: Mapping[DeliveryKind, Sent]

    @property
    def kinds(self) -> Mapping[str, type[Action]]:
        """The action classes by their names on the wire."""
        return {name: handler.kind for name, handler in self.actions.items()}

    def of(self, action: Action) -> Handler:
        """The handler of this action."""
        return self.actions[type(action).__name__]

    def without(self, name: str) -> "Registry":
        """The same with one registration disabled: how the tests show that each is needed."""
        return Registry(
            actions={key: value for key, value in self.actions.items() if key != name},
            verbs={key: value for key, value in self.verbs.items() if f"verb {key}" != name},
            messages={key: value for key, value in self.messages.items() if f"message {key}" != name},
            sections={key: value for key, value in self.sections.items() if f"section {key}" != name},
            returns={key: value for key, value in self.returns.items() if f"returned {key}" != name},
            sents={key: value for key, value in self.sents.items() if f"sent {key}" != name},
        )


def together(features: Iterable[Handlers]) -> Registry:
    """One registry of several features; a name that two of them register is a mistake."""
    actions: dict[str, Handler] = {}
    verbs: dict[str, Understand] = {}
    messages: dict[DeliveryKind, Compose] = {}
    sections: dict[str, Section] = {}
    returns: dict[DeliveryKind, Return] = {}
    sents: dict[DeliveryKind, Sent] = {}
    for feature in features:
        _join(actions, feature.actions)
        _join(verbs, feature.verbs)
        _join(messages, feature.messages)
        _join(sections, feature.sections)
        _join(returns, feature.returns)
        _join(sents, feature.sents)
    return Registry(actions, verbs, messages, sections, returns, sents)


def _join(ours: dict[K, V], theirs: Mapping[K, V]) -> None:
    doubled = ours.keys() & theirs.keys()
    if doubled:
        raise TypeError(f"registered twice: {sorted(map(str, doubled))}")
    ours.update(theirs)


def form_of(handler: Handler, action: Action) -> Action | None:
    """The reading action that shows the form which ``action`` was the submission of."""
    if handler.form is None:
        return None
    return handler.form(**{part.name: getattr(action, part.name) for part in fields(handler.form)})
