"""What the simulation itself remembers of what people did and were answered; nothing here is read from the product."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.model.ids import ConversationId, PersonId
from bot.model.people import Account
from tests.stateful.by_hand import Rhythm


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody at work; ``name`` is one that nobody else has, and all that messages may call them."""

    name: str
    zone: str
    person: PersonId
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class Version:
    """From ``at`` on the two have this rhythm, or none."""

    at: datetime
    rhythm: Rhythm | None


@dataclass(frozen=True)
class Single:
    """From ``at`` on the meeting of one day of the rhythm begins at ``starts``; None where it is skipped."""

    at: datetime
    starts: datetime | None


@dataclass(kw_only=True)
class Pair:
    """Two people, and what they agreed upon.

    ``extras`` are single meetings with when they were agreed upon, None where they were only proposed. ``touched`` are
    the times in which either did something here: what was then to be sent may have changed. It is not ``certain`` what
    they agreed upon once a change was never answered.
    """

    number: int
    first: Member
    second: Member
    conversation: ConversationId | None = None
    versions: list[Version] = field(default_factory=list)
    singles: dict[date, list[Single]] = field(default_factory=dict)
    extras: dict[datetime, datetime | None] = field(default_factory=dict)
    touched: list[tuple[datetime, datetime]] = field(default_factory=list)
    is_certain: bool = True

    @property
    def both(self) -> tuple[Member, Member]:
        return self.first, self.second

    @property
    def rhythm(self) -> Rhythm | None:
        """The one that holds now."""
        return self.versions[-1].rhythm if self.versions else None

    def is_untouched(self, start: datetime, end: datetime) -> bool:
        """Whether neither did anything here in that time."""
        return all(until < start or end < begun for begun, until in self.touched)


@dataclass
class Inputs:
    """Every input that people gave, by what is to come of it exactly once.

    ``texts`` are the words put on agendas, with whether that was acknowledged, None where nothing was answered;
    ``snoozes`` how often people asked for a delivery again.
    """

    texts: dict[str, bool | None] = field(default_factory=dict)
    snoozes: Counter[str] = field(default_factory=Counter)
    given: int = 0
    acknowledged: int = 0
    unanswered: int = 0
