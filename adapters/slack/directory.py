"""Who works here, from Slack's directory."""

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Callable, Sequence

from adapters.listing import LONGEST_PAUSE, NotListed, Why
from adapters.slack.calls import Calls
from adapters.slack.inputs import Json, SlackUser
from adapters.slack.parse_parts import Malformed, optional_text, part
from adapters.slack.profile import slack_user
from adapters.trouble import Outcome, Trouble
from bot.engine import Engine
from bot.model.people import Account, Profile
from bot.ports import Busy

log = logging.getLogger("oneonone.slack.directory")
_PAGE = "200"  # what Slack recommends for users.list
# The most that conversations.members takes ("under 1000"): somebody waits, and each page is a call.
_MEMBERS = "999"
# For a channel that the bot may not look into Slack has these, with or without the scope for its kind.
_UNSEEN = frozenset({"channel_not_found", "fetch_members_failed", "not_in_channel"})
_UNREADABLE = frozenset({"is_archived", "method_not_supported_for_channel_type"})
_YES = "true"
_FIRST_WAIT = 10.0
_LONGEST_WAIT = 600.0


class Directory:
    """Brings the engine's people up to date; bots, guests and people of other teams are nobody to it."""

    def __init__(
        self,
        calls: Calls,
        engine: Engine,
        *,
        account: Callable[[str], Account],
        homes: frozenset[str],
        whole_organization: bool = False,
    ) -> None:
        self._calls = calls
        self._engine = engine
        self._account = account
        self._homes = homes
        self._whole_organization = whole_organization

    async def sync(self) -> int:
        """Takes in the whole directory, page by page; how many colleagues there are."""
        colleagues = 0
        for team in await self._teams():
            async for answer in self._pages("users.list", team_id=team, include_locale=_YES):
                for member in answer.get("members") or []:
                    colleagues += await self._took_member(member)
        log.info("directory read", extra={"colleagues": colleagues})
        return colleagues

    async def keep_trying(self) -> None:
        """Takes in the whole directory, after a while once more when something was in the way."""
        wait = _FIRST_WAIT
        while True:
            try:
                await self.sync()
            except (Trouble, Busy) as trouble:
                log.warning("directory not read", extra={"error": type(trouble).__name__, "seconds": wait})
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
            else:
                return

    async def take(self, user: SlackUser) -> bool:
        """Takes in one account; False for one that is no colleague."""
        account = self._account(user.id)
        welcome = user.is_colleague and user.is_active and self._is_at_home(user)
        if not welcome and not await self._engine.knows(account):
            return False
        await self._engine.learn(account, _profile(user, is_active=welcome))
        return welcome

    def _is_at_home(self, user: SlackUser) -> bool:
        """Slack calls nobody a stranger with whom we share a channel, though they work elsewhere."""
        return not user.homes or not user.homes.isdisjoint(self._homes)

    async def members(self, channel: str, *, asked_by: str) -> Sequence[str]:
        """Everybody in a channel; raises NotListed and Trouble."""
        del asked_by  # Slack tells the bot the same whoever asks
        found: list[str] = []
        try:
            async for answer in self._pages(
                "conversations.members", limit=_MEMBERS, most=LONGEST_PAUSE, channel=channel
            ):
                found += [each for each in answer.get("members") or [] if isinstance(each, str)]
        except Trouble as trouble:
            raise _not_listed(trouble) from None
        return found

    async def introduce(self, external_id: str) -> bool:
        """Asks Slack about an account that we do not know; False when it is no colleague."""
        try:
            answer = await self._calls.read("users.info", user=external_id, include_locale=_YES)
            return await self.take(slack_user(part(answer, "user")))
        except (Trouble, Malformed):
            return False

    async def _teams(self) -> Sequence[str | None]:
        """The workspaces to ask about: each of an Enterprise Grid organization, else the one that is meant anyhow."""
        if not self._whole_organization:
            return (None,)
        pages = [answer async for answer in self._pages("auth.teams.list")]
        teams = [team for answer in pages for team in answer.get("teams") or [] if isinstance(team, dict)]
        return [known for team in teams if (known := optional_text(team, "id"))]

    async def _pages(
        self, method: str, *, limit: str = _PAGE, most: float = math.inf, **arguments: str | None
    ) -> AsyncIterator[Json]:
        """All pages; where Slack wants a pause of more than so many seconds, that is raised as Trouble."""
        cursor: str | None = None
        while cursor != "":
            answer = await self._page(method, most, limit=limit, cursor=cursor, **arguments)
            yield answer
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")

    async def _page(self, method: str, most: float, **arguments: str | None) -> Json:
        while True:
            try:
                return await self._calls.read(method, **arguments)
            except Trouble as trouble:
                if trouble.outcome is not Outcome.later or trouble.after > most:
                    raise
                await asyncio.sleep(trouble.after)

    async def _took_member(self, member: object) -> bool:
        if not isinstance(member, dict):
            return False
        try:
            user = slack_user(member)
        except Malformed:
            return False
        return await self.take(user)


def _not_listed(trouble: Trouble) -> Exception:
    """Why a channel cannot be read, where a person can mend that."""
    if trouble.code == "missing_scope":
        return NotListed(Why.scopes)
    if trouble.code in _UNSEEN:
        return NotListed(Why.uninvited)
    return NotListed(Why.unread) if trouble.code in _UNREADABLE else trouble


def _profile(user: SlackUser, *, is_active: bool) -> Profile:
    return Profile(
        external_id=user.id,
        name=user.name,
        handle=user.handle,
        email=user.email,
        zone=user.zone,
        language=user.language,
        active=is_active,
        admin=is_active and user.is_admin,
    )
