"""Where a visitor sits: before one person's screen, on one platform. A seat's name is `slack:ID` or `teams:ID`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from adapters.playground import slack_page, teams_page
from adapters.playground.page_intent import BadIntent, Intent
from adapters.playground.slack_people import Json
from adapters.playground.slack_standin import SlackStandIn
from adapters.playground.teams_standin import TeamsStandIn

_GUESTS = ("guest", "anonymous")


class StandIns(Protocol):
    @property
    def slack(self) -> SlackStandIn: ...
    @property
    def teams(self) -> TeamsStandIn: ...


@dataclass(frozen=True)
class Seat:
    """`screen` is all that this person sees; `perform` does what the visitor wants, as that person."""

    name: str
    screen: Callable[[], Json]
    perform: Callable[[Intent], Awaitable[Json]]


@dataclass(frozen=True)
class Seats:
    """The seats of the two stand-ins, looked up by name."""

    stand_ins: StandIns

    def can_act(self, name: str) -> bool:
        """Whether a visitor may sit there: it is the account of a human who works here."""
        platform, _, user = name.partition(":")
        if platform == "slack":
            return slack_page.can_act(self.stand_ins.slack.world, user)
        known = self.stand_ins.teams.world.users.get(user)
        return platform == "teams" and known is not None and known.role not in _GUESTS

    def at(self, name: str) -> Seat:
        """The seat of this name; raises BadIntent for one that nobody can take."""
        if not self.can_act(name):
            raise BadIntent("nobody can act as that account")
        platform, _, user = name.partition(":")
        return self._slack(name, user) if platform == "slack" else self._teams(name, user)

    def _slack(self, name: str, user: str) -> Seat:
        world, person = self.stand_ins.slack.world, self.stand_ins.slack.person(user)
        visitor = slack_page.SlackVisitor(world, person)
        return Seat(
            name,
            screen=lambda: slack_page.screen_json(world, person),
            perform=lambda intent: slack_page.perform(visitor, intent),
        )

    def _teams(self, name: str, user: str) -> Seat:
        world, person = self.stand_ins.teams.world, self.stand_ins.teams.person(user)
        visitor = teams_page.TeamsVisitor(world, person)
        return Seat(
            name,
            screen=lambda: teams_page.screen_json(world, person),
            perform=lambda intent: teams_page.perform(visitor, intent),
        )
