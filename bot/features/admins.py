"""What only an admin may do (N3)."""

from bot.refused import Refused
from bot.turn import Turn


def admins_only(turn: Turn) -> None:
    """Raises Refused for everybody whom the configuration does not name."""
    if not turn.is_admin:
        raise Refused("refused.admins_only")
