"""A kind of meeting as its reader sees it, whether it ships or somebody made it (F3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import access
from bot.features.topic_said import name_of
from bot.model.ids import TemplateId
from bot.model.template import Template, TemplateState
from bot.model.thread import Thread
from bot.refused import Refused
from bot.turn import Turn
from prompts.template_outline import Section, sections_of
from prompts.template_source import BadTemplate, Facts
from prompts.templates import Kind, Shipped


@dataclass(frozen=True)
class Named:
    """How an action names a template: one that ships, or one that somebody made; neither is none."""

    kind: Kind | None = None
    template: TemplateId | None = None

    @property
    def stored(self) -> str | None:
        """How a meeting or a series names it."""
        return self.kind.value if self.kind else self.template


NONE = Named()


def as_named(stored: str) -> Named:
    """What a meeting or a series names so."""
    return Named(kind=Kind(stored)) if stored in set(Kind) else Named(template=TemplateId(stored))


@dataclass(frozen=True)
class Known:
    """``template`` is the row of one that somebody made; ``about`` says in one line what it is, or whose."""

    named: Named
    name: str
    about: str
    source: str
    template: Template | None = None

    @property
    def edition(self) -> int:
        """Which text of it this is; what ships has one only."""
        return self.template.edition if self.template else 0


async def known(turn: Turn, named: Named) -> Known:
    """The template, if this person may see it; raises Refused."""
    if named.kind is not None:
        return as_shipped(turn.voice.library.kinds[named.kind])
    if named.template is None:
        raise Refused("refused.gone")
    return await as_made(turn, await access.template(turn, named.template))


def as_shipped(shipped: Shipped) -> Known:
    """One that ships, in the reader's language."""
    return Known(Named(kind=shipped.kind), shipped.name, shipped.purpose, shipped.source)


async def as_made(turn: Turn, template: Template) -> Known:
    """One that somebody made, in the words in which it was written."""
    about = turn.say("template_pages.own")
    if template.state is TemplateState.shared:
        about = turn.say("template_pages.shared", name=await name_of(turn, template.author))
    return Known(Named(template=template.id), template.name, about, template.source, template)


def facts_of(thread: Thread) -> Facts:
    """What a template can name in this conversation."""
    return Facts(thread.me.first_name, thread.other.first_name, thread.conversation.relationship.value)


def sections(thread: Thread, template: Known) -> Sequence[Section]:
    """What it says here; raises Refused where it cannot, which a name of unusual length may do."""
    try:
        return sections_of(template.source, facts_of(thread))
    except BadTemplate as bad:
        raise refusal(bad) from None


def refusal(bad: BadTemplate, *, field: str | None = None, line: int | None = None) -> Refused:
    """Why this is no template, and in which line of its field."""
    return Refused(f"refused.template_{bad.reason}", field=field, line=line or bad.line, **bad.facts)
