"""An account as the roster of a conversation describes it."""

from adapters.teams.inputs import Json, Sender, TeamsUser
from adapters.teams.parse_parts import id_at, optional_id, text_at
from bot.model.people import Profile

_ROLES = {"", "user", "member", "owner"}
_GUEST = "#ext#"
_BOT = "28:"


def teams_user(member: Json, tenant: str) -> TeamsUser:
    """The account; only a member of ``tenant`` is a colleague (of any, where there is none). Raises Malformed."""
    number, handle = id_at(member, "id"), text_at(member, "userPrincipalName")
    account = (optional_id(member, "aadObjectId") or optional_id(member, "objectId")).lower()
    is_ours = _is_member(member, handle, tenant) and not number.startswith(_BOT)
    return TeamsUser(
        account=account or number,
        member=number,
        name=_name(member) or handle or account or number,
        handle=handle,
        email=(text_at(member, "email") or None) if is_ours else None,
        is_colleague=is_ours,
    )


def profile_of(user: TeamsUser, sender: Sender | None) -> Profile:
    """The same for the engine; zone and language are what the client says, or empty."""
    return Profile(
        external_id=user.account,
        name=user.name,
        handle=user.handle,
        email=user.email,
        zone=sender.zone if sender else "",
        language=sender.language if sender else "",
        active=user.is_colleague,
    )


def _name(member: Json) -> str:
    parts = (text_at(member, "givenName"), text_at(member, "surname"))
    return text_at(member, "name").strip() or " ".join(part for part in parts if part).strip()


def _is_member(member: Json, handle: str, tenant: str) -> bool:
    role = (text_at(member, "userRole") or text_at(member, "userType")).casefold()
    home = text_at(member, "tenantId").casefold()
    at_home = not tenant or not home or home == tenant.casefold()
    return role in _ROLES and _GUEST not in handle.casefold() and at_home
