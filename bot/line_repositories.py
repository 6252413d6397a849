"""Reporting lines as a transaction reads and writes them all at once, as Protocols like those of the nouns."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.hierarchy import LeftOpen, Member, Named, Verdict
from bot.model.hierarchy import Doubt
from bot.model.ids import ConversationId, PersonId


class Lines(Protocol):
    """All reporting lines at once, to be judged."""

    async def members(self, people: Iterable[PersonId] | None = None) -> Sequence[Member]:
        """These people, or everybody."""

    async def with_emails(self, emails: Iterable[str]) -> Sequence[Member]:
        """Those who have one of these folded addresses."""

    async def named(self, people: Iterable[PersonId] | None = None) -> Sequence[Named]:
        """The lines of these people, or all."""

    async def naming(self, person: PersonId, email: str | None) -> Sequence[Named]:
        """The lines that name this person, by hand or by their folded address, or have them for a manager."""

    async def doubted(self, *doubts: Doubt) -> Sequence[Named]:
        """The lines with one of these doubts, or with any."""

    async def hold(self, verdicts: Mapping[PersonId, Verdict], *, at: datetime) -> None:
        """Write down what was judged of the lines of these people."""


class LineConversations(Protocol):
    """The conversations that follow from who reports to whom, while both are here and it is on for both.

    ``people`` limits what is looked at to what concerns one of them; None is everybody.
    """

    async def concern(self, people: Collection[PersonId]) -> bool:
        """Whether one of them is in a line, or in a conversation that one has made: else nothing can follow."""

    async def bring_back(self, people: Collection[PersonId] | None, *, at: datetime) -> int:
        """Let those that rest be as before whose line is there again; how many."""

    async def adopt(self, people: Collection[PersonId] | None) -> int:
        """Let those be of a manager and a report that the two had otherwise; how many."""

    async def make(self, people: Collection[PersonId] | None, *, at: datetime, new_id: Callable[[], str]) -> int:
        """Begin those that a line has and the two have not; how many."""

    async def rest(self, people: Collection[PersonId] | None, *, at: datetime) -> Sequence[ConversationId]:
        """Let those rest whose line is no more, and call off what they had planned; which."""

    async def left_open(self, reports: Iterable[PersonId]) -> Sequence[LeftOpen]:
        """What rests with another manager than they have, and has something open in the report's own words."""
