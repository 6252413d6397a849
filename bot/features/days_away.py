"""Days away: no reminder comes on them (G5)."""

from dataclasses import dataclass
from datetime import date

from bot import access
from bot.actions import Action
from bot.model.habits import Away
from bot.model.ids import AwayId
from bot.refused import Refused
from bot.registry import Handlers
from bot.reminding import arrange_for
from bot.turn import Turn
from bot.typed import typed_day
from bot.views import Button, Buttons, Form, Here, Page, Row, Style, Text, TextField

handlers = Handlers()

DATE_LENGTH = 60
MOST = 10
LONGEST_DAYS = 366


@dataclass(frozen=True)
class OpenAway(Action):
    """Shows one's days away."""


@dataclass(frozen=True)
class AskAway(Action):
    """Asks from when to when."""


@dataclass(frozen=True)
class AddAway(Action):
    """Keeps them."""


@dataclass(frozen=True)
class RemoveAway(Action):
    """One is not away after all."""

    away: AwayId


@handlers.reads(OpenAway)
async def open_away(turn: Turn, action: OpenAway) -> Page:
    return await _page(turn)


async def _page(turn: Turn) -> Page:
    ahead = [one for one in await turn.tx.habits.away(turn.person.id) if one.last >= turn.today]
    rows = tuple(
        Row(_said(turn, one), "", (Button(turn.say("away.remove"), RemoveAway(one.id)),)) for one in ahead[:MOST]
    )
    add = (Button(turn.say("away.add"), AskAway(), Style.primary),) if len(ahead) < MOST else ()
    return Page(
        title=turn.say("away.title"),
        body=(Text(turn.say("away.what")), *rows, *((Buttons(add),) if add else ())),
        sees=turn.say("views.only_you"),
        address=OpenAway(),
    )


def _said(turn: Turn, away: Away) -> str:
    return (
        turn.say("away.day", day=away.first)
        if away.first == away.last
        else turn.say("away.span", first=away.first, last=away.last)
    )


@handlers.reads(AskAway)
async def ask_away(turn: Turn, action: AskAway) -> Form:
    return Form(
        title=turn.say("away.add_title"),
        body=(
            TextField("first", turn.say("away.first"), most=DATE_LENGTH, hint=turn.say("action_items.due_hint")),
            TextField("last", turn.say("away.last"), most=DATE_LENGTH, required=False),
        ),
        submit=AddAway(),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_you"),
        address=action,
    )


@handlers.writes(AddAway, form=AskAway)
async def add_away(turn: Turn, action: AddAway) -> Page:
    first = _entered(turn, "first", turn.entered.text("first", most=DATE_LENGTH))
    words = turn.entered.text_or_none("last", most=DATE_LENGTH)
    last = _entered(turn, "last", words) if words else first
    if last < first:
        raise Refused("refused.ends_before", field="last")
    if last < turn.today:
        raise Refused("refused.past_date", field="last" if words else "first")
    if (last - first).days > LONGEST_DAYS:
        raise Refused("refused.too_long_away", field="last")
    away = Away(
        id=AwayId(turn.new_id()), organization=turn.organization.id, person=turn.person.id, first=first, last=last
    )
    if len(await turn.tx.habits.away(turn.person.id)) >= 10 * MOST:
        raise Refused("refused.too_many_away", field="first")
    await turn.tx.habits.add_away(away)
    await arrange_for(turn.pen, turn.person.id)
    return await _page(turn)


def _entered(turn: Turn, field: str, words: str) -> date:
    day = typed_day(turn, words)
    if day is None:
        raise Refused("refused.unknown_date", field=field)
    return day


@handlers.writes(RemoveAway)
async def remove_away(turn: Turn, action: RemoveAway) -> Here:
    away = await access.away(turn, action.away)
    await turn.tx.habits.remove_away(away.id)
    await arrange_for(turn.pen, turn.person.id)
    return Here(text=turn.say("away.was_removed"))
