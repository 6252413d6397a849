"""The tables. Every row belongs to an organization, and refers only to rows of the same one."""

from storage.tables.asides import DraftRow, QuestionRow
from storage.tables.base import Row, tables
from storage.tables.conversations import (
    ActionItemRow,
    AgendaItemRow,
    CommentRow,
    ConversationRow,
    NoteRow,
    SeatRow,
)
from storage.tables.habits import AwayRow, CalendarLinkRow, HabitsRow
from storage.tables.hierarchy import AttributeRow, ReportingLineRow
from storage.tables.meetings import AnswerRow, MeetingRow, SeriesRow, SuggestedRow
from storage.tables.people import (
    ChatRow,
    IdentityRow,
    InstallationRow,
    OrganizationRow,
    PersonRow,
    PlaceRow,
    WorkspaceRow,
)
from storage.tables.talk import CheckInQuestionRow, CheckInRow, GrowthPartRow, GrowthPlanRow, TemplateRow
from storage.tables.topics import AssignmentRow, MemberRow, TallyRow, TopicRow
from storage.tables.traffic import AuditRow, DeliveryRow, SeenRow, SenderLeaseRow
from storage.tables.usage import DeedRow, DepartmentRow, StandingRow, UsageWeekRow

__all__ = [
    "ActionItemRow",
    "AgendaItemRow",
    "AnswerRow",
    "AssignmentRow",
    "AttributeRow",
    "AuditRow",
    "AwayRow",
    "CalendarLinkRow",
    "ChatRow",
    "CheckInQuestionRow",
    "CheckInRow",
    "CommentRow",
    "ConversationRow",
    "DeedRow",
    "DeliveryRow",
    "DepartmentRow",
    "DraftRow",
    "GrowthPartRow",
    "GrowthPlanRow",
    "HabitsRow",
    "IdentityRow",
    "InstallationRow",
    "MeetingRow",
    "MemberRow",
    "NoteRow",
    "OrganizationRow",
    "PersonRow",
    "PlaceRow",
    "QuestionRow",
    "ReportingLineRow",
    "Row",
    "SeatRow",
    "SeenRow",
    "SenderLeaseRow",
    "SeriesRow",
    "StandingRow",
    "SuggestedRow",
    "TallyRow",
    "TemplateRow",
    "TopicRow",
    "UsageWeekRow",
    "WorkspaceRow",
    "tables",
]
