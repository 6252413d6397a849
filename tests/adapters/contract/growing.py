"""How stories about growth begin."""

from collections.abc import Mapping

from tests.adapters.contract.beginnings import together
from tests.adapters.contract.stage import Actor, Stage, Way

WISH = "Lead the migration to the new ledger"
ASPIRATIONS = "What would you like your work to be like in two or three years?"
STRENGTHS = "What do you do well, and when does it come easily?"
QUESTIONS: Mapping[str, str] = {
    ASPIRATIONS: WISH,
    STRENGTHS: "Explaining hard things calmly",
    "What would you like to get better at?": "Saying no",
    "Which work of the last months shows where you are?": "The runbook for outages",
    "What could you try next?": "Run one planning round",
    "What would help you, and from whom?": "An hour with finance",
}


async def growing(one: Actor, handle: str) -> None:
    """One person has what there is about growth with someone before them."""
    await one.closes()
    await one.says(f"growth @{handle}", way=Way.command)


async def begun(stage: Stage, text: str = WISH) -> None:
    """Ben, Ana's report, has answered the first question, and the second one is before him."""
    await together(stage)
    await growing(stage.ben, "ana")
    await stage.ben.presses("Prepare my career talk")
    await stage.ben.fills(ASPIRATIONS, text)
    await stage.ben.submits()


async def shared(stage: Stage) -> None:
    """Ben has shared what he wrote with Ana, and it is before him."""
    await begun(stage)
    await growing(stage.ben, "ana")
    await stage.ben.presses("Share with Ana")
