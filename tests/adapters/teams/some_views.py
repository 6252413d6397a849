"""A few views and frames that tests of what is drawn begin with."""

from dataclasses import replace

from adapters.teams import render
from adapters.teams.limits import Json
from adapters.teams.place import ChatCard, Frame
from bot.actions import pack
from bot.features.agenda import OpenItem
from bot.features.conversation_page import OpenConversation
from bot.model.ids import ConversationId, ItemId
from bot.views import (
    Button,
    Form,
    Page,
    TextField,
)
from tests.adapters.teams.any_views import say

OPEN = OpenItem(ItemId("i" * 22))
BELOW = OpenConversation(ConversationId("c" * 22), 1)
CAME_FROM = ChatCard("a:" + "c" * 120, "1712345678901", "OpenHome")
FRAME = Frame(key="k" * 22, address=pack(OPEN), origin=CAME_FROM)
DEEPER = replace(FRAME, under=(pack(BELOW),))
OPENED = Button("Open", OPEN)
FORM = Form(
    title="New item",
    body=(TextField("text", "What"), TextField("more", "More", required=False)),
    submit=OPEN,
    submit_label="Save",
    sees="Only you can see this.",
)
LINE = replace(FORM, body=(TextField("text", "What"),), address=BELOW)


def page(*body: object) -> Page:
    return Page(title="Ana and Ben", body=body, sees="Only you and Ana can see this.")  # type: ignore[arg-type]


def drawn(*body: object) -> list[Json]:
    """The elements of a page's card, without the last line."""
    elements: list[Json] = render.dialog(page(*body), FRAME, say)["body"]
    return elements[:-1]


def opens(_: object) -> bool:
    return True


def does_not_open(_: object) -> bool:
    return False
