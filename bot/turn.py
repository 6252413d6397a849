"""One input of one person: everything a handler may use, and nothing else."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.actions import Action
from bot.entered import Entered
from bot.model.ids import ConversationId, WorkspaceId
from bot.model.people import Organization, Person
from bot.model.suggested import Suggested
from bot.model.thread import Thread
from bot.pen import Pen
from bot.ports import Links, Transaction
from bot.unlinked import Unlinked
from bot.views import Block
from prompts import Library, Voice, fitting


@dataclass(frozen=True)
class Quoted:
    """A chat message that the person picked: its words, and a link back to it."""

    text: str
    link: str | None


@dataclass(frozen=True)
class Channel:
    """Where words were typed, when that is a channel and not a chat with the bot."""

    external_id: str
    name: str


Section = Callable[["Turn", Thread, int], Awaitable[tuple[Block, ...]]]
"""A feature's part of the conversation's page; the number is the page of the agenda."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """``at`` is the reading action of the view in which the person pressed; ``voice`` speaks the person's language.

    ``libraries`` are all that ship. ``visits`` collects the conversations that this turn opened, ``suggested`` the
    questions that it showed for the first time; ``sections`` are what features put on a conversation's page.
    ``unreachable`` says that the bot could not write to this account until now. ``public_url`` is where people reach
    the service from outside, none where they cannot; ``links`` makes what they may open there for a while. ``admins``
    are the addresses that the configuration names, ``platform_admins`` whether it lets the platforms' own admins be
    some too, and ``flagged`` that this person is one of those. ``domains`` are those of the organization's own
    addresses.
    """

    organization: Organization
    person: Person
    workspace: WorkspaceId
    now: datetime
    new_id: Callable[[], str]
    tx: Transaction
    voice: Voice
    libraries: Mapping[str, Library]
    admins: frozenset[str] = frozenset()
    platform_admins: bool = False
    flagged: bool = False
    domains: frozenset[str] = frozenset()
    entered: Entered = field(default_factory=Entered)
    at: Action | None = None
    quoted: Quoted | None = None
    sections: Mapping[str, Section] = field(default_factory=lambda: MappingProxyType({}))
    channel: Channel | None = None
    visits: set[ConversationId] = field(default_factory=set)
    suggested: list[Suggested] = field(default_factory=list)
    unreachable: bool = False
    public_url: str | None = None
    links: Links = field(default_factory=Unlinked)

    def say(self, key: str, **facts: object) -> str:
        """A sentence of prompts/ in the person's language and zone."""
        return self.voice.say(key, **facts)

    def library_of(self, person: Person) -> Library:
        """The language in which somebody reads: theirs, or else the organization's, or else English."""
        return fitting(self.libraries, person.language, self.organization.language)

    @property
    def pen(self) -> Pen:
        """What writes down what follows from what the person did."""
        return Pen(self.tx, self.now, self.new_id)

    @property
    def discreet(self) -> bool:
        """Whether what stays in this person's chat must not carry titles (O6)."""
        return self.organization.discreet or self.person.discreet

    @property
    def today(self) -> date:
        """The person's calendar day."""
        return self.day_of(self.now)

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment where the person is."""
        return moment.astimezone(ZoneInfo(self.person.zone)).date()

    @property
    def is_admin(self) -> bool:
        """Whether the configuration names this person, another admin did, or their platform may and does."""
        return self.is_configured(self.person) or self.person.admin or self.flagged

    @property
    def is_let_in(self) -> bool:
        """Whether it is on for this person; an admin has to see it before anybody else does."""
        return self.person.enabled or self.is_admin

    def is_configured(self, person: Person) -> bool:
        """Whether the configuration names somebody as an admin."""
        return person.email is not None and person.email.casefold() in self.admins
