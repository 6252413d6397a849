"""One of the two windows, as somebody sits before it."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

IN = {"slack": "In Slack", "teams": "In Teams"}


@dataclass(frozen=True)
class Seat:
    """Does what a visitor does, by the words they see; `side` is left or right.

    Slack's modals and Teams' dialogs are both dialogs here.
    """

    page: Page
    side: str

    @property
    def window(self) -> Locator:
        return self.page.locator(f".window[data-side={self.side}]")

    @property
    def dialog(self) -> Locator:
        return self.window.get_by_role("dialog")

    @property
    def body(self) -> Locator:
        return self.dialog.locator(".modal-body, .dialog-body")

    @property
    def messages(self) -> Locator:
        return self.window.get_by_role("log")

    @property
    def home(self) -> Locator:
        return self.window.locator(".home")

    @property
    def box(self) -> Locator:
        return self.window.locator(".composer textarea")

    async def becomes(self, name: str, *, platform: str) -> None:
        """Choose another person at the top of the window."""
        group = self.window.locator(f"optgroup[label='{IN[platform]}'] option", has_text=name)
        await self.window.get_by_label("Acting as").select_option(await group.get_attribute("value"))
        await expect(self.window).to_have_attribute("aria-label", f"Window of {name}, in {platform.title()}")

    async def goes_to(self, place: str) -> None:
        await self.window.get_by_role("navigation").get_by_role("button", name=place).click()

    async def types(self, text: str) -> None:
        """Write into the message box, and send."""
        await self.box.fill(text)
        await self.box.press("Enter")

    async def opens(self, words: str, title: str) -> None:
        """Words whose answer is a modal, or a card with a button that opens a dialog."""
        await self.types(words)
        if await self.window.get_attribute("data-platform") == "teams":
            titled = self.page.get_by_role("heading", name=title, exact=True)
            await self.messages.locator(".card").last.filter(has=titled).get_by_role("button", name="Open").click()
        await self.sees(title)

    async def sees(self, title: str) -> None:
        """The modal or dialog with this title."""
        await expect(self.dialog.get_by_role("heading", level=2)).to_have_text(title)

    async def presses(self, label: str) -> None:
        """A button in the dialog's body, or the newest one among the messages when there is no dialog."""
        if await self.dialog.count():
            await self.body.get_by_role("button", name=label, exact=True).first.click()
        else:
            await self.messages.get_by_role("button", name=label, exact=True).last.click()

    async def submits(self, label: str) -> None:
        await self.dialog.locator(".modal-foot, .ac-foot").get_by_role("button", name=label, exact=True).click()

    async def fills(self, label: str, text: str) -> None:
        await self.dialog.get_by_label(label).fill(text)

    async def leaves(self) -> None:
        """Close the dialog, whatever lies under its view."""
        await self.dialog.locator(".modal-head, .dialog-head").get_by_role("button", name="Close").click()
        await expect(self.dialog).to_have_count(0)
