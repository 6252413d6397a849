"""Growth, goals, wellbeing, feedback and recognition in balance: how long ago the two talked about each (F2)."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from bot.features.talked import last_talked
from bot.model.thread import Thread
from bot.registry import Handlers
from bot.suggesting import weeks_since
from bot.turn import Turn
from bot.views import Block, Quiet
from prompts.questions import Theme

handlers = Handlers()

BALANCED = (Theme.growth, Theme.goals, Theme.wellbeing, Theme.feedback, Theme.recognition)


@handlers.section("balance")
async def balance_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    return await balance(turn, thread)


async def balance(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """One line, the neglected first; nothing before the two have met, or when they no longer do."""
    if not thread.is_live or not await turn.tx.meetings.latest_of([thread.id]):
        return ()
    return (Quiet(_said(turn, last_talked(turn, thread, await turn.tx.agenda.of(thread.id)))),)


def _said(turn: Turn, talked: Mapping[Theme, date]) -> str:
    weeks = {theme: weeks_since(talked.get(theme), turn.today) for theme in BALANCED}

    def neglect(theme: Theme) -> tuple[bool, int]:
        since = weeks[theme]
        return since is not None, -(since or 0)

    alike = groupby(sorted(BALANCED, key=neglect), key=lambda theme: weeks[theme])
    return turn.say("balance.line", parts=" · ".join(_part(turn, list(themes), since) for since, themes in alike))


def _part(turn: Turn, themes: list[Theme], weeks: int | None) -> str:
    said = turn.voice.listed([turn.say(f"balance.about.{theme.value}") for theme in themes])
    if weeks is None:
        return turn.say("balance.not_yet", themes=said)
    return turn.say("balance.ago", themes=said, weeks=weeks) if weeks else turn.say("balance.lately", themes=said)
