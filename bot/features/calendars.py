"""My calendar: a secret address at which one's meetings can be read, with times and places only (G8)."""

from dataclasses import dataclass
from hashlib import sha256

from bot.actions import Action
from bot.features.schedule_page import calendar_of
from bot.model.calendar_link import CalendarLink
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Here, Jump, Page, Quiet, Quote, Style, Text

handlers = Handlers()


@dataclass(frozen=True)
class OpenCalendar(Action):
    """Shows the address."""


@dataclass(frozen=True)
class RenewCalendar(Action):
    """Makes one; the one before it no longer works."""


def digest_of(token: str) -> str:
    """By what a token is found."""
    return sha256(token.encode()).hexdigest()


@handlers.reads(OpenCalendar)
async def open_calendar(turn: Turn, action: OpenCalendar) -> Page:
    link = await turn.tx.calendar_links.of(turn.person.id)
    return Page(
        title=turn.say("calendar.title"),
        body=(Text(turn.say("calendar.what")), *_link_blocks(turn, link)),
        sees=turn.say("views.only_you"),
        address=action,
    )


def _link_blocks(turn: Turn, link: CalendarLink | None) -> tuple[Block, ...]:
    if turn.public_url is None:
        return (Text(turn.say("calendar.no_address")),)
    if link is None:
        return (Buttons((Button(turn.say("calendar.make"), RenewCalendar(), Style.primary),)),)
    address = f"{calendar_of(turn.public_url, link)}.ics"
    return (
        Quote(address),
        Quiet(turn.say("calendar.secret")),
        Jump(turn.say("calendar.look"), address),
        Buttons((Button(turn.say("calendar.renew"), RenewCalendar(), Style.danger),)),
    )


@handlers.writes(RenewCalendar)
async def renew_calendar(turn: Turn, action: RenewCalendar) -> Here:
    there = await turn.tx.calendar_links.of(turn.person.id)
    token = turn.new_id() + turn.new_id()
    await turn.tx.calendar_links.put(
        CalendarLink(
            person=turn.person.id,
            organization=turn.organization.id,
            token=token,
            digest=digest_of(token),
            made_at=turn.now,
        )
    )
    return Here(text=turn.say("calendar.renewed" if there else "calendar.made"))


@handlers.verb("calendar")
async def calendar_words(turn: Turn, rest: str) -> Step:
    return Step(OpenCalendar())
