"""Opens a scene in which people have met for weeks."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.clock import new_id
from bot.disclosure import Kept
from bot.features.agenda import AddItem
from bot.features.assigning import AssignTopic, OpenReview
from bot.features.growth_part import SavePart
from bot.features.template_sharing import ShareTemplate
from bot.features.template_writing import SaveTemplate
from bot.folding import folded
from bot.lines import settle_one
from bot.model.growth import GrowthSection
from bot.model.hierarchy import DEPARTMENT, Attribute, ReportingLine
from bot.model.ids import WorkspaceId
from bot.model.people import Account, Platform, Workspace
from bot.model.usage import EVERYBODY, OTHERS
from bot.pen import Pen
from bot.registry import Registry
from bot.turn import Channel
from bot.views import Page
from prompts import Library
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.desk import Actor, Desk, desk_on, profile
from tests.bot.pairs import managed
from tests.bot.usage_weeks import HIGH, LOW, add_department, add_week, few, shown, team
from tests.proofs.crawler import shaped
from tests.proofs.scene import ADMIN, IN_TEAMS, PARTNERS, Breaking, Scene
from tests.proofs.weeks import LONG_BEFORE, Weeks
from tests.stateful.knowing import Aviary
from tests.stateful.post import Post, planner_at, worker_at
from tests.stateful.snapshot import UNHURRIED

TENANT = "Contoso"
CALLED = "Unit"
DEPARTMENTS = ("Sales", "Support", "Legal")
"""What the file of people calls their departments, and them; none of it is a word of ours."""

LEFT_OPEN = 4
OUTSIDE = "https://oneonone.example.com"


async def scene_on(
    url: str, *, libraries: Mapping[str, Library] | None = None, features: Registry | None = None
) -> Scene:
    """Ana, Ben and Dan have had conversations with each other for weeks; Cleo and Mia know nothing of it.

    Mia has an account in Teams as well. Dan could not be written to for a while, and is discreet.
    """
    breaking = Breaking()
    store = Store(url, (KEY,), failpoint=breaking, patience=UNHURRIED)
    desk = await desk_on(store, features=features)
    desk.clock.at = LONG_BEFORE
    libraries = desk.engine.libraries if libraries is None else libraries
    desk.engine = replace(desk.engine, libraries=libraries, outside=lambda: OUTSIDE)
    await _joins(desk, "dan")
    ids = {name: str(await desk.person(name)) for name in PARTNERS}
    post = Post()
    aviary = Aviary(admins=frozenset({ids[ADMIN]}))
    tenant = await _tenant(desk)
    scene = Scene(
        desk=desk,
        store=store,
        aviary=aviary,
        post=post,
        worker=worker_at(desk.engine, store, {desk.ana.account.workspace: post, tenant: post}),
        planner=planner_at(desk.engine, store),
        ids=ids,
        breaking=breaking,
    )
    dan = desk.actors["dan"]
    await _is_counted(scene)
    post.blocked, weeks = {dan.account.external_id}, Weeks(scene)
    await weeks.begin()
    await _assigns_a_topic(scene)
    await _gets_another_manager(scene)
    await _shares_a_template(scene)
    post.blocked = set()
    await dan.says("home")
    await weeks.pass_by()
    return scene


async def _tenant(desk: Desk) -> WorkspaceId:
    """A second workspace, in which Mia has an account too."""
    organization = desk.mia.account.organization
    tenant = Workspace(
        id=WorkspaceId(new_id()),
        organization=organization,
        platform=Platform.teams,
        external_id="tenant",
        name=TENANT,
    )
    async with desk.store.write(organization) as tx:
        await tx.organizations.add_workspace(tenant)
    desk.engine = replace(desk.engine, domains=frozenset({"example.com"}))
    await desk.engine.learn(Account(organization, tenant.id, IN_TEAMS), replace(profile(ADMIN), external_id=IN_TEAMS))
    return tenant.id


async def _is_counted(scene: Scene) -> None:
    """There is a usage report of an organization that is larger than this one, with something kept back in it."""
    desk, organization = scene.desk, scene.desk.mia.account.organization
    sales, support, legal = [await add_department(desk.store, organization, label) for label in DEPARTMENTS]
    attribute = Attribute(
        person=await desk.person("cleo"),
        name=DEPARTMENT,
        organization=organization,
        label=CALLED,
        value=folded(DEPARTMENTS[0]),
        in_file=DEPARTMENTS[0],
    )
    async with desk.store.write(organization) as tx:
        await tx.hierarchy.put_attribute(attribute)
    teams = {(sales, await desk.person("ana")): team()}
    together = shown(8, 2, active=Kept.slack, together=(legal,))
    for ago in (4, 1, 0):
        active = LOW if ago else HIGH
        groups = {EVERYBODY: shown(active=active), sales: shown(40, 4, active=active), support: few(), OTHERS: together}
        await add_week(desk.store, organization, groups, teams=teams, ago=ago)


async def _joins(desk: Desk, name: str) -> None:
    account = replace(desk.ana.account, external_id=f"U0{name.upper()}")
    known = replace(profile("ana"), external_id=account.external_id, handle=name)
    await desk.engine.learn(account, replace(known, name=f"{name.title()} Iveri", email=f"{name}@example.com"))
    desk.actors[name] = Actor(desk, account)


async def _assigns_a_topic(scene: Scene) -> None:
    """Mia, whose report Cleo is, tries out a topic with her own team, in a channel."""
    await managed(scene.desk, ADMIN, "cleo")
    mia = scene.desk.actors[ADMIN]
    mia.channel = Channel("C0HELP", "help")
    await mia.says("assign")
    words = {name: scene.words(ADMIN)("opening", name) for name in ("title", "prompt", "note", "links")}
    review = await mia.submits(**words, **{"for": "team"})
    assert isinstance(review, Page)
    assert isinstance(review.address, OpenReview)
    await mia.does(AssignTopic(review.address.topic, edition=2))
    mia.channel = None


async def _gets_another_manager(scene: Scene) -> None:
    """Cleo, who reported to Dan, reports to Mia now, and has things open with him that she may take along."""
    await _reports(scene, "cleo", "dan")
    cleo = scene.desk.actors["cleo"]
    async with scene.desk.store.read(scene.desk.mia.account.organization) as tx:
        there = await tx.conversations.of_pair(await scene.desk.person("cleo"), await scene.desk.person("dan"))
    assert there is not None
    for _ in range(LEFT_OPEN):  # what only she sees cannot be discussed before she has shared it
        text = scene.words("cleo")("opening", "item")
        await cleo.does(AddItem(there.id), text=text, visibility="mine", repeat="never")
    await cleo.does(SavePart(there.id, GrowthSection.skills, 0), text=scene.words("cleo")("opening", "growth"))
    await _reports(scene, "cleo", ADMIN)


async def _shares_a_template(scene: Scene) -> None:
    """Mia has written two templates, and one of them is for everybody."""
    mia, words = scene.desk.actors[ADMIN], scene.words(ADMIN)
    organization, admin = mia.account.organization, await scene.desk.person(ADMIN)
    async with scene.desk.store.read(organization) as tx:
        where = next(one.conversation.id for one in await tx.conversations.seated(admin))
    for _ in range(2):
        source = shaped("source0", words("opening", "source"))
        await mia.does(SaveTemplate(where), name=words("opening", "name"), source0=source)
    async with scene.desk.store.read(organization) as tx:
        first, _ = await tx.templates.own(admin)
    await mia.does(ShareTemplate(where, first.id, first.edition))


async def _reports(scene: Scene, name: str, manager: str) -> None:
    """As an admin says by hand."""
    desk, organization = scene.desk, scene.desk.mia.account.organization
    who, above = await desk.person(name), await desk.person(manager)
    line = ReportingLine(person=who, organization=organization, by_hand=above, changed_at=desk.clock())
    async with desk.store.write(organization) as tx:
        there = await tx.hierarchy.line(who)
        await tx.hierarchy.put_line(line if there is None else replace(there, by_hand=above))
        await settle_one(Pen(tx, desk.clock(), new_id), who, domains=desk.engine.domains)
