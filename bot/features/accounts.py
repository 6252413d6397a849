"""Accounts and whose they are: what a directory says, and the one person behind two of them (A5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.features.helping import AskPerson
from bot.lines import settle_one
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, PersonId, WorkspaceId
from bot.model.people import Account, Identity, Person, Profile
from bot.pen import Pen
from bot.ports import Transaction
from bot.refused import Refused
from bot.registry import Handlers
from bot.reminding import arrange_for
from bot.turn import Turn
from bot.views import Button, Buttons, Card, ChoiceField, Option, Text
from bot.week import week_of

handlers = Handlers()

UNTOLD_ZONE = "UTC"
WHERE = "where"
LINKED_LIFETIME = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """What taking in a profile needs beside it; ``domains`` are those whose e-mail addresses name a person."""

    domains: frozenset[str]
    now: datetime
    new_id: Callable[[], str]

    def pen(self, tx: Transaction) -> Pen:
        """What writes down what follows."""
        return Pen(tx, self.now, self.new_id)


async def learn(tx: Transaction, account: Account, profile: Profile, by: Introduction) -> None:
    """Brings the account and its person up to date; a new account is somebody's second one, or a new person's."""
    identity = await _known(tx, account)
    if identity is not None:
        await _update(tx, identity, profile, by)
        return
    owner = await _owner(tx, account, profile, by.domains)
    who = PersonId(by.new_id()) if owner is None else owner.id
    if owner is None:
        await _meet(tx, account, profile, who)
    else:
        await _link(tx, owner, _identity(account, profile, who), profile, by)
    await settle_one(by.pen(tx), who, domains=by.domains)


async def _known(tx: Transaction, account: Account) -> Identity | None:
    """The account as we know it; whoever is new is met one at a time, or one person could become two."""
    found = await tx.people.identity(account.workspace, account.external_id)
    if found is None:
        await tx.people.one_at_a_time()
        found = await tx.people.identity(account.workspace, account.external_id)
    return found


async def _update(tx: Transaction, identity: Identity, profile: Profile, by: Introduction) -> None:
    [known] = await tx.people.many([identity.person])
    if _is_another(known, profile):
        await tx.people.one_at_a_time()
        [known] = await tx.people.many([identity.person])
    current = replace(identity, handle=profile.handle, active=profile.active, admin=profile.admin)
    if current != identity:
        await tx.people.save_identity(current)
    others = [one for one in await active_accounts(tx, known.id) if one.workspace != identity.workspace]
    described = _described(known, profile, others=others)
    if described != known:
        await tx.people.save(described)
    if described.zone != known.zone:
        await arrange_for(by.pen(tx), known.id)
    if (described.active, described.email) != (known.active, known.email):
        await settle_one(by.pen(tx), known.id, domains=by.domains)


def _is_another(person: Person, profile: Profile) -> bool:
    """Whether reporting lines may follow, which are settled one at a time."""
    return (person.active, person.email) != (profile.active, profile.email)


async def active_accounts(tx: Transaction, person: PersonId) -> Sequence[Identity]:
    """The accounts with which this person can do something."""
    return [one for one in await tx.people.identities(person) if one.active]


def _described(person: Person, profile: Profile, *, others: Sequence[Identity]) -> Person:
    """The person as the account they are written to describes them; any other one only fills gaps."""
    leads = profile.active and not any(one.workspace == person.writes_in for one in others)
    if not others or leads:
        return _led(person, profile, alone=not others)
    zone = _zone(person, profile) if person.zone == UNTOLD_ZONE else person.zone
    language = person.language or profile.language
    return replace(person, email=person.email or profile.email, zone=zone, language=language, active=True)


def _led(person: Person, profile: Profile, *, alone: bool) -> Person:
    """What the directory does not say does not take away what is known; nor does it of who has left."""
    return replace(
        person,
        name=profile.name or person.name,
        email=profile.email if alone and profile.active else profile.email or person.email,
        zone=_zone(person, profile),
        language=person.language if person.language_chosen else profile.language or person.language,
        active=profile.active or not alone,
    )


def _zone(person: Person, profile: Profile) -> str:
    return person.zone if person.zone_chosen else known_zone(profile.zone) or person.zone


def known_zone(name: str) -> str | None:
    """The IANA name itself when the time zone database has it."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


async def _meet(tx: Transaction, account: Account, profile: Profile, person: PersonId) -> None:
    organization = await tx.organizations.current()
    on = not organization.rollout  # of somebody new no department is known
    blank = Person(id=person, organization=account.organization, name=profile.name, language="", enabled=on)
    await tx.people.add(_led(blank, profile, alone=True))
    await tx.people.add_identity(_identity(account, profile, person))


def _identity(account: Account, profile: Profile, person: PersonId) -> Identity:
    return Identity(
        workspace=account.workspace,
        external_id=account.external_id,
        organization=account.organization,
        person=person,
        handle=profile.handle,
        active=profile.active,
        admin=profile.admin,
    )


async def _owner(tx: Transaction, account: Account, profile: Profile, domains: frozenset[str]) -> Person | None:
    """Who has this e-mail address already, which is the organization's own, or listed by the newest file of people.

    None when that is not beyond doubt.
    """
    email = (profile.email or "").casefold()
    if not profile.active or not email:
        return None
    same = [one for one in await tx.people.by_emails([email]) if one.active]
    if len(same) != 1 or (same[0].email or "").casefold() != email:
        return None
    if email.rpartition("@")[2] not in domains and not same[0].listed:
        return None
    taken = any(one.workspace == account.workspace for one in await tx.people.identities(same[0].id))
    return None if taken else same[0]


async def _link(tx: Transaction, owner: Person, identity: Identity, profile: Profile, by: Introduction) -> None:
    """One person from now on, which both accounts are told."""
    others = await active_accounts(tx, owner.id)
    await tx.people.add_identity(identity)
    home = owner.writes_in or next((one.workspace for one in others), None)
    described = _described(replace(owner, writes_in=home), profile, others=others)
    await tx.people.save(described)
    await tx.deliveries.release(owner.id)
    for told in (*others, identity) if others else ():
        due = (await week_of(tx, described)).next_moment(by.now)
        await tx.deliveries.plan(_told(told, described, joined=identity, by=by, due=due))


def _told(told: Identity, person: Person, *, joined: Identity, by: Introduction, due: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(by.new_id()),
        organization=told.organization,
        recipient=person.id,
        workspace=told.workspace,
        kind=DeliveryKind.linked,
        subject=f"{joined.workspace}:{told.workspace}",
        planned_at=by.now,
        due_at=due,
        expires_at=due + LINKED_LIFETIME,
    )


@handlers.message(DeliveryKind.linked)
async def linked(turn: Turn, delivery: Delivery) -> Card | None:
    accounts = await active_accounts(turn.tx, turn.person.id)
    if len(accounts) < 2:
        return None
    places = await places_of(turn, accounts)
    home = places.get(turn.person.writes_in or accounts[0].workspace, turn.voice.listed(list(places.values())))
    return Card(
        title=turn.say("accounts.linked_title"),
        body=(
            Text(turn.say("accounts.linked", places=turn.voice.listed(list(places.values())), home=home)),
            Text(turn.say("accounts.linked_wrongly")),
            Buttons((Button(turn.say("help.ask"), AskPerson()),)),
        ),
        summary=turn.say("accounts.linked_summary"),
    )


async def platforms_of(turn: Turn, accounts: Sequence[Identity]) -> Sequence[str]:
    """The platforms of these accounts, each once."""
    wanted = {one.workspace for one in accounts}
    found = {one.platform for one in await turn.tx.organizations.workspaces() if one.id in wanted}
    return [turn.say(f"accounts.platforms.{platform.value}") for platform in sorted(found)]


async def places_of(turn: Turn, accounts: Sequence[Identity]) -> dict[WorkspaceId, str]:
    """The accounts' workspaces as people call them, the one where they are written to first."""
    workspaces = {one.id: one for one in await turn.tx.organizations.workspaces()}
    ordered = sorted(accounts, key=lambda one: one.workspace != turn.person.writes_in)
    return {
        one.workspace: turn.say(
            "accounts.place",
            platform=turn.say(f"accounts.platforms.{workspaces[one.workspace].platform.value}"),
            name=workspaces[one.workspace].name,
        )
        for one in ordered
    }


async def where_field(turn: Turn) -> tuple[ChoiceField, ...]:
    """Where to write, for whoever has more than one account."""
    places = await places_of(turn, await active_accounts(turn.tx, turn.person.id))
    if len(places) < 2:
        return ()
    options = tuple(Option(workspace, place) for workspace, place in places.items())
    return (ChoiceField(WHERE, turn.say("accounts.where"), options, value=options[0].value),)


async def entered_where(turn: Turn) -> WorkspaceId | None:
    """Where they chose to be written to, which is one of their own accounts; as before where nothing was asked."""
    if WHERE not in turn.entered.values:
        return turn.person.writes_in
    chosen = turn.entered.id(WHERE)
    own = [one.workspace for one in await active_accounts(turn.tx, turn.person.id)]
    if chosen not in own:
        raise Refused("refused.choose", field=WHERE)
    return WorkspaceId(chosen)
