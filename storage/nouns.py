"""Which noun is kept in which table."""

from bot.folding import folded
from bot.model.action_item import ActionItem
from bot.model.agenda import AgendaItem, Comment
from bot.model.answer import Answer
from bot.model.calendar_link import CalendarLink
from bot.model.check_in import CheckIn, CheckInQuestion
from bot.model.conversation import Conversation, Seat
from bot.model.delivery import Delivery, priority_of
from bot.model.draft import Draft
from bot.model.growth import GrowthPart, GrowthPlan
from bot.model.habits import Away, Habits
from bot.model.hierarchy import Attribute, ReportingLine
from bot.model.installation import Installation
from bot.model.meeting import Meeting
from bot.model.note import Note
from bot.model.people import Chat, Identity, Organization, Person, Place, Workspace
from bot.model.question import Question
from bot.model.series import Series
from bot.model.suggested import Suggested
from bot.model.template import Template
from bot.model.topic import Assignment, Tally, Topic
from bot.model.trail import AuditEntry
from bot.model.usage import Department, Done, Standing, UsageWeek
from storage import tables
from storage.mapping import Mapper


def _search_of_person(person: Person) -> str:
    return folded(f"{person.name}\n{person.email or ''}")


def _search_of_identity(identity: Identity) -> str:
    return folded(identity.handle)


def _priority(delivery: Delivery) -> int:
    return priority_of(delivery.kind)


def _folded_email(person: Person) -> str | None:
    return None if person.email is None else folded(person.email)


ORGANIZATION = Mapper(Organization, tables.OrganizationRow)
WORKSPACE = Mapper(Workspace, tables.WorkspaceRow)
PERSON = Mapper(Person, tables.PersonRow, derived={"search": _search_of_person, "folded_email": _folded_email})
IDENTITY = Mapper(Identity, tables.IdentityRow, derived={"search": _search_of_identity})
CHAT = Mapper(Chat, tables.ChatRow)
INSTALLATION = Mapper(Installation, tables.InstallationRow)
PLACE = Mapper(Place, tables.PlaceRow)
CONVERSATION = Mapper(Conversation, tables.ConversationRow)
SEAT = Mapper(Seat, tables.SeatRow)
AGENDA_ITEM = Mapper(AgendaItem, tables.AgendaItemRow)
COMMENT = Mapper(Comment, tables.CommentRow)
NOTE = Mapper(Note, tables.NoteRow)
ACTION_ITEM = Mapper(ActionItem, tables.ActionItemRow)
MEETING = Mapper(Meeting, tables.MeetingRow)
SERIES = Mapper(Series, tables.SeriesRow)
ANSWER = Mapper(Answer, tables.AnswerRow)
SUGGESTED = Mapper(Suggested, tables.SuggestedRow)
CHECK_IN_QUESTION = Mapper(CheckInQuestion, tables.CheckInQuestionRow)
CHECK_IN = Mapper(CheckIn, tables.CheckInRow)
TEMPLATE = Mapper(Template, tables.TemplateRow)
GROWTH_PLAN = Mapper(GrowthPlan, tables.GrowthPlanRow)
GROWTH_PART = Mapper(GrowthPart, tables.GrowthPartRow)
HABITS = Mapper(Habits, tables.HabitsRow)
AWAY = Mapper(Away, tables.AwayRow)
CALENDAR_LINK = Mapper(CalendarLink, tables.CalendarLinkRow)
DRAFT = Mapper(Draft, tables.DraftRow)
QUESTION = Mapper(Question, tables.QuestionRow)
REPORTING_LINE = Mapper(ReportingLine, tables.ReportingLineRow)
ATTRIBUTE = Mapper(Attribute, tables.AttributeRow)
TOPIC = Mapper(Topic, tables.TopicRow)
ASSIGNMENT = Mapper(Assignment, tables.AssignmentRow)
TALLY = Mapper(Tally, tables.TallyRow)
DELIVERY = Mapper(Delivery, tables.DeliveryRow, derived={"priority": _priority})
AUDIT = Mapper(AuditEntry, tables.AuditRow)
DEED = Mapper(Done, tables.DeedRow)
DEPARTMENT = Mapper(Department, tables.DepartmentRow)
STANDING = Mapper(Standing, tables.StandingRow)
USAGE_WEEK = Mapper(UsageWeek, tables.UsageWeekRow)
