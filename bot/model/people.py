"""An organization, its workspaces, and the people in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import OrganizationId, PersonId, PlaceId, WorkspaceId


class Platform(StrEnum):
    """Where a workspace lives."""

    slack = "slack"
    teams = "teams"


@dataclass(frozen=True, kw_only=True)
class Organization:
    """One customer: its people, settings and keys. Nothing crosses organizations.

    ``report_prepare_days`` is for who reports to the other, ``prepare_days`` for everybody else; while
    ``reminders_locked`` these lead times hold for all. ``discreet`` keeps titles out of messages. It is on for the
    departments in ``rollout``, one a line, and for everyone where that is empty. A conversation gets at most so many
    assigned topics as ``topics_a_month``.
    """

    id: OrganizationId
    name: str
    language: str = "en"
    zone: str = "UTC"
    support_place: PlaceId | None = None
    report_prepare_days: int = 2
    prepare_days: int = 1
    agenda_minutes: int = 10
    reminders_locked: bool = False
    discreet: bool = False
    rollout: str = ""
    topics_a_month: int = 2
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A Slack workspace (or Enterprise Grid organization) or a Teams tenant."""

    id: WorkspaceId
    organization: OrganizationId
    platform: Platform
    external_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone in the organization.

    ``zone`` is an IANA name, ``language`` two letters, or nothing where nobody said. ``zone_chosen`` says that the
    person picked it, so the directory must not overwrite it; so does ``language_chosen`` of the language. ``discreet``
    keeps titles out of messages. ``writes_in`` is the workspace in which they hear from the bot, once they have several
    accounts. ``admin`` is that another admin named them one; ``listed`` that the newest file of people has them;
    ``enabled`` that OneOnOne is on for them.
    """

    id: PersonId
    organization: OrganizationId
    name: str
    email: str | None = None
    zone: str = "UTC"
    zone_chosen: bool = False
    language: str = "en"
    language_chosen: bool = False
    active: bool = True
    wants_news: bool = True
    discreet: bool = False
    writes_in: WorkspaceId | None = None
    admin: bool = False
    listed: bool = False
    enabled: bool = True
    version: int = 1

    @property
    def first_name(self) -> str:
        """The name to use in a sentence."""
        return self.name.split()[0] if self.name.split() else self.name


@dataclass(frozen=True, kw_only=True)
class Reach:
    """For how many active people it would be ``on``, of how many, and how many of those would ``lose`` it."""

    on: int
    everybody: int
    lose: int


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person's account in one workspace; ``handle`` is what is typed after an @.

    A person is ``active`` while one of their accounts is. ``unreachable_since`` is when the platform refused to
    deliver to it; the account's next input clears it. ``admin`` is the platform's own flag.
    """

    workspace: WorkspaceId
    external_id: str
    organization: OrganizationId
    person: PersonId
    handle: str = ""
    active: bool = True
    unreachable_since: datetime | None = None
    admin: bool = False


@dataclass(frozen=True, kw_only=True)
class Chat:
    """Where the bot writes to an account or a channel, on a platform that wants to be told (Teams).

    ``external_id`` is the account's or the channel's; ``member`` is what the platform calls the account towards
    this bot, empty for a channel. ``service_url`` is the newest that the platform gave.
    """

    workspace: WorkspaceId
    external_id: str
    organization: OrganizationId
    conversation: str
    service_url: str
    member: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a platform's directory says about one account."""

    external_id: str
    name: str
    handle: str
    email: str | None
    zone: str
    language: str
    active: bool
    admin: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """A channel that the bot may write to; ``listed_at`` is when its members were read last."""

    id: PlaceId
    organization: OrganizationId
    workspace: WorkspaceId
    external_id: str
    listed_at: datetime | None = None


@dataclass(frozen=True)
class Account:
    """Who an adapter says is acting: an account in a workspace."""

    organization: OrganizationId
    workspace: WorkspaceId
    external_id: str
