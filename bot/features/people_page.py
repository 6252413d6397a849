"""People, for admins: finding somebody, and what is known of them; never what they talk about (N1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.actions import Action
from bot.features.accounts import active_accounts, platforms_of
from bot.features.admins import admins_only
from bot.features.people import named, nobody
from bot.model.hierarchy import NOBODY, Attribute, ReportingLine
from bot.model.ids import PersonId
from bot.model.people import Person
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Form, Heading, Page, PersonField, Quiet, Text

handlers = Handlers()


class Said(StrEnum):
    """What an admin says about somebody's manager."""

    as_filed = "as_filed"
    nobody = "nobody"
    chosen = "chosen"


@dataclass(frozen=True)
class OpenPeople(Action):
    """Asks for whom to look."""


@dataclass(frozen=True)
class ShowPerson(Action):
    """Shows who was chosen."""


@dataclass(frozen=True)
class OpenPerson(Action):
    """What is known of somebody."""

    person: PersonId


@dataclass(frozen=True)
class EditPerson(Action):
    """Asks what is to be known of somebody."""

    person: PersonId


@dataclass(frozen=True)
class ChooseManager(Action):
    """Asks for somebody's manager."""

    person: PersonId


@dataclass(frozen=True)
class SetManager(Action):
    """Says who somebody's manager is, or that the file does."""

    person: PersonId
    said: Said
    manager: PersonId | None = None


@dataclass(frozen=True)
class NameAdmin(Action):
    """Makes somebody an admin."""

    person: PersonId


@dataclass(frozen=True)
class UnnameAdmin(Action):
    """Takes that back."""

    person: PersonId


async def somebody(turn: Turn, person: PersonId) -> Person:
    """Anybody of the organization, oneself and those who left included; for admins."""
    admins_only(turn)
    found = await turn.tx.people.get(person)
    if found is None:
        raise Refused("refused.gone")
    return found


@handlers.reads(OpenPeople)
async def open_people(turn: Turn, action: OpenPeople) -> Form:
    admins_only(turn)
    return Form(
        title=turn.say("people.title"),
        body=(PersonField("person", turn.say("people.whom"), placeholder=turn.say("people.placeholder")),),
        submit=ShowPerson(),
        submit_label=turn.say("people.show"),
        sees=turn.say("people.sees"),
        address=action,
    )


@handlers.reads(ShowPerson, form=OpenPeople)
async def show_person(turn: Turn, action: ShowPerson) -> Page:
    admins_only(turn)
    return await person_page(turn, await somebody(turn, PersonId(turn.entered.id("person"))))


@handlers.reads(OpenPerson)
async def open_person(turn: Turn, action: OpenPerson) -> Page:
    return await person_page(turn, await somebody(turn, action.person))


async def person_page(turn: Turn, person: Person) -> Page:
    """What is known of somebody, and what an admin can change of it."""
    line = await turn.tx.hierarchy.line(person.id)
    return Page(
        title=person.name,
        body=(
            *await _known(turn, person),
            *await _attributes(turn, person),
            Heading(turn.say("people.reports_to")),
            *await _manager(turn, person, line),
            Heading(turn.say("people.rights")),
            *await _rights(turn, person),
        ),
        sees=turn.say("people.sees"),
        address=OpenPerson(person.id),
    )


async def _known(turn: Turn, person: Person) -> tuple[Block, ...]:
    sources = [*await platforms_of(turn, await active_accounts(turn.tx, person.id))]
    sources += [turn.say("people.file")] if person.listed else []
    where = turn.voice.listed(sources)
    said = (
        Text(turn.say("people.email", email=person.email or "")),
        Text(turn.say("people.sources", sources=where)),
    )
    return said if person.active else (*said, Text(turn.say("people.left", name=person.first_name)))


async def _attributes(turn: Turn, person: Person) -> tuple[Block, ...]:
    known = await turn.tx.hierarchy.attributes([person.id])
    return (
        *(Text(_attribute(turn, one)) for one in known),
        Buttons((Button(turn.say("people.edit"), EditPerson(person.id)),)),
    )


def _attribute(turn: Turn, one: Attribute) -> str:
    return turn.say(
        "people.attribute",
        label=one.label,
        value=one.shown,
        by_hand=one.by_hand is not None,
        in_file=one.in_file or "",
    )


async def _manager(turn: Turn, person: Person, line: ReportingLine | None) -> tuple[Block, ...]:
    manager = await turn.tx.people.get(line.manager) if line and line.manager else None
    by_hand = line is not None and line.by_hand is not None
    said = turn.say("people.manager", name=manager.name if manager else "", by_hand=by_hand)
    choose = Button(turn.say("people.choose_manager"), ChooseManager(person.id))
    nobody_at_all = Button(turn.say("people.nobody"), SetManager(person.id, Said.nobody))
    as_filed = Button(turn.say("people.as_filed"), SetManager(person.id, Said.as_filed))
    buttons = [choose]
    buttons += [nobody_at_all] if line is None or line.by_hand != NOBODY else []
    buttons += [as_filed] if by_hand else []
    return (Text(said), *await _doubt(turn, person, line), Buttons(tuple(buttons)))


async def _doubt(turn: Turn, person: Person, line: ReportingLine | None) -> tuple[Block, ...]:
    """What is wrong with the one who is named, in words."""
    if line is None or line.doubt is None:
        return ()
    said = turn.say(f"people.doubts.{line.doubt.value}", named=await _named(turn, line), name=person.first_name)
    kept = () if line.manager is None else (Quiet(turn.say("people.last_good")),)
    return (Text(said), *kept)


async def _named(turn: Turn, line: ReportingLine) -> str:
    if line.by_hand is None:
        return line.in_file or ""
    found = await turn.tx.people.get(PersonId(line.by_hand))
    return found.name if found else ""


async def _rights(turn: Turn, person: Person) -> tuple[Block, ...]:
    why = await why_admin(turn, person)
    on = person.enabled or bool(why)
    change = _change_of_rights(turn, person, why)
    return (
        Text(turn.say("people.admin", name=person.first_name, why=turn.voice.listed(why))),
        Text(turn.say("people.is_on", name=person.first_name, on=on)),
        *((Buttons((change,)),) if change else ()),
    )


def _change_of_rights(turn: Turn, person: Person, why: Sequence[str]) -> Button | None:
    """None where a press would come to nothing."""
    if person.admin and person.id != turn.person.id and not turn.is_configured(person):
        return Button(turn.say("people.unname_admin"), UnnameAdmin(person.id))
    if why or not person.active:
        return None
    return Button(turn.say("people.name_admin"), NameAdmin(person.id))


async def why_admin(turn: Turn, person: Person) -> Sequence[str]:
    """Why somebody is an admin, in words; nothing where they are none."""
    accounts = await active_accounts(turn.tx, person.id) if turn.platform_admins else []
    reasons = {
        "configured": turn.is_configured(person),
        "named": person.admin,
        "flagged": any(one.admin for one in accounts),
    }
    return [turn.say(f"people.why.{reason}") for reason, holds in reasons.items() if holds]


@handlers.verb("people")
async def people_words(turn: Turn, rest: str) -> Step:
    admins_only(turn)
    if not rest:
        return Step(OpenPeople())
    found, _ = await named(turn, rest, oneself=True)
    if not found:
        raise nobody(rest)
    return Step(OpenPerson(found[0].id) if len(found) == 1 else OpenPeople())
