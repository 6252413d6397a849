"""What a person's calendar shows of their meetings."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class FeedEvent:
    """One meeting as a calendar shows it: times and a place, nothing of what is talked about.

    ``uid`` stays the same for as long as the meeting lives; ``sequence`` rises with every change; ``place`` is a link,
    free text, or empty. Moments are aware and UTC.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A calendar by its name; ``refresh`` is how often a reader may ask for it again."""

    name: str
    events: tuple[FeedEvent, ...]
    refresh: timedelta = timedelta(hours=1)
