"""Who works here, as far as Teams tells: by each activity, and by the rosters of the places that the bot is in."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable, Sequence

from adapters.listing import LONGEST_PAUSE, NotListed, Why
from adapters.teams.chats import Chats
from adapters.teams.connector import Connector
from adapters.teams.inputs import Json, Scope, Sender, Tagged, TeamsUser, Words
from adapters.teams.parse_parts import Malformed
from adapters.teams.parse_sender import thread_root
from adapters.teams.profile import profile_of, teams_user
from adapters.trouble import Outcome, Trouble
from bot.engine import Engine
from bot.enlisting import Enlisting
from bot.features.people import person_option
from bot.model.ids import PersonId
from bot.model.people import Account, Chat, Profile, Workspace
from bot.ports import Busy, Store
from bot.views import Option

log = logging.getLogger("oneonone.teams.directory")
_PASSING = (Outcome.later, Outcome.unknown)
_NO_MEMBER = "MemberNotFoundInConversation"
_MENTION_SECONDS = 1.5
_MOST_PAGES = 200
_NOT_STANDARD = ("private", "shared")
_TWICE = re.compile(r"(<@[^<>\s]+>)(?:\s+\1)+")


class Directory:
    """Brings the engine's people up to date; bots, guests and people of other tenants are nobody to it."""

    def __init__(
        self, connector: Connector, engine: Engine, store: Store, *, chats: Chats, workspace: Workspace, tenant: str
    ) -> None:
        self._connector = connector
        self._engine = engine
        self._store = store
        self._chats = chats
        self._workspace = workspace
        self._tenant = tenant
        self._seen: dict[str, Sender] = {}
        self._accounts: dict[str, str] = {}
        self._learned: dict[str, tuple[str, str]] = {}
        self._channels: dict[str, Sender] = {}
        self._enlisting = Enlisting(engine.store, engine.now, engine.new_id)

    def saw(self, sender: Sender) -> None:
        """Remember where an account acts, in case that ``introduce`` is asked about it."""
        self._seen[sender.account] = sender
        self._accounts[sender.member] = sender.account
        if sender.scope is Scope.channel:
            self._channels[thread_root(sender.conversation)] = sender

    def is_news(self, sender: Sender) -> bool:
        """Whether ``keep`` has something to do for this sender."""
        return self._is_changed(sender) or self._chats.is_news(sender)

    async def keep(self, sender: Sender, *, channel: str | None = None) -> None:
        """Store where the bot writes to a colleague and to the channel, and the zone and language of their client.

        What cannot be stored now is stored with their next input.
        """
        try:
            if await self._engine.knows(self._account(sender.account)):
                await self._keep(sender, channel)
        except Busy:
            log.warning("chat not kept", extra={"reason": "busy"})

    async def introduce(self, external_id: str) -> bool:
        """Asks the roster of the place where an account acted last; False when it is no colleague. Raises Busy."""
        sender = self._seen.get(external_id)
        user = None if sender is None else await self._itself(sender)
        if sender is None or user is None or user.account != external_id:
            return False
        return await self._take(user, sender)

    async def read_roster(self, service_url: str, roster: str) -> int:
        """Takes in everybody in a team; how many colleagues there are."""
        colleagues = 0
        async for user in self._everybody(service_url, roster):
            colleagues += await self._took(user)
        log.info("roster read", extra={"colleagues": colleagues})
        return colleagues

    async def members(self, channel: str, *, asked_by: str) -> Sequence[str]:
        """Everybody in the team of a standard channel, which the bot writes to from now on.

        Raises NotListed, Trouble and Busy.
        """
        service_url, roster = await self._team_of(channel, asked_by)
        try:
            found = [user async for user in self._everybody(service_url, roster) if user.is_colleague]
        except Trouble as trouble:
            raise NotListed(Why.unadded) if trouble.outcome is Outcome.gone else trouble from None
        await self._chats.keep_channel(channel, service_url)
        strangers = set(await self._enlisting.strangers(self._account(asked_by), [user.account for user in found]))
        for user in found:
            if user.account in strangers:
                await self._took(user)
        return [user.account for user in found]

    async def read_members(self, service_url: str, roster: str, members: Iterable[str]) -> None:
        """Takes in some of them."""
        for member in members:
            user = self._user(await self._connector.member(service_url, roster, member))
            if user is not None:
                await self._take(user)

    async def check_members(self, members: Iterable[str]) -> None:
        """They left a team: who is not even in the bot's own chat with them any more has left altogether."""
        for member in members:
            chat = await self._chats.of_member(member)
            if chat is not None and await self._is_gone(chat):
                await self._leave(chat.external_id)

    async def spelled(self, words: Words, sender: Sender) -> str:
        """The words with each mention of somebody we know as ``<@ID>``, and of anybody else by name."""
        accounts = await self._accounts_of(words.tagged, sender)
        text = words.text
        for tagged in words.tagged:
            account = accounts.get(tagged.member)
            text = text.replace(tagged.tag, f"<@{account}>" if account else tagged.name, 1)
        # Some clients mention a person once for each word of the name.
        return _TWICE.sub(r"\1", text)

    async def person(self, person: str) -> Option | None:
        """Somebody who was chosen in a picker, as the choice; None where that cannot be said."""
        try:
            async with self._store.read(self._workspace.organization) as tx:
                found = await tx.people.get(PersonId(person))
        except Busy:
            return None
        return None if found is None else person_option(found)

    async def _keep(self, sender: Sender, channel: str | None) -> None:
        await self._chats.keep(sender)
        if channel is not None:
            await self._chats.keep_channel(channel, sender.service_url)
        if self._is_changed(sender):
            await self.introduce(sender.account)

    async def _team_of(self, channel: str, asked_by: str) -> tuple[str, str]:
        """Where to ask, and for the members of what; raises NotListed and Busy."""
        there = self._channels.get(channel)
        if there is not None and there.kind in _NOT_STANDARD:
            raise NotListed(Why.not_standard)
        if there is not None:
            return there.service_url, there.roster
        # Nobody wrote there since this process began; Teams knows the team's members by each of its channels, too.
        known = await self._chats.of(channel) or self._seen.get(asked_by)
        if known is None:
            raise NotListed(Why.unadded)
        return known.service_url, channel

    async def _everybody(self, service_url: str, roster: str) -> AsyncIterator[TeamsUser]:
        """All members, page by page; raises Trouble."""
        token = ""
        for _ in range(_MOST_PAGES):
            page, token = await self._page(service_url, roster, token)
            for user in filter(None, map(self._user, page)):
                yield user
            if not token:
                return

    async def _page(self, service_url: str, roster: str, token: str) -> tuple[list[Json], str]:
        while True:
            try:
                return await self._connector.members(service_url, roster, token)
            except Trouble as trouble:
                if trouble.outcome is not Outcome.later or trouble.after > LONGEST_PAUSE:
                    raise
                await asyncio.sleep(trouble.after)

    def _is_changed(self, sender: Sender) -> bool:
        """Whether the client says something new; not every activity says where and in which language."""
        known = self._learned.get(sender.account)
        return known is None or known != _client(sender, known)

    async def _itself(self, sender: Sender) -> TeamsUser | None:
        """What is said about the sender; raises Busy.

        Where a message action is used the bot is no member and learns nothing, so it asks its own chat with them.
        """
        user = await self._asked(sender, sender.member)
        if user is not None or sender.scope is Scope.personal:
            return user
        try:
            chat = await self._chats.own(sender)
            return self._user(await self._connector.member(chat.service_url, chat.conversation, sender.member))
        except Trouble as trouble:
            if trouble.outcome in _PASSING:
                raise Busy from None
            return None

    async def _asked(self, sender: Sender, member: str) -> TeamsUser | None:
        """What the roster says about somebody where the sender is; raises Busy when it cannot be asked now."""
        try:
            return self._user(await self._connector.member(sender.service_url, sender.roster, member))
        except Trouble as trouble:
            if trouble.outcome in _PASSING:
                raise Busy from None
            return None

    async def _take(self, user: TeamsUser, sender: Sender | None = None) -> bool:
        account = self._account(user.account)
        self._accounts[user.member] = user.account
        if not user.is_colleague and not await self._engine.knows(account):
            return False
        await self._engine.learn(account, profile_of(user, sender))
        if sender is not None:
            self._learned[user.account] = _client(sender, self._learned.get(user.account, ("", "")))
        return user.is_colleague

    async def _took(self, user: TeamsUser) -> bool:
        """The same for one of many: whoever cannot be taken in now is when they say something."""
        try:
            return await self._take(user)
        except Busy:
            log.warning("member not taken in", extra={"reason": "busy"})
            return False

    async def _is_gone(self, chat: Chat) -> bool:
        try:
            await self._connector.member(chat.service_url, chat.conversation, chat.member)
        except Trouble as trouble:
            return trouble.code == _NO_MEMBER
        return False

    async def _leave(self, external_id: str) -> None:
        account = self._account(external_id)
        async with self._store.read(account.organization) as tx:
            identity = await tx.people.identity(account.workspace, external_id)
            person = await tx.people.get(identity.person) if identity else None
        if identity is None or person is None:
            return
        gone = Profile(
            external_id=external_id,
            name=person.name,
            handle=identity.handle,
            email=person.email,
            zone="",
            language="",
            active=False,
        )
        await self._engine.learn(account, gone)

    async def _accounts_of(self, people: Iterable[Tagged], sender: Sender) -> dict[str, str]:
        """Who is mentioned; whoever cannot be told in time is not in it, and the name has to do."""
        found: dict[str, str] = {}
        try:
            async with asyncio.timeout(_MENTION_SECONDS):
                for tagged in people:
                    account = await self._account_of(tagged, sender)
                    found |= {tagged.member: account} if account else {}
        except TimeoutError:
            log.info("mention not looked up", extra={"reason": "slow"})
        return found

    async def _account_of(self, tagged: Tagged, sender: Sender) -> str | None:
        try:
            known = self._accounts.get(tagged.member) or await self._stored_account(tagged.member)
            return known or await self._listed_account(tagged, sender)
        except Busy:
            return None

    async def _stored_account(self, member: str) -> str | None:
        chat = await self._chats.of_member(member)
        return chat.external_id if chat else None

    async def _listed_account(self, tagged: Tagged, sender: Sender) -> str | None:
        if sender.scope is Scope.personal:
            return None  # the roster of a chat with one person knows nobody else
        user = await self._asked(sender, tagged.member)
        if user is None:
            return None
        await self._take(user)
        return user.account

    def _user(self, member: Json) -> TeamsUser | None:
        try:
            return teams_user(member, self._tenant)
        except Malformed:
            return None

    def _account(self, external_id: str) -> Account:
        return Account(self._workspace.organization, self._workspace.id, external_id)


def _client(sender: Sender, known: tuple[str, str]) -> tuple[str, str]:
    zone, language = known
    return sender.zone or zone, sender.language or language
