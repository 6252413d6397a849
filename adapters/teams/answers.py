"""From each kind of input to the answer that Teams gets at once, and to what is shown after it."""

from dataclasses import dataclass
from typing import assert_never

from adapters.asking import Asking
from adapters.entrances import Entrances
from adapters.recent import Recent
from adapters.teams.cards import Cards
from adapters.teams.chats import Chats
from adapters.teams.dialogs import Dialogs
from adapters.teams.directory import Directory
from adapters.teams.inputs import (
    ActionUsed,
    Answer,
    Arrived,
    Ignored,
    Incoming,
    InDialog,
    Left,
    MembersJoined,
    MembersLeft,
    Mentioned,
    Opened,
    Pressed,
    Refreshed,
    Said,
    Searched,
    Sender,
    TeamJoined,
    Unknown,
)
from adapters.teams.place import Nowhere
from adapters.teams.render_fields import PEOPLE
from adapters.teams.replies import NOT_OURS, TAKEN, found_answer
from adapters.teams.screens import Screens
from adapters.trouble import Outcome, Trouble
from bot.views import View


@dataclass(frozen=True, kw_only=True)
class Answers:
    """``greeted`` are the chats that have their first card; a bot that is added is told so twice."""

    asking: Asking
    screens: Screens
    cards: Cards
    dialogs: Dialogs
    directory: Directory
    chats: Chats
    entrances: Entrances
    recent: Recent
    greeted: set[str]

    async def to(self, incoming: Incoming) -> Answer:
        """What Teams gets as the answer; everything that had to be stored is stored by then."""
        match incoming:
            case TeamJoined() | MembersJoined() | MembersLeft() | Left():
                return await self._happened(incoming)
            case Unknown():
                return NOT_OURS
            case Ignored():
                return TAKEN
            case _:
                self.directory.saw(incoming.sender)
                answer = await self._asked(incoming)
                self._keep(incoming.sender)
                return answer

    async def _asked(
        self,
        incoming: Said | Mentioned | Pressed | Refreshed | Opened | InDialog | ActionUsed | Searched | Arrived,
    ) -> Answer:
        match incoming:
            case Said():
                await self._said(incoming)
            case Mentioned():
                await self._mentioned(incoming)
            case Pressed():
                return await self._pressed(incoming)
            case Refreshed():
                return await self.cards.refreshed(incoming)
            case Opened():
                return await self.dialogs.opened(incoming)
            case InDialog():
                return await self._in_dialog(incoming)
            case ActionUsed():
                return await self._used(incoming)
            case Searched():
                return await self._searched(incoming)
            case Arrived():
                await self._arrived(incoming)
            case _:
                assert_never(incoming)
        return TAKEN

    async def _said(self, said: Said) -> None:
        # Teams sends a message again when it missed our answer; what we have shown is not shown twice.
        if said.key in self.recent:
            return
        words = await self.directory.spelled(said.words, said.sender)
        view = await self.asking.words(self.asking.input(said.sender.account, said.key), words)
        if self._is_first(said.key):
            self.asking.tasks.start(self.screens.reply(said.sender, said.activity, view), event="message")

    async def _mentioned(self, said: Mentioned) -> None:
        if said.key in self.recent:
            return
        given = self.asking.input(said.sender.account, said.key, channel=said.channel)
        view = await self.asking.words(given, await self.directory.spelled(said.words, said.sender))
        if not self._is_first(said.key):
            return
        self.asking.tasks.start(self._whisper(said, view), event="mention")
        if said.channel is not None:
            kept = self.directory.keep(said.sender, channel=said.channel.external_id)
            self.asking.tasks.start(kept, event="channel")

    async def _whisper(self, said: Mentioned, view: View) -> None:
        """The view in the person's own chat: Teams has no message in a channel for one person's eyes."""
        say = self.screens.speak(view.language)
        try:
            await self.screens.post(said.sender, view)
        except Trouble as trouble:
            if trouble.outcome is not Outcome.gone:
                raise
            text = say("teams.add_me")
        else:
            text = say("teams.answered")
        await self.screens.tell_all(said.sender, said.activity, text)

    async def _pressed(self, press: Pressed) -> Answer:
        if not press.waits and press.key in self.recent:
            return TAKEN
        answer = await self.cards.pressed(press)
        self.recent.add(press.key)
        return answer

    async def _in_dialog(self, use: InDialog) -> Answer:
        """A client without dialogs sends a message and wants one; from no other is a message taken for a dialog."""
        if not use.message:
            return await self.dialogs.used(use)
        if self.screens.people is not None:
            shown = await self.screens.in_chat(use.sender, await self.dialogs.used(use))
            self.asking.tasks.start(self.screens.put(use.sender, use.message, shown), event="window")
        return TAKEN

    async def _used(self, use: ActionUsed) -> Answer:
        given = self.asking.input(use.sender.account, use.key, quoted=use.quoted, channel=use.channel)
        from_message = self.entrances.from_message if use.quoted is not None else {}
        action = from_message.get(use.command, self.entrances.home)
        return self.dialogs.first(await self.asking.act(given, action), Nowhere())

    async def _searched(self, search: Searched) -> Answer:
        if search.dataset != PEOPLE:
            return found_answer(())
        return found_answer(await self.asking.people(search.sender.account, search.query))

    async def _arrived(self, arrival: Arrived) -> None:
        chat = arrival.sender.conversation
        self.chats.doubt(arrival.sender.account)
        if chat in self.greeted:
            return
        view = await self.asking.act(self.asking.input(arrival.sender.account, arrival.key), self.entrances.home)
        if chat not in self.greeted:
            self.greeted.add(chat)
            self.asking.tasks.start(self.screens.post(arrival.sender, view), event="home")

    async def _happened(self, news: TeamJoined | MembersJoined | MembersLeft | Left) -> Answer:
        match news:
            case TeamJoined():
                read = self.directory.read_roster(news.service_url, news.roster)
                self.asking.tasks.start(read, event="roster")
            case MembersJoined():
                some = self.directory.read_members(news.service_url, news.roster, news.members)
                self.asking.tasks.start(some, event="members")
            case MembersLeft():
                self.asking.tasks.start(self.directory.check_members(news.members), event="members")
            case Left():
                self.greeted.discard(news.conversation)
                await self.chats.forget(news.external_id)
            case _:
                assert_never(news)
        return TAKEN

    def _is_first(self, key: str) -> bool:
        if key in self.recent:
            return False
        self.recent.add(key)
        return True

    def _keep(self, sender: Sender) -> None:
        if self.directory.is_news(sender):
            self.asking.tasks.start(self.directory.keep(sender), event="chat")
