"""What attacks on every feature there is have in common: Ana and Ben have a 1-on-1, Cleo is nobody in it."""

from adapters.playground.teams_line import Answer
from adapters.playground.teams_payloads import invoke
from adapters.playground.teams_people import Json
from adapters.playground.wire import Direction
from tests.adapters.contract.beginnings import TALK_ABOUT, WHO_SEES, opened
from tests.adapters.contract.teams_actor import TeamsActor
from tests.adapters.contract.teams_stage import TeamsStage
from tests.stateful.snapshot import Snapshot, snapshot

GONE = "This does not exist, or it is not yours to see."
SECRET = "canary-of-an-attack"  # what somebody wrote, and no log line may hold


async def stored(stage: TeamsStage) -> Snapshot:
    return await snapshot(stage.service.store, stage.service.organization)


async def texts(stage: TeamsStage) -> list[str]:
    return [item.text for item in (await stored(stage)).item.values()]


async def writes_item(stage: TeamsStage, text: str, *, sees: str | None = None, forced: bool = False) -> None:
    await opened(stage.ben, "ana")
    await stage.ben.presses("Add item")
    await stage.ben.fills(TALK_ABOUT, text)
    if sees:
        await stage.ben.fills(WHO_SEES, sees)
    await stage.ben.submits(forced=forced)


def sent(stage: TeamsStage, actor: TeamsActor, name: str) -> Json:
    """The last activity of that name that this person's client sent."""
    line = stage.teams.line.sent
    mine = [each for each in line if each["from"].get("aadObjectId") == actor.person.id]
    return [each for each in mine if (each.get("name") or each["type"]) == name][-1]


async def asks(stage: TeamsStage, actor: TeamsActor, name: str, value: Json, **changed: object) -> Answer:
    """A question of this person's client, with any value, from their chat with the bot unless that is changed."""
    world = stage.teams.world
    place = world.conversations[actor.person.chat or ""]
    common = invoke(world, actor.person.user, place, name=name, value=value, source="message")
    answer = await actor.person.forge({**common, **changed})
    await stage.wing.settle()
    return answer


def to_platform(stage: TeamsStage) -> list[Json]:
    """Everything that the bot sent, where it was to stay."""
    exchanges = [each for each in stage.teams.world.wire.exchanges if each.direction is Direction.TO_PLATFORM]
    return [each.body for each in exchanges]
