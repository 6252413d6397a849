"""The usage report as a CSV file: as RFC 4180 has it, and nothing in it that a spreadsheet would reckon with."""

import csv
import io
from dataclasses import replace

import pytest

from bot.disclosure import Kept
from bot.insights import GroupTold, Report, Told
from bot.insights_csv import COLUMNS, harmless, report_csv
from bot.model.usage import OTHERS
from prompts import Library, Voice
from tests.bot.desk import A_MONDAY
from tests.bot.usage_weeks import HIGH, LAST, LOW, TOP

VOICE = Voice(Library("en"), "Europe/Berlin", A_MONDAY)
SAME = Told(HIGH, LOW)


def group(label: str, *, holds: tuple[str, ...] = ()) -> GroupTold:
    """A department."""
    return GroupTold(
        department=OTHERS if holds else label,
        manager=None,
        label=label,
        conversations=20,
        managers=3,
        active=SAME,
        managers_active=Told(TOP, None),
        drifting=Told(Kept.slack, LOW),
        holds=holds,
    )


def told(*departments: GroupTold) -> Report:
    return Report(
        week=LAST,
        days=7,
        conversations=90,
        active=SAME,
        managers=SAME,
        met=SAME,
        meaningful=SAME,
        drifting=SAME,
        departments=departments,
        department=None,
        teams=(),
        trend=((LAST.replace(month=10), LOW), (LAST.replace(day=1), None), (LAST, HIGH)),
    )


def rows_of(report: Report, voice: Voice = VOICE) -> list[list[str]]:
    return list(csv.reader(io.StringIO(report_csv(voice, report).decode("utf-8-sig"), newline=""), strict=True))


def test_it_is_utf_8_with_a_mark_and_every_cell_is_quoted() -> None:
    content = report_csv(VOICE, told(group("Forschung & Entwicklung, Köln")))
    assert content.startswith(b'\xef\xbb\xbf"')
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:-1])
    assert '"Forschung & Entwicklung, Köln"' in lines[6]


def test_each_share_is_a_row_with_its_bounds_and_its_words() -> None:
    rows = rows_of(told(group("Sales")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    sales = [row for row in rows if row[2] == "Sales"]
    assert [row[1] for row in sales] == ["7", "7", "28"]
    assert [row[4:] for row in sales] == [
        ["20", "3", "Active 1-on-1s", "60", "80", "60 to 80 %", "under 20 %"],
        ["20", "3", "Managers with an active 1-on-1", "80", "100", "80 % or more", ""],
        ["20", "3", "No meeting for four weeks", "", "", "kept back", "under 20 %"],
    ]
    assert rows[-1][:3] == ["2026-10-22", "7", "Everybody"]


def test_the_trend_has_each_week_once() -> None:
    weeks = [row[0] for row in rows_of(told()) if row[6] == "Active 1-on-1s"]
    assert weeks == ["2026-11-22", "2026-10-22"]


def test_what_is_together_says_of_what() -> None:
    rows = rows_of(told(group("Other departments", holds=("Law", "=1+1"))))
    assert "Other departments (Law, '=1+1)" in {row[2] for row in rows}


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", " =", '"=', "'="]
)
def test_no_cell_begins_like_a_formula(begin: str) -> None:
    """OWASP ASVS 5.0, 1.2.10; whatever people put before the sign."""
    label = f'{begin}HYPERLINK("https://example.com")'
    assert harmless(label).startswith("'")
    cells = [cell for row in rows_of(told(group(label))) for cell in row]
    assert [cell for cell in cells if cell.lstrip(' "')[:1] in tuple("=+-@\t\r\n\0＝＋－＠")] == []


@pytest.mark.parametrize("separator", [";", "\t", "|", ",", "\r\n", "; ", ';"'])
def test_neither_does_what_another_country_takes_for_a_cell(separator: str) -> None:
    assert harmless(f"Sales{separator}=1+1") == f"Sales{separator}'=1+1"


@pytest.mark.parametrize(
    "cell", ["Sales", "R&D - Berlin", "1-on-1s", "2026-11-22", "under 20 %", "80", "", "A=B", "Ops; law"]
)
def test_what_is_harmless_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_manager_has_the_department_beside_them() -> None:
    sales = group("Sales")
    team = replace(sales, manager="x", label="@ada", managers_active=None, drifting=None)  # type: ignore[arg-type]
    rows = rows_of(replace(told(sales), department=sales, teams=(team,)))
    assert [row[2:6] for row in rows if row[3]][1:] == [["Sales", "'@ada", "20", ""]]
