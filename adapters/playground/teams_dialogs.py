"""What a person does with dialogs: opens one, sends it, closes it."""

from dataclasses import replace

from adapters.playground import teams_payloads as payloads
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_desk import Desk, Shown
from adapters.playground.teams_line import Answer
from adapters.playground.teams_people import Json
from adapters.playground.teams_world import Dialog, Message


class Dialogs:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open(self, shown: Shown, action: Json) -> Answer:
        """Press a button that opens a dialog."""
        desk, message = self._desk, shown.message
        activity = payloads.task_fetch(desk.world, desk.user, message, action=action, values={})
        return self._shows(await desk.deliver(activity), self._blank(message))

    async def open_from(self, message: Message, command: str) -> Answer:
        """Choose a message action of the bot in a message's menu."""
        desk = self._desk
        activity = payloads.extension_fetch(desk.world, desk.user, message, command)
        return self._shows(await desk.deliver(activity), replace(self._blank(message), command=command))

    async def submit(self, dialog: Dialog, action: Json) -> Answer:
        """Send the open dialog by one of its buttons."""
        desk = self._desk
        activity = payloads.task_submit(desk.world, desk.user, dialog, action=action, values={})
        answer = await desk.deliver(activity)
        still_open = desk.dialog is not None and desk.dialog.id == dialog.id
        return self._shows(answer, dialog) if still_open else answer

    def close(self) -> None:
        """Close it; Teams does not tell the bot."""
        if self._desk.dialog is None:
            raise NotOnScreen("no dialog is open")
        self._desk.world.open_dialog(self._desk.user.id, None)

    def _blank(self, message: Message) -> Dialog:
        return Dialog(self._desk.world.new_id(), message.conversation, message.id)

    def _shows(self, answer: Answer, dialog: Dialog) -> Answer:
        """Do what the answer asks: other contents, a sentence, or nothing more, which closes the dialog."""
        desk = self._desk
        if answer.ok:
            task = answer.body.get("task")
            desk.world.open_dialog(desk.user.id, _with(dialog, task, desk.world.new_id()) if task else None)
        return answer


def _with(dialog: Dialog, task: Json, new_id: str) -> Dialog:
    blank = Dialog(new_id, dialog.conversation, dialog.activity, command=dialog.command)
    if task["type"] == "message":
        return replace(blank, title=dialog.title, text=str(task["value"]))
    value = task["value"]
    size = {key: value[key] for key in ("width", "height") if key in value}
    return replace(blank, title=str(value.get("title", "")), card=value["card"]["content"], **size)
