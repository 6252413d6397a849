"""Who is an admin, and what only an admin may do (N3)."""

from collections.abc import Sequence

from bot.model.people import Person
from bot.refused import Refused
from bot.turn import Turn

ASKED = 2
"""How many admins are named to somebody who is to ask one."""


def admins_only(turn: Turn) -> None:
    """Raises Refused for everybody who is no admin at this moment."""
    if not turn.is_admin:
        raise Refused("refused.admins_only")


async def all_admins(turn: Turn) -> Sequence[Person]:
    """Every admin who is here, by name."""
    return await turn.tx.people.admins(turn.admins, flagged=turn.platform_admins)


async def who_to_ask(turn: Turn) -> str:
    """The names of admins who can be asked; nothing where there are none."""
    return turn.voice.listed([admin.name for admin in (await all_admins(turn))[:ASKED]])
