"""Placing words in a conversation: from a chat message (B4), or typed without saying for whom."""

from dataclasses import dataclass

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.agenda import ChooseWhere, keep_draft, put_on_agenda, visibility_field
from bot.features.conversation_list import partner
from bot.features.conversation_page import conversation_page
from bot.model.agenda import Visibility
from bot.model.draft import Draft
from bot.model.ids import ConversationId, DraftId
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import ChoiceField, Field, Form, Option, Page, Quote, TextField, TicksField

handlers = Handlers()

COPY = "copy"


@dataclass(frozen=True)
class AddFromMessage(Action):
    """Takes the chat message that the person picked."""


@dataclass(frozen=True)
class PlaceDraft(Action):
    """Puts the words where the person said."""

    draft: DraftId


@handlers.writes(AddFromMessage)
async def add_from_message(turn: Turn, action: AddFromMessage) -> Form:
    if turn.quoted is None:
        raise Refused("refused.no_message")
    draft = await keep_draft(turn, "", link=turn.quoted.link, quote=turn.quoted.text)
    return await choose_where(turn, ChooseWhere(draft))


@handlers.reads(ChooseWhere)
async def choose_where(turn: Turn, action: ChooseWhere) -> Form:
    draft = await access.draft(turn, action.draft)
    seated, _ = await partner(turn, "")
    if not seated:
        raise Refused("refused.no_conversations")
    options = tuple(Option(one.conversation.id, one.other_name) for one in seated[:100])
    chosen = options[0].value if len(options) == 1 else None
    about = (Quote(clip(draft.quote, 600)),) if draft.quote else ()
    return Form(
        title=turn.say("placing.title"),
        body=(
            *about,
            ChoiceField("conversation", turn.say("placing.conversation"), options, value=chosen),
            TextField("text", turn.say("agenda.text"), value=draft.text, many_lines=True),
            visibility_field(turn, turn.say("placing.the_other"), Visibility.shared),
            *_copying(turn, draft),
        ),
        submit=PlaceDraft(draft.id),
        submit_label=turn.say("agenda.add_it"),
        sees=turn.say("placing.sees"),
        address=action,
    )


def _copying(turn: Turn, draft: Draft) -> tuple[Field, ...]:
    """The message's text is copied only if the person says so; the link back is kept anyway."""
    if not draft.quote:
        return ()
    copy = Option(COPY, turn.say("placing.copy"), turn.say("placing.copy_hint"))
    return (TicksField("copy", turn.say("placing.message"), (copy,)),)


@handlers.writes(PlaceDraft, form=ChooseWhere)
async def place_draft(turn: Turn, action: PlaceDraft) -> Page:
    draft = await access.draft(turn, action.draft)
    thread = await access.live(turn, ConversationId(turn.entered.id("conversation")))
    copied = draft.quote is not None and COPY in turn.entered.ticks("copy")
    await put_on_agenda(
        turn,
        thread,
        turn.entered.text("text"),
        visibility=turn.entered.choice("visibility", Visibility),
        link=draft.link,
        quote=draft.quote if copied else None,
    )
    await turn.tx.drafts.remove(draft.id)
    return await conversation_page(turn, thread)
