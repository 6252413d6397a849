"""A whole 1-on-1 of two people in a real browser, and what a third one does not see of it."""

import pytest
from playwright.async_api import Page, expect

from adapters.playground.demo import Playground
from adapters.playground.wire import Exchange
from tests.e2e.seat import Seat

pytestmark = pytest.mark.browser

PROMOTION = "Promotion case, with examples"
BUDGET = "Budget for the course"
SLOW = "What slows me down"
NOTE = "Ben leads the next design review"
PROMISE = "Send the draft growth plan"
EVERYTHING = (PROMOTION, BUDGET, SLOW, NOTE, PROMISE)
HOSTILE = "<img src=x onerror=\"document.title='taken'\"> <!channel> *not bold* \u202eabc\u202c שלום 👩‍👩‍👧"


async def test_two_people_go_through_a_whole_one_on_one(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await _ana_prepares(ana)
    await _ben_prepares(ben)
    await _they_meet(page, ana, ben)
    await _ana_wraps_up(ana)
    await _ben_sees_what_came_of_it(ben)
    await _cleo_sees_nothing(ben, playground)
    _nothing_was_refused(playground)


async def _ana_starts(page: Page, ana: Seat, ben: Seat) -> None:
    await _starts(page, ana)
    await expect(ben.messages).to_contain_text("Ana Ruiz started a 1-on-1 with you")
    await expect(ben.messages).to_contain_text("Ana is your manager in it")


async def _starts(page: Page, ana: Seat) -> None:
    await page.get_by_role("button", name="Start a 1-on-1 with Ben").click()
    await ana.sees_modal("Start a 1-on-1")
    await ana.modal.get_by_label("What is this person to you?").select_option(label="My report")
    await ana.submits("Start")
    await ana.sees_modal("Ana and Ben")


async def _ana_prepares(ana: Seat) -> None:
    await _adds(ana, PROMOTION, seen_by="You and Ben")
    await _adds(ana, BUDGET, seen_by="Only you until the meeting starts, then Ben too")
    await expect(ana.modal).to_contain_text("only you until the meeting starts")
    await ana.leaves()


async def _adds(seat: Seat, text: str, *, seen_by: str) -> None:
    await seat.presses("Add item")
    await seat.sees_modal("Add to the agenda")
    await seat.fills("What do you want to talk about?", text)
    await seat.modal.get_by_label(seen_by, exact=True).check()
    await seat.submits("Add")
    await expect(seat.modal.locator(".modal-body")).to_contain_text(f"○ {text}")


async def _ben_prepares(ben: Seat) -> None:
    await ben.presses("Open")
    await ben.sees_modal("Ben and Ana")
    await expect(ben.modal).to_contain_text(PROMOTION)
    await expect(ben.modal).not_to_contain_text(BUDGET)
    await _adds(ben, SLOW, seen_by="You and Ana")
    await ben.leaves()


async def _they_meet(page: Page, ana: Seat, ben: Seat) -> None:
    await page.get_by_role("button", name="Meet and wrap up").click()
    await ana.sees_modal("Ana and Ben")
    await expect(ana.modal).to_contain_text("You are meeting")
    await ben.opens("/oneonone @ana", "Ben and Ana")
    await expect(ben.modal).to_contain_text(BUDGET)
    await ben.leaves()


async def _ana_wraps_up(ana: Seat) -> None:
    await ana.presses("Wrap up")
    await ana.sees_modal("Wrap up")
    await ana.modal.get_by_label(PROMOTION).check()
    await ana.fills("What is worth remembering?", NOTE)
    await ana.fills("Action item 1", PROMISE)
    await ana.submits("Wrap up")
    await expect(ana.modal).to_contain_text(f"✓ {PROMOTION}")
    await expect(ana.modal).to_contain_text("2 items carry over")
    await expect(ana.modal).to_contain_text(PROMISE)
    await expect(ana.modal).to_contain_text(NOTE)
    await ana.leaves()


async def _ben_sees_what_came_of_it(ben: Seat) -> None:
    await ben.opens("/oneonone @ana", "Ben and Ana")
    body = ben.modal.locator(".modal-body")
    await expect(body).to_contain_text(f"○ {BUDGET}")
    await expect(body).to_contain_text(f"○ {SLOW}")
    await expect(body).to_contain_text(PROMISE)
    await expect(body).not_to_contain_text(PROMOTION)
    await body.get_by_role("button", name="Shared notes").click()
    await expect(ben.modal).to_contain_text(NOTE)
    await ben.leaves()


async def _cleo_sees_nothing(seat: Seat, playground: Playground) -> None:
    await seat.becomes("Cleo Tanaka")
    await seat.goes_to("Home")
    await expect(seat.home).to_contain_text("Start a conversation")
    await seat.goes_to("Messages")
    await seat.types("/oneonone @ana")
    await seat.sees_modal("Start a 1-on-1")
    seen = playground.slack.person("U0CLEO").everything_seen()
    assert [words for words in EVERYTHING if words in seen] == []


def _nothing_was_refused(playground: Playground) -> None:
    """Neither by Slack's rules nor by the bot: every request on the wire was answered well."""
    assert playground.slack.violations == ()
    wrong = [each for each in playground.slack.world.wire.exchanges if each.status != 200 or "error" in each.answer]
    assert [each.method for each in wrong if not _was_closed_meanwhile(each)] == []


def _was_closed_meanwhile(each: Exchange) -> bool:
    """A window can be closed in the moment in which it is brought up to date."""
    return each.method == "views.update" and each.answer.get("error") == "not_found"


async def test_people_s_words_are_shown_as_they_were_typed(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await ana.goes_to("general")
    await ana.types(HOSTILE)
    await ben.goes_to("general")
    await expect(ben.messages.locator(".message-body").last).to_have_text(HOSTILE)
    await ben.goes_to("Messages")
    await _ana_starts(page, ana, ben)
    await _adds(ana, HOSTILE, seen_by="You and Ben")
    await ana.leaves()
    await ben.presses("Open")
    await expect(ben.modal.locator(".modal-body")).to_contain_text(f"○ {HOSTILE}")
    assert await page.locator("img[src=x]").count() == 0
    assert await page.title() == "OneOnOne playground"
    assert playground.slack.violations == ()


async def test_a_keyboard_is_enough(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await ana.goes_to("Messages")
    await page.keyboard.type("/oneonone sta")
    await page.keyboard.press("Tab")  # takes the suggestion, and offers people
    await page.keyboard.type("be")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await ana.sees_modal("Start a 1-on-1")
    await expect(ana.modal.get_by_label("With whom?")).to_have_value("Ben Okafor")
    await page.keyboard.type("My rep")  # the cursor is in the first field that is empty
    await page.keyboard.press("Control+Enter")
    await ana.sees_modal("Ana and Ben")
    await page.keyboard.press("Escape")
    await expect(ana.modal).to_have_count(0)
    await expect(ana.window.locator(".composer textarea")).to_be_focused()
    await expect(ben.messages).to_contain_text("started a 1-on-1 with you")


async def test_a_form_keeps_its_words_when_it_cannot_be_sent(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await ana.presses("Add item")
    await ana.fills("What do you want to talk about?", "x" * 3001)
    await ana.submits("Add")
    await expect(ana.modal.get_by_role("alert").first).to_have_text("This is too long.")
    await expect(ana.modal.get_by_label("What do you want to talk about?")).to_have_value("x" * 3001)
    await playground.service.stop()
    await ana.fills("What do you want to talk about?", PROMOTION)
    await ana.submits("Add")
    await expect(ana.window.get_by_role("status")).to_contain_text("OneOnOne did not respond")
    await expect(ana.modal.get_by_label("What do you want to talk about?")).to_have_value(PROMOTION)


async def test_a_message_becomes_an_agenda_item_from_its_menu(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await ana.leaves()
    await ana.goes_to("general")
    message = ana.messages.locator(".message", has_text="onboarding drawings")
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await message.get_by_role("menuitem", name="Add to 1-on-1").click()
    await expect(ana.modal.locator(".modal-foot").get_by_role("button", name="Add")).to_be_visible()


async def test_a_narrow_screen_shows_one_window_and_a_switch(page: Page) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(ana.window).to_be_visible()
    await expect(ben.window).to_be_hidden()
    other = page.get_by_role("group", name="Whose window to show").get_by_role("button", name="Ben")
    await _starts(page, ana)
    await expect(other).to_have_text("Ben1")
    await other.click()
    await expect(other.locator(".unread")).to_be_hidden()
    await expect(ben.window).to_be_visible()
    await expect(ana.window).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_starting_over_forgets_everything(page: Page, playground: Playground) -> None:
    ana, ben = Seat(page, "left"), Seat(page, "right")
    await _ana_starts(page, ana, ben)
    await _adds(ana, PROMOTION, seen_by="You and Ben")
    await page.get_by_role("button", name="Start over").click()
    await expect(ben.messages.locator(".message")).to_have_count(0)
    await ana.goes_to("Messages")
    await ana.opens("/oneonone start @ben", "Start a 1-on-1")
    assert PROMOTION not in playground.slack.person("U0ANA").everything_seen()
