"""What the usage report's card and pages are made of: its shares, its charts, and the windows to choose from (M1)."""

from collections.abc import Callable, Sequence

from bot.actions import Action
from bot.disclosure import Band, Figure
from bot.insights import GroupTold, Report, read_report
from bot.insights_said import Said, change_said, figure_said, size_said, span_said, window_said
from bot.model.ids import DepartmentId
from bot.model.usage import OTHERS, WINDOWS
from bot.refused import Refused
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Chart, Drawn, Jump, Line, Row

USUAL = 30
"""Days of the window that is shown first."""

MOST_POINTS = 14
"""So many weeks are drawn; of a year every fourth one, which also fits into the 20 that Slack draws."""

MOST_BARS = 20
TOP = 100


async def report_of(turn: Turn, days: int, department: str | None = None) -> Report | None:
    """The report; None before the first week. Raises Refused for a window that there is not, or a department."""
    if days not in WINDOWS:
        raise no_window(turn)
    report = await read_report(turn.tx, turn.voice, days=days, department=department)
    if department is not None and report is not None and report.department is None:
        raise Refused("refused.department_gone")
    return report


def no_window(turn: Turn) -> Refused:
    """That there is no such window, and which there are."""
    windows = turn.voice.listed([window_said(turn.voice, days) for days in WINDOWS])
    return Refused("refused.unknown_window", windows=windows)


def span(turn: Turn, report: Report) -> str:
    """The window, and from when to when it is."""
    return f"{window_said(turn.voice, report.days)}, {span_said(turn.voice, report)}"


def share_row(said: Said, *more: str) -> Row:
    """One share, and how it was before."""
    return Row(said.line, " · ".join(filter(None, [said.change, *more])))


def group_row(turn: Turn, group: GroupTold, *buttons: Button) -> Row:
    """One department or team with its share of active 1-on-1s."""
    figure = turn.say("report.active", share=figure_said(turn.voice, group.active.figure))
    change = change_said(turn.voice, group.active)
    return Row(group.label, " · ".join(filter(None, [figure, change, size_said(turn.voice, group)])), buttons)


def window_buttons(turn: Turn, days: int, to: Callable[[int], Action]) -> Buttons:
    """The other windows."""
    return Buttons(tuple(Button(window_said(turn.voice, each), to(each)) for each in WINDOWS if each != days))


def link(turn: Turn, days: int, department: str | None = None) -> tuple[Block, ...]:
    """Where this person reads the same in a browser, where people reach the service."""
    url = turn.links.report(turn.person.id, days=days, department=department)
    return (Jump(turn.say("report.in_browser"), url),) if url else ()


def trend_chart(turn: Turn, report: Report) -> tuple[Chart, ...]:
    """How the share of active 1-on-1s went since the first one that is shown; nothing before there are two."""
    shown = [place for place, (_, figure) in enumerate(report.trend) if isinstance(figure, Band)]
    if len(shown) < 2:
        return ()
    since = report.trend[shown[0] :]
    step = next(step for step in (1, 2, 4) if len(since) <= MOST_POINTS * step)
    points = since[::-1][::step][::-1]
    labels = tuple(turn.voice.short_day(week) for week, _ in points)
    return (_chart(turn, turn.say("report.trend"), labels, [figure for _, figure in points], Drawn.lines),)


def departments_chart(turn: Turn, report: Report) -> tuple[Chart, ...]:
    """The share of active 1-on-1s in each department, of very many in the largest; nothing where there are not two."""
    most = sorted(report.departments, key=lambda each: each.conversations, reverse=True)[:MOST_BARS]
    groups = [each for each in report.departments if each in most]
    if sum(isinstance(each.active.figure, Band) for each in groups) < 2:
        return ()
    labels, figures = tuple(each.label for each in groups), [each.active.figure for each in groups]
    return (_chart(turn, turn.say("report.by_department"), labels, figures, Drawn.bars),)


def _chart(turn: Turn, title: str, labels: tuple[str, ...], figures: Sequence[Figure | None], drawn: Drawn) -> Chart:
    """A band is drawn by where it begins and where it ends: anything between would say more than is known."""
    bands = [figure if isinstance(figure, Band) else None for figure in figures]
    lines = (
        Line(turn.say("report.at_least"), tuple(band.low if band else None for band in bands)),
        Line(turn.say("report.at_most"), tuple(band.high if band else None for band in bands)),
    )
    return Chart(title, labels, lines, top=TOP, drawn=drawn)


def without_any(turn: Turn, group: GroupTold) -> tuple[Row, ...]:
    """How many of a department's managers have no active 1-on-1: what the share of those who have one leaves."""
    figure = group.managers_active.figure if group.managers_active else None
    if not isinstance(figure, Band):
        return ()
    low, high = TOP - figure.high, TOP - figure.low
    # Such a band ends with its upper bound, and begins above the lower one: only "under" would be wrong of it.
    share = turn.say("report.up_to", high=high) if low == 0 else figure_said(turn.voice, Band(low, high))
    return (Row(turn.say("report.without_any", share=share)),)


def id_of(group: GroupTold) -> DepartmentId | None:
    """As actions carry it: those that are too small to be shown alone have none."""
    return None if group.is_others else DepartmentId(group.department)


def named_by(department: DepartmentId | None) -> str:
    """The way back."""
    return OTHERS if department is None else department
