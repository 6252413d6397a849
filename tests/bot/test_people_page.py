"""What an admin sees and says of somebody: attributes and manager by hand lead over the file (N1, N2)."""

from dataclasses import replace

import pytest

from bot.features.people_page import OpenPerson
from bot.model.hierarchy import NOBODY, Attribute, Doubt
from bot.views import Form, Notice
from tests.bot.desk import Desk, paired, profile
from tests.bot.looked_after import filed, line_of, page_of, put_in


async def in_file(desk: Desk, name: str, attribute: str, value: str) -> None:
    person = await desk.person(name)
    organization = desk.mia.account.organization
    said = Attribute(
        person=person,
        name=attribute,
        organization=organization,
        label=attribute.title(),
        value=value.casefold(),
        in_file=value,
    )
    async with desk.store.write(organization) as tx:
        await tx.hierarchy.put_attribute(said)


async def attributes(desk: Desk, name: str) -> dict[str, tuple[str, str | None, str | None]]:
    async with desk.store.read(desk.mia.account.organization) as tx:
        found = await tx.hierarchy.attributes([await desk.person(name)])
    return {one.name: (one.value, one.in_file, one.by_hand) for one in found}


async def test_words_find_somebody(desk: Desk) -> None:
    await desk.mia.says("people ben")
    assert "Ben Okafor" in desk.mia.reads
    assert "E-mail: ben@example.com" in desk.mia.reads
    assert "Known from Slack" in desk.mia.reads
    await desk.mia.says("people mia")
    assert "Mia is an admin: named in the configuration." in desk.mia.reads


async def test_words_that_name_nobody_are_kept(desk: Desk) -> None:
    view = await desk.mia.says("people zoe")
    assert isinstance(view, Notice)
    assert "I know nobody called “zoe” here." in view.text


async def test_words_that_name_several_ask_whom(desk: Desk) -> None:
    account = replace(desk.ben.account, external_id="U0BENTWO")
    await desk.engine.learn(account, replace(profile("ben"), name="Ben Silva", email="silva@example.com"))
    assert isinstance(await desk.mia.says("people ben"), Form)


async def test_whoever_is_no_admin_sees_nobodys_page(desk: Desk) -> None:
    for words in ("people", "people ben"):
        await desk.ana.says(words)
        assert desk.ana.reads.startswith("Only an admin can do this.")
    await desk.ana.does(OpenPerson(await desk.person("ben")))
    assert desk.ana.reads == "Only an admin can do this."


async def test_what_is_said_by_hand_leads_and_an_empty_field_follows_the_file(desk: Desk) -> None:
    await in_file(desk, "ben", "department", "Sales")
    await page_of(desk, "ben")
    await desk.mia.presses("Edit")
    assert "The file says: Sales" in desk.mia.reads
    await desk.mia.submits(department="  Customer \n Support ", country="Deutschland")
    assert "Department: Customer Support (set by an admin; the file says Sales)" in desk.mia.reads
    assert "Country: Deutschland (set by an admin)" in desk.mia.reads
    assert await attributes(desk, "ben") == {
        "department": ("customer support", "Sales", "Customer Support"),
        "country": ("deutschland", None, "Deutschland"),
    }
    await desk.mia.presses("Edit")
    await desk.mia.submits(department="", country="")
    assert "Department: Sales" in desk.mia.reads
    assert await attributes(desk, "ben") == {"department": ("sales", "Sales", None)}


async def test_too_much_is_refused_and_kept(desk: Desk) -> None:
    await page_of(desk, "ben")
    await desk.mia.presses("Edit")
    view = await desk.mia.submits(title="x" * 101)
    assert isinstance(view, Form)
    assert "101 characters; at most 100 fit" in view.errors["title"]


async def test_a_manager_is_chosen_and_the_conversation_appears(desk: Desk) -> None:
    assert "Nobody" in await page_of(desk, "ben")
    await desk.mia.presses("Choose manager")
    await desk.mia.submits(manager=await desk.person("ana"))
    assert "Ana Ruiz (set by an admin)" in desk.mia.reads
    await desk.ben.says("ana")
    assert "your manager" in desk.ben.reads


async def test_by_hand_leads_over_the_file_until_it_is_left_to_it_again(desk: Desk) -> None:
    await filed(desk, "ben", "ana@example.com")
    await page_of(desk, "ben")
    await desk.mia.presses("Choose manager")
    await desk.mia.submits(manager=await desk.person("cleo"))
    assert "Cleo Tanaka (set by an admin)" in desk.mia.reads
    await desk.mia.presses("As in the file")
    assert "The manager of Ben is changed." in desk.mia.reads
    assert "Ana Ruiz" in desk.mia.reads
    await desk.mia.presses("Undo")
    assert "Cleo Tanaka (set by an admin)" in desk.mia.reads
    await desk.mia.presses("Reports to nobody")
    line = await line_of(desk, "ben")
    assert line is not None
    assert (line.by_hand, line.manager) == (NOBODY, None)
    await desk.mia.presses("Undo")
    assert "Cleo Tanaka (set by an admin)" in desk.mia.reads


@pytest.mark.parametrize("said", ["oneself", "cycle", "inactive", "unknown"])
async def test_a_manager_who_cannot_be_is_refused_and_nothing_is_stored(desk: Desk, said: str) -> None:
    ben, ana = await desk.person("ben"), await desk.person("ana")
    await page_of(desk, "ana")
    await desk.mia.presses("Choose manager")
    await desk.mia.submits(manager=ben)
    await desk.engine.learn(desk.cleo.account, replace(profile("cleo"), active=False))
    chosen = {"oneself": ben, "cycle": ana, "inactive": await desk.person("cleo"), "unknown": "x" * 22}[said]
    sentences = {
        "oneself": "Nobody can be their own manager.",
        "cycle": "This person reports to Ben in turn",
        "inactive": "This person is no longer active here.",
        "unknown": "I could not find that person any more.",
    }
    await page_of(desk, "ben")
    await desk.mia.presses("Choose manager")
    view = await desk.mia.submits(manager=chosen)
    assert isinstance(view, Form)
    assert sentences[said] in view.errors["manager"]
    assert await line_of(desk, "ben") is None
    line = await line_of(desk, "ana")
    assert line is not None
    assert (line.manager, line.doubt) == (ben, None)


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("ben@example.com", "Ben is named as their own manager"),
        ("zoe@example.com", "nobody has that address yet"),
    ],
)
async def test_what_is_wrong_with_the_file_is_said_in_words(desk: Desk, named: str, says: str) -> None:
    await filed(desk, "ben", named)
    await put_in(desk, ben="Sales")  # and with that the line is judged
    line = await line_of(desk, "ben")
    assert line is not None
    assert line.doubt in (Doubt.oneself, Doubt.unknown)
    assert says in await page_of(desk, "ben")


async def test_a_page_shows_nothing_of_what_two_people_do(desk: Desk) -> None:
    await page_of(desk, "ben")
    alone = desk.mia.reads
    await paired(desk)
    await desk.ana.says("add the merger")
    await desk.ana.says("meet")
    assert await page_of(desk, "ben") == alone
