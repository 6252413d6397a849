"""Whoever is no admin, or was one until a minute ago, forges every admin's action: refused, and on record (N3)."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, cast

import pytest

from adapters.clock import new_id
from bot.actions import Action
from bot.features.naming_admins import ListAdmins
from bot.features.people_page import NameAdmin, UnnameAdmin
from bot.model.ids import PlaceId
from bot.model.people import Place
from bot.model.trail import Result
from bot.views import Notice
from storage.store import Store
from tests.bot.desk import Desk, profile
from tests.stateful.snapshot import audit_of
from tests.stateful.standing import kinds_of

ONLY = "Only an admin can do this."
ADMINS_ONLY = {
    "AddCheckInQuestion",
    "AnswerByAdmins",
    "AnswerHere",
    "AskRecall",
    "AskShare",
    "AssignAgain",
    "AssignToDepartment",
    "AssignTopic",
    "ChooseManager",
    "EditCheckInQuestion",
    "EditPerson",
    "EditTopic",
    "ListAdmins",
    "MoveCheckInQuestion",
    "NameAdmin",
    "NewCheckInQuestion",
    "NewTopic",
    "OpenCheckInQuestion",
    "OpenCheckInQuestions",
    "OpenForAll",
    "OpenPeople",
    "OpenPerson",
    "OpenReview",
    "OpenRollout",
    "OpenTopic",
    "OpenTopics",
    "RecallTopic",
    "ResumeCheckInQuestion",
    "ReviewTopic",
    "SaveCheckInQuestion",
    "SaveForAll",
    "SaveManager",
    "SavePerson",
    "SaveRollout",
    "SaveTopic",
    "SendMonthly",
    "SetManager",
    "ShareTemplate",
    "ShowPerson",
    "StandardCheckInQuestions",
    "StopCheckInQuestion",
    "TopicFromMessage",
    "UnnameAdmin",
    "UnshareTemplate",
}
"""Every action that only an admin may do; one that is missing here fails below."""

ON_RECORD = ("audit", "seen", "sqlite_sequence")
"""The tables that say what was tried."""

Ids = Mapping[str, str]
Before = Callable[[Desk], Awaitable[None]]


async def ids_at(desk: Desk) -> Ids:
    """Things that there are, by their kinds."""
    organization, workspace = desk.mia.account.organization, desk.mia.account.workspace
    place = Place(id=PlaceId(new_id()), organization=organization, workspace=workspace, external_id="C0HELP")
    async with desk.store.write(organization) as tx:
        await tx.organizations.add_place(place)
    return {"PersonId": await desk.person("cleo"), "PlaceId": place.id}


def forged(kind: type[Action], ids: Ids) -> Action:
    """An action of this kind, about what there is."""
    return kind(**{name: _value(hint, ids) for name, hint in kinds_of(kind).items()})


def _value(hint: Any, ids: Ids) -> object:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if hint is date:
        return date(2026, 12, 1)
    return hint(1) if hint in (bool, int) else ids.get(hint.__name__) or new_id()


def everything(url: str) -> Mapping[str, list[object]]:
    """All rows but those that say what was tried."""
    file = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name not in ON_RECORD}
    finally:
        file.close()


async def was_named(desk: Desk) -> None:
    """Ben was named an admin, acted as one, and is no longer one since a minute ago."""
    ben = await desk.person("ben")
    await desk.mia.does(NameAdmin(ben))
    await desk.ben.does(ListAdmins())
    assert "Ben Okafor" in desk.ben.reads
    await desk.mia.does(UnnameAdmin(ben))
    desk.clock.advance(minutes=1)


async def was_flagged(desk: Desk) -> None:
    """The same, by the flag of his workspace, which the configuration lets count."""
    desk.engine = replace(desk.engine, platform_admins=True)
    await desk.engine.learn(desk.ben.account, replace(profile("ben"), admin=True))
    await desk.ben.does(ListAdmins())
    assert "Ben Okafor" in desk.ben.reads
    await desk.engine.learn(desk.ben.account, profile("ben"))
    desk.clock.advance(minutes=1)


async def never_was(desk: Desk) -> None:
    """Ben never was one."""


async def test_these_are_all_the_actions_of_admins(desk: Desk) -> None:
    ids = await ids_at(desk)
    found = set()
    for name, handler in desk.engine.registry.actions.items():
        view = await desk.ben.does(forged(handler.kind, ids))
        found |= {name} if isinstance(view, Notice) and view.text == ONLY else set()
    assert found == ADMINS_ONLY


@pytest.mark.parametrize("before", [never_was, was_named, was_flagged])
async def test_whoever_is_no_admin_now_is_refused_and_on_record(desk: Desk, sqlite_url: str, before: Before) -> None:
    ids = await ids_at(desk)
    await before(desk)
    stored = everything(sqlite_url)
    for name in sorted(ADMINS_ONLY):
        view = await desk.ben.does(forged(desk.engine.registry.actions[name].kind, ids), person=ids["PersonId"])
        assert isinstance(view, Notice)
        assert (name, view.text) == (name, ONLY)
    assert await refused_to_ben(desk) == ADMINS_ONLY
    assert everything(sqlite_url) == stored


async def refused_to_ben(desk: Desk) -> set[str]:
    """What the audit table says that Ben tried in vain."""
    ben, store = await desk.person("ben"), cast("Store", desk.store)
    entries = await audit_of(store, desk.mia.account.organization)
    return {entry.action for entry in entries if entry.person == ben and entry.result is Result.refused}
