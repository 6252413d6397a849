"""The usage report as it comes to an admin each month, and when it does not (M5, G6)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.disclosure import Band, Shown
from bot.features.monthly import SendMonthly
from bot.features.monthly_card import ShowMonthly
from bot.features.naming_admins import ListAdmins
from bot.features.people_page import NameAdmin, UnnameAdmin
from bot.features.reminder_card import FewerReminders, SnoozeReminder, WhyReminder
from bot.features.reminder_choices import MoreReminders
from bot.model.delivery import DeliveryKind
from bot.model.usage import EVERYBODY
from bot.planner import Planner
from bot.views import Card, Chart, Form, Heading, Notice, Row, TicksField
from bot.worker import Worker
from prompts.compare import others
from storage.store import Store
from tests.bot.desk import Desk, labels, profile, text_of
from tests.bot.postman import Remembering
from tests.bot.usage_weeks import HIGH, LOW, MIDDLE, TOP, add_department, add_week, shown

DUE = datetime(2026, 12, 1, 8, 1, tzinfo=UTC)  # Tuesday, a minute after nine in Berlin, where Mia works
REPORT = "The usage report, once a month"


async def sent(desk: Desk, *, at: datetime = DUE, plan: bool = True) -> list[Card]:
    """The reports that go out until that moment; Mia has the last one before her."""
    desk.clock.at = at
    post, store = Remembering(), desk.store
    assert isinstance(store, Store)
    if plan:
        planner = Planner(timetable=store.timetable, store=store, now=desk.clock, new_id=desk.engine.new_id)
        await planner.tick()
    worker = Worker(
        outbox=store.outbox,
        store=store,
        registry=desk.engine.registry,
        libraries=desk.engine.libraries,
        messengers=lambda: {desk.mia.account.workspace: post},
        now=desk.clock,
        new_id=desk.engine.new_id,
        owner="this process",
        admins=desk.engine.admins,
    )
    while await worker.tick():
        pass
    reports = [card for card in post.sent if isinstance(card.address, ShowMonthly)]
    if reports:
        desk.mia.view = reports[-1]
    return reports


async def counted(desk: Desk) -> None:
    """Sales went up and drifts most, Support went down, of the others there is nothing to tell."""
    organization = desk.mia.account.organization
    names = ("Sales", "Support", "People", "Legal", "Labs", "Design")
    sales, support, people, legal, labs, design = [
        await add_department(desk.store, organization, each) for each in names
    ]
    now: dict[str, Shown] = {
        EVERYBODY: shown(300, 30, active=HIGH),
        sales: shown(90, 8, active=TOP, drifting=MIDDLE),
        support: shown(60, 6, active=LOW, drifting=HIGH),
        people: shown(40, 5, drifting=LOW),
        legal: shown(30, 4, drifting=Band(20, 40)),
        labs: shown(40, 4, active=Band(67, 100), drifting=Band(33, 67)),
        design: shown(40, 3),
    }
    before: dict[str, Shown] = {
        EVERYBODY: shown(290, 30, active=MIDDLE),
        sales: shown(90, 8, active=MIDDLE),
        support: shown(60, 6, active=HIGH),
        labs: shown(40, 4, active=HIGH),
    }
    await add_week(desk.store, organization, before, ago=3)
    await add_week(desk.store, organization, now, ago=-1)


@pytest.fixture
async def told(desk: Desk) -> Desk:
    """There are numbers, and Mia, an admin, asked for them each month."""
    await counted(desk)
    await desk.mia.does(SendMonthly())
    return desk


def rows_under(card: Card, heading: str) -> list[str]:
    """What the rows say that follow a heading."""
    after = card.body[card.body.index(Heading(heading)) + 1 :]
    rows = [part for part in after if isinstance(part, Row | Heading | Chart)]
    end = next((place for place, part in enumerate(rows) if not isinstance(part, Row)), len(rows))
    return [f"{part.title}: {part.detail}" for part in rows[:end] if isinstance(part, Row)]


async def test_on_the_first_working_day_it_comes_once(told: Desk) -> None:
    assert await sent(told, at=DUE.replace(hour=7, minute=59)) == []
    (card,) = await sent(told)
    assert card.summary == "A reminder from OneOnOne"
    assert labels(card)[-4:] == ["Open", "Why this?", "Snooze", "Fewer of these"]
    assert "Active 1-on-1s: 60 to 80 %" in text_of(card)
    assert "up from 40 to 60 %" in text_of(card)
    assert any(isinstance(part, Chart) for part in card.body)
    assert await sent(told, at=DUE.replace(day=20)) == []
    assert len(await sent(told, at=datetime(2027, 1, 4, 8, 1, tzinfo=UTC))) == 1


@pytest.mark.parametrize("language", others())
async def test_it_comes_in_its_reader_s_language(told: Desk, language: str) -> None:
    await told.engine.learn(told.mia.account, replace(profile("mia"), language=language))
    (card,) = await sent(told)
    library = told.engine.libraries[language]
    assert card.title == library.say("insights.title", {})
    assert rows_under(card, library.say("monthly.changed", {}))
    assert rows_under(card, library.say("monthly.drifting", {}))


async def test_it_names_the_departments_that_surely_changed_and_those_that_drift_most(told: Desk) -> None:
    (card,) = await sent(told)
    changed = rows_under(card, "More or fewer active 1-on-1s")
    assert [each.partition(":")[0] for each in changed] == ["Sales", "Support"]
    assert "up from 40 to 60 %" in changed[0]
    assert "down from 60 to 80 %" in changed[1]
    drifting = rows_under(card, "Where many have not met")
    assert [each.partition(" · ")[0] for each in drifting] == [
        "Support: No meeting for four weeks: 60 to 80 %",
        "Sales: No meeting for four weeks: 40 to 60 %",
        "Labs: No meeting for four weeks: 33 to 67 %",
    ]


async def test_open_leads_to_the_report_and_to_a_department(told: Desk) -> None:
    (card,) = await sent(told)
    await told.mia.presses("Open", near="Support")
    assert "By manager" not in told.mia.reads
    assert "Support" in told.mia.reads
    told.mia.view = card
    await told.mia.presses("Open", near="Active: one of the two")
    assert "Everybody sees the same" not in told.mia.reads
    assert "Usage report" in told.mia.reads or "30 days" in told.mia.reads


async def test_it_says_why_it_came_and_stays_as_it_is(told: Desk) -> None:
    (card,) = await sent(told)
    await told.mia.presses("Why this?")
    assert "You are an admin and asked for it." in told.mia.reads
    told.mia.view = card
    await told.mia.presses("Fewer of these")
    assert "No more of these: The usage report, once a month." in told.mia.reads
    assert "Active 1-on-1s: 60 to 80 %" in told.mia.reads
    assert await sent(told, at=datetime(2027, 1, 4, 8, 1, tzinfo=UTC)) == []


async def test_fewer_is_taken_back_on_the_spot(told: Desk) -> None:
    await sent(told)
    await told.mia.presses("Fewer of these")
    await told.mia.presses("Undo")
    assert "You get these as before." in told.mia.reads
    assert len(await sent(told, at=datetime(2027, 1, 4, 8, 1, tzinfo=UTC))) == 1


async def test_what_was_put_off_comes_again_and_the_next_month_s_too(told: Desk) -> None:
    await sent(told)
    await told.mia.presses("Snooze")
    assert "I will come back to it today, 12:01." in told.mia.reads
    assert len(await sent(told, at=DUE.replace(hour=11, minute=2))) == 1
    assert len(await sent(told, at=datetime(2027, 1, 4, 8, 1, tzinfo=UTC))) == 1


async def _turned_off(desk: Desk) -> None:
    await desk.mia.does(FewerReminders(DeliveryKind.report))


async def _no_admin_any_more(desk: Desk) -> None:
    desk.engine = replace(desk.engine, admins=frozenset({"ana@example.com"}))


async def _gone(desk: Desk) -> None:
    await desk.engine.learn(desk.mia.account, replace(profile("mia"), active=False))


@pytest.mark.parametrize("reason", [_turned_off, _no_admin_any_more, _gone], ids=lambda reason: reason.__name__)
async def test_nothing_comes_where_it_is_not_wanted(told: Desk, reason: Callable[[Desk], Awaitable[None]]) -> None:
    await reason(told)
    assert await sent(told) == []


async def test_what_was_put_off_does_not_come_where_it_was_turned_off_meanwhile(told: Desk) -> None:
    await sent(told)
    await told.mia.presses("Snooze")
    await _turned_off(told)
    assert await sent(told, at=DUE.replace(hour=11, minute=2)) == []


async def test_nothing_comes_before_anything_is_counted(desk: Desk) -> None:
    await desk.mia.does(SendMonthly())
    assert await sent(desk, plan=False) == []
    await counted(desk)
    assert len(await sent(desk, at=datetime(2027, 1, 4, 8, 1, tzinfo=UTC))) == 1


async def test_who_was_named_an_admin_gets_it_until_they_are_none(desk: Desk) -> None:
    await counted(desk)
    await desk.mia.does(NameAdmin(await desk.person("ben")))
    await desk.ben.does(SendMonthly())
    assert len(await sent(desk, at=DUE.replace(hour=14))) == 1
    await desk.mia.does(UnnameAdmin(await desk.person("ben")))
    assert await sent(desk, at=datetime(2027, 1, 4, 15, tzinfo=UTC)) == []
    await desk.ben.does(ListAdmins())
    assert "Only an admin" in desk.ben.reads


async def test_it_is_a_tick_among_an_admin_s_reminders_and_nobody_else_s(desk: Desk) -> None:
    await counted(desk)
    await desk.mia.says("settings")
    await desk.mia.presses("Reminders")
    kinds = _kinds(desk)
    assert [option.label for option in kinds.options][-1] == REPORT
    assert "report" not in kinds.values
    await desk.mia.submits(kinds=(*kinds.values, "report"))
    await desk.mia.says("settings")
    await desk.mia.presses("Reminders")
    assert "report" in _kinds(desk).values
    assert len(await sent(desk)) == 1
    await desk.mia.says("settings")
    await desk.mia.presses("Reminders")
    await desk.mia.submits(kinds=())
    assert await sent(desk, at=datetime(2027, 1, 4, 8, 1, tzinfo=UTC)) == []


def _kinds(desk: Desk) -> TicksField:
    assert isinstance(desk.mia.view, Form)
    return next(part for part in desk.mia.view.fields if isinstance(part, TicksField) and part.name == "kinds")


async def test_who_is_no_admin_cannot_ask_for_it(desk: Desk) -> None:
    await counted(desk)
    await desk.ben.says("settings")
    await desk.ben.presses("Reminders")
    assert REPORT not in desk.ben.reads
    await desk.ben.submits(kinds=("prepare", "report"))
    for action in (SendMonthly(), MoreReminders(DeliveryKind.report)):
        view = await desk.ben.does(action)
        assert isinstance(view, Notice)
        assert view.text == "Only an admin can do this."
    assert await sent(desk, at=DUE.replace(hour=15)) == []


async def test_it_is_its_reader_s_alone(told: Desk) -> None:
    await sent(told)
    for label, kind in (("Why this?", WhyReminder), ("Snooze", SnoozeReminder)):
        action = told.mia.button(label).action
        assert isinstance(action, kind)
        await told.ben.does(action)
        assert "not yours to see" in told.ben.reads


async def test_the_button_asks_for_it_and_is_gone_then(desk: Desk) -> None:
    await desk.mia.does(SendMonthly())
    assert "It comes on the first working day of each month." in desk.mia.reads
    await desk.mia.presses("Undo")
    assert "No more of these: The usage report, once a month." in desk.mia.reads
    assert await sent(desk) == []
