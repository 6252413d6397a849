"""Admins name admins (N3)."""

from dataclasses import dataclass, replace

from bot.actions import Action
from bot.features.admins import admins_only, all_admins
from bot.features.people_page import NameAdmin, OpenPerson, UnnameAdmin, somebody, why_admin
from bot.lines import settle_one
from bot.model.people import Person
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Button, Here, Page, Row, Text

handlers = Handlers()


@dataclass(frozen=True)
class ListAdmins(Action):
    """Who is an admin, and why."""

    page: int = 0


@handlers.reads(ListAdmins)
async def list_admins(turn: Turn, action: ListAdmins) -> Page:
    admins_only(turn)
    page = paged(await all_admins(turn), action.page)
    return Page(
        title=turn.say("admins.title"),
        body=(
            Text(turn.say("admins.can")),
            Text(turn.say("admins.cannot")),
            *[await _row(turn, admin) for admin in page.rows],
            *page.turner(turn, ListAdmins),
        ),
        sees=turn.say("people.sees"),
        address=action,
    )


async def _row(turn: Turn, admin: Person) -> Row:
    opened = Button(turn.say("views.open"), OpenPerson(admin.id))
    return Row(admin.name, turn.voice.listed(await why_admin(turn, admin)), (opened,))


@handlers.writes(NameAdmin)
async def name_admin(turn: Turn, action: NameAdmin) -> Here:
    person = await _subject(turn, action)
    if not person.active:
        raise Refused("refused.left_admin", name=person.first_name)
    await _set(turn, person, admin=True)
    return Here(
        text=turn.say("admins.named", name=person.name),
        undo=Button(turn.say("views.undo"), UnnameAdmin(person.id)),
    )


@handlers.writes(UnnameAdmin)
async def unname_admin(turn: Turn, action: UnnameAdmin) -> Here:
    person = await _subject(turn, action)
    if person.id == turn.person.id:
        raise Refused("refused.own_rights")
    if turn.is_configured(person):
        raise Refused("refused.configured_admin", name=person.first_name)
    await _set(turn, person, admin=False)
    return Here(
        text=turn.say("admins.unnamed", name=person.name),
        undo=Button(turn.say("views.undo"), NameAdmin(person.id)),
    )


async def _subject(turn: Turn, action: NameAdmin | UnnameAdmin) -> Person:
    """Whom it is about; one admin after the other, so that two who un-name each other do not both succeed."""
    admins_only(turn)
    await turn.tx.people.one_at_a_time()
    [oneself] = await turn.tx.people.many([turn.person.id])
    admins_only(replace(turn, person=oneself))
    return await somebody(turn, action.person)


async def _set(turn: Turn, person: Person, *, admin: bool) -> None:
    if person.admin != admin:
        await turn.tx.people.save(replace(person, admin=admin))
        await settle_one(turn.pen, person.id, domains=turn.domains)


@handlers.verb("admins")
async def admins_words(turn: Turn, rest: str) -> Step:
    return Step(ListAdmins())
