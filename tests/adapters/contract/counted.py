"""What stories about the usage report begin with: weeks that were counted, as everybody may see them."""

from adapters.clock import new_id
from bot.disclosure import Kept
from bot.model.usage import EVERYBODY, OTHERS
from tests.adapters.contract.assignments import known_to_report, with_a_team
from tests.adapters.contract.reporting import Served
from tests.adapters.contract.stage import Stage
from tests.bot.usage_weeks import HIGH, LOW, MIDDLE, add_department, add_week, few, shown, team


async def counted(stage: Stage) -> None:
    """Nine weeks, in the last four of which more is active; of five departments three are not told of, for two reasons.

    Ana has six reports, five of them in Sales.
    """
    await with_a_team(stage)
    assert isinstance(stage, Served)
    store = stage.service.store
    organization = await store.organization(name="", new_id=new_id)
    async with store.read(organization) as tx:
        [ana] = await tx.people.by_emails(["ana@example.com"])
    sales, product, support, legal, finance = [
        await add_department(store, organization, label)
        for label in ("Sales", "Product", "Support", "Legal", "Finance")
    ]
    for ago in range(8, -1, -1):
        active = MIDDLE if ago >= 4 else HIGH
        groups = {
            EVERYBODY: shown(active=active),
            sales: shown(40, 4, active=LOW, drifting=MIDDLE, managers_active=MIDDLE),
            product: shown(30, 3, active=active),
            support: few(),
            OTHERS: shown(8, 2, active=Kept.slack, together=(legal, finance)),
        }
        await add_week(store, organization, groups, teams={(sales, ana.id): team(8, active=active)}, ago=ago)


async def with_a_company(stage: Stage) -> None:
    """Eleven teams of five, Ana's with Ben in it: two departments, of 30 and of 25."""
    teams = {f"m{number}": [f"r{number}{each}" for each in range(5)] for number in range(10)}
    await known_to_report(stage, "somebody.else", {manager: {} for manager in teams})
    support = [f"m{number}" for number in range(5)]
    for manager, reports in {**teams, "ana": ["ben", *(f"a{each}" for each in range(4))]}.items():
        known = {"Department": "Support" if manager in support else "Sales"}
        await known_to_report(stage, manager, dict.fromkeys(reports, known))


async def without_departments(stage: Stage) -> None:
    """A week later none is large enough to be shown, nor together."""
    assert isinstance(stage, Served)
    store = stage.service.store
    organization = await store.organization(name="", new_id=new_id)
    await add_week(store, organization, {EVERYBODY: shown(active=HIGH)}, ago=-1)
