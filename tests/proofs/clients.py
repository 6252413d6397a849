"""Opens a service with people at their clients, for a crawl that does not depend on how quick the machine is."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from itertools import count

from bot.features import registry
from bot.registry import Registry
from tests.adapters.contract import mixed_stage, slack_stage, teams_stage
from tests.adapters.contract.backstage import A_MONDAY, Backstage, StoryClock
from tests.adapters.contract.slack_stage import SlackWing
from tests.adapters.contract.stages import MIXED
from tests.adapters.contract.teams_stage import TeamsWing
from tests.proofs.hands import Platform
from tests.proofs.scene import Breaking
from tests.proofs.slack_hands import WatchedSlack
from tests.proofs.teams_hands import WatchedTeams
from tests.proofs.watched import DAN, INCIDENT, PARTNERS, PSEUDO, Watched
from tests.stateful.snapshot import UNHURRIED

SLACK, TEAMS = "slack", "teams"
DAN_IN_TEAMS = teams_stage.teams_user("Dan", "Iveri", "Europe/Berlin", 6)


@asynccontextmanager
async def watched_on(
    platform: str, url: str, *, features: Registry | None = None, since: datetime = A_MONDAY
) -> AsyncIterator[Watched]:
    """The four in Slack, in Teams, or two in each: then Ana has an account in both."""
    breaking, ids, clock = Breaking(), count(1), StoryClock()
    clock.advance(since - clock.now())
    back = Backstage(
        url,
        clock,
        features or registry(),
        texts={"en": PSEUDO},
        ids=lambda: f"{INCIDENT}{next(ids):014d}",
        patience=UNHURRIED,
        answer_within=UNHURRIED,
        failpoint=breaking,
    )
    async with AsyncExitStack() as exits:
        platforms = await _platforms(back, platform, exits)
        found = {name: [hands for each in platforms for hands in [each.hands(name)] if hands] for name in PARTNERS}
        hands = {name: several[0] for name, several in found.items()}
        watched = Watched(back=back, breaking=breaking, platforms=platforms, hands=hands)
        await watched.begin()
        yield watched


async def _platforms(back: Backstage, platform: str, exits: AsyncExitStack) -> Sequence[Platform]:
    """The stand-ins that are asked for, with the service on them."""
    slack = await _slack(back, exits, mixed=platform == MIXED) if platform in (SLACK, MIXED) else None
    teams = await _teams(back, exits, mixed=platform == MIXED) if platform in (TEAMS, MIXED) else None
    watched: list[Platform] = [WatchedSlack(slack.slack, back.settle)] if slack else []
    watched += [WatchedTeams(teams.teams, back.settle)] if teams else []
    service = await back.start(slack=slack.config if slack else None, teams=teams.config if teams else None)
    exits.push_async_callback(back.stop)
    if slack is not None:
        slack.slack.events_url = service.events_url
    if teams is not None:
        teams.teams.messages_url = service.messages_url
        await teams.opens()
    await back.settle()
    return watched


async def _slack(back: Backstage, exits: AsyncExitStack, *, mixed: bool) -> SlackWing:
    """Where nothing ends after seconds: neither a trigger, nor the patience of a client."""
    people = (*(mixed_stage.IN_SLACK if mixed else slack_stage.EVERYBODY), DAN)
    slack = await exits.enter_async_context(slack_stage.workspace(back.clock, people))
    slack.world.tickets.monotonic = _always
    slack.line.patience = UNHURRIED
    return SlackWing(slack, back.settle, str)


async def _teams(back: Backstage, exits: AsyncExitStack, *, mixed: bool) -> TeamsWing:
    people = (*mixed_stage.IN_TEAMS, teams_stage.ANA) if mixed else (*teams_stage.EVERYBODY, DAN_IN_TEAMS)
    teams = await exits.enter_async_context(teams_stage.tenant(back.clock, people))
    teams.line.patience = UNHURRIED
    return TeamsWing(teams, back.settle, str)


def _always() -> float:
    return 0.0
