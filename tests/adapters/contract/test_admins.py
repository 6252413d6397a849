"""Who is an admin, and for whom it is on (N3)."""

from collections.abc import Sequence

from tests.adapters.contract.beginnings import ROLE, opened, started, together
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import story
from tests.adapters.contract.test_people import looked_up, put_in

DEPARTMENTS = "On for these departments"
NOT_YET = "OneOnOne is not on for you yet. Mia Brandt can say when it will be."


@story("N3")
async def test_an_admin_names_another_who_can_be_unnamed_again(stage: Stage, way: Way) -> None:
    await stage.ana.says("admins", way=way)
    stage.ana.sees("Only an admin can do this.")
    await looked_up(stage.mia, "ana")
    await stage.mia.presses("Name as admin")
    stage.mia.sees("Ana Ruiz is an admin now.", "Ana is an admin: named by another admin.")
    await stage.ana.closes()
    await stage.ana.says("admins", way=way)
    stage.ana.sees("Admins", "Ana Ruiz", "Mia Brandt", "Reading what two people write is not part of it")
    await stage.mia.presses("No longer an admin")
    stage.mia.sees("Ana Ruiz is no longer an admin.")
    await stage.mia.presses("Undo")
    stage.mia.sees("Ana Ruiz is an admin now.")


@story("N3")
async def test_who_was_an_admin_until_a_minute_ago_is_none(stage: Stage) -> None:
    await together(stage)
    await looked_up(stage.mia, "ana")
    await stage.mia.presses("Name as admin")
    await stage.ana.says("people ben", way=Way.command)
    stage.ana.sees("E-mail: ben@example.com")
    await stage.mia.presses("No longer an admin")
    await stage.ana.presses("Name as admin")
    stage.ana.sees("Only an admin can do this.")
    await looked_up(stage.mia, "ben")
    stage.mia.sees("Ben is no admin.")


@story("N3")
async def test_nobody_takes_rights_away_from_themselves_or_from_the_configuration(stage: Stage) -> None:
    await looked_up(stage.mia, "ana")
    await stage.mia.presses("Name as admin")
    await stage.ana.says("people ana", way=Way.command)
    stage.ana.sees("E-mail: ana@example.com", "Ana is an admin")
    assert "No longer an admin" not in stage.ana.buttons
    await stage.ana.presses_as(stage.mia, "No longer an admin")
    stage.ana.sees("You cannot take your own rights away")
    await looked_up(stage.ana, "mia")
    stage.ana.sees("Mia is an admin: named in the configuration.")
    assert "No longer an admin" not in stage.ana.buttons


@story("N3")
async def test_settings_lead_to_the_list_of_admins(stage: Stage) -> None:
    await stage.mia.says("settings", way=Way.command)
    await stage.mia.presses("Admins")
    stage.mia.sees("An admin can say who reports to whom", "Mia Brandt", "named in the configuration")
    await stage.mia.presses("Open")
    stage.mia.sees("E-mail: mia@example.com")


@story("N3", "P5")
async def test_help_says_what_an_admin_can_do(stage: Stage) -> None:
    await stage.ben.says("help", way=Way.command)
    stage.ben.sees("An admin can say who reports to whom", "Reading what two people write is not part of it")


async def turned_on_for(admin: Actor, *departments: str) -> None:
    """An admin says for which departments it is on, and confirms whatever that takes away."""
    await admin.closes()
    await admin.says("settings", way=Way.command)
    await admin.presses("Who it is on for")
    await admin.fills(DEPARTMENTS, "\n".join(departments))
    await admin.submits()


async def in_departments(stage: Stage, **departments: str) -> None:
    for who, department in departments.items():
        await put_in(stage.mia, who, department)


@story("N3")
async def test_it_is_on_for_a_department_first(stage: Stage) -> None:
    await in_departments(stage, ana="Sales", ben="Sales", cleo="Support")
    await turned_on_for(stage.mia, "Sales")
    stage.mia.sees("This takes it from 2 people: it would be on for 2 of")
    await stage.mia.submits()
    await stage.mia.is_told("It is on for 1 department now: 2 of")
    await stage.cleo.goes_home()
    stage.cleo.sees(NOT_YET)
    await stage.cleo.presses("Help")
    stage.cleo.sees("What you can type")
    await stage.cleo.closes()
    await stage.cleo.says("start @ana", way=Way.command)
    stage.cleo.sees(NOT_YET)
    await stage.ana.says("start", way=Way.command)
    assert await offered(stage.ana, "e") == ["Ben Okafor"]


async def offered(one: Actor, letters: str) -> Sequence[str]:
    return await one.is_offered("With whom?", letters)


@story("N3")
async def test_who_it_is_taken_from_hears_nothing_and_finds_all_again(stage: Stage) -> None:
    await in_departments(stage, ana="Sales", ben="Support")
    await started(stage.ana, "ben", "My report")
    await turned_on_for(stage.mia, "Sales")
    await stage.mia.submits()
    await stage.delivers()
    assert stage.ben.hears() == []
    await turned_on_for(stage.mia)
    await stage.mia.is_told("It is on for everyone now")
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager")


@story("N3")
async def test_a_department_that_nobody_is_in_gets_the_nearest_suggested(stage: Stage) -> None:
    await in_departments(stage, ana="Sales", ben="Support")
    await turned_on_for(stage.mia, "Suport")
    stage.mia.sees("Nobody is in a department called “Suport”. Did you mean Support?")
    stage.mia.still_has(DEPARTMENTS, "Suport")


@story("N3", "A1")
async def test_when_it_is_on_for_more_their_conversations_appear(stage: Stage) -> None:
    await in_departments(stage, ana="Sales", ben="Support", cleo="Support")
    await turned_on_for(stage.mia, "Sales")
    await stage.mia.submits()
    await looked_up(stage.mia, "ben")
    await stage.mia.presses("Choose manager")
    await stage.mia.fills("Who is the manager of Ben Okafor?", "Cleo Tanaka")
    await stage.mia.submits()
    await put_in(stage.mia, "ben", "Sales")
    stage.mia.sees("OneOnOne is on for Ben.")
    await opened(stage.ben, "cleo")
    stage.ben.sees("Cleo Tanaka · your manager")


@story("N3")
async def test_start_with_somebody_it_is_not_on_for(stage: Stage) -> None:
    await in_departments(stage, ana="Sales", ben="Support")
    await stage.ana.says("start @ben", way=Way.command)
    await stage.ana.fills(ROLE, "A colleague")
    await turned_on_for(stage.mia, "Sales")
    await stage.mia.submits()
    await stage.ana.submits()
    stage.ana.sees("OneOnOne is not on for Ben yet")
