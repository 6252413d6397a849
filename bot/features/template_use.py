"""Which template a meeting has: its own, or that of its series; and choosing one (F3)."""

from dataclasses import dataclass, replace

from bot import access
from bot.actions import Action
from bot.features.agenda import OpenTemplates
from bot.features.news import changed
from bot.features.template_known import NONE, Known, Named, as_named, known
from bot.model.ids import ConversationId, TemplateId
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import Series
from bot.model.template import NO_TEMPLATE, TemplateState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.registry import Handlers
from bot.timetable import change, next_meeting
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Here, Quiet, Row, Style, Text
from prompts.templates import Kind

handlers = Handlers()


@dataclass(frozen=True)
class OpenTemplate(Action):
    """Shows what one template says in this conversation."""

    conversation: ConversationId
    kind: Kind | None = None
    template: TemplateId | None = None
    page: int = 0


@dataclass(frozen=True)
class UseTemplate(Action):
    """Lets the next meeting, or ``every`` one of the series, have it; neither kind nor template is none."""

    conversation: ConversationId
    every: bool
    kind: Kind | None = None
    template: TemplateId | None = None


@dataclass(frozen=True)
class Use:
    """The meeting under way, or else the next one, the series of the two, and what each has for a template."""

    meeting: Meeting | None
    series: Series | None

    @property
    def of_series(self) -> Named:
        return as_named(self.series.template) if self.series and self.series.template else NONE

    @property
    def of_meeting(self) -> Named:
        own = self.meeting.template if self.meeting else None
        if own is not None:
            return NONE if own == NO_TEMPLATE else as_named(own)
        return self.of_series if self._in_series else NONE

    @property
    def is_on(self) -> bool:
        """Whether the two meet right now."""
        return self.meeting is not None and self.meeting.state is MeetingState.running

    @property
    def _in_series(self) -> bool:
        return self.meeting is not None and self.series is not None and self.meeting.series == self.series.id

    def kept_as(self, named: Named) -> str | None:
        """How the meeting says that it has this one: not at all where its series says so."""
        inherited = self.of_series if self._in_series else NONE
        return None if named == inherited else named.stored or NO_TEMPLATE


async def use_in(turn: Turn, thread: Thread) -> Use:
    """Which templates the two have chosen."""
    running = await turn.tx.meetings.running(thread.id)
    meeting = running or await next_meeting(turn.pen, thread.id)
    return Use(meeting, await turn.tx.series.of(thread.id))


@handlers.section("template")
async def template_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    return await template_line(turn, thread) if thread.is_live else ()


async def template_line(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """The template of the meeting that is next, in one line; nothing where none was chosen."""
    use = await use_in(turn, thread)
    if use.of_meeting == NONE:
        return ()
    when = turn.say("template_pages.of_this" if use.is_on else "template_pages.of_next")
    found = await seen(turn, use.of_meeting)
    if found is None:
        chosen = Button(turn.say("template_pages.choose"), OpenTemplates(thread.id))
        return (Row(await unseen_said(turn, thread, use.of_meeting), when, (chosen,)),)
    opened = Button(turn.say("views.open"), OpenTemplate(thread.id, found.named.kind, found.named.template))
    return (Row(found.name, when, (opened,)),)


async def seen(turn: Turn, named: Named) -> Known | None:
    """The template, where this person may see it and it is still there."""
    try:
        return await known(turn, named)
    except Refused:
        return None


async def unseen_said(turn: Turn, thread: Thread, named: Named) -> str:
    """What to say of one that was chosen and is not to be seen: it is the other one's own, or gone."""
    found = await turn.tx.templates.get(named.template) if named.template else None
    if found and found.state is TemplateState.own and found.author == thread.other.id:
        return turn.say("template_pages.theirs", name=thread.other.first_name)
    return turn.say("template_pages.gone")


async def uses(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    """What the next meeting and the series have, each with a button that takes it away."""
    use = await use_in(turn, thread)
    if use.meeting is None and use.series is None:
        return (Quiet(turn.say("template_pages.nothing_planned")),)
    if use.of_meeting == use.of_series == NONE:
        return (Quiet(turn.say("template_pages.has_none")),)
    rows = []
    if use.meeting is not None:
        rows.append(await _use_row(turn, thread, _meeting_said(turn, use, use.meeting), use.of_meeting, every=False))
    if use.series is not None:
        rows.append(await _use_row(turn, thread, turn.say("template_pages.every"), use.of_series, every=True))
    return tuple(rows)


def _meeting_said(turn: Turn, use: Use, meeting: Meeting) -> str:
    if use.is_on:
        return turn.say("template_pages.this_meeting")
    return turn.say("template_pages.next_meeting", at=meeting.starts_at)


async def _use_row(turn: Turn, thread: Thread, said: str, named: Named, *, every: bool) -> Row:
    if named == NONE:
        return Row(said, turn.say("template_pages.no_template"))
    found = await seen(turn, named)
    name = found.name if found else await unseen_said(turn, thread, named)
    none = (Button(turn.say("template_pages.none"), UseTemplate(thread.id, every)),) if thread.is_live else ()
    return Row(said, name, none)


async def choices(turn: Turn, thread: Thread, template: Known) -> tuple[Block, ...]:
    """Buttons that choose this template, and what it is chosen for already."""
    use, named = await use_in(turn, thread), template.named
    said, buttons = _chosen_for(turn, use, named), []
    if use.meeting is not None and use.of_meeting != named:
        label = turn.say("template_pages.for_this" if use.is_on else "template_pages.for_next")
        buttons.append(Button(label, _use(thread, named, every=False), Style.primary))
    if use.series is not None and use.of_series != named:
        buttons.append(Button(turn.say("template_pages.for_every"), _use(thread, named, every=True)))
    return (*((Text(said),) if said else ()), *((Buttons(tuple(buttons)),) if buttons else ()))


def _chosen_for(turn: Turn, use: Use, named: Named) -> str:
    if use.of_series == named:
        return turn.say("template_pages.is_of_every")
    if use.of_meeting == named:
        return turn.say("template_pages.is_of_this" if use.is_on else "template_pages.is_of_next")
    return ""


def _use(thread: Thread, named: Named, *, every: bool) -> UseTemplate:
    return UseTemplate(thread.id, every, named.kind, named.template)


@handlers.writes(UseTemplate)
async def use_template(turn: Turn, action: UseTemplate) -> Here:
    thread = await access.live(turn, action.conversation)
    named = Named(action.kind, action.template)
    wanted = None if named == NONE else await known(turn, named)
    use = await use_in(turn, thread)
    before = use.of_series if action.every else use.of_meeting
    if before != named:
        await (_keep_for_every(turn, use, named) if action.every else _keep_for_one(turn, use, named))
        await changed(turn, thread, tell=False)
    return Here(text=_used(turn, wanted, every=action.every), undo=await _undo(turn, thread, before, named, action))


async def _keep_for_one(turn: Turn, use: Use, named: Named) -> None:
    """A meeting that was only reckoned becomes a row by it; what calendars know of it stays as it is."""
    if use.meeting is None:
        raise Refused("refused.nothing_planned")
    meeting = replace(use.meeting, template=use.kept_as(named))
    if meeting.is_stored:
        await turn.tx.meetings.save(meeting)
    else:
        await change(turn.pen, meeting)


async def _keep_for_every(turn: Turn, use: Use, named: Named) -> None:
    if use.series is None:
        raise Refused("refused.nothing_planned")
    await turn.tx.series.save(replace(use.series, template=named.stored))


def _used(turn: Turn, wanted: Known | None, *, every: bool) -> str:
    which = "every" if every else "one"
    if wanted is None:
        return turn.say(f"template_pages.was_left_out.{which}")
    return turn.say(f"template_pages.was_chosen.{which}", template=wanted.name)


async def _undo(turn: Turn, thread: Thread, before: Named, named: Named, action: UseTemplate) -> Button | None:
    """Back to what it was, unless that is the same, or not this person's to choose."""
    if before == named or (before != NONE and await seen(turn, before) is None):
        return None
    return Button(turn.say("views.undo"), _use(thread, before, every=action.every))
