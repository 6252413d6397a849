"""Growth plans and their parts."""

from collections.abc import Sequence

from bot.model.growth import GrowthPart, GrowthPlan, GrowthSection
from bot.model.ids import ConversationId, GrowthPlanId
from storage.nouns import GROWTH_PART, GROWTH_PLAN
from storage.rows import Rows, Scope, save

_plan = GROWTH_PLAN.table.c
_part = GROWTH_PART.table.c


class Growth:
    def __init__(self, scope: Scope) -> None:
        self._plans = Rows(scope, GROWTH_PLAN)
        self._parts = Rows(scope, GROWTH_PART)

    async def get(self, plan: GrowthPlanId) -> GrowthPlan | None:
        return await self._plans.at(id=plan)

    async def of(self, *conversations: ConversationId) -> Sequence[GrowthPlan]:
        found = await self._plans.among(_plan.conversation, conversations)
        return sorted(found, key=lambda plan: (plan.created_at, plan.id))

    async def start(self, plan: GrowthPlan) -> bool:
        return await self._plans.add_unless_there(plan)

    async def save(self, plan: GrowthPlan) -> GrowthPlan:
        return await save(self._plans, plan)

    async def parts(self, plan: GrowthPlanId) -> Sequence[GrowthPart]:
        found = await self._parts.all(_part.plan == plan)
        order = list(GrowthSection)
        return sorted(found, key=lambda part: order.index(part.section))

    async def write(self, part: GrowthPart) -> bool:
        return await self._parts.add_unless_there(part)

    async def rewrite(self, part: GrowthPart) -> GrowthPart:
        return await save(self._parts, part)
