"""Who and what a tenant is made of before anybody does anything."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class TeamsTenant:
    id: str = "0d9b645f-597b-41f0-a2a3-ef103fbd91bb"
    name: str = "Playground"


@dataclass(frozen=True)
class TeamsBot:
    """The registered app; its id and password are what the token route accepts."""

    app_id: str
    password: str = field(repr=False)
    name: str = "OneOnOne"

    @property
    def id(self) -> str:
        return f"28:{self.app_id}"


@dataclass(frozen=True)
class TeamsUser:
    """A person of the tenant, or a guest in it; `id` is the Entra object id, `member` what the bot sees as sender."""

    id: str
    name: str
    email: str = ""
    upn: str = ""
    role: str = "user"  # or guest, anonymous
    zone: str = "Europe/Berlin"
    locale: str = "en-US"
    title: str = ""

    @property
    def member(self) -> str:
        return f"29:1{opaque(self.id)}"


@dataclass(frozen=True)
class TeamsChannel:
    """A channel of a team; ``kind`` is Microsoft's word: standard, private or shared."""

    id: str
    name: str
    kind: str = "standard"


@dataclass(frozen=True)
class Team:
    """A team; `members` are Entra object ids, `has_bot` says whether the app is installed in it from the start."""

    id: str
    name: str
    channels: tuple[TeamsChannel, ...] = ()
    members: tuple[str, ...] = ()
    has_bot: bool = False


def opaque(text: str) -> str:
    """An id from which nobody can read what it stands for, as Microsoft's are."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def account_json(user: TeamsUser) -> Json:
    """The person as `from` and `membersAdded` name them."""
    return {"id": user.member, "name": user.name, "aadObjectId": user.id}


def member_json(user: TeamsUser, tenant: TeamsTenant) -> Json:
    """The person as the routes for one member and for pages of members answer."""
    given, _, surname = user.name.partition(" ")
    names = {"givenName": given, "surname": surname} if surname else {"givenName": given}
    mail = {"email": user.email} if user.email else {}
    upn = {"userPrincipalName": user.upn or user.email} if user.upn or user.email else {}
    return {**account_json(user), **names, **mail, **upn, "tenantId": tenant.id, "userRole": user.role}
