"""Proof 7 for the usage report: the largest there is finds room on both platforms, whole, in every language."""

from dataclasses import replace

import pytest

from adapters.playground.slack_rules import message_problems, view_problems
from adapters.playground.teams_rules_actions import Where
from adapters.playground.teams_rules_card import card_problems
from adapters.slack import render
from adapters.slack.place import Frame
from adapters.teams import render as teams
from adapters.teams.place import Frame as TeamsFrame
from bot.disclosure import Shown
from bot.features.insights import ShowReport
from bot.features.insights_page import OpenCounting, OpenDepartment, OpenDepartments
from bot.features.insights_part import MOST_BARS
from bot.model.ids import DepartmentId, PersonId
from bot.model.usage import EVERYBODY, OTHERS, WINDOWS
from bot.views import Card, Page, View
from prompts import Library
from prompts.compare import ENGLISH, others
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.desk import Desk, desk_on
from tests.bot.pairs import hired
from tests.bot.usage_weeks import HIGH, LOW, MIDDLE, TOP, add_department, add_week, few, shown, team
from tests.proofs.shown import texts

LONG = "Research, development and quality of life sciences"
"""As long as the name of a department may reasonably be; platforms cut it where they draw it."""


class Addresses:
    """Longer than a signed link is."""

    def report(self, person: PersonId, *, days: int | None = None, department: str | None = None) -> str:
        return f"https://oneonone.example.com/report/{person * 20}?days={days}&department={department}"


async def _counted(desk: Desk) -> DepartmentId:
    """A year of more departments than are drawn, one of them with more teams than find room on a page."""
    organization = desk.mia.account.organization
    made = [await add_department(desk.store, organization, f"{LONG} {number}") for number in range(2 * MOST_BARS)]
    largest, *small = made
    managers = [await hired(desk, f"m{number}", {}) for number in range(12)]
    ids = [await desk.person(manager.account.external_id.removeprefix("U0").casefold()) for manager in managers]
    groups: dict[str, Shown] = {
        EVERYBODY: shown(100_000, 10_000),
        largest: shown(50_000, 5_000, active=LOW),
        **{each: shown(1_000 + number, 100, active=MIDDLE) for number, each in enumerate(small[:MOST_BARS])},
        **{each: few() for each in small[MOST_BARS:-3]},
        OTHERS: shown(9, 3, active=TOP, together=tuple(small[-3:])),
    }
    for ago in range(0, 57, 4):
        teams_ = {(largest, each): team(12, active=HIGH) for each in ids}
        await add_week(desk.store, organization, groups, teams=teams_, ago=ago)
    return largest


@pytest.mark.parametrize("language", [ENGLISH, *others()])
async def test_the_largest_report_is_shown_whole(sqlite_url: str, language: str) -> None:
    spoken = Library(language, beside=Library(ENGLISH))
    store = Store(sqlite_url, (KEY,))
    desk = await desk_on(store)
    desk.engine = replace(desk.engine, libraries={ENGLISH: spoken}, links=Addresses())
    largest = await _counted(desk)
    actions = [ShowReport(WINDOWS[-1]), OpenDepartments(365), OpenDepartment(365, largest), OpenDepartment(365, None)]
    for action in (*actions, OpenCounting(365)):
        view = await desk.mia.does(action)
        assert isinstance(view, Card | Page), desk.mia.reads
        _is_whole(view, spoken)
    await store.close()


def _is_whole(view: View, spoken: Library) -> None:
    def say(key: str, /, **facts: object) -> str:
        return spoken.say(key, facts)

    if isinstance(view, Card):
        shown_ = render.message(view, say)
        assert list(message_problems({"text": shown_.text, "blocks": shown_.blocks})) == []
        in_teams = teams.message(view, say, lambda _: True).card
        assert list(card_problems(in_teams, where=Where.MESSAGE)) == []
        read = f"{shown_}\n{in_teams}"
    else:
        assert isinstance(view, Page)
        modal, dialog = render.modal(view, Frame(key="k"), say), teams.dialog(view, TeamsFrame(key="k"), say)
        assert list(view_problems(modal)) == []
        assert list(card_problems(dialog, where=Where.DIALOG)) == []
        read = f"{modal}\n{dialog}"
    left_out = [spoken.say("views.more", {"count": count}) for count in range(1, 30)]
    assert [line for line in left_out if line in read] == []
    paragraphs = [text for text in texts(view) if "\n" not in text and LONG not in text]
    assert [text for text in paragraphs if repr(text)[1:-1] not in read] == []
