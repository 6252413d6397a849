"""One of every noun that makes a conversation more than a report on progress."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot import ports
from bot.model.check_in import AnswerKind, CheckIn, CheckInQuestion
from bot.model.growth import GrowthPart, GrowthPlan, GrowthSection
from bot.model.ids import (
    CheckInId,
    CheckInQuestionId,
    ConversationId,
    GrowthPartId,
    GrowthPlanId,
    OrganizationId,
    PersonId,
    TemplateId,
)
from bot.model.template import Template, TemplateState
from tests.storage.marks import id_of

Words = Callable[[str], str]


@dataclass(frozen=True)
class Talk:
    """The values, as they are stored; all are in the world's conversation."""

    plan: GrowthPlan
    part: GrowthPart
    template: Template
    check_in: CheckIn
    asked: CheckInQuestion


def a_talk(mark: str, words: Words, now: datetime) -> Talk:
    plan = GrowthPlanId(id_of(mark, "plan"))
    organization, ben = OrganizationId(id_of(mark, "organization")), PersonId(id_of(mark, "ben"))
    return Talk(
        plan=GrowthPlan(
            id=plan,
            organization=organization,
            conversation=ConversationId(id_of(mark, "conversation")),
            person=ben,
            created_at=now,
            changed_at=now,
            shared_at=now,
            revisited_at=now,
            revisit_on=date(2026, 12, 20),
            reached=GrowthSection.skills,
        ),
        part=GrowthPart(
            id=GrowthPartId(id_of(mark, "part")),
            organization=organization,
            plan=plan,
            section=GrowthSection.aspirations,
            author=ben,
            text=words("growth"),
            changed_at=now,
        ),
        template=Template(
            id=TemplateId(id_of(mark, "template")),
            organization=organization,
            author=ben,
            name=words("template-name"),
            source=words("template-source"),
            created_at=now,
            changed_at=now,
            state=TemplateState.shared,
        ),
        check_in=CheckIn(
            id=CheckInId(id_of(mark, "check-in")),
            organization=organization,
            conversation=ConversationId(id_of(mark, "conversation")),
            author=ben,
            round=1,
            answers=words("check-in"),
            answered_at=now,
            changed_at=now,
        ),
        asked=CheckInQuestion(
            id=CheckInQuestionId(id_of(mark, "asked")),
            organization=organization,
            author=ben,
            kind=AnswerKind.text,
            position=0,
            created_at=now,
            text=words("asked"),
        ),
    )


async def furnish_talk(tx: ports.Transaction, talk: Talk) -> None:
    assert await tx.growth.start(talk.plan)
    assert await tx.growth.write(talk.part)
    await tx.templates.add(talk.template)
    assert await tx.check_ins.add(talk.check_in)
    await tx.check_ins.add_question(talk.asked)
