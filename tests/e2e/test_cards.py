"""What the page draws of an Adaptive Card, element by element, and that no word on one becomes markup."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.soak]

HOSTILE = "<b onclick=alert(1)>&amp;</b>"
EVERYTHING: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {
            "type": "TextBlock",
            "text": "A **bold** [link](https://a.example) and [none](javascript:alert)",
            "wrap": True,
        },
        {"type": "TextBlock", "text": HOSTILE, "style": "heading", "size": "large", "weight": "bolder"},
        {
            "type": "RichTextBlock",
            "inlines": [{"type": "TextRun", "text": "**literal**", "isSubtle": True, "italic": True}, " [x](y)"],
        },
        {"type": "TextBlock", "text": "never seen", "isVisible": False},
        {"type": "FactSet", "facts": [{"title": "Due", "value": "Friday"}]},
        {
            "type": "ColumnSet",
            "separator": True,
            "columns": [
                {"type": "Column", "width": "stretch", "items": [{"type": "TextBlock", "text": "wide"}]},
                {"type": "Column", "width": "auto", "items": [{"type": "TextBlock", "text": "narrow"}]},
            ],
        },
        {"type": "Container", "style": "emphasis", "items": [{"type": "TextBlock", "text": HOSTILE}]},
        {"type": "Input.Text", "id": "in.one", "label": "One line", "value": HOSTILE, "maxLength": 40},
        {"type": "Input.Text", "id": "in.many", "label": "Many lines", "isMultiline": True, "isRequired": True},
        {
            "type": "Input.ChoiceSet",
            "id": "in.some",
            "label": "Some of them",
            "isMultiSelect": True,
            "style": "expanded",
            "value": "b",
            "choices": [{"title": "First", "value": "a"}, {"title": HOSTILE, "value": "b"}],
        },
        {
            "type": "Input.ChoiceSet",
            "id": "in.menu",
            "label": "One of them",
            "style": "compact",
            "choices": [{"title": "First", "value": "a"}, {"title": "Second", "value": "b"}],
        },
        {"type": "Table", "fallback": {"type": "TextBlock", "text": "instead of a table"}},
        {"type": "Table", "fallback": "drop"},
        {"type": "Media"},
        {
            "type": "ActionSet",
            "actions": [
                {"type": "Action.Execute", "title": "Do it", "style": "positive", "verb": "do"},
                {"type": "Action.OpenUrl", "title": "Elsewhere", "url": "https://a.example/"},
                {"type": "Action.OpenUrl", "title": "Nowhere", "url": "javascript:alert(1)"},
                {"type": "Action.Submit", "title": "Later", "mode": "secondary"},
            ],
        },
    ],
    "actions": [{"type": "Action.Submit", "title": "Drop", "style": "destructive"}],
}
DRAW = """async (card) => {
  const { adaptiveCard } = await import("/static/teams/adaptive.js");
  const { showErrors } = await import("/static/teams/inputs.js");
  window.told = [];
  const form = {
    value: (part) => part.value ?? "",
    label: () => "",
    set: (part, value) => window.told.push([part.id, value]),
  };
  const surface = { name: "test", form, press: (index) => window.told.push(index) };
  const drawn = adaptiveCard(card, surface);
  showErrors(drawn, { "in.many": "Please fill this in." });
  const over = document.createElement("div");
  Object.assign(over.style, { position: "fixed", inset: 0, zIndex: 30, overflow: "auto", background: "white" });
  over.id = "card";
  over.append(drawn);
  document.body.append(over);
}"""


@pytest.fixture
async def card(page: Page) -> Locator:
    """The card, drawn over the page."""
    await page.evaluate(DRAW, EVERYTHING)
    return page.locator("#card")


async def test_every_element_is_drawn_and_every_word_is_literal(card: Locator) -> None:
    seen = await card.inner_text()
    assert "never seen" not in seen
    for words in ("A bold link and none", HOSTILE, "**literal** [x](y)", "Due", "Friday", "instead of a table"):
        assert (words, words in seen) == (words, True)
    assert "(Media: the playground cannot draw this)" in seen
    assert await card.locator("b, [onclick]").count() == 0
    links = await card.locator("a").evaluate_all("(all) => all.map((each) => each.href)")
    assert links == ["https://a.example/", "https://a.example/"]
    await expect(card.get_by_role("heading", level=3)).to_have_text(HOSTILE)


async def test_a_column_takes_what_it_needs_and_another_the_rest(card: Locator) -> None:
    wide, narrow = await card.locator(".ac-column").evaluate_all("(all) => all.map((each) => each.offsetWidth)")
    assert wide > 3 * narrow


async def test_what_is_entered_and_pressed_is_told_as_teams_would(card: Locator) -> None:
    await card.get_by_label("Many lines").fill("x")
    await card.get_by_label("First").first.check()
    await card.get_by_label("One of them").select_option(label="Second")
    for label in ("Do it", "Drop"):
        await card.get_by_role("button", name=label).click()
    await card.get_by_role("button", name="More actions").click()
    await card.get_by_role("menuitem", name="Later").click()
    told = await card.page.evaluate("window.told")
    assert told == [["in.many", "x"], ["in.some", "a,b"], ["in.menu", "b"], 0, 4, 3]


async def test_what_is_wrong_stands_under_its_input_and_is_tied_to_it(card: Locator) -> None:
    field = card.get_by_label("Many lines")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_accessible_description("Please fill this in.")
    await expect(card.get_by_label("One line")).to_have_value(HOSTILE)
