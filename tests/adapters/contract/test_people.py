"""What an admin sees and says of people (N1)."""

from tests.adapters.contract.beginnings import opened
from tests.adapters.contract.stage import Actor, Stage, Way
from tests.adapters.contract.story import on_one_platform, story

CHOOSE = "Choose manager"


async def looked_up(admin: Actor, who: str) -> None:
    """An admin has somebody's page before them."""
    await admin.closes()
    await admin.says(f"people {who}", way=Way.command)


async def put_in(admin: Actor, who: str, department: str) -> None:
    """An admin says by hand in which department somebody is."""
    await looked_up(admin, who)
    await admin.presses("Edit")
    await admin.fills("Department", department)
    await admin.submits()


@story("N1")
async def test_settings_lead_an_admin_to_anybodys_page(stage: Stage) -> None:
    await stage.mia.says("settings", way=Way.command)
    await stage.mia.presses("People")
    stage.mia.sees("Whose page?", "What people talk about, and whether they do, is not on it.")
    await stage.mia.fills("Whose page?", "Ben Okafor")
    await stage.mia.submits()
    stage.mia.sees("Ben Okafor", "E-mail: ben@example.com", "Known from", "Reports to", "Ben is no admin.")


@story("N1")
async def test_words_find_somebody(stage: Stage, way: Way) -> None:
    await stage.mia.says("people", way=way)
    stage.mia.sees("Whose page?")
    await stage.mia.closes()
    await stage.mia.says("people Ben Okafor", way=way)
    stage.mia.sees("E-mail: ben@example.com")


@story("N1")
async def test_an_admin_finds_themselves_too(stage: Stage) -> None:
    await stage.mia.says("people", way=Way.command)
    assert await stage.mia.is_offered("Whose page?", "mi") == ["Mia Brandt"]
    await stage.mia.fills("Whose page?", "Mia Brandt")
    await stage.mia.submits()
    stage.mia.sees("Mia is an admin: named in the configuration.")


@story("N1")
async def test_attributes_are_said_by_hand(stage: Stage) -> None:
    await put_in(stage.mia, "ben", "Sales")
    stage.mia.sees("Department: Sales (set by an admin)")
    await stage.mia.presses("Edit")
    assert stage.mia.entered("Department") == "Sales"
    await stage.mia.fills("Department", "")
    await stage.mia.submits()
    stage.mia.does_not_see("Department: Sales")


@story("N1")
async def test_a_manager_is_chosen_by_hand_and_that_can_be_taken_back(stage: Stage) -> None:
    await looked_up(stage.mia, "ben")
    await stage.mia.presses(CHOOSE)
    stage.mia.sees("What they write in it, only the two can see.")
    await stage.mia.fills("Who is the manager of Ben Okafor?", "Ana Ruiz")
    await stage.mia.submits()
    stage.mia.sees("Ana Ruiz (set by an admin)")
    await opened(stage.ben, "ana")
    stage.ben.sees("Ana Ruiz · your manager")
    await stage.mia.presses("Reports to nobody")
    stage.mia.sees("The manager of Ben is changed.", "Nobody (set by an admin)")
    await stage.mia.presses("Undo")
    stage.mia.sees("Ana Ruiz (set by an admin)")
    await stage.mia.presses("As in the file")
    stage.mia.sees("Nobody")


@story("N1", "N2")
async def test_a_manager_who_cannot_be_is_refused_with_a_sentence(stage: Stage) -> None:
    await looked_up(stage.mia, "ana")
    await stage.mia.presses(CHOOSE)
    await stage.mia.fills("Who is the manager of Ana Ruiz?", "Ben Okafor")
    await stage.mia.submits()
    await looked_up(stage.mia, "ben")
    await stage.mia.presses(CHOOSE)
    await stage.mia.fills("Who is the manager of Ben Okafor?", "Ben Okafor")
    await stage.mia.submits()
    stage.mia.sees("Nobody can be their own manager.")
    await stage.mia.fills("Who is the manager of Ben Okafor?", "Ana Ruiz")
    await stage.mia.submits()
    stage.mia.sees("This person reports to Ben in turn")
    await looked_up(stage.mia, "ben")
    stage.mia.does_not_see("Ana Ruiz")


@story("N1")
async def test_a_page_does_not_say_whether_two_people_talk(stage: Stage) -> None:
    await looked_up(stage.mia, "ben")
    alone = stage.mia.reads
    await stage.ana.says("start @ben", way=Way.command)
    await stage.ana.fills("What is this person to you?", "My report")
    await stage.ana.submits()
    await stage.ana.closes()
    await stage.ana.says("add The merger", way=Way.command)
    await looked_up(stage.mia, "ben")
    assert stage.mia.reads == alone


@story("N1")
async def test_who_is_new_is_there_and_who_changes_is_described_anew(stage: Stage) -> None:
    dora = await stage.joins("dora", "Dora Diaz")
    await dora.goes_home()
    await looked_up(stage.mia, "Dora Diaz")
    stage.mia.sees("Dora Diaz", "E-mail: dora@example.com")
    await stage.becomes(dora, name="Dora Neumann", email="neumann@example.com", zone="Asia/Tokyo")
    await looked_up(stage.mia, "Dora Neumann")
    stage.mia.sees("Dora Neumann", "E-mail: neumann@example.com")
    await dora.closes()
    await dora.says("settings", way=Way.command)
    assert dora.entered("Your time zone") == "Asia/Tokyo"


@story("N1")
async def test_who_left_is_not_offered_any_more(stage: Stage) -> None:
    await stage.leaves(stage.cleo)
    await stage.mia.says("people", way=Way.command)
    assert await stage.mia.is_offered("Whose page?", "cleo") == []


@story("N1", "N3")
async def test_whoever_is_no_admin_sees_nobodys_page(stage: Stage) -> None:
    await stage.ben.says("people ana", way=Way.command)
    stage.ben.sees("Only an admin can do this.")
    await stage.ben.closes()
    await stage.ben.says("settings", way=Way.command)
    assert "People" not in stage.ben.buttons


@story("N1", "N3")
@on_one_platform
async def test_a_page_that_somebody_else_had_open_stays_closed(stage: Stage) -> None:
    await looked_up(stage.mia, "ana")
    await stage.ben.goes_home()
    for button in ("Edit", CHOOSE, "Reports to nobody", "Name as admin"):
        await stage.ben.presses_as(stage.mia, button)
        stage.ben.sees("Only an admin can do this.")
        await stage.ben.goes_home()
