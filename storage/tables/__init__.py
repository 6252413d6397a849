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
from storage.tables.traffic import AuditRow, DeliveryRow, SeenRow, SenderLeaseRow

__all__ = [
    "ActionItemRow",
    "AgendaItemRow",
    "AnswerRow",
    "AuditRow",
    "AwayRow",
    "CalendarLinkRow",
    "ChatRow",
    "CommentRow",
    "ConversationRow",
    "DeliveryRow",
    "DraftRow",
    "HabitsRow",
    "IdentityRow",
    "InstallationRow",
    "MeetingRow",
    "NoteRow",
    "OrganizationRow",
    "PersonRow",
    "PlaceRow",
    "QuestionRow",
    "Row",
    "SeatRow",
    "SeenRow",
    "SenderLeaseRow",
    "SeriesRow",
    "SuggestedRow",
    "WorkspaceRow",
    "tables",
]
