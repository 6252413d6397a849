"""What an installation is told by its environment: the one place that reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from platformdirs import user_data_path

from adapters import settings
from adapters.environment import ConfigError, Environment, Malformed, Problem

_SLACK_API = "https://slack.com/api/"
_CREDENTIALS = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
)
_TEAMS = ("MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID", "MICROSOFT_APP_TYPE")
_LOGIN = "https://login.microsoftonline.com"
_OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
KNOWN = frozenset(
    {
        "ONEONONE_DATABASE_URL",
        "ONEONONE_SECRET_KEYS",
        "ONEONONE_ADMINS",
        "ONEONONE_PLATFORM_ADMINS",
        "ONEONONE_DOMAINS",
        "ONEONONE_MANAGER_ATTRIBUTE",
        "ONEONONE_PUBLIC_URL",
        "ONEONONE_HOST",
        "ONEONONE_PORT",
        "SLACK_API_URL",
        *_CREDENTIALS,
        *_TEAMS,
    }
)


class SlackMode(StrEnum):
    HTTP = "http"
    SOCKET = "socket"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackConfig:
    """One Slack app: a bot token for one workspace, or a client id and secret for many."""

    bot_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    api_url: str = _SLACK_API

    @property
    def mode(self) -> SlackMode:
        return SlackMode.HTTP if self.app_token is None else SlackMode.SOCKET

    @property
    def serves_many_workspaces(self) -> bool:
        """Whether workspaces install the app by themselves, through OAuth."""
        return self.client_id is not None


class TeamsIdentity(StrEnum):
    """How the bot proves to Microsoft who it is, as ``MICROSOFT_APP_TYPE`` names it."""

    SINGLE_TENANT = "SingleTenant"
    MANAGED_IDENTITY = "UserAssignedMSI"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsConfig:
    """One Teams bot of one tenant; without an ``app_id`` nobody is authenticated, which only ``--local`` allows.

    ``loopback`` also takes a serviceUrl on this machine: the playground's and Microsoft's Agents Playground.
    """

    app_id: str = ""
    password: str | None = field(default=None, repr=False)
    tenant: str = ""
    identity: TeamsIdentity = TeamsIdentity.SINGLE_TENANT
    login_url: str = _LOGIN
    openid_url: str = _OPENID
    loopback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    database_url: str = field(repr=False)  # it may hold a password
    secret_keys: tuple[bytes, ...] = field(default=(), repr=False)  # the first seals, all open
    admins: frozenset[str] = frozenset()
    platform_admins: bool = False  # whether who is an admin of a workspace is one here too
    domains: frozenset[str] = frozenset()
    manager_attribute: str = "manager email"  # the column that names managers in files where no other does
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 3978
    slack: SlackConfig | None = None
    teams: TeamsConfig | None = None

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return settings.database_file(self.database_url)

    def check_served(self) -> None:
        """Raise ConfigError when there is no platform to serve."""
        if self.slack is not None or self.teams is not None:
            return
        says = (
            "is not set, and MICROSOFT_APP_ID is not either, so there is nobody to talk to. "
            "The README shows how to connect Slack, Teams, or both."
        )
        raise ConfigError(Problem("SLACK_BOT_TOKEN", says))


def load(variables: Mapping[str, str] | None = None) -> Config:
    """What the environment says; raises ConfigError that names everything that is wrong with it."""
    environment = Environment(os.environ if variables is None else variables, known=KNOWN)
    config = Config(
        database_url=environment.parsed("ONEONONE_DATABASE_URL", settings.database_url, _default_database()),
        secret_keys=environment.parsed("ONEONONE_SECRET_KEYS", settings.secret_keys, ()),
        admins=environment.parsed("ONEONONE_ADMINS", settings.emails, frozenset()),
        platform_admins=environment.parsed("ONEONONE_PLATFORM_ADMINS", settings.yes_or_no, default=False),
        domains=environment.parsed("ONEONONE_DOMAINS", settings.domains, frozenset()),
        manager_attribute=environment.text("ONEONONE_MANAGER_ATTRIBUTE") or "manager email",
        public_url=environment.parsed("ONEONONE_PUBLIC_URL", settings.public_url, None),
        host=environment.text("ONEONONE_HOST") or "127.0.0.1",
        port=environment.parsed("ONEONONE_PORT", settings.port, 3978),
        slack=_slack(environment),
        teams=_teams(environment),
    )
    _check_keys(environment, config)
    environment.check()
    return config


def _default_database() -> str:
    return f"sqlite:///{user_data_path('oneonone', appauthor=False) / 'oneonone.db'}"


def _check_keys(environment: Environment, config: Config) -> None:
    if config.database_file is not None or environment.is_set("ONEONONE_SECRET_KEYS"):
        return
    says = (
        "is not set, and PostgreSQL needs it: several servers may share the database, so none of them can "
        f"make a key of its own. {settings.MAKE_A_KEY}"
    )
    environment.refuse("ONEONONE_SECRET_KEYS", says)


def _slack(environment: Environment) -> SlackConfig | None:
    api_url = environment.parsed("SLACK_API_URL", settings.api_url, _SLACK_API)
    config = SlackConfig(
        bot_token=environment.parsed("SLACK_BOT_TOKEN", settings.bot_token, None),
        signing_secret=environment.text("SLACK_SIGNING_SECRET"),
        app_token=environment.parsed("SLACK_APP_TOKEN", settings.app_token, None),
        client_id=environment.text("SLACK_CLIENT_ID"),
        client_secret=environment.text("SLACK_CLIENT_SECRET"),
        api_url=api_url,
    )
    given = {name for name in _CREDENTIALS if environment.is_set(name)}
    if not given:
        return None
    _check_transport(environment, given)
    _check_workspaces(environment, given)
    return config


def _check_transport(environment: Environment, given: set[str]) -> None:
    if given & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}:
        return
    says = (
        "is not set, so requests from Slack cannot be told from forged ones. Copy it from Basic Information of "
        "your Slack app, or set SLACK_APP_TOKEN to use Socket Mode, which needs no public address."
    )
    environment.refuse("SLACK_SIGNING_SECRET", says)


def _check_workspaces(environment: Environment, given: set[str]) -> None:
    client = given & {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}
    if len(client) == 1:
        (there,) = client
        (absent,) = {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"} - client
        environment.refuse(absent, f"is not set, but {there} is. Copy both from Basic Information of your Slack app.")
    if client and "SLACK_BOT_TOKEN" in given:
        says = "is for one workspace, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are for many. Keep one or the other."
        environment.refuse("SLACK_BOT_TOKEN", says)
    if client and not environment.is_set("ONEONONE_PUBLIC_URL"):
        says = "is not set, but SLACK_CLIENT_ID needs it: Slack sends people back there after they install the app."
        environment.refuse("ONEONONE_PUBLIC_URL", says)
    if not client and "SLACK_BOT_TOKEN" not in given:
        says = "is not set. Copy it from OAuth & Permissions of your Slack app, after installing it in your workspace."
        environment.refuse("SLACK_BOT_TOKEN", says)


def _teams(environment: Environment) -> TeamsConfig | None:
    app_id = environment.parsed("MICROSOFT_APP_ID", settings.guid, "")
    password = environment.text("MICROSOFT_APP_PASSWORD")
    tenant = environment.parsed("MICROSOFT_APP_TENANT_ID", settings.guid, "")
    identity = environment.parsed("MICROSOFT_APP_TYPE", _identity, TeamsIdentity.SINGLE_TENANT)
    given = {name for name in _TEAMS if environment.is_set(name)}
    if not given:
        return None
    _check_teams(environment, given, identity)
    return TeamsConfig(app_id=app_id, password=password, tenant=tenant, identity=identity)


def _identity(text: str) -> TeamsIdentity:
    for known in TeamsIdentity:
        if text.casefold() == known.value.casefold():
            return known
    raise Malformed("must be SingleTenant or UserAssignedMSI. Microsoft makes no new MultiTenant bots.")


def _check_teams(environment: Environment, given: set[str], identity: TeamsIdentity) -> None:
    if "MICROSOFT_APP_ID" not in given:
        environment.refuse("MICROSOFT_APP_ID", "is not set. Copy it from Configuration of your Azure Bot.")
    if "MICROSOFT_APP_TENANT_ID" not in given:
        says = "is not set. Copy it from Configuration of your Azure Bot: only people of that tenant are let in."
        environment.refuse("MICROSOFT_APP_TENANT_ID", says)
    if identity is TeamsIdentity.MANAGED_IDENTITY and "MICROSOFT_APP_PASSWORD" in given:
        says = "is set, but a managed identity has none. Remove it, or set MICROSOFT_APP_TYPE to SingleTenant."
        environment.refuse("MICROSOFT_APP_PASSWORD", says)
    if identity is TeamsIdentity.SINGLE_TENANT and "MICROSOFT_APP_PASSWORD" not in given:
        says = "is not set. Make a client secret under Certificates & secrets of the app, and copy its value."
        environment.refuse("MICROSOFT_APP_PASSWORD", says)
