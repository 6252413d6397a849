"""Two accounts with one e-mail address of the organization's own are one person; nobody else's are."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from adapters.clock import new_id
from bot.door import Stranger
from bot.model.delivery import ANYWHERE, Address, DeliveryKind
from bot.model.ids import DeliveryId, WorkspaceId
from bot.model.people import Account, Identity, Person, Platform, Profile, Workspace
from bot.views import Button, Buttons, Card, ChoiceField, Form, View
from bot.worker import Worker
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.desk import Actor, Desk, desk_on, paired, profile, text_of
from tests.bot.postman import Unhurried

DOMAINS = frozenset({"example.com"})
BEN_IN_TEAMS = replace(profile("ben"), external_id="guid-ben", handle="", zone="", language="", email="Ben@Example.com")


@dataclass
class Post(Unhurried):
    """A messenger for every workspace, which remembers what it sent."""

    sent: list[tuple[Address, Card]] = field(default_factory=list)

    async def send(self, address: Address, card: Card, *, delivery: DeliveryId) -> str:  # noqa: ARG002 - the port's
        self.sent.append((address, card))
        return "a message"


@dataclass
class Office:
    """A desk whose organization has a Teams tenant too."""

    desk: Desk
    store: Store
    tenant: WorkspaceId
    post: Post = field(default_factory=Post)

    def account(self, external_id: str) -> Account:
        return Account(self.desk.ben.account.organization, self.tenant, external_id)

    async def learns(self, said: Profile) -> Account:
        account = self.account(said.external_id)
        await self.desk.engine.learn(account, said)
        return account

    async def owner(self, account: Account) -> Person:
        async with self.store.read(account.organization) as tx:
            identity = await tx.people.identity(account.workspace, account.external_id)
            assert identity is not None
            person = await tx.people.get(identity.person)
        assert person is not None
        return person

    async def accounts(self, person: Person) -> Sequence[Identity]:
        async with self.store.read(person.organization) as tx:
            return await tx.people.identities(person.id)

    async def delivers(self) -> None:
        self.desk.clock.advance(hours=12)
        engine = self.desk.engine
        worker = Worker(
            outbox=self.store.outbox,
            store=self.store,
            registry=engine.registry,
            libraries=engine.libraries,
            messengers=lambda: {self.tenant: self.post, self.desk.ben.account.workspace: self.post},
            now=engine.now,
            new_id=new_id,
            owner="this process",
        )
        while await worker.tick():
            pass


async def _office(store: Store, *, domains: frozenset[str] = DOMAINS) -> Office:
    desk = await desk_on(store)
    desk.engine = replace(desk.engine, domains=domains)
    organization = desk.ben.account.organization
    tenant = Workspace(
        id=WorkspaceId(new_id()), organization=organization, platform=Platform.teams, external_id="t", name="Contoso"
    )
    async with store.write(organization) as tx:
        await tx.organizations.add_workspace(tenant)
    return Office(desk, store, tenant.id)


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    store = Store(sqlite_url, (KEY,))
    yield await _office(store)
    await store.close()


async def test_a_second_account_with_the_same_address_is_the_same_person(office: Office) -> None:
    account = await office.learns(BEN_IN_TEAMS)
    ben = await office.owner(account)
    assert ben == await office.owner(office.desk.ben.account)
    assert (ben.name, ben.email, ben.zone, ben.language) == ("Ben Okafor", "ben@example.com", "America/New_York", "en")
    assert ben.writes_in == office.desk.ben.account.workspace
    assert [one.external_id for one in await office.accounts(ben)].count("guid-ben") == 1


async def test_the_order_in_which_two_directories_are_read_does_not_matter(office: Office) -> None:
    in_teams = await office.learns(replace(BEN_IN_TEAMS, name="Dan Iveri", email="dan@example.com"))
    in_slack = replace(office.desk.ben.account, external_id="U0DAN")
    await office.desk.engine.learn(
        in_slack, replace(profile("ben"), external_id="U0DAN", name="Dan I.", email="dan@example.com")
    )
    dan = await office.owner(in_slack)
    assert dan == await office.owner(in_teams)
    assert (dan.name, dan.zone, dan.writes_in) == ("Dan Iveri", "America/New_York", office.tenant)


@pytest.mark.parametrize(
    "said",
    [
        replace(BEN_IN_TEAMS, email=None),
        replace(BEN_IN_TEAMS, email="ben@sub.example.com"),
        replace(BEN_IN_TEAMS, email="ben@example.com.evil.org"),
        replace(BEN_IN_TEAMS, email="\uff42en@example.com"),
        replace(BEN_IN_TEAMS, active=False),
    ],
    ids=["no address", "another domain", "a longer domain", "letters that only look alike", "not active"],
)
async def test_nobody_else_is_matched(office: Office, said: Profile) -> None:
    assert (await office.owner(await office.learns(said))).id != await office.desk.person("ben")


async def test_without_configured_domains_nobody_is_matched(sqlite_url: str) -> None:
    store = Store(sqlite_url, (KEY,))
    office = await _office(store, domains=frozenset())
    assert (await office.owner(await office.learns(BEN_IN_TEAMS))).id != await office.desk.person("ben")
    await store.close()


async def test_a_second_account_of_the_same_workspace_is_another_person(office: Office) -> None:
    first = await office.learns(BEN_IN_TEAMS)
    second = await office.learns(replace(BEN_IN_TEAMS, external_id="guid-other"))
    assert await office.owner(first) != await office.owner(second)


async def test_an_address_that_two_people_have_names_neither(office: Office) -> None:
    twin = replace(office.desk.ben.account, external_id="U0TWIN")
    await office.desk.engine.learn(twin, replace(profile("ben"), external_id="U0TWIN"))
    found = await office.owner(await office.learns(BEN_IN_TEAMS))
    assert found.id not in {(await office.owner(twin)).id, await office.desk.person("ben")}


async def test_whoever_gets_the_address_of_one_who_left_does_not_inherit_their_conversations(office: Office) -> None:
    await office.desk.engine.learn(office.desk.ben.account, replace(profile("ben"), active=False))
    assert (await office.owner(await office.learns(BEN_IN_TEAMS))).id != await office.desk.person("ben")


async def test_two_people_who_exist_are_never_merged(office: Office) -> None:
    account = await office.learns(replace(BEN_IN_TEAMS, email=None))
    before = await office.owner(account)
    await office.learns(BEN_IN_TEAMS)
    assert (await office.owner(account)).id == before.id != await office.desk.person("ben")


async def test_both_accounts_are_told_without_content(office: Office) -> None:
    await paired(office.desk)
    account = await office.learns(BEN_IN_TEAMS)
    await office.delivers()
    told = [(address, card) for address, card in office.post.sent if "one person" in card.title]
    ben = office.desk.ben.account
    assert {(address.workspace, address.external_id) for address, _ in told} == {
        (ben.workspace, ben.external_id),
        (account.workspace, account.external_id),
    }
    for _, card in told:
        assert "Slack (Example) and Microsoft Teams (Contoso)" in text_of(card)
        assert "I write to you in Slack (Example)" in text_of(card)
        assert "tell an admin" in text_of(card)
        assert "Ask a person" in [button.label for button in _buttons(card)]
        assert card.summary == "About your accounts"


def _buttons(view: View) -> Sequence[Button]:
    assert isinstance(view, Card)
    return [button for part in view.body if isinstance(part, Buttons) for button in part.buttons]


async def test_nobody_is_told_at_night_or_about_one_account(office: Office) -> None:
    account = await office.learns(BEN_IN_TEAMS)  # four in the morning in New York
    async with office.store.read(account.organization) as tx:
        assert await office.store.outbox.waiting(now=office.desk.clock()) == 0
        assert tx is not None
    await office.desk.engine.learn(account, replace(BEN_IN_TEAMS, active=False))
    await office.delivers()
    assert office.post.sent == []


async def test_both_accounts_see_the_same_conversations(office: Office) -> None:
    await paired(office.desk)
    in_teams = Actor(office.desk, await office.learns(BEN_IN_TEAMS))
    await in_teams.says("ana")
    await in_teams.presses("Add item")
    await in_teams.submits(text="From the other side", visibility="shared", repeat="never")
    await office.desk.ben.says("ana")
    assert "From the other side" in office.desk.ben.reads


async def test_a_person_stays_while_one_account_does(office: Office) -> None:
    account = await office.learns(BEN_IN_TEAMS)
    await office.desk.engine.learn(office.desk.ben.account, replace(profile("ben"), active=False, email=None))
    ben = await office.owner(account)
    assert (ben.active, ben.email) == (True, "ben@example.com")
    await Actor(office.desk, account).says("home")
    with pytest.raises(Stranger):
        await office.desk.ben.says("home")
    await office.desk.engine.learn(account, replace(BEN_IN_TEAMS, active=False))
    assert not (await office.owner(account)).active
    await office.desk.engine.learn(office.desk.ben.account, profile("ben"))
    assert (await office.owner(account)).active


async def test_a_directory_that_says_less_takes_nothing_away(office: Office) -> None:
    account = await office.learns(
        replace(BEN_IN_TEAMS, external_id="guid-new", name="New", email=None, zone="Asia/Tokyo", language="de")
    )
    await office.learns(replace(BEN_IN_TEAMS, external_id="guid-new", name="", email=None, zone="No/Where"))
    new = await office.owner(account)
    assert (new.name, new.zone, new.language) == ("New", "Asia/Tokyo", "de")


async def test_the_account_that_is_written_to_says_what_its_person_is_called(office: Office) -> None:
    account = await office.learns(BEN_IN_TEAMS)
    await office.learns(replace(BEN_IN_TEAMS, name="Okafor, Ben (External)", zone="Asia/Tokyo"))
    ben = await office.owner(account)
    assert (ben.name, ben.zone) == ("Ben Okafor", "America/New_York")


async def test_two_accounts_that_are_learned_at_the_same_moment_are_one_person(database_url: str) -> None:
    stores = [Store(database_url, (KEY,), patience=30) for _ in range(2)]
    office = await _office(stores[0])
    engines = [replace(office.desk.engine, store=store) for store in stores]
    for number in range(10):
        said = replace(profile("ben"), external_id=f"U{number}", name="New", email=f"new{number}@example.com")
        accounts = [office.account(f"g{number}"), replace(office.desk.ben.account, external_id=f"U{number}")]
        await asyncio.gather(*(engine.learn(account, said) for engine in engines for account in accounts))
        assert await office.owner(accounts[0]) == await office.owner(accounts[1])
    for store in stores:
        await store.close()


async def test_both_messages_are_planned_for_their_own_workspaces(office: Office) -> None:
    await office.learns(BEN_IN_TEAMS)
    office.desk.clock.advance(hours=12)
    due = await office.store.outbox.claim(
        ANYWHERE, owner="me", now=office.desk.clock(), lease=office.desk.clock() - office.desk.clock(), most=10
    )
    assert {(one.kind, one.workspace) for one in due} == {
        (DeliveryKind.linked, office.tenant),
        (DeliveryKind.linked, office.desk.ben.account.workspace),
    }


async def test_one_chooses_where_to_be_written_to(office: Office) -> None:
    account = await office.learns(BEN_IN_TEAMS)
    ben = office.desk.ben
    await ben.says("settings")
    assert isinstance(ben.view, Form)
    [where] = [part for part in ben.view.fields if part.name == "where"]
    assert isinstance(where, ChoiceField)
    assert [option.label for option in where.options] == ["Slack (Example)", "Microsoft Teams (Contoso)"]
    assert where.value == ben.account.workspace
    await ben.submits(where=account.workspace)
    assert (await office.owner(account)).writes_in == account.workspace
    await ben.says("settings")
    await ben.submits(zone="Madrid")
    assert (await office.owner(account)).writes_in == account.workspace


async def test_whoever_has_one_account_is_not_asked(office: Office) -> None:
    await office.desk.cleo.says("settings")
    assert "Where should I write to you?" not in office.desk.cleo.reads
    await office.desk.cleo.submits(zone="Madrid")
    assert (await office.owner(office.desk.cleo.account)).writes_in is None


async def test_one_cannot_choose_where_one_has_no_account(office: Office) -> None:
    await office.desk.cleo.says("settings")
    await office.desk.cleo.submits(where=office.tenant)
    assert "Please choose one." in office.desk.cleo.reads
    assert (await office.owner(office.desk.cleo.account)).writes_in is None
