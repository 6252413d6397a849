"""The invented organization of ``oneonone demo``: enough for an admin to assign a topic, and calm for Ana and Ben."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from adapters.playground.demo_people import ADMIN
from adapters.playground.demo_stage import Playground
from adapters.playground.demo_teams import MIA
from adapters.playground.entries import ENTRIES
from adapters.teams.manifest import manifest
from bot.model.conversation import Relationship
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.ports import Transaction
from prompts.library import libraries

MINIMUM_GROUP = 5
WHOLE_TEAM = "In Teams, these are all members of the team."
STARTERS = {"Ana Ruiz", "Ben Okafor"}
TOP = Path(__file__).parents[3]


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    stage = Playground(tmp_path)
    try:
        await stage.start()
        yield stage
    finally:
        await stage.stop()


async def everybody(tx: Transaction) -> dict[PersonId, Person]:
    return {person.id: person for person in await tx.people.matching("", 100)}


async def pairs(tx: Transaction) -> dict[str, set[str]]:
    """The two names of each conversation that is one of a manager and a report."""
    people = await everybody(tx)
    found: dict[str, set[str]] = {}
    for person in people.values():
        for seated in await tx.conversations.seated(person.id):
            assert seated.conversation.relationship is Relationship.manager
            found.setdefault(seated.conversation.id, set()).add(person.name)
    return found


async def test_manager_conversations_are_there_and_the_first_sight_is_calm(playground: Playground) -> None:
    async with playground.service.store.read(playground.service.organization) as tx:
        found = await pairs(tx)
    assert len(found) > MINIMUM_GROUP
    assert all(len(names) == 2 for names in found.values())
    assert not STARTERS & set[str]().union(*found.values())


async def test_there_are_two_countries_and_three_departments(playground: Playground) -> None:
    async with playground.service.store.read(playground.service.organization) as tx:
        known = await tx.hierarchy.attributes(await everybody(tx))
    values = {name: {each.shown for each in known if each.name == name} for name in ("country", "department")}
    assert values["country"] == {"Germany", "Spain"}
    assert values["department"] >= {"Product", "Engineering", "Support"}


async def test_everybody_in_the_file_works_here_and_mia_is_the_admin(playground: Playground) -> None:
    async with playground.service.store.read(playground.service.organization) as tx:
        people = await everybody(tx)
        accounts = await tx.people.accounts(people)
    assert {one.person for one in accounts if one.active} == people.keys()
    assert all(person.listed for person in people.values())
    assert [person.name for person in people.values() if person.email == ADMIN] == ["Mia Weiss"]


async def test_mia_can_assign_a_topic_to_a_channel_of_either_platform(playground: Playground) -> None:
    slack, teams = playground.service.slack, playground.service.teams
    assert slack is not None
    assert teams is not None
    in_slack, in_teams = playground.slack.person("U0MIA"), playground.teams.person(MIA)
    await in_slack.command("/oneonone", "assign channel: Mid-year reflection", channel="people-team")
    await slack.tasks.settle()
    assert "Reaches 5 conversations." in in_slack.reads()
    await in_teams.mentions_bot("assign channel: Mid-year reflection", channel="General")
    await teams.tasks.settle()
    in_teams.looks_at()
    await in_teams.press("Open")
    assert "Reaches 10 conversations." in in_teams.reads()


async def test_the_form_says_that_a_channel_in_teams_is_the_whole_team(playground: Playground) -> None:
    slack, teams = playground.service.slack, playground.service.teams
    assert slack is not None
    assert teams is not None
    in_slack, in_teams = playground.slack.person("U0MIA"), playground.teams.person(MIA)
    await in_slack.command("/oneonone", "assign", channel="people-team")
    await slack.tasks.settle()
    await in_teams.mentions_bot("assign", channel="General")
    await teams.tasks.settle()
    in_teams.looks_at()
    await in_teams.press("Open")
    assert "Everyone in this channel" in in_slack.everything_seen()
    assert WHOLE_TEAM not in in_slack.everything_seen()
    assert WHOLE_TEAM in in_teams.everything_seen()


def test_the_menu_of_a_message_is_that_of_both_manifests() -> None:
    shortcuts = yaml.safe_load((TOP / "manifest.yml").read_text(encoding="utf-8"))["features"]["shortcuts"]
    assert {each["callback_id"]: each["name"] for each in shortcuts} == ENTRIES
    [extension] = manifest(app_id="app", public_url=None, languages=libraries())["composeExtensions"]
    assert {each["id"]: each["title"] for each in extension["commands"]} == ENTRIES
