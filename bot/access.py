"""The only way from an id to something a person may see.

A stranger gets the same answer as for something that does not exist: ``refused.gone``.
"""

from datetime import date

from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Comment
from bot.model.check_in import CheckIn
from bot.model.delivery import Delivery
from bot.model.draft import Draft
from bot.model.growth import GrowthPlan
from bot.model.habits import Away
from bot.model.ids import (
    ActionItemId,
    AwayId,
    CheckInId,
    CommentId,
    ConversationId,
    DeliveryId,
    DraftId,
    GrowthPlanId,
    ItemId,
    MeetingId,
    NoteId,
    PersonId,
    SeriesId,
    TemplateId,
)
from bot.model.meeting import Meeting, MeetingState
from bot.model.note import Note
from bot.model.people import Person
from bot.model.series import Series
from bot.model.template import Template, TemplateState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.timetable import meeting_on
from bot.turn import Turn

GONE = "refused.gone"


async def thread(turn: Turn, conversation: ConversationId) -> Thread:
    """The conversation, for one of its two participants."""
    found = await turn.tx.conversations.get(conversation)
    if found is None or not found.has(turn.person.id):
        raise Refused(GONE)
    other = await turn.tx.people.get(found.other(turn.person.id))
    if other is None:
        raise Refused(GONE)
    return Thread(found, turn.person, other)


async def live(turn: Turn, conversation: ConversationId) -> Thread:
    """The conversation, if one can write in it."""
    found = await thread(turn, conversation)
    if found.conversation.declined_at is not None:
        raise Refused("refused.declined", name=found.other.first_name)
    if not found.other.active:
        raise Refused("refused.left", name=found.other.first_name)
    return found


async def awake(turn: Turn, conversation: ConversationId) -> Thread:
    """The same, if the two still meet regularly."""
    found = await live(turn, conversation)
    if found.conversation.rests_since is not None:
        raise Refused("refused.rests", name=found.other.first_name)
    return found


async def person(turn: Turn, person: PersonId) -> Person:
    """Someone else in the organization."""
    found = await turn.tx.people.get(person)
    if found is None or not found.active:
        raise Refused(GONE)
    if found.id == turn.person.id:
        raise Refused("refused.oneself", field="person")
    if not found.enabled and not turn.is_configured(found):
        raise Refused("refused.not_on_for_them", field="person", name=found.first_name)
    return found


async def item(turn: Turn, item: ItemId) -> tuple[Thread, AgendaItem]:
    """An agenda item that is shared, or one's own."""
    found = await turn.tx.agenda.get(item)
    if found is None:
        raise Refused(GONE)
    where = await thread(turn, found.conversation)
    if not found.seen_by(turn.person.id):
        raise Refused(GONE)
    return where, found


async def live_item(turn: Turn, item_id: ItemId) -> tuple[Thread, AgendaItem]:
    """The same, in a conversation that one can write in."""
    _, found = await item(turn, item_id)
    return await live(turn, found.conversation), found


async def comment(turn: Turn, comment: CommentId) -> tuple[Thread, AgendaItem, Comment]:
    """One's own comment."""
    found = await turn.tx.agenda.comment(comment)
    if found is None or found.author != turn.person.id:
        raise Refused(GONE)
    where, about = await live_item(turn, found.item)
    return where, about, found


async def note(turn: Turn, note: NoteId) -> tuple[Thread, Note]:
    """A shared note, or one's own private one."""
    found = await turn.tx.notes.get(note)
    if found is None:
        raise Refused(GONE)
    where = await thread(turn, found.conversation)
    if not found.seen_by(turn.person.id):
        raise Refused(GONE)
    return where, found


async def live_note(turn: Turn, note_id: NoteId) -> tuple[Thread, Note]:
    """The same, in a conversation that one can write in."""
    _, found = await note(turn, note_id)
    return await live(turn, found.conversation), found


async def action_item(turn: Turn, action_item: ActionItemId) -> tuple[Thread, ActionItem]:
    """An action item of either participant."""
    found = await turn.tx.action_items.get(action_item)
    if found is None:
        raise Refused(GONE)
    return await thread(turn, found.conversation), found


async def live_action_item(turn: Turn, action_item_id: ActionItemId) -> tuple[Thread, ActionItem]:
    """The same, in a conversation that one can write in."""
    _, found = await action_item(turn, action_item_id)
    return await live(turn, found.conversation), found


async def live_check_in(turn: Turn, check_in: CheckInId) -> tuple[Thread, CheckIn]:
    """What either participant answered, in a conversation that one can write in."""
    found = await turn.tx.check_ins.get(check_in)
    if found is None:
        raise Refused(GONE)
    return await live(turn, found.conversation), found


async def meeting(turn: Turn, meeting: MeetingId) -> tuple[Thread, Meeting]:
    """A meeting of one's own."""
    found = await turn.tx.meetings.get(meeting)
    if found is None:
        raise Refused(GONE)
    return await thread(turn, found.conversation), found


async def planned(
    turn: Turn, meeting_id: MeetingId | None, series_id: SeriesId | None, day: date | None
) -> tuple[Thread, Meeting]:
    """A meeting of one's own that can still be moved or skipped, by its id, or by its series and the day it is due."""
    if meeting_id is not None:
        where, found = await meeting(turn, meeting_id)
    else:
        where, found = await _on_a_day(turn, series_id, day)
    if found.is_held or found.state is MeetingState.cancelled:
        raise Refused("refused.not_planned")
    return await live(turn, where.id), found


async def _on_a_day(turn: Turn, series_id: SeriesId | None, day: date | None) -> tuple[Thread, Meeting]:
    if series_id is None or day is None:
        raise Refused(GONE)
    where, schedule = await series(turn, series_id)
    found = await meeting_on(turn.pen, schedule, day)
    if found is None:
        raise Refused("refused.not_planned")
    return where, found


async def series(turn: Turn, series: SeriesId) -> tuple[Thread, Series]:
    """A schedule of one's own."""
    found = await turn.tx.series.get(series)
    if found is None:
        raise Refused(GONE)
    return await thread(turn, found.conversation), found


async def live_series(turn: Turn, series_id: SeriesId) -> tuple[Thread, Series]:
    """The same, in a conversation that one can write in."""
    _, found = await series(turn, series_id)
    return await live(turn, found.conversation), found


async def growth_in(turn: Turn, conversation: ConversationId) -> tuple[Thread, GrowthPlan | None, GrowthPlan | None]:
    """A conversation with one's own growth plan in it, and the other one's if that is shared."""
    where = await thread(turn, conversation)
    plans = {plan.person: plan for plan in await turn.tx.growth.of(where.id) if plan.seen_by(turn.person.id)}
    return where, plans.get(where.me.id), plans.get(where.other.id)


async def growth(turn: Turn, plan: GrowthPlanId) -> tuple[Thread, GrowthPlan]:
    """A growth plan of one's own, or one that the other one has shared."""
    found = await turn.tx.growth.get(plan)
    if found is None:
        raise Refused(GONE)
    where = await thread(turn, found.conversation)
    if not found.seen_by(turn.person.id):
        raise Refused(GONE)
    return where, found


async def live_growth(turn: Turn, plan_id: GrowthPlanId) -> tuple[Thread, GrowthPlan]:
    """The same, in a conversation that one can write in."""
    _, found = await growth(turn, plan_id)
    return await live(turn, found.conversation), found


async def away(turn: Turn, away: AwayId) -> Away:
    """Days away of one's own."""
    found = await turn.tx.habits.away_at(away)
    if found is None or found.person != turn.person.id:
        raise Refused(GONE)
    return found


async def reminder(turn: Turn, delivery: DeliveryId) -> Delivery:
    """A message that one was sent."""
    found = await turn.tx.deliveries.get(delivery)
    if found is None or found.recipient != turn.person.id:
        raise Refused(GONE)
    return found


async def template(turn: Turn, template: TemplateId) -> Template:
    """One that everybody may use, or one's own."""
    found = await turn.tx.templates.get(template)
    if found is None or not found.seen_by(turn.person.id):
        raise Refused(GONE)
    return found


async def changeable_template(turn: Turn, template_id: TemplateId) -> Template:
    """The same, if one may change it: what everybody uses is for admins to change."""
    found = await template(turn, template_id)
    if found.state is TemplateState.shared and not turn.is_admin:
        raise Refused("refused.admins_only")
    return found


async def own_template(turn: Turn, template: TemplateId, state: TemplateState) -> Template:
    """One's own in this state, also one that was taken away."""
    found = await turn.tx.templates.get(template)
    if found is None or found.author != turn.person.id or found.state is not state:
        raise Refused(GONE)
    return found


async def draft(turn: Turn, draft: DraftId) -> Draft:
    """One's own draft."""
    found = await turn.tx.drafts.get(draft)
    if found is None or found.person != turn.person.id:
        raise Refused("refused.draft_gone")
    return found
