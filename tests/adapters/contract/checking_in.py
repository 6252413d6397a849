"""Checking in, as people do it."""

from datetime import timedelta

from tests.adapters.contract.stage import Actor, Stage, Way

MOOD, WORKLOAD = "How are you?", "How is your workload?"
HIGHLIGHT, CHALLENGE = "What went well?", "What is hard at the moment?"


async def asks_to_check_in(one: Actor) -> None:
    """Someone with one 1-on-1 has the form before them."""
    await one.closes()
    await one.says("check in", way=Way.command)


async def checked_in(one: Actor, **answers: str) -> None:
    """Someone with one 1-on-1 answers some of the standard questions, and has both sides' answers before them."""
    await asks_to_check_in(one)
    for name, answer in answers.items():
        await one.fills(
            {"mood": MOOD, "workload": WORKLOAD, "highlight": HIGHLIGHT, "challenge": CHALLENGE}[name], answer
        )
    await one.submits()


async def met(stage: Stage) -> None:
    """Ana and Ben meet, wrap it up, and a week goes by."""
    await stage.ana.closes()
    await stage.ana.says("meet", way=Way.command)
    stage.clock.advance(timedelta(minutes=30))
    await stage.ana.presses("Wrap up")
    await stage.ana.submits()
    await stage.ana.closes()
    stage.clock.advance(timedelta(days=7))
