"""What people answer before they meet, to have something to hide, and what admins ask."""

from collections.abc import Iterator, Mapping

from bot.actions import Action
from bot.entered import Value
from bot.features.check_in import SaveCheckIn
from bot.features.check_in_questions import (
    AddCheckInQuestion,
    MoveCheckInQuestion,
    SaveCheckInQuestion,
    StandardCheckInQuestions,
    StopCheckInQuestion,
)
from bot.model.check_in import Standard
from bot.model.ids import ConversationId
from tests.stateful.attack import Attack, Somebody
from tests.stateful.snapshot import Snapshot


async def checks_in(attack: Attack, who: Somebody, where: str) -> None:
    """Numbers and words of this person, in the round that is open."""
    words = attack.aviary.breed(who.id, name=who.name, where="Attack", field="highlight")
    answers: Mapping[str, Value] = {"mood": "3", "workload": "9", "highlight": words}
    await attack.attempt(who, SaveCheckIn(ConversationId(where), 1, 0), entered=answers)


async def asks(attack: Attack, admin: Somebody) -> None:
    """A question of an organization's own."""
    text = attack.aviary.breed(admin.id, name=admin.name, where="Attack", field="asked")
    await attack.attempt(admin, AddCheckInQuestion(), entered={"text": text, "kind": "text"})


def questions_forged(stored: Snapshot) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    """What only admins do to the questions; the standard ones come last, as they change them all."""
    yield AddCheckInQuestion(), {"kind": "rating"}
    for asked in stored.asked.values():
        yield SaveCheckInQuestion(asked.id, asked.edition), {}
    for up in (True, False):
        yield MoveCheckInQuestion(up, Standard.mood), {}
    yield StopCheckInQuestion(Standard.workload), {}
    yield StandardCheckInQuestions(), {}
