"""One occurrence of a conversation at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.model.ids import ConversationId, MeetingId, OrganizationId, PersonId, SeriesId

NOT_STORED = 0
"""The version of a meeting that is reckoned, and no row yet."""

UNPLANNED = 0
"""The minutes of a meeting that was begun on the spot: nobody knows when it will end."""


class MeetingState(StrEnum):
    """``cancelled`` is no longer in its series; ``skipped`` is, and can be brought back."""

    scheduled = "scheduled"
    running = "running"
    ended = "ended"
    skipped = "skipped"
    cancelled = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting, planned or begun on the spot; ``starts_at`` and ``minutes`` are when and how long it is planned.

    One of a series has its ``series`` and the ``day`` on which it was due at first, by which it is known wherever it
    moves. ``place`` and ``template`` are only its own where they differ from its series'. ``sequence`` counts what a
    calendar must know.
    """

    id: MeetingId
    organization: OrganizationId
    conversation: ConversationId
    author: PersonId
    starts_at: datetime
    state: MeetingState
    changed_at: datetime
    minutes: int = UNPLANNED
    series: SeriesId | None = None
    day: date | None = None
    moved: bool = False
    place: str | None = None
    template: str | None = None
    begun_at: datetime | None = None
    started_by: PersonId | None = None
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    sequence: int = 0
    version: int = 1

    @property
    def is_held(self) -> bool:
        """Whether the two have met, or are meeting."""
        return self.state in (MeetingState.running, MeetingState.ended)

    @property
    def is_stored(self) -> bool:
        """Whether it is a row; a meeting further ahead is reckoned from its series."""
        return self.version > NOT_STORED

    @property
    def is_planned(self) -> bool:
        """Whether its end was known before it began."""
        return self.minutes != UNPLANNED

    @property
    def met_at(self) -> datetime:
        """When it began, or will begin."""
        return self.begun_at or self.starts_at

    @property
    def over_at(self) -> datetime:
        """When it ended, or should."""
        return self.ended_at or self.met_at + timedelta(minutes=self.minutes)
