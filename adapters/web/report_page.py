"""The usage report as a web page, made for looking and for paper; every sentence is that of the other surfaces (M5).

The page is whole in itself: no script, nothing loaded from anywhere, its style allowed by its hash. What people have
named (departments, managers) is escaped by the template and isolated, so that it turns no text around.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from urllib.parse import urlencode

from jinja2 import Environment, StrictUndefined, Template

from adapters.web import report_drawn as drawn
from bot import insights_said as said
from bot.disclosure import Band, Kept, Measure
from bot.insights import GALLUP, GroupTold, Report
from bot.model.usage import WINDOWS
from prompts import Voice

MOST_PRINTED = 10
"""Rows of the table that fit on one sheet with all the rest."""

_FOLDER = files("adapters.web")
STYLE = _FOLDER.joinpath("report.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Cell:
    """A share: what it is of, how large, and how that was before; without a ``bar``, the number of the reason ``why``.

    ``way`` is that of the change, if it had one. ``mark`` is another share that stands beside it, in percent.
    """

    name: str
    figure: str
    change: str
    way: str
    bar: drawn.Bar | None
    why: int | None
    mark: int | None = None
    mark_said: str = ""


@dataclass(frozen=True)
class Row:
    """A department or a team; ``href`` is where there is more about it."""

    label: str
    conversations: int
    active: Cell
    others: tuple[Cell, ...]
    holds: str
    href: str | None


@dataclass(frozen=True)
class Choice:
    """A window to look at."""

    name: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Weeks:
    """Weeks in a row with the same share, in words."""

    first: str
    last: str
    figure: str


def report_page(voice: Voice, report: Report, *, path: str, until: datetime) -> str:
    """The page; ``path`` is the last part of its own address, ``until`` the moment at which that is over."""
    group = report.department
    page = _Page(voice, report, path)
    chart = None if group else drawn.year(report.trend, voice.library.day)
    rows = [page.row(each) for each in page.groups]
    weeks = [_weeks(voice, stretch) for stretch in chart.stretches] if chart else []
    return _filled(
        "report.html",
        language=voice.library.language,
        title=voice.say("insights.title"),
        heading=group.label if group else voice.say("insights.title"),
        whole_href=_href(path, report.days, None) if group else None,
        span=said.span_said(voice, report),
        size=said.size_said(voice, group) if group else _size(voice, report),
        windows=[page.window(days) for days in WINDOWS],
        csv_href=_href(f"{path}.csv", report.days, group),
        heroes=[page.hero(each) for each in page.heroes],
        year=chart,
        year_rows=weeks,
        year_said=" ".join(voice.say("report_page.stretch", **asdict(each)) for each in weeks),
        has_gaps=chart is not None and any(stretch.band is None for stretch in chart.stretches),
        levels=[{"at": at, "name": voice.say("report_page.level", percent=at)} for at in drawn.LEVELS],
        trend=voice.say("insights.trend"),
        trend_point=voice.say("insights.trend_point", window=said.window_said(voice, report.days)),
        share=voice.say("insights.column.share"),
        groups=voice.say("insights.column.managers" if group else "insights.departments"),
        columns=_columns(voice, report),
        rows=rows,
        most_printed=MOST_PRINTED,
        more=voice.say("report_page.more", count=len(rows) - MOST_PRINTED) if len(rows) > MOST_PRINTED else "",
        unshown=said.unshown_said(voice, report),
        notes=page.notes,
        reasons=page.reasons,
        until=voice.say("report_page.until", moment=until),
        **_words(voice),
    )


def notice_page(voice: Voice, title: str, text: str, *, link: str = "", href: str = "") -> str:
    """A title, a sentence, and where to go on."""
    return _filled("report_notice.html", language=voice.library.language, title=title, text=text, link=link, href=href)


def _words(voice: Voice) -> dict[str, str]:
    """What is the same on each report."""
    return {
        "skip": voice.say("report_page.skip"),
        "windows_label": voice.say("report_page.windows"),
        "glance": voice.say("report_page.glance"),
        "csv": voice.say("report_page.csv"),
        "chart_how": voice.say("report_page.chart_how"),
        "chart_gaps": voice.say("report_page.chart_gaps"),
        "chart_words": voice.say("report_page.chart_words"),
        "first": voice.say("report_page.first"),
        "last": voice.say("report_page.last"),
        "notes_label": voice.say("report_page.notes"),
    }


def _size(voice: Voice, report: Report) -> str:
    return voice.say("insights.conversations", count=report.conversations)


def _weeks(voice: Voice, stretch: drawn.Stretch) -> Weeks:
    figure = said.figure_said(voice, stretch.figure)
    return Weeks(said.day_said(voice, stretch.first), said.day_said(voice, stretch.last), figure)


def _columns(voice: Voice, report: Report) -> list[str]:
    first = voice.say("insights.manager" if report.department else "insights.department")
    measures = (Measure.active,) if report.department else (Measure.active, Measure.managers, Measure.drifting)
    shares = [voice.say(f"insights.measure.{measure}") for measure in measures]
    return [first, voice.say("insights.column.conversations"), *shares]


class _Page:
    """What is on the page, in words and bars; ``reasons`` say why something on it is kept back."""

    def __init__(self, voice: Voice, report: Report, path: str) -> None:
        self._voice = voice
        self._report = report
        self._path = path
        group = report.department
        self.groups = report.teams if group else report.departments
        self.heroes = said.shares(voice, group) if group else said.heroes(voice, report)
        shown = [*self.heroes, *(share for each in self.groups for share in said.shares(voice, each))]
        trend = [] if group else [figure for _, figure in report.trend]
        self.reasons = said.why_said(voice, [*(share.told.figure for share in shown), *trend])
        every_reason = said.why_said(voice, Kept)
        self.notes = [note for note in said.notes(voice, report) if note not in every_reason]

    def hero(self, share: said.Said) -> Cell:
        """A share in large print; Gallup's stands beside the one that is like it."""
        cell = self._cell(share)
        if share.measure is not Measure.meaningful:
            return cell
        return replace(cell, mark=GALLUP, mark_said=self._voice.say("report_page.gallup", percent=GALLUP))

    def row(self, group: GroupTold) -> Row:
        """A line of the table."""
        active, *others = said.shares(self._voice, group)
        return Row(
            label=group.label,
            conversations=group.conversations,
            active=self._cell(active),
            others=tuple(map(self._cell, others)),
            holds=said.holds_said(self._voice, group),
            href=_href(self._path, self._report.days, group) if group.manager is None else None,
        )

    def window(self, days: int) -> Choice:
        """The way to another window."""
        href = _href(self._path, days, self._report.department)
        return Choice(said.window_said(self._voice, days), href, days == self._report.days)

    def _cell(self, share: said.Said) -> Cell:
        reason = next(iter(said.why_said(self._voice, [share.told.figure])), None)
        number = None if reason is None else self.reasons.index(reason) + 1
        before = share.told.before
        way = said.way(share.told.figure, before) if isinstance(before, Band) else ""
        return Cell(share.name, share.figure, share.change, way, drawn.bar(share.told.figure), number)


def _href(path: str, days: int, group: GroupTold | None) -> str:
    asked = {"days": days} | ({"department": group.department} if group else {})
    return f"{path}?{urlencode(asked)}"


def _filled(name: str, **facts: object) -> str:
    return _template(name).render(style=STYLE, **facts)


@cache
def _template(name: str) -> Template:
    return _ENVIRONMENT.from_string(_FOLDER.joinpath(name).read_text(encoding="utf-8"))


_ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined)
