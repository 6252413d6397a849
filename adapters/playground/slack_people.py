"""Who and what a workspace is made of before anybody does anything."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
_TALKING = "commands,chat:write,im:write,im:history,app_mentions:read"
_READING = "users:read,users:read.email,channels:read,groups:read"
SCOPES = f"{_TALKING},{_READING}"


@dataclass(frozen=True)
class SlackTeam:
    id: str = "T0PLAY"
    name: str = "Playground"
    domain: str = "playground"
    enterprise_id: str | None = None
    took_in_as_a_whole: bool = False  # the app was installed in the whole Enterprise Grid organization


@dataclass(frozen=True)
class SlackUser:
    id: str
    name: str
    real_name: str
    display_name: str = ""
    email: str = ""
    title: str = ""
    tz: str = "Europe/Berlin"
    tz_offset: int = 3600
    locale: str = "en-US"
    team_id: str = ""  # another workspace's id for a guest of a shared channel
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_email_confirmed: bool = True


@dataclass(frozen=True)
class SlackChannel:
    """A channel, or, when its id starts with D, the direct messages of two people."""

    id: str
    name: str
    members: tuple[str, ...]
    is_private: bool = False

    @property
    def is_im(self) -> bool:
        return self.id.startswith("D")


@dataclass(frozen=True)
class SlackApp:
    """The installed app as the workspace knows it; its tokens are what the stand-in accepts."""

    bot_token: str
    signing_secret: str
    app_token: str = ""
    id: str = "A0PLAY"
    bot_id: str = "B0PLAY"
    bot_user: str = "U0BOT"
    bot_name: str = "oneonone"
    client_id: str = "1000.2000"
    client_secret: str = ""
    scopes: str = SCOPES


def user_json(user: SlackUser, team: SlackTeam) -> Json:
    """The user object as users.info and users.list answer it."""
    home = user.team_id or team.id
    flags = {
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_stranger": home != team.id,
    }
    facts = {"id": user.id, "team_id": home, "name": user.name, "updated": 1, **flags}
    living = {} if user.deleted else _living(user)  # Slack keeps the profile of those who left, little else
    return {**facts, **living, "profile": _profile(user, home)}


def _living(user: SlackUser) -> Json:
    return {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": user.is_email_confirmed,
    }


def _profile(user: SlackUser, home: str) -> Json:
    names = {"real_name": user.real_name, "display_name": user.display_name, "title": user.title}
    return {**names, "team": home, **({"email": user.email} if user.email else {})}
