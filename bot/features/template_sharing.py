"""Templates for everybody, which admins share and take back (F3)."""

from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.features.admins import admins_only
from bot.features.template_known import as_made, sections
from bot.features.template_pages import AskShare, UnshareTemplate, list_page, template_page
from bot.features.template_use import OpenTemplate
from bot.model.ids import ConversationId, TemplateId
from bot.model.template import TemplateState
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Divider, Heading, Page, Quiet, Row, Style, Text
from prompts.template_outline import Section

handlers = Handlers()


@dataclass(frozen=True)
class ShareTemplate(Action):
    """Offers it to everybody as it was seen in that ``edition``."""

    conversation: ConversationId
    template: TemplateId
    edition: int


@handlers.reads(AskShare)
async def ask_share(turn: Turn, action: AskShare) -> Page:
    admins_only(turn)
    thread = await access.thread(turn, action.conversation)
    own = await access.own_template(turn, action.template, TemplateState.own)
    read = sections(thread, await as_made(turn, own))
    share = Button(turn.say("template_pages.share_it"), ShareTemplate(thread.id, own.id, own.edition), Style.primary)
    back = Button(turn.say("template_pages.back"), OpenTemplate(thread.id, template=own.id))
    return Page(
        title=turn.say("template_pages.share_title"),
        body=(
            Text(turn.say("template_pages.share_means")),
            Divider(),
            Heading(own.name),
            *(block for section in read for block in _shown(section)),
            Divider(),
            Buttons((share, back)),
        ),
        sees=turn.say("template_pages.writes.own"),
        address=action,
    )


def _shown(section: Section) -> tuple[Block, ...]:
    """A section as it will look, in one block, for there may be many of them."""
    prompts = "\n".join(f"– {prompt}" for prompt in section.prompts)
    return (Row(section.title), *(Quiet(hint) for hint in section.hints), Text(prompts))


@handlers.writes(ShareTemplate)
async def share_template(turn: Turn, action: ShareTemplate) -> Page:
    admins_only(turn)
    thread = await access.thread(turn, action.conversation)
    own = await access.own_template(turn, action.template, TemplateState.own)
    if own.edition != action.edition:
        raise Refused("refused.template_changed")
    kept = await turn.tx.templates.save(replace(own, state=TemplateState.shared, changed_at=turn.now))
    return await template_page(turn, thread, await as_made(turn, kept))


@handlers.writes(UnshareTemplate)
async def unshare_template(turn: Turn, action: UnshareTemplate) -> Page:
    admins_only(turn)
    thread = await access.thread(turn, action.conversation)
    there = await access.template(turn, action.template)
    if there.state is TemplateState.shared:
        await turn.tx.templates.save(replace(there, state=TemplateState.own, changed_at=turn.now))
    return await list_page(turn, thread, said=(Text(turn.say("template_pages.was_unshared", template=there.name)),))
