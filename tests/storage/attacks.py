"""One attack for each method of each repository: from our organization, with all that is known of another one."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.audience import Audience
from bot.hierarchy import Verdict
from bot.model.conversation import Seat
from bot.model.delivery import DeliveryState, Outcome
from bot.model.habits import Habits
from bot.model.hierarchy import Doubt
from bot.model.ids import PersonId
from bot.model.note import NoteTally
from bot.model.people import Person, Reach
from bot.model.roster import Difference, Known, Left, Said, Sheet
from bot.model.topic import AssignmentState, Due, Reached
from bot.model.usage import Counted, Deed
from storage.store import Transaction
from tests.storage.world import NOW, World

LATER = NOW + timedelta(days=400)
Attack = Callable[[Transaction, World, World], Awaitable[Any]]

SENT = Outcome(DeliveryState.sent)
NOTHING = NoteTally(shared=0, private=0, last_shared_at=None)


async def _unless(nothing: object, answer: Awaitable[object]) -> str:
    """Numbers that come of another organization's rows betray them as words do."""
    return "nothing" if await answer == nothing else "them"


def _people(them: World) -> list[PersonId]:
    return [them.ana.id, them.ben.id]


def _counted(us: World) -> Counted:
    """As far as the world's own usage is."""
    return Counted(until=us.use.done.at + timedelta(days=1), week=us.use.week.week, first=us.use.done.at, zone="UTC")


def _an_id() -> str:
    return "an id"


def _reach_of(us: World) -> Reach:
    """For whom it is on where nobody is in the department: for admins alone."""
    people = (us.ana, us.ben)
    on = sum(person.admin for person in people)
    return Reach(on=on, everybody=len(people), lose=sum(person.enabled and not person.admin for person in people))


async def _country(answer: Awaitable[Habits]) -> str:
    """What somebody's habits say that nobody else's do."""
    return (await answer).country or ""


# Each method of each repository, called in one's own organization with the ids and values of another.
ATTACKS: dict[str, Attack] = {
    "organizations.current": lambda tx, *_: tx.organizations.current(),
    "organizations.save": lambda tx, _, them: tx.organizations.save(them.organization),
    "organizations.workspaces": lambda tx, *_: tx.organizations.workspaces(),
    "organizations.add_workspace": lambda tx, us, them: tx.organizations.add_workspace(_as(us, them.workspace)),
    "organizations.place": lambda tx, _, them: tx.organizations.place(them.place.id),
    "organizations.places": lambda tx, _, them: tx.organizations.places([them.place.id]),
    "organizations.place_at": lambda tx, _, them: tx.organizations.place_at(them.workspace.id, them.place.external_id),
    "organizations.add_place": lambda tx, us, them: tx.organizations.add_place(_as(us, them.place)),
    "organizations.members": lambda tx, _, them: tx.organizations.members(them.place.id),
    "organizations.put_members": lambda tx, _, them: tx.organizations.put_members(them.place.id, [them.ana.id], at=NOW),
    "hierarchy.line": lambda tx, _, them: tx.hierarchy.line(them.ben.id),
    "hierarchy.put_line": lambda tx, us, them: tx.hierarchy.put_line(_as(us, them.line)),
    "hierarchy.reports_to": lambda tx, _, them: tx.hierarchy.reports_to([them.ana.id]),
    "hierarchy.attributes": lambda tx, _, them: tx.hierarchy.attributes([them.ben.id]),
    "hierarchy.labels": lambda tx, *_: tx.hierarchy.labels(),
    "hierarchy.put_attribute": lambda tx, us, them: tx.hierarchy.put_attribute(_as(us, them.attribute)),
    "hierarchy.remove_attribute": lambda tx, _, them: tx.hierarchy.remove_attribute(them.ben.id, them.attribute.name),
    "hierarchy.values": lambda tx, _, them: tx.hierarchy.values(them.attribute.name),
    "lines.members": lambda tx, _, them: tx.lines.members([them.ana.id, them.ben.id]),
    "lines.with_emails": lambda tx, _, them: tx.lines.with_emails([(them.ana.email or "").casefold()]),
    "lines.named": lambda tx, _, them: tx.lines.named([them.ben.id]),
    "lines.naming": lambda tx, _, them: tx.lines.naming(them.ana.id, them.line.in_file),
    "lines.doubted": lambda tx, *_: tx.lines.doubted(),
    "lines.hold": lambda tx, _, them: tx.lines.hold({them.ben.id: Verdict(None, Doubt.cycle)}, at=NOW),
    "line_conversations.concern": lambda tx, _, them: _unless(False, tx.line_conversations.concern(_people(them))),
    "line_conversations.bring_back": lambda tx, _, them: tx.line_conversations.bring_back(_people(them), at=NOW),
    "line_conversations.adopt": lambda tx, _, them: tx.line_conversations.adopt(_people(them)),
    "line_conversations.make": lambda tx, _, them: tx.line_conversations.make(_people(them), at=NOW, new_id=_an_id),
    "line_conversations.rest": lambda tx, _, them: tx.line_conversations.rest(_people(them), at=NOW),
    "line_conversations.left_open": lambda tx, _, them: tx.line_conversations.left_open(_people(them)),
    "topics.get": lambda tx, _, them: tx.topics.get(them.topic.id),
    "topics.unless_taken": lambda tx, _, them: tx.topics.unless_taken(them.topic.id),
    "topics.all": lambda tx, *_: tx.topics.all(),
    "topics.zones": lambda tx, *_: tx.topics.zones(),
    "topics.reach": lambda tx, _, them: _unless(0, tx.topics.reach(Audience(team_of=them.ana.id))),
    "topics.full": lambda tx, _, them: _unless(0, tx.topics.full(Audience(team_of=them.ana.id), [], most=0)),
    "topics.settle": lambda tx, _, them: tx.topics.settle(
        them.topic,
        Audience(team_of=them.ana.id),
        [{"UTC": Due(LATER, LATER.date())}] * 2,
        seed=them.topic.id,
        most=2,
        now=LATER,
        some_have_it=False,
    ),
    "topics.given": lambda tx, _, them: _unless(0, tx.topics.given(replace(them.topic, round=1))),
    "topics.place": lambda tx, _, them: tx.topics.place(them.topic, LATER),
    "topics.clear": lambda tx, _, them: tx.topics.clear(them.topic.id, LATER),
    "topics.follow": lambda tx, _, them: tx.topics.follow(them.assignment.id, AssignmentState.discussed, LATER),
    "topics.reached": lambda tx, _, them: _unless(Reached(0, 0, 0), tx.topics.reached(them.topic.id, 1, without=())),
    "topics.add": lambda tx, us, them: tx.topics.add(_as(us, them.topic)),
    "topics.save": lambda tx, us, them: tx.topics.save(_as(us, them.topic)),
    "topics.assign": lambda tx, us, them: tx.topics.assign([_as(us, them.assignment)]),
    "topics.add_tally": lambda tx, us, them: tx.topics.add_tally(_as(us, them.tally)),
    "topics.tallies": lambda tx, _, them: tx.topics.tallies(them.topic.id),
    "topics.assignments_in": lambda tx, _, them: tx.topics.assignments_in(them.conversation.id),
    "people.get": lambda tx, _, them: tx.people.get(them.ana.id),
    "people.many": lambda tx, _, them: tx.people.many([them.ana.id, them.ben.id]),
    "people.add": lambda tx, _, them: tx.people.add(them.ana),
    "people.save": lambda tx, us, them: tx.people.save(_as(us, them.ana)),
    "people.identity": lambda tx, _, them: tx.people.identity(them.workspace.id, them.identity.external_id),
    "people.identities_at": lambda tx, _, them: tx.people.identities_at(them.workspace.id, [them.identity.external_id]),
    "people.accounts": lambda tx, _, them: tx.people.accounts([them.ana.id]),
    "people.identities": lambda tx, _, them: tx.people.identities(them.ana.id),
    "people.one_at_a_time": lambda tx, *_: tx.people.one_at_a_time(),
    "people.add_identity": lambda tx, us, them: tx.people.add_identity(_as(us, them.identity)),
    "people.save_identity": lambda tx, us, them: tx.people.save_identity(_as(us, them.identity)),
    "people.mark_unreachable": lambda tx, us, them: tx.people.mark_unreachable(_as(us, them.identity), since=NOW),
    "people.mark_reachable": lambda tx, _, them: tx.people.mark_reachable(them.workspace.id, them.chat.external_id),
    "people.by_emails": lambda tx, _, them: tx.people.by_emails([str(them.ana.email)]),
    "people.matching": lambda tx, _, them: tx.people.matching(str(them.ana.email), 10),
    "people.admins": lambda tx, _, them: tx.people.admins([str(them.ana.email)], flagged=True),
    "people.reach": lambda tx, us, them: _unless(_reach_of(us), tx.people.reach([them.attribute.value])),
    "people.let_in": lambda tx, _, them: tx.people.let_in([them.attribute.value]),
    "census.register": lambda tx, *_: tx.census.register(),
    "census.take_in": lambda tx, _, them: tx.census.take_in(_difference(them), at=NOW, step=lambda _: None),
    "census.close": lambda tx, *_: tx.census.close(0),
    "chats.get": lambda tx, _, them: tx.chats.get(them.workspace.id, them.chat.external_id),
    "chats.of_member": lambda tx, _, them: tx.chats.of_member(them.workspace.id, them.chat.member),
    "chats.put": lambda tx, us, them: tx.chats.put(_as(us, replace(them.chat, conversation="stolen"))),
    "chats.remove": lambda tx, _, them: tx.chats.remove(them.workspace.id, them.chat.external_id),
    "installations.get": lambda tx, _, them: tx.installations.get(them.workspace.id),
    "installations.all": lambda tx, *_: tx.installations.all(),
    "installations.put": lambda tx, us, them: tx.installations.put(_as(us, replace(them.installation, token="stolen"))),
    "installations.remove": lambda tx, _, them: tx.installations.remove(them.workspace.id),
    "conversations.get": lambda tx, _, them: tx.conversations.get(them.conversation.id),
    "conversations.of_pair": lambda tx, _, them: tx.conversations.of_pair(them.ana.id, them.ben.id),
    "conversations.start": lambda tx, us, them: tx.conversations.start(_as(us, them.conversation)),
    "conversations.save": lambda tx, us, them: tx.conversations.save(_as(us, them.conversation)),
    "conversations.touch": lambda tx, _, them: tx.conversations.touch(them.conversation.id, LATER),
    "conversations.seated": lambda tx, _, them: tx.conversations.seated(them.ana.id),
    "conversations.seat": lambda tx, _, them: tx.conversations.seat(them.conversation.id, them.ana.id),
    "conversations.visit": lambda tx, _, them: tx.conversations.visit(them.conversation.id, them.ana.id, LATER),
    "conversations.save_seat": lambda tx, us, them: tx.conversations.save_seat(_seat(us, them)),
    "agenda.get": lambda tx, _, them: tx.agenda.get(them.item.id),
    "agenda.add": lambda tx, us, them: tx.agenda.add(_as(us, them.item)),
    "agenda.save": lambda tx, us, them: tx.agenda.save(_as(us, them.item)),
    "agenda.of": lambda tx, _, them: tx.agenda.of(them.conversation.id),
    "agenda.open_in": lambda tx, _, them: tx.agenda.open_in([them.conversation.id]),
    "agenda.remove": lambda tx, _, them: tx.agenda.remove(them.item.id),
    "agenda.last_position": lambda tx, _, them: _unless(0, tx.agenda.last_position(them.conversation.id)),
    "agenda.place": lambda tx, _, them: tx.agenda.place([(them.item.id, 9)]),
    "agenda.add_comment": lambda tx, us, them: tx.agenda.add_comment(_as(us, them.comment)),
    "agenda.comment": lambda tx, _, them: tx.agenda.comment(them.comment.id),
    "agenda.remove_comment": lambda tx, _, them: tx.agenda.remove_comment(them.comment.id),
    "agenda.comments": lambda tx, _, them: tx.agenda.comments(them.item.id),
    "agenda.comments_in": lambda tx, _, them: tx.agenda.comments_in(them.conversation.id),
    "notes.get": lambda tx, _, them: tx.notes.get(them.note.id),
    "notes.add": lambda tx, us, them: tx.notes.add(_as(us, them.note)),
    "notes.save": lambda tx, us, them: tx.notes.save(_as(us, them.note)),
    "notes.of": lambda tx, _, them: tx.notes.of(them.conversation.id),
    "notes.tally": lambda tx, _, them: _unless(NOTHING, tx.notes.tally(them.conversation.id, them.ana.id)),
    "action_items.get": lambda tx, _, them: tx.action_items.get(them.action_item.id),
    "action_items.add": lambda tx, us, them: tx.action_items.add(_as(us, them.action_item)),
    "action_items.save": lambda tx, us, them: tx.action_items.save(_as(us, them.action_item)),
    "action_items.of": lambda tx, _, them: tx.action_items.of(them.conversation.id),
    "action_items.open_in": lambda tx, _, them: tx.action_items.open_in(them.conversation.id),
    "action_items.kept": lambda tx, _, them: _unless({}, tx.action_items.kept(them.conversation.id)),
    "action_items.owned": lambda tx, _, them: tx.action_items.owned(them.ben.id),
    "meetings.unless_taken": lambda tx, _, them: tx.meetings.unless_taken(them.meeting.id),
    "meetings.get": lambda tx, _, them: tx.meetings.get(them.meeting.id),
    "meetings.add": lambda tx, us, them: tx.meetings.add(_as(us, them.meeting)),
    "meetings.save": lambda tx, us, them: tx.meetings.save(_as(us, them.meeting)),
    "meetings.of": lambda tx, _, them: tx.meetings.of(them.conversation.id),
    "meetings.latest_of": lambda tx, _, them: tx.meetings.latest_of([them.conversation.id]),
    "meetings.running": lambda tx, _, them: tx.meetings.running(them.conversation.id),
    "meetings.upcoming": lambda tx, _, them: tx.meetings.upcoming(them.conversation.id),
    "meetings.on": lambda tx, _, them: tx.meetings.on(them.series.id, them.series.first),
    "meetings.in_series": lambda tx, _, them: tx.meetings.in_series(them.series.id, since=them.series.first),
    "meetings.since": lambda tx, _, them: tx.meetings.since(NOW, [them.conversation.id]),
    "meetings.answer": lambda tx, us, them: tx.meetings.answer(_as(us, them.answer)),
    "meetings.answered": lambda tx, _, them: tx.meetings.answered(them.meeting.id, them.ana.id),
    "series.unless_taken": lambda tx, _, them: tx.series.unless_taken(them.series.id),
    "series.get": lambda tx, _, them: tx.series.get(them.series.id),
    "series.start": lambda tx, us, them: tx.series.start(_as(us, them.series)),
    "series.save": lambda tx, us, them: tx.series.save(_as(us, them.series)),
    "series.of": lambda tx, _, them: tx.series.of(them.conversation.id),
    "series.of_all": lambda tx, _, them: tx.series.of_all([them.conversation.id]),
    "series.plan_anew": lambda tx, *_: tx.series.plan_anew(NOW - timedelta(days=1)),
    "suggestions.since": lambda tx, _, them: tx.suggestions.since(them.conversation.id, 0),
    "suggestions.add": lambda tx, us, them: tx.suggestions.add([_as(us, them.suggested)]),
    "check_ins.get": lambda tx, _, them: tx.check_ins.get(them.talk.check_in.id),
    "check_ins.latest": lambda tx, _, them: tx.check_ins.latest(them.conversation.id, most=9),
    "check_ins.add": lambda tx, us, them: tx.check_ins.add(_as(us, them.talk.check_in)),
    "check_ins.save": lambda tx, us, them: tx.check_ins.save(_as(us, them.talk.check_in)),
    "check_ins.remove": lambda tx, _, them: tx.check_ins.remove(them.talk.check_in.id),
    "check_ins.question": lambda tx, _, them: tx.check_ins.question(them.talk.asked.id),
    "check_ins.questions": lambda tx, *_: tx.check_ins.questions(),
    "check_ins.add_question": lambda tx, us, them: tx.check_ins.add_question(_as(us, them.talk.asked)),
    "check_ins.save_question": lambda tx, us, them: tx.check_ins.save_question(_as(us, them.talk.asked)),
    "growth.get": lambda tx, _, them: tx.growth.get(them.talk.plan.id),
    "growth.of": lambda tx, _, them: tx.growth.of(them.conversation.id),
    "growth.start": lambda tx, us, them: tx.growth.start(_as(us, them.talk.plan)),
    "growth.save": lambda tx, us, them: tx.growth.save(_as(us, them.talk.plan)),
    "growth.parts": lambda tx, _, them: tx.growth.parts(them.talk.plan.id),
    "growth.write": lambda tx, us, them: tx.growth.write(_as(us, them.talk.part)),
    "growth.rewrite": lambda tx, us, them: tx.growth.rewrite(_as(us, them.talk.part)),
    "templates.get": lambda tx, _, them: tx.templates.get(them.talk.template.id),
    "templates.own": lambda tx, _, them: tx.templates.own(them.ben.id),
    "templates.shared": lambda tx, *_: tx.templates.shared(),
    "templates.add": lambda tx, us, them: tx.templates.add(_as(us, them.talk.template)),
    "templates.save": lambda tx, us, them: tx.templates.save(_as(us, them.talk.template)),
    "habits.get": lambda tx, _, them: _unless("", _country(tx.habits.get(them.ana.id))),
    "habits.put": lambda tx, us, them: tx.habits.put(_as(us, them.habits)),
    "habits.of_all": lambda tx, _, them: tx.habits.of_all(_people(them)),
    "habits.away_of_all": lambda tx, _, them: tx.habits.away_of_all(_people(them)),
    "habits.away": lambda tx, _, them: tx.habits.away(them.ana.id),
    "habits.add_away": lambda tx, us, them: tx.habits.add_away(_as(us, them.away)),
    "habits.away_at": lambda tx, _, them: tx.habits.away_at(them.away.id),
    "habits.remove_away": lambda tx, _, them: tx.habits.remove_away(them.away.id),
    "calendar_links.of": lambda tx, _, them: tx.calendar_links.of(them.ana.id),
    "calendar_links.with_digest": lambda tx, _, them: tx.calendar_links.with_digest(them.calendar_link.digest),
    "calendar_links.put": lambda tx, us, them: tx.calendar_links.put(_as(us, them.calendar_link)),
    "drafts.get": lambda tx, _, them: tx.drafts.get(them.draft.id),
    "drafts.add": lambda tx, us, them: tx.drafts.add(_as(us, them.draft)),
    "drafts.remove": lambda tx, _, them: tx.drafts.remove(them.draft.id),
    "drafts.remove_older": lambda tx, *_: tx.drafts.remove_older(LATER),
    "questions.get": lambda tx, _, them: tx.questions.get(them.question.id),
    "questions.add": lambda tx, us, them: tx.questions.add(_as(us, them.question)),
    "deliveries.plan_all": lambda tx, us, them: tx.deliveries.plan_all([_as(us, them.delivery)]),
    "deliveries.plan": lambda tx, _, them: tx.deliveries.plan(them.delivery),
    "deliveries.arrange": lambda tx, _, them: tx.deliveries.arrange(them.delivery.subject, (them.delivery.kind,), []),
    "deliveries.get": lambda tx, _, them: tx.deliveries.get(them.delivery.id),
    "deliveries.record": lambda tx, us, them: tx.deliveries.record(_as(us, them.delivery), SENT),
    "deliveries.record_all": lambda tx, us, them: tx.deliveries.record_all([(_as(us, them.delivery), SENT)]),
    "deliveries.given_up": lambda tx, _, them: tx.deliveries.given_up(them.ana.id, since=NOW - timedelta(days=7)),
    "deliveries.release": lambda tx, _, them: tx.deliveries.release(them.ana.id),
    "trail.seen": lambda tx, _, them: tx.trail.seen(them.workspace.id, them.seen.key),
    "trail.mark_seen": lambda tx, _, them: tx.trail.mark_seen(them.workspace.id, them.seen, NOW),
    "trail.forget_seen": lambda tx, *_: tx.trail.forget_seen(LATER),
    "trail.audit": lambda tx, _, them: tx.trail.audit(them.audit),
    "usage.did": lambda tx, _, them: tx.usage.did(them.conversation.id, Deed.added, LATER),
    "usage.departments": lambda tx, *_: tx.usage.departments(),
    "usage.latest": lambda tx, us, _: _unless(us.use.week.week, tx.usage.latest()),
    "usage.groups": lambda tx, _, them: tx.usage.groups([them.use.week.week], department=them.use.department.id),
    "usage.everybody": lambda tx, _, them: tx.usage.everybody(since=them.use.week.week),
    "usage.shown": lambda tx, _, them: tx.usage.shown(
        [them.use.week.week], everybody=[them.use.week.week], department=them.use.department.id
    ),
    "usage.add_week": lambda tx, us, them: tx.usage.add_week([_as(us, replace(them.use.week, week=LATER.date()))]),
    "counting.hold": lambda tx, *_: tx.counting.hold(),
    "counting.counted": lambda tx, us, _: _unless(_counted(us), tx.counting.counted()),
    "counting.fold": lambda tx, *_: tx.counting.fold(LATER.date(), since=NOW, before=LATER),
    "counting.move_on": lambda tx, *_: tx.counting.move_on(LATER),
    "counting.new_departments": lambda tx, *_: tx.counting.new_departments(),
    "counting.add_departments": lambda tx, us, them: tx.counting.add_departments([_as(us, them.use.department)]),
    "counting.leave": lambda tx, *_: tx.counting.leave(LATER.date()),
    "counting.stand": lambda tx, *_: tx.counting.stand(LATER.date(), begun_before=LATER),
    "counting.standings": lambda tx, _, them: tx.counting.standings(them.conversation.id),
    "counting.teams": lambda tx, *_: tx.counting.teams(),
    "counting.groups": lambda tx, _, them: tx.counting.groups(
        LATER.date(), together=[them.use.department.id], midnights=lambda _: NOW
    ),
    "counting.forget": lambda tx, *_: tx.counting.forget(
        deeds_before=LATER, teams_before=LATER.date(), standing_before=LATER.date()
    ),
}


def _difference(them: World) -> Difference:
    """A file that takes everything from these people."""
    known = [_known(person) for person in (them.ana, them.ben)]
    return Difference(
        sheet=Sheet(entries=[], labels={}, names_managers=True),
        files=0,
        were_listed=0,
        newly=[each.id for each in known],
        left=[Left(each, None) for each in known],
        said=[Said(them.attribute.person, them.attribute.name, "")],
    )


def _known(person: Person) -> Known:
    return Known(
        id=person.id,
        folded=None,
        email=None,
        name=person.name,
        zone=person.zone,
        language=person.language,
        active=True,
        listed=True,
        account=False,
        version=1,
        manager=None,
        values={},
    )


def _as(us: World, value: Any) -> Any:
    """Their value, forged to be ours."""
    return replace(value, organization=us.organization.id)


def _seat(us: World, them: World) -> Seat:
    return Seat(
        conversation=them.conversation.id, person=them.ana.id, organization=us.organization.id, archived_at=LATER
    )
