"""What stories about topics begin with: a hierarchy, what is known of people, and a topic that was assigned."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.clock import new_id
from bot.folding import folded
from bot.lines import settle
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.pen import Pen
from bot.ports import Transaction
from tests.adapters.contract.backstage import DOMAINS
from tests.adapters.contract.reporting import Served
from tests.adapters.contract.stage import Actor, Stage, Way

TITLE, QUESTION, WHY, LINKS = "Title", "Question", "Why now", "Links"
ATTRIBUTE, VALUES = "Condition 1", "… is one of"
GERMANY, FRANCE = {"Country": "Germany", "Department": "Sales"}, {"Country": "France", "Department": "Support"}
UNDER_ANA = {"ben": GERMANY, "cleo": GERMANY, "eva": GERMANY, "finn": GERMANY, "gil": GERMANY, "hana": FRANCE}
"""Who reports to Ana; Eva and the others have no account yet."""


async def known_to_report(stage: Stage, manager: str, reports: Mapping[str, Mapping[str, str]]) -> None:
    """The newest file says so, and this of each of them."""
    assert isinstance(stage, Served)
    store = stage.service.store
    organization = await store.organization(name="", new_id=new_id)
    async with store.write(organization) as tx:
        pen = Pen(tx, stage.clock.now(), new_id)
        for handle, known in reports.items():
            person = await _listed(tx, handle)
            line = ReportingLine(person=person.id, organization=organization, changed_at=pen.now)
            await tx.hierarchy.put_line(replace(line, in_file=f"{manager}@example.com"))
            for label, value in known.items():
                attribute = Attribute(
                    person=person.id,
                    name=folded(label),
                    organization=organization,
                    label=label,
                    value=folded(value),
                    in_file=value,
                )
                await tx.hierarchy.put_attribute(attribute)
        await settle(pen, domains=DOMAINS)


async def _listed(tx: Transaction, handle: str) -> Person:
    email = f"{handle}@example.com"
    for known in await tx.people.by_emails([email]):
        return known
    organization = (await tx.organizations.current()).id
    new = Person(id=PersonId(new_id()), organization=organization, name=handle.capitalize(), email=email, listed=True)
    await tx.people.add(new)
    return new


async def with_a_team(stage: Stage) -> None:
    """Ana has six reports, five of them in Germany."""
    await known_to_report(stage, "ana", UNDER_ANA)


async def assigned(stage: Stage, words: str = "assign Country = Germany: Mid-year reflection") -> None:
    """Mia assigns a topic in one line, and the clock goes by."""
    await stage.mia.closes()
    await stage.mia.says(words, way=Way.command)
    await stage.mia.presses("Assign")
    await stage.delivers()
    await stage.mia.closes()


async def in_full(mia: Actor) -> None:
    """Mia fills in the whole form, and reviews it."""
    await mia.says("assign", way=Way.command)
    await mia.fills(TITLE, "Mid-year reflection")
    await mia.fills(QUESTION, "What are you proud of since January?")
    await mia.fills(WHY, "Reviews start on 1 June; nobody collects answers.")
    await mia.fills(LINKS, "https://example.com/reviews")
    await mia.fills(ATTRIBUTE, "Country")
    await mia.fills(VALUES, "Germany")
