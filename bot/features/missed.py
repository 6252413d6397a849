"""What the bot could not say: on Home, for who did not hear it, as long as it is of interest (G4)."""

from datetime import timedelta

from bot.model.delivery import DeliveryState
from bot.turn import Turn
from bot.views import Block, Quiet

LATELY = timedelta(days=7)


async def missed(turn: Turn) -> tuple[Block, ...]:
    """A line about what never arrived, and one about what perhaps did not; nothing when all arrived."""
    given_up = await turn.tx.deliveries.given_up(turn.person.id, since=turn.now - LATELY)
    doubtful = sum(delivery.state is DeliveryState.unknown for delivery in given_up)
    lines = (("home.missed", len(given_up) - doubtful), ("home.perhaps_missed", doubtful))
    return tuple(Quiet(turn.say(key, count=count)) for key, count in lines if count)
