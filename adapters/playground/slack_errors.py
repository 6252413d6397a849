"""How Slack says no: HTTP 200 with a code, and sometimes with what it did not like."""

from collections.abc import Sequence

from adapters.playground.rules_core import Problem
from adapters.playground.slack_people import Json


class SlackError(Exception):
    """An answer `ok: false`; `messages` are paths and rules, never what people wrote."""

    def __init__(self, code: str, messages: Sequence[str] = (), **extra: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.extra = extra

    def answer(self) -> Json:
        more = {"response_metadata": {"messages": list(self.messages)}} if self.messages else {}
        return {"ok": False, "error": self.code, **self.extra, **more}


def refuse(problems: Sequence[Problem], code: str) -> None:
    """Raise SlackError when there is a problem."""
    if problems:
        raise SlackError(code, [f"[ERROR] {each.says} ({each.rule}) [json-pointer:{each.path}]" for each in problems])
