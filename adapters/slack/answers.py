"""From each kind of input to the answer that Slack gets at once, and to what is shown after it."""

from dataclasses import dataclass
from typing import assert_never

from adapters.asking import Asking
from adapters.entrances import Entrances
from adapters.recent import Recent
from adapters.slack.directory import Directory
from adapters.slack.inputs import (
    Commanded,
    HomeOpened,
    Ignored,
    Incoming,
    Json,
    Mentioned,
    Pressed,
    ProfileChanged,
    Said,
    Searched,
    ShortcutUsed,
    Submitted,
)
from adapters.slack.place import AnswerLink, Nowhere, Origin
from adapters.slack.presses import Presses
from adapters.slack.refreshing import Refreshing
from adapters.slack.render_charts import has_charts
from adapters.slack.render_fields import options_of
from adapters.slack.screens import Screens
from adapters.slack.submissions import Submissions
from bot.views import Card, Form, Notice, Page, Text, View

NOTHING: Json = {}


@dataclass(frozen=True, kw_only=True)
class Answers:
    asking: Asking
    screens: Screens
    refreshing: Refreshing
    presses: Presses
    submissions: Submissions
    directory: Directory
    entrances: Entrances
    recent: Recent

    async def to(self, incoming: Incoming) -> Json:  # noqa: C901 - one line for each kind of input
        """What Slack gets as the answer; everything that had to be stored is stored by then."""
        match incoming:
            case Said():
                await self._said(incoming)
            case Mentioned():
                await self._mentioned(incoming)
            case Commanded():
                return await self._commanded(incoming)
            case Pressed():
                await self.presses.pressed(incoming)
            case Submitted():
                return await self.submissions.submitted(incoming)
            case HomeOpened():
                self.asking.tasks.start(self._home(incoming), event="home")
            case ShortcutUsed():
                await self._shortcut(incoming)
            case Searched():
                return {"options": options_of(await self.asking.people(incoming.user, incoming.query))}
            case ProfileChanged():
                await self.directory.take(incoming.user)
            case Ignored():
                pass
            case _:
                assert_never(incoming)
        return NOTHING

    async def _said(self, said: Said) -> None:
        # Slack sends an event again when it missed our answer; what we have shown is not shown twice.
        if said.key in self.recent:
            return
        view = await self.asking.words(self.asking.input(said.user, said.key), said.words)
        self.recent.add(said.key)
        self.asking.tasks.start(self.screens.post(said.channel, view), event="message")

    async def _mentioned(self, said: Mentioned) -> None:
        if said.key in self.recent:
            return
        given = self.asking.input(said.user, said.key, channel=said.channel)
        view = await self.asking.words(given, said.words)
        self.recent.add(said.key)
        self.asking.tasks.start(self.screens.whisper(said.place, said.user, view), event="mention")

    async def _commanded(self, command: Commanded) -> Json:
        given = self.asking.input(command.user, command.key, channel=command.channel)
        view = await self.asking.words(given, command.words)
        match view:
            case Page() | Form():
                origin = AnswerLink(command.reply)
                self.asking.tasks.start(self.screens.open(command.user, command.trigger, view, origin), event="command")
                return NOTHING
            case Card() | Notice():
                shown = self.screens.message(view)
                if has_charts(shown.blocks):  # an answer cannot be given once more without them
                    reply = self.screens.reply(command.user, command.reply, view)
                    self.asking.tasks.start(reply, event="command")
                    return NOTHING
                return {"response_type": "ephemeral", "text": shown.text, "blocks": shown.blocks}

    async def _shortcut(self, used: ShortcutUsed) -> None:
        given = self.asking.input(used.user, used.key, quoted=used.quoted, channel=used.channel)
        from_message = self.entrances.from_message if used.quoted is not None else {}
        view = await self.asking.act(given, from_message.get(used.callback, self.entrances.home))
        self.asking.tasks.start(self._show_shortcut(used, view), event="shortcut")

    async def _show_shortcut(self, used: ShortcutUsed, view: View) -> None:
        origin: Origin = AnswerLink(used.reply) if used.reply else Nowhere()
        match view:
            case Page() | Form():
                await self.screens.open(used.user, used.trigger, view, origin)
            case Card() | Notice():
                await self.screens.reply(used.user, used.reply, view)

    async def _home(self, opened: HomeOpened) -> None:
        card = await self.refreshing.home_card(opened.user, opened.key)
        if isinstance(card, str):
            card = Card(title="", body=(Text(card),), summary="")
        await self.screens.publish(opened.user, card)
