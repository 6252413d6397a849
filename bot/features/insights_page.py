"""The departments of the usage report, their managers' teams, and what an admin can do for one (M1, M3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.actions import Action
from bot.audience import Audience, Condition
from bot.disclosure import Figure, Measure
from bot.features.admins import admins_only
from bot.features.assigning import NewTopic, blank, new_topic
from bot.features.insights_part import (
    USUAL,
    group_row,
    id_of,
    link,
    named_by,
    report_of,
    share_row,
    span,
    window_buttons,
    without_any,
)
from bot.folding import folded
from bot.insights import GroupTold, Report
from bot.insights_said import holds_said, notes, said, shares, size_said, unshown_said, why_said
from bot.model.hierarchy import DEPARTMENT
from bot.model.ids import DepartmentId
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Form, Heading, Page, Quiet, Style, Text

handlers = Handlers()


@dataclass(frozen=True)
class OpenDepartments(Action):
    """The list."""

    days: int = USUAL
    page: int = 0


@dataclass(frozen=True)
class OpenDepartment(Action):
    """One of them with its managers' teams; none: those that are too small to be shown alone, together."""

    days: int
    department: DepartmentId | None
    page: int = 0


@dataclass(frozen=True)
class OpenCounting(Action):
    """How it is counted, and why some of it is kept back."""

    days: int = USUAL


@dataclass(frozen=True)
class AssignToDepartment(Action):
    """Begins a topic for the people of one department."""

    department: DepartmentId


@handlers.reads(OpenDepartments)
async def open_departments(turn: Turn, action: OpenDepartments) -> Page:
    report = await report_of(turn, action.days)
    body = _none_yet(turn) if report is None else _departments(turn, report, action)
    return _page(turn, "insights.departments", body, action)


def _page(turn: Turn, title: str, body: tuple[Block, ...], address: Action) -> Page:
    return Page(title=turn.say(title), body=body, sees=turn.say("report.sees"), address=address)


def _none_yet(turn: Turn) -> tuple[Block, ...]:
    return (Text(turn.say("insights.none_yet")),)


def _departments(turn: Turn, report: Report, action: OpenDepartments) -> tuple[Block, ...]:
    page = paged(report.departments, action.page)
    return (
        Quiet(span(turn, report)),
        share_row(said(turn.voice, Measure.drifting, report.drifting)),
        *(group_row(turn, each, _open(turn, report, each)) for each in page.rows),
        *([] if page.rows else [Text(turn.say("report.no_departments"))]),
        *page.turner(turn, lambda number: replace(action, page=number)),
        *_why(turn, (each.active.figure for each in page.rows)),
        window_buttons(turn, action.days, lambda days: replace(action, days=days)),
    )


def _open(turn: Turn, report: Report, group: GroupTold) -> Button:
    return Button(turn.say("views.open"), OpenDepartment(report.days, id_of(group)))


def _why(turn: Turn, figures: Iterable[Figure]) -> tuple[Block, ...]:
    return tuple(Quiet(sentence) for sentence in why_said(turn.voice, figures))


@handlers.reads(OpenDepartment)
async def open_department(turn: Turn, action: OpenDepartment) -> Page:
    report = await report_of(turn, action.days, named_by(action.department))
    if report is None or report.department is None:
        return _page(turn, "insights.department", _none_yet(turn), action)
    body = (
        *_group(turn, report, report.department),
        *_teams(turn, report, action),
        *_why(turn, _figures(report, report.department)),
        Buttons(await _choices(turn, action)),
        window_buttons(turn, action.days, lambda days: replace(action, days=days)),
        *link(turn, action.days, named_by(action.department)),
    )
    return _page(turn, "insights.department", body, action)


def _group(turn: Turn, report: Report, group: GroupTold) -> tuple[Block, ...]:
    """What is known of it, and of how many of its people somebody might take care."""
    holds = holds_said(turn.voice, group)
    return (
        Heading(group.label),
        Quiet(f"{size_said(turn.voice, group)} · {span(turn, report)}"),
        *((Text(holds),) if holds else ()),
        *map(share_row, shares(turn.voice, group)),
        *without_any(turn, group),
    )


def _teams(turn: Turn, report: Report, action: OpenDepartment) -> tuple[Block, ...]:
    """The teams that are large enough, and how many are not."""
    page, unshown = paged(report.teams, action.page), unshown_said(turn.voice, report)
    return (
        *((Heading(turn.say("report.teams")),) if page.rows else ()),
        *(group_row(turn, each) for each in page.rows),
        *page.turner(turn, lambda number: replace(action, page=number)),
        *((Quiet(unshown),) if unshown else ()),
    )


def _figures(report: Report, group: GroupTold) -> list[Figure]:
    told = [group.active, group.managers_active, group.drifting, *(each.active for each in report.teams)]
    return [each.figure for each in told if each is not None]


async def _choices(turn: Turn, action: OpenDepartment) -> tuple[Button, ...]:
    """The way back; for an admin a topic for this department, where a condition can say which it is."""
    back = Button(turn.say("insights.departments"), OpenDepartments(action.days))
    if not turn.is_admin or action.department is None or await _being_in(turn, action.department) is None:
        return (back,)
    return (Button(turn.say("report.assign"), AssignToDepartment(action.department), Style.primary), back)


async def _being_in(turn: Turn, department: DepartmentId) -> Condition | None:
    """The condition by which its people are found; none where no department is known of them, or once it is empty."""
    name = next((each.name for each in await turn.tx.usage.departments() if each.id == department), "")
    values = {folded(value): value for value in await turn.tx.hierarchy.values(DEPARTMENT)}
    if name not in values:
        return None
    labels = await turn.tx.hierarchy.labels()
    return Condition(labels[DEPARTMENT], (values[name],))


@handlers.reads(OpenCounting)
async def open_counting(turn: Turn, action: OpenCounting) -> Page:
    report = await report_of(turn, action.days)
    body = _none_yet(turn) if report is None else tuple(Text(note) for note in notes(turn.voice, report))
    return _page(turn, "report.counting", body, action)


@handlers.writes(AssignToDepartment)
async def assign_to_department(turn: Turn, action: AssignToDepartment) -> Form:
    """The form of a topic, with this department for its audience."""
    admins_only(turn)
    condition = await _being_in(turn, action.department)
    if condition is None:
        raise Refused("refused.department_gone")
    draft = replace(blank(turn), audience=Audience(conditions=(condition,)).written())
    await turn.tx.topics.add(draft)
    return await new_topic(turn, NewTopic(topic=draft.id))
