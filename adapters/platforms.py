"""The platforms that the settings name; an SDK takes its time and memory, so only what is served is loaded."""

from typing import TYPE_CHECKING

from adapters.config import Config
from adapters.keys import Keyring
from adapters.switchboard import Switchboard

if TYPE_CHECKING:
    from adapters.slack.connection import SlackConnection
    from adapters.slack.connections import SlackConnections
    from adapters.teams.connection import TeamsConnection


def slack_connection(
    config: Config, switchboard: Switchboard, keyring: Keyring
) -> "SlackConnection | SlackConnections | None":
    if config.slack is None:
        return None
    if config.slack.serves_many_workspaces:
        from adapters.slack.connections import SlackConnections

        return SlackConnections(config.slack, switchboard, public_url=config.public_url, keyring=keyring)
    from adapters.slack.connection import SlackConnection

    return SlackConnection(config.slack, switchboard, public_url=config.public_url)


def teams_connection(config: Config, switchboard: Switchboard) -> "TeamsConnection | None":
    if config.teams is None:
        return None
    from adapters.teams.connection import TeamsConnection

    return TeamsConnection(config.teams, switchboard, public_url=config.public_url)
