"""What the page plays on, and what of it stays the same while one plays."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from adapters.playground import slack_page, teams_page
from adapters.playground.entries import ENTRIES
from adapters.playground.page_clock import Move
from adapters.playground.page_seats import Seats
from adapters.playground.slack_people import Json
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_standin import TeamsStandIn

NAME = "OneOnOne"


@dataclass(frozen=True)
class Hint:
    """Words that the page offers while one types, what they are for, and what choosing them types."""

    text: str
    says: str
    becomes: str


@dataclass(frozen=True)
class Hints:
    """The same verbs as one types them on each platform."""

    slack: Sequence[Hint]
    teams: Sequence[Hint]


class Stage(Protocol):
    """Two stand-ins with one bot behind them, until `reset` puts up others."""

    @property
    def slack(self) -> SlackStandIn: ...
    @property
    def teams(self) -> TeamsStandIn: ...
    @property
    def starts(self) -> Sequence[str]:
        """The seats that the two windows show at first."""
        ...

    @property
    def hints(self) -> Hints: ...
    @property
    def now(self) -> datetime: ...
    @property
    def ahead(self) -> float:
        """By how many seconds the clock was moved."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next message that waits is due."""
        ...

    async def move(self, move: Move) -> None:
        """Move the clock, and let everything happen that is due by then."""
        ...

    async def reset(self) -> None: ...


def stage_json(stage: Stage) -> Json:
    """Who and what there is."""
    return {
        "app": {"name": NAME},
        "people": list(_people(stage)),
        "places": {"slack": stage.slack.world.team.name, "teams": stage.teams.world.tenant.name},
        "starts": list(stage.starts),
        "entries": [{"id": entry, "label": label} for entry, label in ENTRIES.items()],
        "hints": asdict(stage.hints),
    }


def _people(stage: Stage) -> Iterator[Json]:
    slack, teams = stage.slack.world, stage.teams.world
    for account in slack.users.values():
        if account.id != "USLACKBOT":
            yield _seated("slack", slack_page.person_json(slack, account))
    for user in teams.users.values():
        yield _seated("teams", teams_page.person_json(user) | {"acts": Seats(stage).can_act(f"teams:{user.id}")})


def _seated(platform: str, person: Json) -> Json:
    return {"seat": f"{platform}:{person['id']}", "platform": platform, **person}


async def clock_json(stage: Stage) -> Json:
    """What the page's clock shows."""
    due = await stage.next_due()
    now = stage.now
    next_due = None if due is None else max(due, now).timestamp()
    return {"now": now.timestamp(), "ahead": stage.ahead, "next": next_due}
