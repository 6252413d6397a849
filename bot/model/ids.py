"""Names for ids, so that a type checker refuses one noun's id where another's is meant.

Every id is 22 characters of base64url (16 random bytes).
"""

from typing import NewType

OrganizationId = NewType("OrganizationId", str)
WorkspaceId = NewType("WorkspaceId", str)
PersonId = NewType("PersonId", str)
PlaceId = NewType("PlaceId", str)
ConversationId = NewType("ConversationId", str)
ItemId = NewType("ItemId", str)
CommentId = NewType("CommentId", str)
MeetingId = NewType("MeetingId", str)
NoteId = NewType("NoteId", str)
ActionItemId = NewType("ActionItemId", str)
DraftId = NewType("DraftId", str)
QuestionId = NewType("QuestionId", str)
DeliveryId = NewType("DeliveryId", str)
SeriesId = NewType("SeriesId", str)
AwayId = NewType("AwayId", str)
TopicId = NewType("TopicId", str)

ID_LENGTH = 22
CheckInId = NewType("CheckInId", str)
CheckInQuestionId = NewType("CheckInQuestionId", str)
TemplateId = NewType("TemplateId", str)
GrowthPlanId = NewType("GrowthPlanId", str)
GrowthPartId = NewType("GrowthPartId", str)
DepartmentId = NewType("DepartmentId", str)
