"""One of every noun that says whether 1-on-1s happen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import ports
from bot.disclosure import Shown, written
from bot.model.ids import ConversationId, DepartmentId, OrganizationId, PersonId
from bot.model.usage import EVERYBODY, Deed, Department, Done, Standing, UsageWeek
from tests.storage.marks import id_of

WEEK = date(2026, 11, 22)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Use:
    """The values, as they are stored; the world's conversation stands in the department without a name."""

    done: Done
    department: Department
    standing: Standing
    week: UsageWeek


def a_use(mark: str, now: datetime) -> Use:
    organization = OrganizationId(id_of(mark, "organization"))
    conversation = ConversationId(id_of(mark, "conversation"))
    department = DepartmentId(id_of(mark, "department"))
    return Use(
        done=Done(conversation=conversation, organization=organization, deed=Deed.noted, at=now),
        department=Department(id=department, organization=organization, name="", label=""),
        standing=Standing(
            conversation=conversation,
            department=department,
            manager=PersonId(id_of(mark, "ana")),
            organization=organization,
            since=WEEK,
            active_on=now.date(),
        ),
        week=UsageWeek(
            week=WEEK,
            department=EVERYBODY,
            manager=EVERYBODY,
            organization=organization,
            counted="{}",
            shown=written(Shown(1, 1)),
        ),
    )


async def furnish_use(tx: ports.Transaction, use: Use) -> None:
    await tx.usage.did(use.done.conversation, use.done.deed, use.done.at)
    await tx.counting.add_departments([use.department])
    await tx.counting.stand(WEEK, begun_before=use.done.at + A_DAY)
    await tx.counting.fold(use.done.at.date(), since=use.done.at, before=use.done.at + A_DAY)
    await tx.counting.move_on(use.done.at + A_DAY)
    await tx.usage.add_week([use.week])
