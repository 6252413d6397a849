"""Kinds of meeting: the list, what each says, and putting its prompts on the agenda (F3)."""

from bot import access
from bot.features.agenda import DropItem, OpenTemplates, put_on_agenda
from bot.features.conversation_list import MyConversations, meant_by
from bot.features.template_known import Named, known, sections
from bot.features.template_pages import AddPrompt, list_page, numbered, on_the_agenda, template_page
from bot.features.template_use import OpenTemplate
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Button, Here, Page

handlers = Handlers()


@handlers.reads(OpenTemplates)
async def open_templates(turn: Turn, action: OpenTemplates) -> Page:
    return await list_page(turn, await access.thread(turn, action.conversation), page=action.page)


@handlers.reads(OpenTemplate)
async def open_template(turn: Turn, action: OpenTemplate) -> Page:
    thread = await access.thread(turn, action.conversation)
    template = await known(turn, Named(action.kind, action.template))
    return await template_page(turn, thread, template, page=action.page)


@handlers.writes(AddPrompt)
async def add_prompt(turn: Turn, action: AddPrompt) -> Here:
    thread = await access.live(turn, action.conversation)
    template = await known(turn, Named(action.kind, action.template))
    if template.edition != action.edition:
        raise Refused("refused.template_changed")
    prompts = numbered(sections(thread, template))
    if action.number >= len(prompts):
        raise Refused("refused.old_button")
    text = prompts[action.number].text
    if text in await on_the_agenda(turn, thread):
        return Here(text=turn.say("preparing.was_added"))
    item = await put_on_agenda(turn, thread, text)
    return Here(text=turn.say("preparing.was_added"), undo=Button(turn.say("views.undo"), DropItem(item.id)))


@handlers.verb("templates")
async def templates_words(turn: Turn, rest: str) -> Step:
    seated = await meant_by(turn, rest)
    if not seated:
        raise Refused("refused.no_conversations")
    return Step(OpenTemplates(seated[0].conversation.id) if len(seated) == 1 else MyConversations())
