"""Moving a stage's clock to a date and a time."""

from datetime import UTC, datetime

from tests.adapters.contract.backstage import A_MONDAY
from tests.adapters.contract.stage import Stage


class Almanac:
    """Moves the stage's clock to a moment, and lets the bot send what is due by then."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.at = A_MONDAY

    async def becomes(self, day: int, hour: int, minute: int = 0, *, month: int = 12, year: int = 2026) -> None:
        """It is that moment, in UTC."""
        moment = datetime(year, month, day, hour, minute, tzinfo=UTC)
        self.stage.clock.advance(moment - self.at)
        self.at = moment
        await self.stage.delivers()
