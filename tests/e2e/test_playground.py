"""A whole 1-on-1 in a real browser, one of the two in Slack and the other in Teams, and what a third one sees of it."""

import pytest
from playwright.async_api import Page, expect

from adapters.playground.demo_stage import Playground
from adapters.playground.demo_teams import BEN, CLEO
from adapters.playground.wire import Exchange
from tests.e2e.seat import Seat

pytestmark = pytest.mark.browser

PROMOTION = "Promotion case, with examples"
BUDGET = "Budget for the course"
SLOW = "What slows me down"
NOTE = "Ben leads the next design review"
PROMISE = "Send the draft growth plan"
EVERYTHING = (PROMOTION, BUDGET, SLOW, NOTE, PROMISE)
MOST_WAITING = 5
HOSTILE = (
    "<img src=x onerror=\"document.title='taken'\"> <!channel> *a* **b** [c](http://d.example) "
    "\u202eabc\u202c שלום 👩‍👩‍👧"
)


async def test_two_people_go_through_a_whole_one_on_one(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await _ana_prepares(ana)
    await _ben_prepares(ben)
    await _they_meet(page, ana, ben)
    await _ana_wraps_up(ana)
    await _ben_sees_what_came_of_it(ben)
    await _cleo_sees_nothing(ana, ben, playground)
    _nothing_was_refused(playground)


async def _ana_starts(page: Page, ana: Seat, ben: Seat) -> None:
    await _starts(page, ana)
    await expect(ben.messages).to_contain_text("Ana Ruiz started a 1-on-1 with you")
    await expect(ben.messages).to_contain_text("Ana is your manager in it")


async def _starts(page: Page, ana: Seat) -> None:
    await page.get_by_role("button", name="Start a 1-on-1 with Ben").click()
    await ana.sees("Start a 1-on-1")
    await ana.dialog.get_by_label("What is this person to you?").select_option(label="My report")
    await ana.submits("Start")
    await ana.sees("Ana and Ben")


async def _ana_prepares(ana: Seat) -> None:
    await _adds(ana, PROMOTION, seen_by="You and Ben")
    await _adds(ana, BUDGET, seen_by="Only you until the meeting starts, then Ben too")
    await expect(ana.dialog).to_contain_text("only you until the meeting starts")
    await ana.leaves()


async def _adds(seat: Seat, text: str, *, seen_by: str) -> None:
    await seat.presses("Add item")
    await seat.sees("Add to the agenda")
    await seat.fills("What do you want to talk about?", text)
    await seat.dialog.get_by_label(seen_by, exact=True).check()
    await seat.submits("Add")
    await expect(seat.body).to_contain_text(f"○ {text}")


async def _ben_prepares(ben: Seat) -> None:
    await ben.presses("Open")
    await ben.sees("Ben and Ana")
    await expect(ben.body).to_contain_text(PROMOTION)
    await expect(ben.body).not_to_contain_text(BUDGET)
    await _adds(ben, SLOW, seen_by="You and Ana")
    await ben.leaves()


async def _they_meet(page: Page, ana: Seat, ben: Seat) -> None:
    await ana.opens("/oneonone meet", "Ana and Ben")
    await expect(ana.dialog).to_contain_text("You are meeting")
    await page.get_by_role("button", name="Open it as Ben").click()
    await ben.sees("Ben and Ana")
    await expect(ben.body).to_contain_text(BUDGET)
    await ben.leaves()


async def _ana_wraps_up(ana: Seat) -> None:
    await ana.presses("Wrap up")
    await ana.sees("Wrap up")
    await ana.dialog.get_by_label(PROMOTION).check()
    await ana.fills("What is worth remembering?", NOTE)
    await ana.fills("Action item 1", PROMISE)
    await ana.submits("Wrap up")
    for words in (f"✓ {PROMOTION}", "2 items carry over", PROMISE, NOTE):
        await expect(ana.dialog).to_contain_text(words)
    await ana.leaves()


async def _ben_sees_what_came_of_it(ben: Seat) -> None:
    await ben.opens("Ana Ruiz", "Ben and Ana")
    for words in (f"○ {BUDGET}", f"○ {SLOW}", PROMISE):
        await expect(ben.body).to_contain_text(words)
    await expect(ben.body).not_to_contain_text(PROMOTION)
    await ben.presses("Shared notes (1)")
    await expect(ben.body).to_contain_text(NOTE)
    await ben.leaves()


async def _cleo_sees_nothing(left: Seat, right: Seat, playground: Playground) -> None:
    """Neither in Slack nor in Teams, where she is the same person."""
    await left.becomes("Cleo Tanaka", platform="slack")
    await left.goes_to("Home")
    await expect(left.home).to_contain_text("Start a conversation")
    await left.goes_to("Messages")
    await left.types("/oneonone @ana")
    await left.sees("Start a 1-on-1")
    await right.becomes("Cleo Tanaka", platform="teams")
    await right.types("actions")
    await expect(right.messages.locator(".card").last).not_to_contain_text("Your 1-on-1s")
    seen = playground.slack.person("U0CLEO").everything_seen() + playground.teams.person(CLEO).everything_seen()
    assert [words for words in EVERYTHING if words in seen] == []


def _nothing_was_refused(playground: Playground) -> None:
    """Neither by a platform's rules nor by the bot: every request on the wire was answered well."""
    assert (playground.slack.violations, playground.teams.violations) == ((), ())
    both = (*playground.slack.world.wire.exchanges, *playground.teams.world.wire.exchanges)
    wrong = [each for each in both if not 200 <= each.status < 300 or "error" in each.answer]
    assert [each.method for each in wrong if not _was_closed_meanwhile(each)] == []


def _was_closed_meanwhile(each: Exchange) -> bool:
    """A window can be closed in the moment in which it is brought up to date."""
    return each.method == "views.update" and each.answer.get("error") == "not_found"


@pytest.mark.soak
async def test_people_s_words_are_shown_as_they_were_typed(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await ana.goes_to("general")
    await ana.types(HOSTILE)
    await expect(ana.messages.locator(".message-body").last).to_have_text(HOSTILE)
    await ben.goes_to("General")
    await ben.types(HOSTILE)
    await expect(ben.messages.locator(".bubble").last).to_have_text(HOSTILE)
    await ben.goes_to("OneOnOne")
    await _ana_starts(page, ana, ben)
    await _adds(ana, HOSTILE, seen_by="You and Ben")
    await ben.presses("Open")
    await expect(ben.body).to_contain_text(f"○ {HOSTILE}")
    assert await page.locator("img[src=x], a[href*='d.example']").count() == 0
    assert await page.title() == "OneOnOne playground"
    assert (playground.slack.violations, playground.teams.violations) == ((), ())


@pytest.mark.soak
async def test_a_form_keeps_its_words_when_it_cannot_be_sent(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await ben.presses("Open")
    await ben.sees("Ben and Ana")
    for seat in (ana, ben):
        await seat.presses("Add item")
        await seat.sees("Add to the agenda")
    await ana.fills("What do you want to talk about?", "x" * 3001)
    await ana.submits("Add")
    await expect(ana.dialog.get_by_role("alert").first).to_have_text("This is too long.")
    await ben.submits("Add")
    await expect(ben.dialog.get_by_role("alert").first).to_have_text("Please fill this in.")
    await playground.service.stop()
    for seat in (ana, ben):
        await seat.fills("What do you want to talk about?", PROMOTION)
        await seat.submits("Add")
        await expect(seat.window.get_by_role("status")).to_contain_text("OneOnOne did not respond")
        await expect(seat.dialog.get_by_label("What do you want to talk about?")).to_have_value(PROMOTION)


@pytest.mark.soak
async def test_a_message_becomes_an_agenda_item_from_its_menu(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await ana.leaves()
    for seat, place, words in ((ana, "general", "new onboarding"), (ben, "Design reviews", "onboarding drawings")):
        await seat.goes_to(place)
        message = seat.messages.locator(".message", has_text=words)
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await message.get_by_role("menuitem", name="Add to 1-on-1").click()
        await expect(seat.body).to_contain_text(words)
        await seat.fills("What do you want to talk about?", f"About {place}")
        await seat.submits("Add")
    if await ben.dialog.count():
        await ben.leaves()
    await ben.goes_to("OneOnOne")
    await ben.opens("Ana Ruiz", "Ben and Ana")
    for place in ("general", "Design reviews"):
        await expect(ben.body).to_contain_text(f"○ About {place}")


@pytest.mark.soak
async def test_the_bot_answers_where_it_is_called_without_saying_what_about(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await ben.goes_to("General")
    await ben.types(f"@OneOnOne add {BUDGET}")
    answer = ben.messages.locator(".message", has=page.locator("strong", has_text="OneOnOne"))
    await expect(answer).to_contain_text("in our own chat")
    await expect(answer).not_to_contain_text(BUDGET)
    await expect(ben.window.locator(".side .place .unread")).to_have_text("1")


async def test_a_moved_clock_brings_what_is_due(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    clock = page.get_by_role("group", name="Clock", exact=True)
    await _ana_starts(page, ana, ben)
    await _adds(ana, PROMOTION, seen_by="You and Ben")
    await _goes_on_until_all_is_sent(page, playground)
    await expect(ben.messages.locator(".card").last).to_contain_text("Promotion case")
    ahead = playground.ahead
    assert ahead > 0
    await clock.get_by_role("button", name="+ 1 day").click()
    await expect(clock).to_contain_text("day")
    await clock.get_by_role("button", name="+ 1 hour").click()
    await expect(clock).to_contain_text("ahead")
    await ben.opens("help", "Help")  # whoever signs goes by real time
    assert round(playground.ahead - ahead) == 25 * 3600


async def _goes_on_until_all_is_sent(page: Page, playground: Playground) -> None:
    """To the next reminder, and the next: each press is one that was waiting."""
    later = page.get_by_role("button", name="To the next reminder")
    for _ in range(MOST_WAITING):
        due = await playground.next_due()
        if due is None:
            break
        await expect(later).to_have_attribute("aria-disabled", "false")
        async with page.expect_response(lambda answer: answer.request.method == "POST" and "clock" in answer.url):
            await later.click()
        await expect(later).not_to_have_attribute("aria-busy", "true")
        assert playground.now >= due
    await expect(later).to_have_attribute("aria-disabled", "true")


@pytest.mark.soak
async def test_a_person_on_both_platforms_can_be_seen_on_each(page: Page) -> None:
    left, right = Seat(page, "left"), Seat(page, "right")
    await left.becomes("Cleo Tanaka", platform="slack")
    await right.becomes("Cleo Tanaka", platform="teams")
    await left.becomes("Ben Okafor", platform="teams")
    await expect(left.messages).to_contain_text("Your 1-on-1s")
    await expect(left.window.locator(".rail")).to_be_visible()


@pytest.mark.soak
async def test_starting_over_forgets_everything(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await _adds(ana, PROMOTION, seen_by="You and Ben")
    await page.get_by_role("button", name="Start over").click()
    await expect(ben.messages.locator(".card")).to_have_count(1)
    await ana.goes_to("Messages")
    await ana.opens("/oneonone start Ben Okafor", "Start a 1-on-1")
    seen = playground.slack.person("U0ANA").everything_seen() + playground.teams.person(BEN).everything_seen()
    assert PROMOTION not in seen
