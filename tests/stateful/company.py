"""Whom an attack is about: pairs who hold something of every kind, a leaver, and another organization."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from adapters.clock import new_id
from bot.audience import Audience
from bot.entered import Value
from bot.features.action_item_page import AddActionItem
from bot.features.agenda import AddItem, DiscussItem, Prepare
from bot.features.asking import AddQuestion
from bot.features.assigning import TopicFromMessage
from bot.features.calendars import RenewCalendar
from bot.features.conversation_list import ArchiveConversation, UnarchiveConversation
from bot.features.conversation_page import StartConversation
from bot.features.conversations import BeginConversation, DeclineConversation
from bot.features.days_away import AddAway
from bot.features.habits import SaveReminders
from bot.features.item_page import AddComment, SaveItem
from bot.features.meeting_page import AnswerMeaningful
from bot.features.meetings import StartMeeting
from bot.features.moving import SkipOrMove
from bot.features.notes import AddNote, RemoveNote, RestoreNote, SaveNote
from bot.features.one_more import PlanMeeting
from bot.features.placing import AddFromMessage
from bot.features.schedule import SaveSchedule, seen_as
from bot.features.template_pages import RemoveTemplate
from bot.features.template_sharing import ShareTemplate
from bot.features.template_writing import RestoreTemplate, SaveTemplate
from bot.features.wrapping_up import EndMeeting
from bot.model.answer import Meaningful
from bot.model.growth import GrowthSection
from bot.model.ids import (
    ConversationId,
    ItemId,
    MeetingId,
    NoteId,
    OrganizationId,
    PersonId,
    PlaceId,
    TemplateId,
    TopicId,
    WorkspaceId,
)
from bot.model.meeting import Meeting, MeetingState
from bot.model.people import Account, Organization, Place, Platform, Workspace
from bot.model.topic import Topic
from bot.model.usage import EVERYBODY
from bot.turn import Quoted
from prompts import Voice
from storage.store import Store
from tests.bot.desk import A_MONDAY, Clock, Desk, desk_on, profile
from tests.bot.usage_weeks import add_department, add_week, shown
from tests.stateful.attack import Attack, Somebody
from tests.stateful.checking_in import asks, checks_in
from tests.stateful.growing import grows, shares_growth
from tests.stateful.knowing import Aviary, pair
from tests.stateful.post import Post, worker_at
from tests.stateful.snapshot import Watch

STAFF = ("ana", "ben", "cleo", "mia", "lea")
OTHERS = ("otto", "olga")
ATTACKERS = ("ben", "mia", "otto")
"""One who shares two conversations, an admin who declined one, and somebody of the other organization."""
MEETING_PAIRS = (("ana", "ben"), ("cleo", "ben"), ("otto", "olga"))
SPARE_PAIRS = (("ana", "cleo"), ("ben", "mia"), ("ben", "lea"))
KEPT_FOR_ONESELF = 113
"""A question of the library that one has put on the agenda and then hidden from the other."""

ALL_THEMES = "workload trust goals career problem feedback praise inclusion"
"""Words by which the suggested questions would know what was talked about."""


@dataclass(kw_only=True)
class Company(Attack):
    """An attack's people by name, and what they do to have something to hide."""

    clock: Clock

    async def begin(self, one: str, other: str) -> str:
        """A conversation of the two; its id."""
        before = set(self.pool("ConversationId"))
        asked = BeginConversation(PersonId(self.people[other].id))
        await self.attempt(self.people[one], asked, entered={"person": self.people[other].id, "role": "colleague"})
        (found,) = set(self.pool("ConversationId")) - before
        return found

    def words(self, who: Somebody, field: str) -> str:
        """A canary of this person."""
        return self.aviary.breed(who.id, name=who.name, where="Attack", field=field)

    async def keeps(self, who: Somebody, where: str, *visibilities: str) -> None:
        """Items of these visibilities, a comment on each; notes of both kinds, a promise, and a draft."""
        here = ConversationId(where)
        for visibility in visibilities:
            repeat = "every_meeting" if visibility == "mine" else "never"
            item = await self._adds(who, where, visibility, repeat)
            await self.attempt(who, AddComment(item), entered={"text": self.words(who, "comment")})
        for private in (True, False):
            await self.attempt(who, AddNote(here, private), entered={"text": self.words(who, "note")})
        await self.writes_template(who, where)
        await checks_in(self, who, where)
        promise: dict[str, Value] = {"text": self.words(who, "promise"), "owner": who.id, "due": ""}
        await self.attempt(who, AddActionItem(here), entered=promise)
        await self.attempt(who, AddFromMessage(), quoted=Quoted(self.words(who, "quoted"), None))

    async def writes_template(self, who: Somebody, where: str) -> TemplateId:
        """A template that is theirs alone."""
        before = set(self.pool("TemplateId"))
        entered: dict[str, Value] = {"name": self.words(who, "name"), "source0": f"# A\n- {self.words(who, 'source')}"}
        await self.attempt(who, SaveTemplate(ConversationId(where)), entered=entered)
        (template,) = set(self.pool("TemplateId")) - before
        return TemplateId(template)

    async def shares_template(self, who: Somebody, where: str) -> None:
        """One for everybody."""
        template = await self.writes_template(who, where)
        await self.attempt(who, ShareTemplate(ConversationId(where), template, 1))

    def conversation_of(self, one: str, other: str) -> str:
        """The id of the conversation of these two."""
        two = {self.people[one].id, self.people[other].id}
        stored = self.stored[self.people[one].account.organization]
        return next(where for where in stored.conversation if pair(stored, where) == two)

    async def keeps_to_oneself(self, who: Somebody, where: str) -> None:
        """Everything that one can do in a conversation without the other."""
        here, item = ConversationId(where), await self._adds(who, where, "mine", "every_meeting")
        await self.attempt(who, AddComment(item), entered={"text": self.words(who, "comment")})
        await self.attempt(who, SaveItem(item, 1), entered={"text": f"{self.words(who, 'edited')} {ALL_THEMES}"})
        await self.attempt(who, DiscussItem(item))
        await self._adds(who, where, "on_the_day", "never")
        before = set(self.pool("NoteId"))
        await self.attempt(who, AddNote(here, private=True), entered={"text": self.words(who, "note")})
        for note in set(self.pool("NoteId")) - before:
            await self.attempt(who, SaveNote(NoteId(note), 1), entered={"text": self.words(who, "edited")})
            await self.attempt(who, RemoveNote(NoteId(note)))
            await self.attempt(who, RestoreNote(NoteId(note)))
        await self.attempt(who, AddFromMessage(), quoted=Quoted(self.words(who, "quoted"), None))
        await self.attempt(who, ArchiveConversation(here))
        await self.attempt(who, UnarchiveConversation(here))
        await self.attempt(who, Prepare(here))
        template = await self.writes_template(who, where)
        await self.attempt(who, RemoveTemplate(here, template))
        await self.attempt(who, RestoreTemplate(here, template))
        await grows(self, who, where, GrowthSection.skills, GrowthSection.support)
        await self.arranges_oneself(who)
        for meeting in [one for one in self.stored[who.account.organization].meeting.values() if one.is_held]:
            if meeting.conversation == where:
                await self.attempt(who, AnswerMeaningful(meeting.id, Meaningful.no))

    async def arranges_oneself(self, who: Somebody) -> None:
        """Days away, of what one is reminded and how early, and an address for one's calendar."""
        await self.attempt(who, AddAway(), entered={"first": "2026-12-24", "last": "2027-01-03"})
        wanted: dict[str, Value] = {"kinds": ("prepare", "agenda"), "prepare_days": "2", "agenda_minutes": "10"}
        await self.attempt(who, SaveReminders(), entered=wanted)
        await self.attempt(who, RenewCalendar())

    async def plans(self, who: Somebody, where: str, *, at: str = "11:00") -> None:
        """A rhythm that was another at first, so that meetings fell away; one more, and one that is skipped."""
        here, place = ConversationId(where), {"place": self.words(who, "place")}
        rhythm: dict[str, Value] = {"every": "week", "time": "14:00", "minutes": "30", "zone": "Madrid", **place}
        for first in ("wednesday", "tuesday"):
            await self.attempt(who, SaveSchedule(here, self._seen(where)), entered={**rhythm, "first": first})
        more: dict[str, Value] = {"when": f"2026-12-03 {at}", "minutes": "45", "place": self.words(who, "place")}
        await self.attempt(who, PlanMeeting(here), entered=more)
        latest = max(self._scheduled(where), key=lambda one: (one.series is not None, one.starts_at))
        await self.attempt(who, SkipOrMove(latest.id), entered={"instead": "skip"})

    def _seen(self, where: str) -> int:
        """By what a form names the rhythm that somebody had before them."""
        every = (series for stored in self.stored.values() for series in stored.series.values())
        return next((seen_as(series) for series in every if series.conversation == where), 0)

    def _scheduled(self, where: str) -> Sequence[Meeting]:
        every = (meeting for stored in self.stored.values() for meeting in stored.meeting.values())
        return [one for one in every if one.conversation == where and one.state is MeetingState.scheduled]

    async def hides_a_question(self, who: Somebody, where: str) -> None:
        """One of the library's, which only this person has on the agenda then."""
        before = set(self.pool("ItemId"))
        await self.attempt(who, AddQuestion(ConversationId(where), KEPT_FOR_ONESELF))
        (item,) = set(self.pool("ItemId")) - before
        hidden: dict[str, Value] = {"text": self.words(who, "question"), "visibility": "mine", "repeat": "never"}
        await self.attempt(who, SaveItem(ItemId(item), 1), entered=hidden)

    async def _adds(self, who: Somebody, where: str, visibility: str, repeat: str) -> ItemId:
        before = set(self.pool("ItemId"))
        entered: dict[str, Value] = {"text": self.words(who, visibility), "visibility": visibility, "repeat": repeat}
        await self.attempt(who, AddItem(ConversationId(where)), entered=entered)
        (item,) = set(self.pool("ItemId")) - before
        return ItemId(item)

    async def meets(self, who: Somebody, where: str) -> None:
        """A meeting with a private item discussed in it, and private notes; wrapped up."""
        before = set(self.pool("MeetingId"))
        await self.attempt(who, StartMeeting(ConversationId(where)))
        (meeting,) = set(self.pool("MeetingId")) - before
        for item in self.stored[who.account.organization].item.values():
            if item.conversation == where and item.author == who.id and item.repeat.value == "every_meeting":
                await self.attempt(who, DiscussItem(item.id))
        for private in (True, False):
            await self.attempt(who, AddNote(ConversationId(where), private), entered={"text": self.words(who, "met")})
        wrapped: dict[str, Value] = {"note": self.words(who, "wrapped"), "meaningful": "yes"}
        await self.attempt(who, EndMeeting(MeetingId(meeting)), entered=wrapped)


async def company_on(store: Store, watch: Watch) -> Company:
    """Everybody, with something of every kind and visibility in each pair that meets."""
    desk = await desk_on(store)
    desk.engine = replace(desk.engine, outside=lambda: "https://oneonone.example.com")
    people = {name: await _joins(desk, name) for name in STAFF}
    people |= await _others(store, desk)
    admins = frozenset(somebody.id for somebody in people.values() if somebody.is_admin)
    voice = Voice(desk.engine.libraries["en"], zone="UTC", now=A_MONDAY)
    company = Company(
        engine=desk.engine,
        store=store,
        watch=watch,
        aviary=Aviary(admins=admins),
        people=people,
        clock=desk.clock,
        attackers=ATTACKERS,
        failed=voice.say("refused.failed", incident="|").partition("|")[0],
        busy=voice.say("refused.busy"),
    )
    await company.look_around()
    for one, other in SPARE_PAIRS:
        here = await company.begin(one, other)
        await company.keeps(people[one], here, "mine")
        await company.plans(people[one], here)
        await shares_growth(company, people[one], here, people[other])
        await company.attempt(people[one], StartMeeting(ConversationId(here)))
        if other == "mia":
            await company.shares_template(people[other], here)
            await company.attempt(people[other], DeclineConversation(ConversationId(here)))
    await _leaves(desk, people["lea"])
    await company.look_around()
    for one, other in MEETING_PAIRS:
        here = await company.begin(one, other)
        await company.keeps(people[one], here, "shared", "mine", "on_the_day")
        await company.meets(people[one], here)
        await company.keeps(people[other], here, "mine", "on_the_day")
        await company.attempt(people[other], StartConversation(PersonId(people[one].id)))
        await company.plans(people[one], here)
        await company.hides_a_question(people[one], here)
        await grows(company, people[one], here, GrowthSection.aspirations)
        await shares_growth(company, people[other], here, people[one])
        for each in (one, other):
            await company.attempt(people[each], Prepare(ConversationId(here)))
    for each in {name for two in MEETING_PAIRS for name in two}:
        await company.arranges_oneself(people[each])
    await asks(company, people["mia"])
    topic = Quoted(company.words(people["mia"], "topic"), None)
    await company.attempt(people["mia"], TopicFromMessage(), quoted=topic)
    await _reminded(company, desk)
    await company.look_around()
    return company


async def _reminded(company: Company, desk: Desk) -> None:
    """It is ten minutes before the first meetings, and who is to know of it does."""
    desk.clock.advance(days=1, hours=3, minutes=50)
    workspaces = {somebody.account.workspace for somebody in company.people.values()}
    worker = worker_at(company.engine, company.store, dict.fromkeys(workspaces, Post()))
    while await worker.tick():
        pass


async def _joins(desk: Desk, name: str) -> Somebody:
    account = replace(desk.ana.account, external_id=f"U0{name.upper()}")
    return await _learned(desk, name, account)


async def _learned(desk: Desk, name: str, account: Account) -> Somebody:
    known = replace(profile("ana"), external_id=account.external_id, handle=name)
    known = replace(known, name=f"{name.title()} Person", email=f"{name}@example.com")
    await desk.engine.learn(account, known)
    async with desk.store.read(account.organization) as tx:
        identity = await tx.people.identity(account.workspace, account.external_id)
    assert identity is not None
    return Somebody(name, identity.person, account, is_admin=name == "mia")


async def _leaves(desk: Desk, leaver: Somebody) -> None:
    known = replace(profile("ana"), external_id=leaver.account.external_id, handle=leaver.name)
    await desk.engine.learn(leaver.account, replace(known, name="Lea Person", email="lea@example.com", active=False))


async def _others(store: Store, desk: Desk) -> dict[str, Somebody]:
    """Two people of another organization in the same database; and in each a channel and a department."""
    theirs = OrganizationId(new_id())
    await store.add_organization(Organization(id=theirs, name="Other"))
    workspace = WorkspaceId(new_id())
    async with store.write(theirs) as tx:
        await tx.organizations.add_workspace(
            Workspace(id=workspace, organization=theirs, platform=Platform.slack, external_id="T0OTHER", name="Other")
        )
    for organization, where in ((theirs, workspace), (desk.ana.account.organization, desk.ana.account.workspace)):
        async with store.write(organization) as tx:
            place = Place(id=PlaceId(new_id()), organization=organization, workspace=where, external_id="C0HELP")
            await tx.organizations.add_place(place)
        department = await add_department(store, organization, "Sales")
        await add_week(store, organization, {EVERYBODY: shown(), department: shown()})
    async with store.write(theirs) as tx:
        await tx.topics.add(_topic_of(theirs))
    return {name: await _learned(desk, name, Account(theirs, workspace, f"U0{name.upper()}")) for name in OTHERS}


def _topic_of(organization: OrganizationId) -> Topic:
    """Something that their admins may be working on."""
    return Topic(
        id=TopicId(new_id()),
        organization=organization,
        author=PersonId(new_id()),
        title="Theirs",
        prompt="",
        audience=Audience().written(),
        created_at=A_MONDAY,
        changed_at=A_MONDAY,
    )


def reopened(company: Company, store: Store, watch: Watch) -> Company:
    """The same people on a copy of their database, with ids that can be foretold from now on."""
    clock = Clock(company.clock.at)
    ids = count(1)
    engine = replace(company.engine, store=store, now=clock, new_id=lambda: f"{next(ids):022d}")
    aviary = Aviary(admins=company.aviary.admins, number=company.aviary.number)
    aviary.knowers.update({canary: set(people) for canary, people in company.aviary.knowers.items()})
    return Company(
        engine=engine,
        store=store,
        watch=watch,
        aviary=aviary,
        people=company.people,
        clock=clock,
        attackers=company.attackers,
        failed=company.failed,
        busy=company.busy,
        number=company.number,
    )
