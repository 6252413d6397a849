"""What Slack hands out for a short while: triggers that open a modal, and links for answers."""

from collections.abc import Callable
from dataclasses import dataclass, field

TRIGGER_SECONDS = 3.0
LINK_SECONDS = 30 * 60.0
LINK_USES = 5


class Expired(Exception):
    """A trigger or a link that no longer works; `code` is Slack's name for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Trigger:
    """The right to show one view; `view` is the view it was pressed in, when it was pressed in a modal."""

    person: str
    born: float
    view: str | None = None
    used: bool = False


@dataclass
class AnswerLink:
    """A response_url: `ts` is the message it was made for, if any."""

    person: str
    channel: str
    born: float
    ts: str | None = None
    uses: int = 0


@dataclass
class Tickets:
    monotonic: Callable[[], float]
    new_id: Callable[[], str]
    triggers: dict[str, Trigger] = field(default_factory=dict)
    links: dict[str, AnswerLink] = field(default_factory=dict)

    def trigger(self, person: str, view: str | None = None) -> str:
        key = f"{len(self.triggers) + 1}.{self.new_id()}"
        self.triggers[key] = Trigger(person, self.monotonic(), view)
        return key

    def link(self, person: str, channel: str, ts: str | None = None) -> str:
        """The key at the end of a new response_url."""
        key = self.new_id()
        self.links[key] = AnswerLink(person, channel, self.monotonic(), ts)
        return key

    def exchange(self, trigger_id: str) -> Trigger:
        """The trigger behind an id, spent by this; raises Expired."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Expired("invalid_trigger_id")
        if trigger.used:
            raise Expired("exchanged_trigger_id")
        if self.monotonic() - trigger.born > TRIGGER_SECONDS:
            raise Expired("expired_trigger_id")
        trigger.used = True
        return trigger

    def use(self, key: str) -> AnswerLink:
        """The link behind a key, one use fewer; raises Expired."""
        link = self.links.get(key)
        if link is None or self.monotonic() - link.born > LINK_SECONDS:
            raise Expired("expired_url")
        if link.uses >= LINK_USES:
            raise Expired("used_url")
        link.uses += 1
        return link
