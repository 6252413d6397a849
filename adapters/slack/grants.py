"""Slack's code for an installation becomes the token and what comes with it."""

from dataclasses import dataclass, field

from adapters.config import SlackConfig
from adapters.slack.app import team_of
from adapters.slack.calls import Calls
from adapters.slack.inputs import Json
from adapters.slack.parse_parts import Malformed, optional_text, part, text_at


@dataclass(frozen=True, kw_only=True)
class Grant:
    """``team`` is none where a whole Enterprise Grid organization took the bot in, whose id ``enterprise`` then is."""

    token: str = field(repr=False)
    bot_user: str
    bot_id: str
    team: str | None
    enterprise: str | None
    name: str
    scopes: str


async def granted(config: SlackConfig, *, code: str, redirect_uri: str) -> Grant:
    """Exchanges the code, which works once, and asks who the bot is there; raises Trouble or Malformed."""
    answer = await _exchanged(config, code=code, redirect_uri=redirect_uri)
    calls = Calls(token=text_at(answer, "access_token"), api_url=config.api_url)
    await calls.open()
    try:
        bot = await team_of(calls)
    finally:
        await calls.close()
    return _grant(answer, bot_id=bot.bot_id)


async def _exchanged(config: SlackConfig, *, code: str, redirect_uri: str) -> Json:
    calls = Calls(token="", api_url=config.api_url)
    await calls.open()
    try:
        return await calls.read(
            "oauth.v2.access",
            client_id=config.client_id,
            client_secret=config.client_secret,
            code=code,
            redirect_uri=redirect_uri,
        )
    finally:
        await calls.close()


def _grant(answer: Json, *, bot_id: str) -> Grant:
    if answer.get("token_type") != "bot" or "expires_in" in answer:
        raise Malformed("token_type")  # a person's token, or one of those that end after hours
    of_all = answer.get("is_enterprise_install") is True
    place = part(answer, "enterprise" if of_all else "team")
    enterprise = answer.get("enterprise")
    return Grant(
        token=text_at(answer, "access_token"),
        bot_user=text_at(answer, "bot_user_id"),
        bot_id=bot_id,
        team=None if of_all else text_at(place, "id"),
        enterprise=optional_text(enterprise, "id") if isinstance(enterprise, dict) else None,
        name=optional_text(place, "name") or "",
        scopes=optional_text(answer, "scope") or "",
    )
