"""For whom it is on: everyone, or some departments first (N3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.actions import Action
from bot.features.admins import admins_only
from bot.folding import folded
from bot.lines import settle
from bot.model.hierarchy import DEPARTMENT
from bot.model.people import Reach
from bot.refused import Conflicted, Refused
from bot.registry import Handlers
from bot.rollout import departments_of
from bot.turn import Turn
from bot.views import Block, Field, Form, Notice, Quiet, Text, TextField

handlers = Handlers()

PATIENCE = 60.0
"""Seconds that it may take to look at everybody in a very large organization."""

SHOWN = 30
"""How many departments are named for somebody to choose from."""


@dataclass(frozen=True)
class OpenRollout(Action):
    """Asks for whom it is to be on."""


@dataclass(frozen=True)
class SaveRollout(Action):
    """Keeps it; ``lose`` is how many people an admin has read would lose it."""

    lose: int = 0


@handlers.reads(OpenRollout)
async def open_rollout(turn: Turn, action: OpenRollout) -> Form:
    admins_only(turn)
    on_for = departments_of(turn.organization)
    reach = await turn.tx.people.reach(on_for)
    said = turn.say("rollout.now", departments=len(on_for), on=reach.on, everybody=reach.everybody)
    return await _form(turn, "\n".join(on_for), Text(said))


async def _form(turn: Turn, typed: str, *above: Block, lose: int = 0) -> Form:
    return Form(
        title=turn.say("rollout.title"),
        body=(*above, _field(turn, typed), Quiet(await _there_are(turn)), Quiet(turn.say("rollout.who_too"))),
        submit=SaveRollout(lose),
        submit_label=turn.say("rollout.take_away" if lose else "views.save"),
        sees=turn.say("rollout.sees"),
        address=OpenRollout(),
    )


def _field(turn: Turn, typed: str) -> Field:
    return TextField(
        "departments",
        turn.say("rollout.departments"),
        value=typed,
        many_lines=True,
        required=False,
        hint=turn.say("rollout.hint"),
    )


async def _there_are(turn: Turn) -> str:
    every = await turn.tx.hierarchy.values(DEPARTMENT)
    return turn.say("rollout.there_are", some=", ".join(every[:SHOWN]), more=max(0, len(every) - SHOWN))


@handlers.writes(SaveRollout, form=OpenRollout, patience=PATIENCE)
async def save_rollout(turn: Turn, action: SaveRollout) -> Notice:
    admins_only(turn)
    departments = await _entered(turn)
    reach = await turn.tx.people.reach(departments)
    if reach.lose != action.lose and reach.lose:
        raise Conflicted(await _sure(turn, departments, reach))
    await turn.tx.organizations.save(replace(turn.organization, rollout="\n".join(departments)))
    await settle(turn.pen, domains=turn.domains)
    return Notice(text=turn.say("rollout.saved", departments=len(departments), on=reach.on, everybody=reach.everybody))


async def _sure(turn: Turn, departments: Sequence[str], reach: Reach) -> Form:
    """Nothing is taken from anybody before an admin has read from how many."""
    said = Text(turn.say("rollout.would_lose", lose=reach.lose, on=reach.on, everybody=reach.everybody))
    return await _form(turn, "\n".join(departments), said, lose=reach.lose)


async def _entered(turn: Turn) -> Sequence[str]:
    """The departments as they are written, each once; raises Refused for one that nobody is in."""
    typed = (turn.entered.text_or_none("departments") or "").splitlines()
    known = {folded(each): each for each in await turn.tx.hierarchy.values(DEPARTMENT)}
    return list(dict.fromkeys(_known(line, known) for line in typed if line.strip()))


def _known(line: str, known: Mapping[str, str]) -> str:
    name = " ".join(line.split())
    if folded(name) in known:
        return known[folded(name)]
    nearest = get_close_matches(folded(name), list(known), n=1, cutoff=0.4)
    raise Refused(
        "refused.unknown_department", field="departments", name=name, nearest=known[nearest[0]] if nearest else ""
    )
