"""What works where: a table made from the stories, by ``python -m tests.adapters.contract.parity``."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.adapters.contract.stages import EVERY_STAGE
from tests.adapters.contract.story import is_told_on
from tests.proofs.telling import Tale, every_tale

PAGE = Path(__file__).parents[3] / "docs" / "parity.md"

BUILT: Mapping[str, str] = {
    "A1": "Manager conversations that follow the hierarchy",
    "A2": "Meet with anyone",
    "A3": "My conversations",
    "A4": "Change the relationship",
    "A5": "Mixed pairs, and people with two accounts",
    "A6": "Handover to a new manager",
    "A7": "Set up all reports in one form",
    "A8": "News about the other side; undo",
    "B1": "Agenda items: add, edit, drop, order, visibility",
    "B2": "Discussed items, history, reopening",
    "B3": "Comments, and items that repeat",
    "B4": "Add to 1-on-1, from any message",
    "B5": "Search",
    "C1": "Shared notes",
    "C2": "Private notes",
    "C3": "Two people saving at once",
    "D1": "Action items with owners and dates",
    "D2": "Reminded on the morning a promise is due",
    "D3": "One list over all conversations",
    "D4": "Promises of both sides, kept and open",
    "E1": "Check-in of both sides; the organization's own questions",
    "E2": "Trend as a small chart",
    "E3": "An answer becomes an agenda item",
    "F1": "Questions to suggest",
    "F2": "Suggestions with their reasons",
    "F3": "Templates: kinds of meeting, own and shared ones",
    "F4": "English, German, French and Spanish, for each reader their own",
    "G1": "Schedules: rhythms and single meetings",
    "G2": "Skip, move, change, pause, end",
    "G3": "Local times, and clocks that change",
    "G4": "Reminders",
    "G5": "Working days and hours, holidays, days away",
    "G6": "Why, snooze, fewer",
    "G7": "Wrapping up",
    "G8": "Calendar feed and file",
    "G9": "Meetings begin by themselves, or now",
    "H4": "Growth plan, led by the report",
    "H5": "Prepare my career talk",
    "M1": "Usage report: shares, departments, managers, five windows",
    "M2": "What makes a 1-on-1 active",
    "M3": "What the report keeps back, and why",
    "M4": "Meaningful, beside Gallup's share",
    "M5": "The report in the chat, in a browser, as CSV, monthly",
    "N1": "People, and what is said of them by hand",
    "N2": "Reporting lines, checked on every change",
    "N3": "Admins, and departments first",
    "I1": "Assigned topics: title, question, why now, links",
    "I2": "Audiences: conditions, a channel, one's own team",
    "I3": "Now, at a time, repeating, for who joins later",
    "I4": "A topic in a conversation: who, why, not relevant",
    "I5": "A budget of topics a month",
    "I6": "Edit, take back, again, weekly counts",
    "I7": "From a channel: a command, a message's menu, by name",
    "O6": "Discreet messages",
    "P5": "Help, settings, and a person to ask",
}
"""The features that this release has; each is named by a story on each platform."""

_ABOUT = """# What works where

Every feature is told as stories: one text each, which the tests run over real HTTP against a strict stand-in for Slack,
against one for Microsoft Teams, and with one of a pair on each. This table is made from those stories, by
`python -m tests.adapters.contract.parity`; a test fails when it is not up to date or a cell is empty. The numbers say
how many stories prove a feature there.

| | Feature | Slack | Teams | One in Slack, the other in Teams |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    tales = every_tale()
    return _ABOUT + "".join(_row(number, cells_of(number, tales)) for number in BUILT)


def cells_of(number: str, tales: Sequence[Tale]) -> Sequence[int]:
    """How many stories prove this feature on each stage; one about both platforms plays on each of them."""
    own = [tale.tell for tale in tales if number in tale.features]
    return [sum(is_told_on(tell, stage) for tell in own) for stage in EVERY_STAGE]


def _row(number: str, cells: Sequence[int]) -> str:
    return f"| {number} | {BUILT[number]} | {' | '.join(_words(cells))} |\n"


def _words(cells: Sequence[int]) -> Iterator[str]:
    return (f"{count} {'story' if count == 1 else 'stories'}" if count else "" for count in cells)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
