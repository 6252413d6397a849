"""A company: managers with their reports, over two Slack workspaces and two Teams tenants, in several time zones."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.engine import Engine
from bot.model.ids import OrganizationId, WorkspaceId
from bot.model.people import Account, Platform, Profile, Workspace
from storage.store import Store
from tests.simulation.books import Member, Pair

DOMAIN = "example.com"
PLATFORMS = (Platform.slack, Platform.teams, Platform.slack, Platform.teams)
ZONES = ("Europe/Madrid", "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
REPORTS = 4


@dataclass(frozen=True, kw_only=True)
class Company:
    organization: OrganizationId
    workspaces: Sequence[Workspace]
    members: Sequence[Member]
    pairs: Sequence[Pair]

    @property
    def admins(self) -> frozenset[str]:
        """Who gets what is asked."""
        return frozenset({email(0)})


def email(number: int) -> str:
    return f"p{number:03d}@{DOMAIN}"


async def workspaces_of(store: Store, new_id: Callable[[], str]) -> tuple[OrganizationId, Sequence[Workspace]]:
    """One organization, and where its people work."""
    organization = await store.organization(name="Example", new_id=new_id)
    workspaces = [
        Workspace(
            id=WorkspaceId(new_id()),
            organization=organization,
            platform=platform,
            external_id=f"T{number}",
            name=f"Example {number}",
        )
        for number, platform in enumerate(PLATFORMS)
    ]
    async with store.write(organization) as tx:
        for workspace in workspaces:
            await tx.organizations.add_workspace(workspace)
    return organization, workspaces


async def company_of(
    engine: Engine, organization: OrganizationId, workspaces: Sequence[Workspace], chance: random.Random, *, pairs: int
) -> Company:
    """Its people are known to the bot, and have not begun anything."""
    seats = list(_seats(pairs))
    members = [
        await _member(engine, organization, number, _offices(chance, workspaces, home), chance.choice(ZONES))
        for number, home in enumerate(homes_of(seats))
    ]
    return Company(
        organization=organization,
        workspaces=workspaces,
        members=members,
        pairs=[
            Pair(number=number, first=members[manager], second=members[report])
            for number, (manager, report) in enumerate(seats)
        ],
    )


def _seats(pairs: int) -> Iterator[tuple[int, int]]:
    """Each manager has four reports; the numbers of both."""
    for number in range(pairs):
        team, seat = divmod(number, REPORTS)
        yield team * (REPORTS + 1), team * (REPORTS + 1) + seat + 1


def homes_of(seats: Sequence[tuple[int, int]]) -> Iterator[int]:
    """In which workspace each works: that of their team, but the last of it in the next."""
    for number in range(max(report for _, report in seats) + 1):
        team, seat = divmod(number, REPORTS + 1)
        yield (team + (seat == REPORTS)) % len(PLATFORMS)


def _offices(chance: random.Random, workspaces: Sequence[Workspace], home: int) -> Sequence[Workspace]:
    """One in eight people works in two of them."""
    also = [workspaces[(home + 1) % len(workspaces)]] if chance.random() < 1 / 8 else []
    return [workspaces[home], *also]


async def _member(
    engine: Engine, organization: OrganizationId, number: int, offices: Sequence[Workspace], zone: str
) -> Member:
    name = f"P{number:03d}"
    accounts = tuple(Account(organization, office.id, f"{office.external_id}{name}") for office in offices)
    for account in accounts:
        await engine.learn(
            account,
            Profile(
                external_id=account.external_id,
                name=f"{name} Simulated",
                handle=name.lower(),
                email=email(number),
                zone=zone,
                language="en",
                active=True,
            ),
        )
    async with engine.store.read(organization) as tx:
        found = {account: await tx.people.identity(account.workspace, account.external_id) for account in accounts}
    people = {identity.person for identity in found.values() if identity}
    (person,) = people
    return Member(name=name, zone=zone, person=person, accounts=accounts)
