"""Buttons as card actions: in a chat and in a dialog they are different things."""

from collections.abc import Callable

from adapters.teams.limits import Json
from adapters.teams.place import Frame, same_place
from adapters.teams.render_parts import action
from bot.actions import Action, pack
from bot.views import Button, Form, Style

# The verbs of Action.Execute.
DO = "do"
REFRESH = "refresh"

Opens = Callable[[Action], bool]
"""Whether pressing a button with this action opens a dialog."""

Act = Callable[[Button], Json]


def in_chat(opens: Opens, at: str | None) -> Act:
    """Buttons of a card that stays; ``at`` is the address of that card."""

    def act(button: Button) -> Json:
        data = {"do": pack(button.action), **_at(at)}
        if opens(button.action):
            # The answer to an Action.Execute cannot open a dialog.
            return action("Action.Submit", button, {"msteams": {"type": "task/fetch"}, **data})
        return _execute(button, data)

    return act


def in_dialog(frame: Frame) -> Act:
    """Buttons of a dialog, where nothing but Action.Submit works; one that leads to the view below is a way back."""
    remembered = frame.packed()

    def act(button: Button) -> Json:
        to = pack(button.action)
        back = {"back": True} if frame.under and same_place(frame.under[-1], to) else {}
        return action("Action.Submit", button, {"do": to, "frame": remembered, **back})

    return act


def submitting(form: Form, frame: Frame) -> Json:
    """The button of a dialog that sends its form."""
    button = Button(form.submit_label, form.submit, Style.primary)
    return action("Action.Submit", button, {"do": pack(form.submit), "frame": frame.packed(), "sent": True})


def submitting_inline(form: Form, at: str | None) -> Json:
    """The button of a chat's card that sends the line in it."""
    button = Button(form.submit_label, form.submit, Style.primary)
    return _execute(button, {"do": pack(form.submit), **_at(at), "sent": True})


def back(frame: Frame, label: str) -> Json:
    """The way back; what was typed stays behind, so nothing has to be filled in for it."""
    data = {"do": frame.under[-1], "frame": frame.packed(), "back": True}
    return {"type": "Action.Submit", "title": label, "data": data, "associatedInputs": "none"}


def refresh(at: str, member: str) -> Json:
    """What makes Teams ask for the card anew when ``member`` sees it."""
    return {"action": {"type": "Action.Execute", "verb": REFRESH, "data": {"at": at}}, "userIds": [member]}


def _execute(button: Button, data: Json) -> Json:
    older = action("Action.Submit", button, data)
    return {**action("Action.Execute", button, data), "verb": DO, "fallback": older}


def _at(at: str | None) -> Json:
    return {"at": at} if at else {}
