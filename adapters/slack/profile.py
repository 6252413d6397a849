"""An account as Slack's directory describes it."""

from adapters.slack.inputs import Json, SlackUser
from adapters.slack.parse_parts import Malformed, optional_text, text_at

_SLACKBOT = "USLACKBOT"
_OUTSIDE = ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot")
_ADMINS = ("is_admin", "is_owner")


def slack_user(user: Json) -> SlackUser:
    """The account; raises Malformed."""
    profile = user.get("profile")
    if not isinstance(profile, dict):
        raise Malformed("profile")
    external_id, handle = text_at(user, "id"), optional_text(user, "name") or ""
    real_name = optional_text(profile, "real_name") or optional_text(user, "real_name")
    return SlackUser(
        id=external_id,
        homes=_homes(user),
        name=real_name or optional_text(profile, "display_name") or handle or external_id,
        handle=optional_text(profile, "display_name") or handle,
        email=optional_text(profile, "email") if user.get("is_email_confirmed") else None,
        zone=optional_text(user, "tz") or "UTC",
        language=(optional_text(user, "locale") or "")[:2],
        is_active=not user.get("deleted"),
        is_colleague=external_id != _SLACKBOT and not any(user.get(flag) for flag in _OUTSIDE),
        is_admin=any(user.get(flag) is True for flag in _ADMINS),
    )


def _homes(user: Json) -> frozenset[str]:
    enterprise = user.get("enterprise_user")
    organization = optional_text(enterprise, "enterprise_id") if isinstance(enterprise, dict) else None
    return frozenset(home for home in (optional_text(user, "team_id"), organization) if home)
