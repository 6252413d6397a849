"""The proofs of what is shown, logged and kept fail when they should: one rule is taken out for each."""

from pathlib import Path
from types import FunctionType
from typing import cast

import pytest
from hypothesis import Phase, settings

from adapters.slack import render as slack_render
from adapters.teams import render as teams_render
from bot import engine
from bot.engine import Engine
from bot.features import agenda, discussing, due_reminders, helping, reminder_card, schedule_page, wrapping_up
from bot.model.agenda import AgendaItem
from tests.proofs import test_canaries, test_pseudo_language
from tests.proofs.clients import SLACK, TEAMS
from tests.proofs.rules import Rule
from tests.proofs.test_on_platforms import short_crawl
from tests.stateful.test_nothing_is_lost import lived

pytestmark = pytest.mark.soak
# One who wraps up with an item that is not ticked comes along once in thirty lives or so.
UNTIL_IT_FAILS = settings(max_examples=300, stateful_step_count=40, phases=[Phase.generate], report_multiple_bugs=False)
MARKED = "not await turn.tx.trail.mark_seen(given.account.workspace, Seen(given.key, packed), turn.now)"


def _rule(function: object, what: str, instead: str) -> Rule:
    return Rule(cast("FunctionType", function), what, instead)


@pytest.mark.parametrize(
    "rule",
    [
        _rule(Engine._crashed, "error_place(error)", "str(error)"),
        _rule(helping.question_card, "turn.say('help.question_summary')", "question.text"),
        _rule(reminder_card.reminder_card, "turn.say('reminders.preview')", "title"),
        _rule(due_reminders._card, "turn.discreet", "False"),
    ],
    ids=str,
)
async def test_words_that_leak_are_found(rule: Rule, sqlite_url: str) -> None:
    with rule.taken_out(), pytest.raises(AssertionError):
        await test_canaries.test_what_people_write_is_only_where_they_may_read_it(sqlite_url)


@pytest.mark.parametrize(
    "rule",
    [
        _rule(agenda.item_facts, "thread.called(item.author).first_name", "'Somebody'"),
        _rule(helping.open_help, "turn.say('help.title')", "'Assistance'"),
        _rule(schedule_page._row, "turn.say('schedule.skipped')", "'Skipped'"),
    ],
    ids=str,
)
async def test_words_from_elsewhere_are_found(rule: Rule, sqlite_url: str) -> None:
    with rule.taken_out(), pytest.raises(AssertionError):
        await test_pseudo_language.test_every_word_comes_from_prompts_or_from_people(sqlite_url)


SEEN_BY = "self.visibility is Visibility.shared or self.author == person"


@pytest.mark.parametrize(
    ("platform", "rule"),
    [
        *((platform, _rule(AgendaItem.seen_by, SEEN_BY, "True")) for platform in (SLACK, TEAMS)),
        *((platform, _rule(Engine._crashed, "error_place(error)", "str(error)")) for platform in (SLACK, TEAMS)),
        (SLACK, _rule(slack_render.message, "card.summary", "repr(card.body)")),
        (TEAMS, _rule(teams_render.message, "card.summary", "repr(card.body)")),
        (SLACK, _rule(slack_render.notice, "say('views.summary')", "'A notice'")),
        (TEAMS, _rule(teams_render._card, "say('teams.fallback')", "'A card'")),
    ],
    ids=str,
)
async def test_what_goes_wrong_at_a_platform_is_found(platform: str, rule: Rule, sqlite_url: str) -> None:
    with rule.taken_out(), pytest.raises(AssertionError):
        await short_crawl(sqlite_url, platform)


@pytest.mark.parametrize(
    "rule",
    [
        _rule(engine._mark, MARKED, "False"),
        _rule(discussing.close_item, "item.repeat is not Repeat.never", "False"),
        _rule(wrapping_up._discuss, "item.id in ticked", "True"),
    ],
    ids=str,
)
def test_what_is_lost_or_doubled_is_found(rule: Rule, sqlite_template: Path, tmp_path: Path) -> None:
    with rule.taken_out(), pytest.raises((AssertionError, ExceptionGroup)):
        lived(sqlite_template, tmp_path, UNTIL_IT_FAILS)
