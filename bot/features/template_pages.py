"""The list of templates, and what each of them says in a conversation (F3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.actions import Action
from bot.features.agenda import OpenTemplates, open_items
from bot.features.conversation_page import OpenConversation
from bot.features.template_known import Known, as_made, as_shipped, sections
from bot.features.template_use import OpenTemplate, choices, uses
from bot.model.agenda import Visibility
from bot.model.ids import ConversationId, TemplateId
from bot.model.template import TemplateState
from bot.model.thread import Thread
from bot.paging import paged
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Divider, Heading, Page, Quiet, Row, Style
from prompts.template_outline import PROMPTS_MOST, Section
from prompts.templates import Kind


@dataclass(frozen=True)
class AddPrompt(Action):
    """Puts one prompt on the agenda, by its number in that ``edition`` of the template."""

    conversation: ConversationId
    number: int
    edition: int
    kind: Kind | None = None
    template: TemplateId | None = None


@dataclass(frozen=True)
class WriteTemplate(Action):
    """Asks for a template: a new one, one that begins as a kind that ships, or one that is there.

    ``parts`` is how many fields there are for its text, since a field takes less than a template may have.
    """

    conversation: ConversationId
    kind: Kind | None = None
    template: TemplateId | None = None
    parts: int = 1


@dataclass(frozen=True)
class RemoveTemplate(Action):
    """Takes one's own away."""

    conversation: ConversationId
    template: TemplateId


@dataclass(frozen=True)
class AskShare(Action):
    """Shows what everybody would get, and asks whether to."""

    conversation: ConversationId
    template: TemplateId


@dataclass(frozen=True)
class UnshareTemplate(Action):
    """Lets it be its author's alone again."""

    conversation: ConversationId
    template: TemplateId


@dataclass(frozen=True)
class Numbered:
    """A prompt, the section that it stands in, and whether it is the first there."""

    number: int
    section: Section
    text: str
    begins: bool


async def list_page(turn: Turn, thread: Thread, *, page: int = 0, said: Sequence[Block] = ()) -> Page:
    """What is chosen, and all that can be."""
    offered = paged(await _offered(turn, thread), page)
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    write = Button(turn.say("template_pages.write"), WriteTemplate(thread.id))
    return Page(
        title=turn.say("template_pages.title"),
        body=(
            *said,
            *await uses(turn, thread),
            Divider(),
            *(_row(turn, thread, template) for template in offered.rows),
            *offered.turner(turn, lambda number: OpenTemplates(thread.id, number)),
            Divider(),
            Buttons((write, back)),
        ),
        sees=turn.say("template_pages.sees", name=thread.other.first_name),
        address=OpenTemplates(thread.id, page),
    )


async def _offered(turn: Turn, thread: Thread) -> Sequence[Known]:
    """One's own, then those for everybody, then what ships: first what suits the two."""
    made = [*await turn.tx.templates.own(turn.person.id), *await turn.tx.templates.shared()]
    relationship = thread.conversation.relationship.value
    shipped = sorted(turn.voice.library.kinds.values(), key=lambda each: relationship not in each.suits)
    return [*[await as_made(turn, template) for template in made], *map(as_shipped, shipped)]


def _row(turn: Turn, thread: Thread, template: Known) -> Row:
    opened = OpenTemplate(thread.id, template.named.kind, template.named.template)
    return Row(template.name, template.about, (Button(turn.say("views.open"), opened),))


async def template_page(turn: Turn, thread: Thread, template: Known, *, page: int = 0) -> Page:
    """What it says in this conversation, what it is chosen for, and what can be done about it."""
    prompts = paged(numbered(sections(thread, template)), page, size=PROMPTS_MOST)
    address = OpenTemplate(thread.id, template.named.kind, template.named.template, page)
    back = Button(turn.say("template_pages.all"), OpenTemplates(thread.id))
    return Page(
        title=turn.say("template_pages.one"),
        body=(
            Heading(template.name),
            Quiet(template.about),
            *(await choices(turn, thread, template) if thread.is_live else ()),
            *await _prompt_rows(turn, thread, template, prompts.rows),
            *prompts.turner(turn, lambda number: OpenTemplate(thread.id, address.kind, address.template, number)),
            Divider(),
            Buttons((*_changes(turn, thread, template), back)),
        ),
        sees=turn.say("template_pages.sees", name=thread.other.first_name),
        address=address,
    )


def numbered(read: Sequence[Section]) -> Sequence[Numbered]:
    """All prompts, in order."""
    every = ((section, place, prompt) for section in read for place, prompt in enumerate(section.prompts))
    return [Numbered(number, section, text, place == 0) for number, (section, place, text) in enumerate(every)]


async def _prompt_rows(turn: Turn, thread: Thread, template: Known, prompts: Sequence[Numbered]) -> Sequence[Block]:
    there = await on_the_agenda(turn, thread)
    return [block for prompt in prompts for block in _prompt(turn, thread, template, prompt, there)]


async def on_the_agenda(turn: Turn, thread: Thread) -> set[str]:
    """What both of them see there."""
    return {item.text for item in await open_items(turn, thread) if item.visibility is Visibility.shared}


def _prompt(turn: Turn, thread: Thread, template: Known, prompt: Numbered, there: set[str]) -> Iterator[Block]:
    if prompt.begins:
        yield Heading(prompt.section.title)
        yield from (Quiet(hint) for hint in prompt.section.hints)
    if prompt.text in there:
        yield Row(prompt.text, turn.say("preparing.is_on_the_agenda"))
        return
    named = template.named
    add = AddPrompt(thread.id, prompt.number, template.edition, named.kind, named.template)
    yield Row(prompt.text, "", (Button(turn.say("preparing.add"), add),) if thread.is_live else ())


def _changes(turn: Turn, thread: Thread, template: Known) -> tuple[Button, ...]:
    """What this person may do with the template itself."""
    made = template.template
    if made is None:
        return (Button(turn.say("template_pages.copy"), WriteTemplate(thread.id, kind=template.named.kind)),)
    if made.state is TemplateState.shared and not turn.is_admin:
        return ()
    edit = Button(turn.say("views.edit"), WriteTemplate(thread.id, template=made.id))
    if made.state is TemplateState.shared:
        return (edit, Button(turn.say("template_pages.unshare"), UnshareTemplate(thread.id, made.id)))
    share = (Button(turn.say("template_pages.share"), AskShare(thread.id, made.id)),) if turn.is_admin else ()
    remove = Button(turn.say("template_pages.remove"), RemoveTemplate(thread.id, made.id), Style.danger)
    return (edit, *share, remove)
