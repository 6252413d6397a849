"""The repeating schedule of a conversation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.ids import ConversationId, OrganizationId, PersonId, SeriesId
from bot.rhythm import Rhythm


class SeriesState(StrEnum):
    """A conversation has at most one series that has not ended."""

    active = "active"
    paused = "paused"
    ended = "ended"


@dataclass(frozen=True, kw_only=True)
class Series:
    """A rhythm, and where the two meet. Its meetings are rows up to ``planned_until``, and reckoned after that.

    ``template`` is that of its meetings: the key of one that ships, or the id of one that somebody made.
    It ``rests`` while it is paused because its conversation does. When that comes back it is active by itself, and
    rests on until the clock has planned it anew.
    """

    id: SeriesId
    organization: OrganizationId
    conversation: ConversationId
    author: PersonId
    rule: str
    first: date
    at: int
    zone: str
    minutes: int
    created_at: datetime
    changed_at: datetime
    planned_until: datetime
    last: date | None = None
    place: str | None = None
    template: str | None = None
    state: SeriesState = SeriesState.active
    rests: bool = False
    version: int = 1

    @property
    def rhythm(self) -> Rhythm:
        """When it meets."""
        return Rhythm(
            rule=self.rule, first=self.first, at=self.at, zone=self.zone, minutes=self.minutes, last=self.last
        )
