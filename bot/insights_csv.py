"""The usage report as a CSV file for a spreadsheet: one row a share, the same shares that the page shows (M5)."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.disclosure import Band, Measure
from bot.insights import GroupTold, Report, Told, window_of
from bot.insights_said import Said, figure_said, heroes, said, shares
from prompts import Voice

COLUMNS = (
    "week",
    "days",
    "group",
    "manager",
    "conversations",
    "managers",
    "what",
    "low",
    "high",
    "share",
    "before",
)
_FORMULA = re.escape("=+-@\t\r\n\0＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula: OWASP ASVS 5.0, 1.2.10, and the wide ones, as Excel does."""

_FIRST = re.compile(rf"""^(?=[\s"']*[{_FORMULA}])""")
_FURTHER = re.compile(rf"""([,;|\t\r\n][\s"']*)(?=[{_FORMULA}])""")
"""After what might be taken for the end of a cell: spreadsheets of other countries separate at semicolons."""


def report_csv(voice: Voice, report: Report) -> bytes:
    """The file as RFC 4180 has it, in UTF-8 with the mark by which Excel knows it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_column(voice, name) for name in COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in _rows(voice, report))
    return file.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before whatever a spreadsheet would take for a formula; others as they are."""
    return _FIRST.sub("'", _FURTHER.sub(r"\1'", cell))


def _column(voice: Voice, name: str) -> str:
    return voice.say(f"insights.column.{name}")


@dataclass(frozen=True)
class _Group:
    """What a row is about; sizes are empty where they are not known of that week."""

    label: str
    manager: str = ""
    conversations: str = ""
    managers: str = ""


def _rows(voice: Voice, report: Report) -> Iterator[Sequence[str]]:
    """Everybody, the departments, the teams of the one that was asked for, and the weeks of the trend before."""
    everybody = _Group(voice.say("insights.everybody"), conversations=str(report.conversations))
    drifting = said(voice, Measure.drifting, report.drifting)
    for each in (*heroes(voice, report), drifting):
        yield _row(voice, report, everybody, each)
    for group in (*report.departments, *report.teams):
        about = _about(report, group)
        for each in shares(voice, group):
            yield _row(voice, report, about, each)
    then = _Group(everybody.label)
    for week, figure in report.trend:
        if figure is not None and week != report.week:
            told = said(voice, Measure.active, Told(figure, None))
            yield _row(voice, report, then, told, week=week)


def _about(report: Report, group: GroupTold) -> _Group:
    size = str(group.conversations)
    if group.manager is not None:
        return _Group(report.department.label if report.department else "", group.label, size)
    together = f" ({', '.join(group.holds)})" if group.holds else ""
    return _Group(f"{group.label}{together}", "", size, str(group.managers))


def _row(voice: Voice, report: Report, group: _Group, each: Said, *, week: date | None = None) -> Sequence[str]:
    figure, before = each.told.figure, each.told.before
    low, high = (str(figure.low), str(figure.high)) if isinstance(figure, Band) else ("", "")
    return (
        (week or report.week).isoformat(),
        str(window_of(each.measure, report.days)),
        group.label,
        group.manager,
        group.conversations,
        group.managers,
        each.name,
        low,
        high,
        each.figure,
        figure_said(voice, before) if before is not None else "",
    )
