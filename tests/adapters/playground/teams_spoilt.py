"""A payload that Teams takes, the same with one fault, and the public page that says why that is refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from adapters.playground.teams_rules import Problem, Where, activity_problems, answer_problems, card_problems
from tests.adapters.playground.teams_cards import ADAPTIVE, Json, card, message

GONE = object()
IN_MESSAGE = partial(card_problems, where=Where.MESSAGE)
IN_DIALOG = partial(card_problems, where=Where.DIALOG)
CHECKS = {Where.MESSAGE: IN_MESSAGE, Where.DIALOG: IN_DIALOG}


@dataclass(frozen=True, kw_only=True)
class Bad:
    good: Json
    bad: Json
    rule: str
    path: str
    page: str
    check: Callable[[object], Iterator[Problem]]


def changed(good: Json, change: Json) -> Json:
    """The same payload with some keys replaced, and without those that are GONE."""
    return {key: part for key, part in {**good, **change}.items() if part is not GONE}


def card_fault(rule: str, path: str, page: str, *, where: Where = Where.MESSAGE, **change: Any) -> Bad:
    """A fault of the card itself."""
    good = card()
    return Bad(good=good, bad=changed(good, change), rule=rule, path=path, page=page, check=CHECKS[where])


def element_fault(good: Json, rule: str, path: str, page: str, *, where: Where = Where.MESSAGE, **change: Any) -> Bad:
    """A fault of an element in a card's body."""
    return Bad(
        good=card(good),
        bad=card(changed(good, change)),
        rule=rule,
        path=f"/body/0{path}",
        page=page,
        check=CHECKS[where],
    )


def action_fault(good: Json, rule: str, path: str, page: str, *, where: Where = Where.MESSAGE, **change: Any) -> Bad:
    """A fault of a button below a card."""
    return Bad(
        good=card(actions=[good]),
        bad=card(actions=[changed(good, change)]),
        rule=rule,
        path=f"/actions/0{path}",
        page=page,
        check=CHECKS[where],
    )


def sent_fault(rule: str, path: str, page: str, **change: Any) -> Bad:
    """A fault of an activity."""
    good = message()
    return Bad(good=good, bad=changed(good, change), rule=rule, path=path, page=page, check=activity_problems)


def answer_fault(name: str, good: Json, rule: str, path: str, page: str, **change: Any) -> Bad:
    """A fault of the answer to an invoke."""
    check = partial(answer_problems, name, 200)
    return Bad(good=good, bad=changed(good, change), rule=rule, path=path, page=page, check=check)


def dialog_fault(rule: str, path: str, page: str, **change: Any) -> Bad:
    """A fault of what opens a dialog."""
    info = {"title": "Add an item", "height": "large", "width": "large"}
    good = {**info, "card": {"contentType": ADAPTIVE, "content": card()}}
    return Bad(
        good=_continued(good),
        bad=_continued(changed(good, change)),
        rule=rule,
        path=f"/task/value{path}",
        page=page,
        check=partial(answer_problems, "task/fetch", 200),
    )


def _continued(info: Json) -> Json:
    return {"task": {"type": "continue", "value": info}}
