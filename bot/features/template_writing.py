"""Writing a template of one's own, changing it, and taking it away (F3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.entered import TEXT_LIMIT
from bot.features.template_known import as_made, facts_of, refusal
from bot.features.template_pages import RemoveTemplate, WriteTemplate, list_page, template_page
from bot.model.conversation import Relationship
from bot.model.ids import ConversationId, TemplateId
from bot.model.template import NAME_LIMIT, SOURCE_LIMIT, Template, TemplateState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Field, Form, Page, Quiet, Text, TextField, filled
from prompts.template_outline import sections_of
from prompts.template_source import BadTemplate
from prompts.templates import Kind

handlers = Handlers()

MOST_PARTS = 6
"""Fields for a text of lines that are long; three are enough for any other."""

MOST_EMPTY = 3
IF, ENDIF = '{% if relationship == "manager" %}', "{% endif %}"
MOST_OWN = 30


@dataclass(frozen=True)
class SaveTemplate(Action):
    """Keeps it, unless it has changed since ``edition``."""

    conversation: ConversationId
    kind: Kind | None = None
    template: TemplateId | None = None
    parts: int = 1
    edition: int = 0


@dataclass(frozen=True)
class RestoreTemplate(Action):
    """Brings back what was taken away just now."""

    conversation: ConversationId
    template: TemplateId


@handlers.reads(WriteTemplate)
async def write_template(turn: Turn, action: WriteTemplate) -> Form:
    thread = await access.thread(turn, action.conversation)
    there = await access.changeable_template(turn, action.template) if action.template else None
    name, source = _beginning(turn, action, there)
    parts = in_parts(source)
    count = min(max(action.parts, len(parts), 1), MOST_PARTS)
    form = Form(
        title=turn.say("template_pages.edit_title" if there else "template_pages.write_title"),
        body=(
            TextField("name", turn.say("template_pages.name"), value=name, most=NAME_LIMIT),
            Text(turn.say("template_pages.how")),
            *(_source_field(turn, number, parts[number] if number < len(parts) else "") for number in range(count)),
            Quiet(turn.say("template_pages.condition", begin=IF, end=ENDIF)),
            *_more_room(turn, action, count),
        ),
        submit=SaveTemplate(thread.id, action.kind, action.template, count, there.edition if there else 0),
        submit_label=turn.say("views.save"),
        sees=turn.say(f"template_pages.writes.{there.state.value if there else 'own'}"),
        address=replace(action, parts=count),
    )
    return filled(form, turn.entered.values, {})


def _beginning(turn: Turn, action: WriteTemplate, there: Template | None) -> tuple[str, str]:
    """The name and the text to begin with."""
    if there is not None:
        return there.name, there.source
    if action.kind is None:
        return "", ""
    shipped = turn.voice.library.kinds[action.kind]
    return shipped.name, shipped.source


def in_parts(source: str) -> Sequence[str]:
    """The text in as many parts as fields take, each of whole lines."""
    parts: list[str] = []
    for line in source.split("\n"):
        longer = f"{parts[-1]}\n{line}" if parts else line
        if parts and len(longer) <= TEXT_LIMIT:
            parts[-1] = longer
        else:
            parts.append(line)
    return parts


def _source_field(turn: Turn, number: int, value: str) -> Field:
    label = turn.say("template_pages.text" if number == 0 else "template_pages.further")
    hint = turn.say("template_pages.facts", me="{{ me }}", other="{{ other }}") if number == 0 else ""
    return TextField(f"source{number}", label, value=value, many_lines=True, required=number == 0, hint=hint)


def _more_room(turn: Turn, action: WriteTemplate, count: int) -> tuple[Block, ...]:
    if count >= MOST_EMPTY:
        return (Quiet(turn.say("template_pages.most", most=SOURCE_LIMIT)),)
    return (Buttons((Button(turn.say("template_pages.more_room"), replace(action, parts=count + 1)),)),)


@handlers.writes(SaveTemplate, form=WriteTemplate)
async def save_template(turn: Turn, action: SaveTemplate) -> Page:
    thread = await access.thread(turn, action.conversation)
    name = " ".join(turn.entered.text("name", most=NAME_LIMIT).split())
    source = _entered_source(turn, thread, min(max(action.parts, 1), MOST_PARTS))
    if action.template is None:
        kept = await _added(turn, name, source)
    else:
        kept = await _changed(turn, action.template, action.edition, name, source)
    return await template_page(turn, thread, await as_made(turn, kept))


def _entered_source(turn: Turn, thread: Thread, count: int) -> str:
    """The text of all fields; raises Refused, which names the line in its field, for what is no template."""
    parts = [turn.entered.lines(f"source{number}") for number in range(count)]
    if not any(part.strip() for part in parts):
        raise Refused("refused.empty", field="source0")
    try:
        for relationship in Relationship:
            sections_of("\n".join(parts), replace(facts_of(thread), relationship=relationship.value))
    except BadTemplate as bad:
        number, line = _where(parts, bad.line)
        raise refusal(bad, field=f"source{number}", line=line) from None
    return "\n".join(parts).strip("\n")


def _where(parts: Sequence[str], line: int) -> tuple[int, int]:
    """The field that has this line of the whole text, and which of its lines that is."""
    for number, part in enumerate(parts):
        count = part.count("\n") + 1
        if line <= count:
            return number, line
        line -= count
    return 0, 1


async def _added(turn: Turn, name: str, source: str) -> Template:
    if len(await turn.tx.templates.own(turn.person.id)) >= MOST_OWN:
        raise Refused("refused.too_many_templates", field="name", most=MOST_OWN)
    template = Template(
        id=TemplateId(turn.new_id()),
        organization=turn.organization.id,
        author=turn.person.id,
        name=name,
        source=source,
        created_at=turn.now,
        changed_at=turn.now,
    )
    await turn.tx.templates.add(template)
    return template


async def _changed(turn: Turn, template_id: TemplateId, edition: int, name: str, source: str) -> Template:
    there = await access.changeable_template(turn, template_id)
    if there.edition != edition:
        raise Refused("refused.template_overtaken", field="name")
    edited = replace(there, name=name, source=source, changed_at=turn.now, edition=there.edition + 1)
    return await turn.tx.templates.save(edited)


@handlers.writes(RemoveTemplate)
async def remove_template(turn: Turn, action: RemoveTemplate) -> Page:
    thread = await access.thread(turn, action.conversation)
    there = await access.own_template(turn, action.template, TemplateState.own)
    await turn.tx.templates.save(replace(there, state=TemplateState.removed, changed_at=turn.now))
    undo = Button(turn.say("views.undo"), RestoreTemplate(thread.id, there.id))
    said = (Text(turn.say("template_pages.was_removed", template=there.name)), Buttons((undo,)))
    return await list_page(turn, thread, said=said)


@handlers.writes(RestoreTemplate)
async def restore_template(turn: Turn, action: RestoreTemplate) -> Page:
    thread = await access.thread(turn, action.conversation)
    there = await access.own_template(turn, action.template, TemplateState.removed)
    kept = await turn.tx.templates.save(replace(there, state=TemplateState.own, changed_at=turn.now))
    return await template_page(turn, thread, await as_made(turn, kept))
