"""What makes a conversation more than a report on progress, as Protocols; see ``bot.repositories``."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.check_in import CheckIn, CheckInQuestion
from bot.model.growth import GrowthPart, GrowthPlan
from bot.model.ids import CheckInId, CheckInQuestionId, ConversationId, GrowthPlanId, PersonId, TemplateId
from bot.model.template import Template


class CheckIns(Protocol):
    """What the two answered before they met, and the organization's own questions."""

    async def get(self, check_in: CheckInId) -> CheckIn | None: ...
    async def latest(self, conversation: ConversationId, *, most: int) -> Sequence[CheckIn]:
        """Both sides' of the last so many rounds that anybody answered in, the earliest round first."""

    async def add(self, check_in: CheckIn) -> bool:
        """Add it; False, and nothing written, when its author has one of that round."""

    async def save(self, check_in: CheckIn) -> CheckIn: ...
    async def remove(self, check_in: CheckInId) -> None: ...
    async def question(self, question: CheckInQuestionId) -> CheckInQuestion | None: ...
    async def questions(self) -> Sequence[CheckInQuestion]:
        """In their order, the removed ones too."""

    async def add_question(self, question: CheckInQuestion) -> None: ...
    async def save_question(self, question: CheckInQuestion) -> CheckInQuestion: ...


class Growth(Protocol):
    """Growth plans and their parts."""

    async def get(self, plan: GrowthPlanId) -> GrowthPlan | None: ...
    async def of(self, *conversations: ConversationId) -> Sequence[GrowthPlan]:
        """Those of both participants, shared or not, the oldest first."""

    async def start(self, plan: GrowthPlan) -> bool:
        """Add it; False, and nothing written, when its person has one in that conversation."""

    async def save(self, plan: GrowthPlan) -> GrowthPlan: ...
    async def parts(self, plan: GrowthPlanId) -> Sequence[GrowthPart]:
        """In the order of their sections."""

    async def write(self, part: GrowthPart) -> bool:
        """Add it; False, and nothing written, when the plan has that section already."""

    async def rewrite(self, part: GrowthPart) -> GrowthPart:
        """Save it."""


class Templates(Protocol):
    """Kinds of meeting that people made."""

    async def get(self, template: TemplateId) -> Template | None: ...
    async def own(self, author: PersonId) -> Sequence[Template]:
        """This person's, the oldest first; without those that they share, and those that were removed."""

    async def shared(self) -> Sequence[Template]:
        """Those for everybody, the oldest first."""

    async def add(self, template: Template) -> None: ...
    async def save(self, template: Template) -> Template: ...
