"""An organization, its workspaces and places, and the people in it."""

# mypy: disable-error-code="mutable-override"
# SQLModel lets a table be named by a function too, which is wider than a name.

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false, true
from sqlmodel import Field

from storage.tables.base import Row, belongs_to, belongs_to_organization
from storage.tables.columns import Key, Maybe, Secret, Text, Usual


class OrganizationRow(Row, table=True):
    """``wrapped_key`` is the data key that seals this organization's words, sealed by a master key.

    ``files`` counts the files of people that were taken in; usage is counted up to ``counted_until``.
    """

    __tablename__ = "organization"

    id: Key
    name: Text
    language: Text
    zone: Text
    support_place: Maybe
    report_prepare_days: int
    prepare_days: int
    agenda_minutes: int
    reminders_locked: bool
    discreet: bool
    rollout: Usual
    topics_a_month: int = Field(sa_column_kwargs={"server_default": "2"})
    files: int = Field(sa_column_kwargs={"server_default": "0"})
    counted_until: datetime | None
    version: int
    wrapped_key: bytes


class WorkspaceRow(Row, table=True):
    __tablename__ = "workspace"
    __table_args__ = (belongs_to_organization(), UniqueConstraint("platform", "external_id"))

    organization: Key
    id: Key
    platform: Text
    external_id: Text
    name: Text


class PersonRow(Row, table=True):
    """``search`` and ``folded_email`` are what name and e-mail are found by, in any case."""

    __tablename__ = "person"
    __table_args__ = (belongs_to_organization(), Index(None, "organization", "folded_email"))

    organization: Key
    id: Key
    name: Text
    email: Maybe
    zone: Text
    zone_chosen: bool
    language: Text
    language_chosen: bool = Field(sa_column_kwargs={"server_default": false()})
    active: bool
    wants_news: bool
    discreet: bool
    writes_in: Maybe
    admin: bool = Field(sa_column_kwargs={"server_default": false()})
    listed: bool = Field(sa_column_kwargs={"server_default": false()})
    enabled: bool = Field(sa_column_kwargs={"server_default": true()})
    version: int
    search: Text
    folded_email: Maybe


class IdentityRow(Row, table=True):
    """``search`` is what the handle is found by, in any case."""

    __tablename__ = "identity"
    __table_args__ = (
        belongs_to("workspace", "workspace"),
        belongs_to("person", "person"),
        Index(None, "organization", "person"),
    )

    organization: Key
    workspace: Key
    external_id: Key
    person: Text
    handle: Text
    active: bool
    unreachable_since: datetime | None
    admin: bool = Field(sa_column_kwargs={"server_default": false()})
    search: Text


class ChatRow(Row, table=True):
    """Ids and addresses of a platform: nothing that people wrote."""

    __tablename__ = "chat"
    __table_args__ = (belongs_to("workspace", "workspace"), Index(None, "organization", "workspace", "member"))

    organization: Key
    workspace: Key
    external_id: Key
    conversation: Text
    service_url: Text
    member: Text


class InstallationRow(Row, table=True):
    """One a workspace; its token is sealed like words, though nobody wrote it."""

    __tablename__ = "installation"
    __table_args__ = (belongs_to("workspace", "workspace"),)

    organization: Key
    workspace: Key
    token: Secret
    bot_user: Text
    bot_id: Text
    team: Maybe
    enterprise: Maybe
    scopes: Text
    installed_at: datetime


class PlaceRow(Row, table=True):
    __tablename__ = "place"
    __table_args__ = (
        belongs_to("workspace", "workspace"),
        UniqueConstraint("organization", "workspace", "external_id"),
    )

    organization: Key
    id: Key
    workspace: Text
    external_id: Text
    listed_at: datetime | None
