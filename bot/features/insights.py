"""The usage report in the chat, for everybody: whether 1-on-1s happen, without a word of what is said (M1, M2, M4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.actions import Action
from bot.features.insights_page import OpenCounting, OpenDepartment, OpenDepartments
from bot.features.insights_part import (
    USUAL,
    departments_chart,
    id_of,
    link,
    no_window,
    report_of,
    share_row,
    span,
    trend_chart,
    window_buttons,
)
from bot.features.monthly import monthly_button
from bot.features.people import spelled_out
from bot.folding import folded
from bot.insights import Report
from bot.insights_said import definition, gallup_said, heroes, window_said
from bot.model.ids import DepartmentId
from bot.model.usage import WINDOWS
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Quiet, Row, Text
from prompts import Voice
from prompts.spelling import plain

handlers = Handlers()


@dataclass(frozen=True)
class ShowReport(Action):
    """What was counted up to and with the last Sunday."""

    days: int = USUAL


@handlers.reads(ShowReport)
async def show_report(turn: Turn, action: ShowReport) -> Card:
    report = await report_of(turn, action.days)
    return Card(
        title=turn.say("insights.title"),
        body=(Text(turn.say("insights.none_yet")),) if report is None else await _body(turn, report),
        summary=turn.say("views.summary"),
        address=action,
    )


async def _body(turn: Turn, report: Report) -> tuple[Block, ...]:
    pages = (
        Button(turn.say("insights.departments"), OpenDepartments(report.days)),
        Button(turn.say("report.counting"), OpenCounting(report.days)),
    )
    return (
        Quiet(f"{span(turn, report)} · {turn.say('insights.conversations', count=report.conversations)}"),
        *_heroes(turn, report),
        *trend_chart(turn, report),
        *departments_chart(turn, report),
        Quiet(definition(turn.voice)),
        Buttons((*pages, *await monthly_button(turn))),
        window_buttons(turn, report.days, ShowReport),
        *link(turn, report.days),
    )


def _heroes(turn: Turn, report: Report) -> Sequence[Row]:
    """The four shares; what others have found stands beside the last one (M4)."""
    *first, meaningful = heroes(turn.voice, report)
    return [*map(share_row, first), share_row(meaningful, gallup_said(turn.voice))]


@handlers.verb("report")
async def report_words(turn: Turn, rest: str) -> Step:
    """Alone, with a window, or with the name of a department."""
    if not rest:
        return Step(ShowReport())
    days = _days(turn, rest)
    return Step(ShowReport(days)) if days is not None else await _department(turn, await spelled_out(turn, rest))


def _days(turn: Turn, words: str) -> int | None:
    """The window that is meant, with its unit or as a bare number of days."""
    for library in turn.voice.library.understood:
        voice = Voice(library, turn.voice.zone, turn.now)
        for days in WINDOWS:
            if plain(words) in (str(days), plain(window_said(voice, days))):
                return days
    return None


async def _department(turn: Turn, words: str) -> Step:
    """A department on the report; raises Refused with what is nearest, or with the windows for another number."""
    report = await report_of(turn, USUAL)
    if report is None:
        return Step(ShowReport())
    known = _known(report)
    if folded(words) in known:
        return Step(OpenDepartment(USUAL, known[folded(words)][1]))
    if words[0].isdigit():
        raise no_window(turn)
    nearest = get_close_matches(folded(words), known, n=1, cutoff=0.5)
    raise Refused("refused.not_on_report", name=words, nearest=known[nearest[0]][0] if nearest else "")


def _known(report: Report) -> dict[str, tuple[str, DepartmentId | None]]:
    """The labels of departments, and where each is shown."""
    together = {folded(label): (label, None) for each in report.departments for label in each.holds}
    return {**together, **{folded(each.label): (each.label, id_of(each)) for each in report.departments}}
