"""How stories begin: with people who have a 1-on-1 already, made as people make one."""

from tests.adapters.contract.stage import Actor, Stage, Way

TALK_ABOUT = "What do you want to talk about?"
WHO_SEES = "Who sees it?"
COMES_BACK = "Does it come back after you talked about it?"
ROLE = "What is this person to you?"


async def started(one: Actor, handle: str, role: str) -> None:
    """One person starts a 1-on-1 with the owner of this handle, and has it before them."""
    await one.says(f"start @{handle}", way=Way.command)
    await one.fills(ROLE, role)
    await one.submits()


async def together(stage: Stage) -> None:
    """Ana has a 1-on-1 with her report Ben; both have looked at it, and all news is old."""
    await started(stage.ana, "ben", "My report")
    await stage.delivers()
    await opened(stage.ben, "ana")
    for one in (stage.ana, stage.ben):
        await one.closes()
        one.hears()


async def with_cleo_too(stage: Stage) -> None:
    """Ana has a 1-on-1 with her report Ben and one with her colleague Cleo."""
    await together(stage)
    await started(stage.ana, "cleo", "A colleague")
    await stage.delivers()
    await opened(stage.cleo, "ana")
    for one in (stage.ana, stage.cleo):
        await one.closes()
        one.hears()


async def opened(one: Actor, handle: str) -> None:
    """One person has the 1-on-1 with someone before them."""
    await one.closes()
    await one.says(handle, way=Way.command)


async def scheduled(one: Actor, handle: str, words: str) -> None:
    """One person says when the two meet."""
    await one.closes()
    await one.says(f"schedule @{handle} {words}", way=Way.command)
    await one.closes()


async def with_schedule(one: Actor, handle: str) -> None:
    """One person has the schedule with someone before them."""
    await one.closes()
    await one.says(f"schedule @{handle}", way=Way.command)


async def jotted(one: Actor, *texts: str) -> None:
    """Someone with one 1-on-1 puts shared items on its agenda."""
    for text in texts:
        await one.says(f"add {text}", way=Way.command)


async def added(
    one: Actor, handle: str, text: str, *, visibility: str | None = None, repeat: str | None = None
) -> None:
    """One person puts something on the agenda with someone, by the form, and has the 1-on-1 before them."""
    await opened(one, handle)
    await one.presses("Add item")
    await one.fills(TALK_ABOUT, text)
    if visibility is not None:
        await one.fills(WHO_SEES, visibility)
    if repeat is not None:
        await one.fills(COMES_BACK, repeat)
    await one.submits()


async def promised(one: Actor, handle: str, text: str, *, owner: str = "You", due: str = "") -> None:
    """One person notes down who does what, and has it before them."""
    await opened(one, handle)
    await one.presses("Add action item")
    await one.fills("What is to be done?", text)
    await one.fills("Who does it?", owner)
    await one.fills("Until when?", due)
    await one.submits()


async def noted(one: Actor, handle: str, text: str, *, kind: str) -> None:
    """One person writes a shared or private note, and has the list of them before them."""
    await opened(one, handle)
    await one.presses(f"{'Shared' if kind == 'shared' else 'My private'} notes (0)")
    await one.presses(f"Add a {kind} note")
    await one.fills("Note", text)
    await one.submits()


async def in_settings(one: Actor, which: str) -> None:
    """One person has a window of their settings before them."""
    await one.closes()
    await one.says("settings", way=Way.command)
    await one.presses(which)
