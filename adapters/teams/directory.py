"""Who works here, and where the bot writes to them, as far as Teams tells: it does so with each activity."""

import asyncio
import logging
import re
from collections.abc import Iterable

from adapters.teams.connector import Connector
from adapters.teams.inputs import Json, Scope, Sender, Tagged, TeamsUser, Words
from adapters.teams.parse_parts import Malformed
from adapters.teams.profile import teams_user
from adapters.trouble import Outcome, Trouble
from bot.engine import Engine
from bot.features.people import person_option
from bot.model.ids import PersonId
from bot.model.people import Account, Chat, Profile, Workspace
from bot.ports import Busy, Store
from bot.views import Option

log = logging.getLogger("oneonone.teams.directory")
_PASSING = (Outcome.later, Outcome.unknown)
_MENTION_SECONDS = 1.5
_TWICE = re.compile(r"(<@[^<>\s]+>)(?:\s+\1)+")


class Directory:
    """Brings the engine's people and chats up to date; bots, guests and people of other tenants are nobody to it."""

    def __init__(
        self, connector: Connector, engine: Engine, store: Store, *, workspace: Workspace, tenant: str
    ) -> None:
        self._connector = connector
        self._engine = engine
        self._store = store
        self._workspace = workspace
        self._tenant = tenant
        self._seen: dict[str, Sender] = {}
        self._accounts: dict[str, str] = {}
        self._chats: dict[str, Chat] = {}
        self._learned: dict[str, tuple[str, str]] = {}

    def saw(self, sender: Sender) -> None:
        """Remember where an account acts, in case that ``introduce`` is asked about it."""
        self._seen[sender.account] = sender
        self._accounts[sender.member] = sender.account

    def is_news(self, sender: Sender) -> bool:
        """Whether ``keep`` has something to do for this sender."""
        chat = _own_chat(sender, self._workspace)
        return self._learned.get(sender.account) != _client(sender) or (
            chat is not None and self._chats.get(sender.account) != chat
        )

    async def keep(self, sender: Sender) -> None:
        """Store where the bot writes to a colleague, and what their client says about zone and language.

        What cannot be stored now is stored with their next input.
        """
        try:
            await self._keep_up(sender)
        except (Busy, Trouble) as trouble:
            log.warning("chat not kept", extra={"error": type(trouble).__name__})

    async def _keep_up(self, sender: Sender) -> None:
        if not await self._engine.knows(self._account(sender.account)):
            return
        chat = _own_chat(sender, self._workspace)
        if chat is not None:
            await self._keep(chat)
        if self._learned.get(sender.account) != _client(sender):
            await self.introduce(sender.account)

    async def keep_channel(self, sender: Sender, channel: str) -> None:
        """Store where the bot writes to a channel in which a colleague spoke to it."""
        if await self._engine.knows(self._account(sender.account)):
            await self._keep(_chat(self._workspace, channel, conversation=channel, service_url=sender.service_url))

    async def introduce(self, external_id: str) -> bool:
        """Asks the roster of the place where an account acted last; False when it is no colleague."""
        sender = self._seen.get(external_id)
        user = None if sender is None else await self._asked(sender, sender.member)
        if sender is None or user is None or user.account != external_id:
            return False
        return await self._take(user, sender)

    async def read_roster(self, service_url: str, roster: str) -> int:
        """Takes in everybody in a team; how many colleagues there are."""
        colleagues = 0
        for member in await self._connector.members(service_url, roster):
            user = _user(member, self._tenant)
            colleagues += user is not None and await self._take(user)
        log.info("roster read", extra={"colleagues": colleagues})
        return colleagues

    async def read_members(self, service_url: str, roster: str, members: Iterable[str]) -> None:
        """Takes in some of them."""
        for member in members:
            user = _user(await self._connector.member(service_url, roster, member), self._tenant)
            if user is not None:
                await self._take(user)

    async def spelled(self, words: Words, sender: Sender) -> str:
        """The words with each mention of somebody we know as ``<@ID>``, and of anybody else by name."""
        text = words.text
        for tagged in words.tagged:
            account = await self._account_of(tagged, sender)
            text = text.replace(tagged.tag, f"<@{account}>" if account else tagged.name, 1)
        # Some clients mention a person once for each word of the name.
        return _TWICE.sub(r"\1", text)

    async def person(self, person: str) -> Option | None:
        """Somebody who was chosen in a picker, as the choice."""
        async with self._store.read(self._workspace.organization) as tx:
            found = await tx.people.get(PersonId(person))
        return None if found is None else person_option(found)

    async def own_chat(self, sender: Sender) -> Chat:
        """The bot's own chat with whoever acts, wherever they act; raises Trouble when it cannot be had."""
        here = _own_chat(sender, self._workspace)
        if here is not None:
            return here
        async with self._store.read(self._workspace.organization) as tx:
            known = await tx.chats.get(self._workspace.id, sender.account)
        return known or await self._opened(sender)

    async def forget(self, external_id: str) -> None:
        """The bot was removed there."""
        self._chats.pop(external_id, None)
        async with self._store.write(self._workspace.organization) as tx:
            await tx.chats.remove(self._workspace.id, external_id)

    async def _opened(self, sender: Sender) -> Chat:
        conversation = await self._connector.open(
            sender.service_url, tenant=self._tenant, bot=sender.bot, member=sender.member
        )
        chat = _chat(
            self._workspace,
            sender.account,
            conversation=conversation,
            service_url=sender.service_url,
            member=sender.member,
        )
        if await self._engine.knows(self._account(sender.account)):
            await self._keep(chat)
        return chat

    async def _keep(self, chat: Chat) -> None:
        if self._chats.get(chat.external_id) == chat:
            return
        async with self._store.read(self._workspace.organization) as tx:
            known = await tx.chats.get(chat.workspace, chat.external_id)
        if known != chat:
            async with self._store.write(self._workspace.organization) as tx:
                await tx.chats.put(chat)
        self._chats[chat.external_id] = chat

    async def _asked(self, sender: Sender, member: str) -> TeamsUser | None:
        """What the roster says about somebody where the sender is; raises Busy when it cannot be asked now."""
        try:
            return _user(await self._connector.member(sender.service_url, sender.roster, member), self._tenant)
        except Trouble as trouble:
            if trouble.outcome in _PASSING:
                raise Busy from None
            return None

    async def _take(self, user: TeamsUser, sender: Sender | None = None) -> bool:
        account = self._account(user.account)
        self._accounts[user.member] = user.account
        if not user.is_colleague and not await self._engine.knows(account):
            return False
        await self._engine.learn(account, _profile(user, sender))
        if sender is not None:
            self._learned[user.account] = _client(sender)
        return user.is_colleague

    async def _account_of(self, tagged: Tagged, sender: Sender) -> str | None:
        """Whose mention it is; None when that cannot be said in time, and the name has to do."""
        try:
            async with asyncio.timeout(_MENTION_SECONDS):
                known = self._accounts.get(tagged.member) or await self._stored_account(tagged.member)
                return known or await self._listed_account(tagged, sender)
        except (Busy, TimeoutError):
            return None

    async def _listed_account(self, tagged: Tagged, sender: Sender) -> str | None:
        if sender.scope is Scope.personal:
            return None  # the roster of a chat with one person knows nobody else
        user = await self._asked(sender, tagged.member)
        if user is None:
            return None
        await self._take(user)
        return user.account

    async def _stored_account(self, member: str) -> str | None:
        async with self._store.read(self._workspace.organization) as tx:
            chat = await tx.chats.of_member(self._workspace.id, member)
        return chat.external_id if chat else None

    def _account(self, external_id: str) -> Account:
        return Account(self._workspace.organization, self._workspace.id, external_id)


def _own_chat(sender: Sender, workspace: Workspace) -> Chat | None:
    if sender.scope is not Scope.personal:
        return None
    return _chat(
        workspace,
        sender.account,
        conversation=sender.conversation,
        service_url=sender.service_url,
        member=sender.member,
    )


def _chat(workspace: Workspace, external_id: str, *, conversation: str, service_url: str, member: str = "") -> Chat:
    return Chat(
        workspace=workspace.id,
        external_id=external_id,
        organization=workspace.organization,
        conversation=conversation,
        service_url=service_url,
        member=member,
    )


def _client(sender: Sender) -> tuple[str, str]:
    return sender.zone, sender.language


def _user(member: Json, tenant: str) -> TeamsUser | None:
    try:
        return teams_user(member, tenant)
    except Malformed:
        return None


def _profile(user: TeamsUser, sender: Sender | None) -> Profile:
    return Profile(
        external_id=user.account,
        name=user.name,
        handle=user.handle,
        email=user.email,
        zone=sender.zone if sender else "",
        language=(sender.language if sender else "") or "en",
        active=user.is_colleague,
    )
