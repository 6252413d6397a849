"""What an admin says about somebody by hand, which leads over the file: attributes and manager (N1, N2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.actions import Action
from bot.features.people import person_option
from bot.features.people_page import ChooseManager, EditPerson, Said, SetManager, person_page, somebody
from bot.folding import folded
from bot.lines import settle_one
from bot.model.hierarchy import DEPARTMENT, NOBODY, Attribute, ReportingLine
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Button, Form, Here, Option, Page, PersonField, Quiet, TextField

handlers = Handlers()

BY_HAND = (DEPARTMENT, "country", "location", "title")
"""What can be said of somebody by hand; a file may say more."""

VALUE_LENGTH = 100


@dataclass(frozen=True)
class SavePerson(Action):
    """Keeps what an admin says of somebody."""

    person: PersonId


@dataclass(frozen=True)
class SaveManager(Action):
    """Keeps whom an admin chose."""

    person: PersonId


@handlers.reads(EditPerson)
async def edit_person(turn: Turn, action: EditPerson) -> Form:
    person = await somebody(turn, action.person)
    known = await _known(turn, person)
    return Form(
        title=person.name,
        body=(
            Quiet(turn.say("people.by_hand_leads")),
            *(_field(turn, name, known.get(name)) for name in BY_HAND),
        ),
        submit=SavePerson(person.id),
        submit_label=turn.say("views.save"),
        sees=turn.say("people.sees"),
        address=action,
    )


async def _known(turn: Turn, person: Person) -> Mapping[str, Attribute]:
    return {one.name: one for one in await turn.tx.hierarchy.attributes([person.id])}


def _field(turn: Turn, name: str, known: Attribute | None) -> TextField:
    return TextField(
        name,
        turn.say(f"people.attributes.{name}"),
        value=(known.by_hand or "") if known else "",
        most=VALUE_LENGTH,
        required=False,
        hint=turn.say("people.in_file", value=known.in_file) if known and known.in_file else "",
    )


@handlers.writes(SavePerson, form=EditPerson)
async def save_person(turn: Turn, action: SavePerson) -> Page:
    person = await somebody(turn, action.person)
    known = await _known(turn, person)
    for name in BY_HAND:
        await _keep(turn, person, name, known.get(name))
    await settle_one(turn.pen, person.id, domains=turn.domains)
    return await person_page(turn, await somebody(turn, person.id))


async def _keep(turn: Turn, person: Person, name: str, known: Attribute | None) -> None:
    """An empty field leaves it to the file."""
    words = turn.entered.text_or_none(name, most=VALUE_LENGTH)
    by_hand = None if words is None else " ".join(words.split())
    if by_hand is None and (known is None or known.in_file is None):
        await turn.tx.hierarchy.remove_attribute(person.id, name)
        return
    said = known or _nothing(turn, person, name)
    value = folded(by_hand or said.in_file or "")
    await turn.tx.hierarchy.put_attribute(replace(said, by_hand=by_hand, value=value))


def _nothing(turn: Turn, person: Person, name: str) -> Attribute:
    label = turn.say(f"people.attributes.{name}")
    return Attribute(person=person.id, name=name, organization=turn.organization.id, label=label, value="")


@handlers.reads(ChooseManager)
async def choose_manager(turn: Turn, action: ChooseManager) -> Form:
    person = await somebody(turn, action.person)
    return Form(
        title=turn.say("people.choose_manager"),
        body=(
            Quiet(turn.say("people.by_hand_leads")),
            PersonField(
                "manager",
                turn.say("people.whose_manager", name=person.name),
                value=await _holds(turn, person),
                placeholder=turn.say("people.placeholder"),
            ),
        ),
        submit=SaveManager(person.id),
        submit_label=turn.say("views.save"),
        sees=turn.say("people.manager_sees", name=person.first_name),
        address=action,
    )


async def _holds(turn: Turn, person: Person) -> Option | None:
    line = await turn.tx.hierarchy.line(person.id)
    manager = await turn.tx.people.get(line.manager) if line and line.manager else None
    return person_option(manager) if manager else None


@handlers.writes(SaveManager, form=ChooseManager)
async def save_manager(turn: Turn, action: SaveManager) -> Page:
    person = await somebody(turn, action.person)
    await _says(turn, person, PersonId(turn.entered.id("manager")))
    return await person_page(turn, await somebody(turn, person.id))


@handlers.writes(SetManager)
async def set_manager(turn: Turn, action: SetManager) -> Here:
    person = await somebody(turn, action.person)
    if (action.manager is None) == (action.said is Said.chosen):
        raise Refused("refused.gone")
    by_hand = {Said.as_filed: None, Said.nobody: NOBODY, Said.chosen: action.manager}[action.said]
    before = await _says(turn, person, by_hand)
    return Here(
        text=turn.say("people.manager_set", name=person.first_name),
        undo=Button(turn.say("views.undo"), _as_before(person, before)),
    )


def _as_before(person: Person, by_hand: str | None) -> SetManager:
    if by_hand is None:
        return SetManager(person.id, Said.as_filed)
    return SetManager(person.id, Said.chosen, PersonId(by_hand)) if by_hand else SetManager(person.id, Said.nobody)


async def _says(turn: Turn, person: Person, by_hand: str | None) -> str | None:
    """Let it be so, with all that follows; what was said before. Raises Refused where it cannot hold."""
    line = await turn.tx.hierarchy.line(person.id) or _no_line(turn, person)
    await turn.tx.hierarchy.put_line(replace(line, by_hand=by_hand))
    await settle_one(turn.pen, person.id, domains=turn.domains)
    held = await turn.tx.hierarchy.line(person.id)
    if by_hand and held and held.doubt:
        raise Refused(f"refused.manager_{held.doubt.value}", field="manager", name=person.first_name)
    return line.by_hand


def _no_line(turn: Turn, person: Person) -> ReportingLine:
    return ReportingLine(person=person.id, organization=turn.organization.id, changed_at=turn.now)
