"""One of the two windows, as somebody sits before it."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect


@dataclass(frozen=True)
class Seat:
    """Does what a visitor does, by the words they see; `side` is left or right."""

    page: Page
    side: str

    @property
    def window(self) -> Locator:
        return self.page.locator(f".window[data-side={self.side}]")

    @property
    def modal(self) -> Locator:
        return self.window.get_by_role("dialog")

    @property
    def messages(self) -> Locator:
        return self.window.get_by_role("log")

    @property
    def home(self) -> Locator:
        return self.window.locator(".home")

    async def becomes(self, name: str) -> None:
        await self.window.get_by_label("Acting as").select_option(label=name)
        await expect(self.window).to_have_attribute("aria-label", f"Window of {name}")

    async def goes_to(self, place: str) -> None:
        await self.window.get_by_role("navigation").get_by_role("button", name=place).click()

    async def types(self, text: str) -> None:
        """Write into the message box, and send."""
        box = self.window.locator(".composer textarea")
        await box.fill(text)
        await box.press("Enter")

    async def opens(self, command: str, title: str) -> None:
        """A command whose answer is a modal."""
        await self.types(command)
        await self.sees_modal(title)

    async def sees_modal(self, title: str) -> None:
        await expect(self.modal.get_by_role("heading", level=2)).to_have_text(title)

    async def presses(self, label: str) -> None:
        """A button in the modal's body, or among the messages when there is none."""
        place = self.modal.locator(".modal-body") if await self.modal.count() else self.messages
        await place.get_by_role("button", name=label, exact=True).first.click()

    async def submits(self, label: str) -> None:
        await self.modal.locator(".modal-foot").get_by_role("button", name=label, exact=True).click()

    async def fills(self, label: str, text: str) -> None:
        await self.modal.get_by_label(label).fill(text)

    async def leaves(self) -> None:
        """Close the modal, whatever lies under its view."""
        await self.modal.locator(".modal-head").get_by_role("button", name="Close").click()
        await expect(self.modal).to_have_count(0)
