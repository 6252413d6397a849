"""What the page draws of a chart in Slack and in Teams, and that no word in one becomes markup."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.adapters.playground.slack_payloads import axis, chart, line
from tests.adapters.playground.teams_cards import bar_chart, card, line_chart

pytestmark = [pytest.mark.browser, pytest.mark.soak]

HOSTILE = "<b onclick=alert(1)>"
OVER = """const over = document.createElement("div");
  Object.assign(over.style, { position: "fixed", inset: 0, zIndex: 30, background: "white" });
  over.id = "drawn";
  over.append(...drawn);
  document.body.append(over);
}"""
IN_SLACK = (
    """async (block) => {
  const { blocks } = await import("/static/slack/blocks.js");
  const drawn = blocks([block], { names: {}, form: {} });
  """
    + OVER
)
IN_TEAMS = (
    """async (card) => {
  const { adaptiveCard } = await import("/static/teams/adaptive.js");
  const drawn = [adaptiveCard(card, { name: "test", form: {}, press: () => {} })];
  """
    + OVER
)


async def _is_drawn(page: Page, said: str, points: int) -> None:
    drawing = page.get_by_role("img", name=said)
    await expect(drawing).to_be_visible()
    await expect(drawing.locator("circle")).to_have_count(points)
    await expect(page.locator(".chart-legend li")).to_have_text(["You", HOSTILE])
    await expect(page.locator("#drawn b")).to_have_count(0)


async def test_slack_draws_each_line_with_its_points(page: Page) -> None:
    days = ("9 Nov", "23 Nov")
    drawn = {"type": "line", "series": [line("You", *days), line(HOSTILE, *days)], "axis_config": axis(*days)}
    await page.evaluate(IN_SLACK, chart(chart=drawn))
    await _is_drawn(page, f"How are you?. You: 9 Nov 7, 23 Nov 7; {HOSTILE}: 9 Nov 7, 23 Nov 7", 4)
    await expect(page.locator("#drawn").get_by_text("How are you?", exact=True)).to_be_visible()


async def test_teams_draws_it_without_what_stands_in_for_it(page: Page) -> None:
    values = [{"x": "9 Nov", "y": 1}, {"x": "23 Nov", "y": 10}]
    data: list[dict[str, Any]] = [{"legend": name, "values": values} for name in ("You", HOSTILE)]
    await page.evaluate(IN_TEAMS, card(line_chart(data=data, yMax=10)))
    await _is_drawn(page, f"You: 9 Nov 1, 23 Nov 10; {HOSTILE}: 9 Nov 1, 23 Nov 10", 4)
    await expect(page.locator("#drawn").get_by_text("Promotion case")).to_have_count(0)


async def test_a_long_axis_keeps_its_last_label(page: Page) -> None:
    days = tuple(f"{day} September" for day in range(1, 13))
    drawn = {"type": "line", "series": [line("You", *days), line(HOSTILE, *days)], "axis_config": axis(*days)}
    await page.evaluate(IN_SLACK, chart(chart=drawn))
    shown = await page.locator(".chart-lines text").all_text_contents()
    assert "12 September" in shown
    assert "11 September" not in shown


async def test_bars_stand_side_by_side_over_as_much_of_their_labels_as_fits(page: Page) -> None:
    names = ("Sales", HOSTILE, "Research and development")
    drawn = {"type": "bar", "series": [line("at least", *names), line("at most", *names)], "axis_config": axis(*names)}
    await page.evaluate(IN_SLACK, chart(title="Active", chart=drawn))
    drawing = page.get_by_role("img", name=f"Active. at least: Sales 7, {HOSTILE} 7")
    await expect(drawing.locator("rect")).to_have_count(6)
    shown = await drawing.locator("text").all_text_contents()
    assert "Sales" in shown
    assert any(text.startswith("Research") and text.endswith("…") for text in shown)
    await expect(page.locator("#drawn b")).to_have_count(0)


async def test_teams_draws_bars_too(page: Page) -> None:
    await page.evaluate(IN_TEAMS, card(bar_chart(yMax=100)))
    await expect(page.get_by_role("img", name="at least: Sales 60, Support 40").locator("rect")).to_have_count(2)
