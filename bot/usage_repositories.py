"""Whether 1-on-1s happen, as a Protocol; see ``bot.repositories``."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.disclosure import Group
from bot.model.ids import ConversationId
from bot.model.usage import Counted, Deed, Department, Standing, UsageWeek, WeekShown


class Midnights(Protocol):
    """When a day begins where the organization is."""

    def __call__(self, day: date) -> datetime: ...


class Usage(Protocol):
    """Days and numbers, without a word of anybody's."""

    async def did(self, conversation: ConversationId, deed: Deed, at: datetime) -> None:
        """Write down that one of the two did this; once, however often it is said of the same moment."""

    async def departments(self) -> Sequence[Department]:
        """All that there ever were, by name."""

    async def latest(self) -> date | None:
        """The last week that is counted; None before the first."""

    async def groups(self, weeks: Collection[date], *, department: str | None = None) -> Sequence[UsageWeek]:
        """Everybody and the departments in these weeks, the oldest first; of a ``department`` it and its teams."""

    async def everybody(self, *, since: date) -> Sequence[UsageWeek]:
        """Everybody in each week from then on, the oldest first."""

    async def shown(
        self, weeks: Collection[date], *, everybody: Collection[date], department: str | None = None
    ) -> Sequence[WeekShown]:
        """In ``weeks`` everybody, the departments, and the teams of one; ``everybody`` in more weeks. In no order."""

    async def add_week(self, groups: Sequence[UsageWeek]) -> None:
        """Add what was counted in a week, as far as it is not there."""


class Counting(Protocol):
    """What the clock does to count; a *moment* is UTC, a *day* is one where the organization is.

    A conversation is *live* while it is of a manager and a report who can both write there, and does not rest.
    """

    async def hold(self) -> bool:
        """Keep others from counting until the transaction ends; False while another one does."""

    async def counted(self) -> Counted: ...
    async def fold(self, day: date, *, since: datetime, before: datetime, standing_since: date | None = None) -> None:
        """Say of the conversations that stand somewhere what was done and answered between these moments, on that day.

        Only of those who stand there since a certain day, if one is given. To say it twice changes nothing.
        """

    async def move_on(self, until: datetime) -> None:
        """All up to then is counted."""

    async def new_departments(self) -> Sequence[tuple[str, str]]:
        """Names and labels of those that reports of live conversations are in, as far as they are not known yet."""

    async def add_departments(self, departments: Sequence[Department]) -> None: ...
    async def leave(self, until: date) -> None:
        """Let those conversations stand nowhere after that day that are not live there any more."""

    async def stand(self, since: date, *, begun_before: datetime) -> int:
        """Let each live conversation that stands nowhere stand where it belongs, if it began before that moment.

        How many those are.
        """

    async def standings(self, conversation: ConversationId) -> Sequence[Standing]:
        """Where it has stood, the latest first."""

    async def teams(self) -> Sequence[Group]:
        """The teams in which conversations stand or stood lately, and how many do; nothing else is counted yet."""

    async def groups(self, week: date, *, together: Collection[str], midnights: Midnights) -> Sequence[Group]:
        """Everybody, each department and each team, as they stand at the end of the week.

        The departments in ``together`` are one, OTHERS.
        """

    async def forget(self, *, deeds_before: datetime, teams_before: date, standing_before: date) -> None:
        """Remove deeds, teams in weeks, and standings that were over, as far as they are older."""
