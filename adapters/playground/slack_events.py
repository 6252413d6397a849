"""Events, and how Slack sends one again that was not answered well: at once, after a minute, after five."""

from dataclasses import dataclass, field

from adapters.playground.slack_line import Answer, Call, CallKind, Failure, Line
from adapters.playground.slack_payloads import event_callback
from adapters.playground.slack_people import Json

RETRIES = 3


@dataclass
class _Unanswered:
    call: Call
    reason: str
    tried: int = 0


@dataclass
class Events:
    line: Line
    unanswered: list[_Unanswered] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)

    async def send(self, event: Json) -> Answer:
        """Send a new event; one that is not answered with 200 in time waits for `retry`."""
        payload = event_callback(self.line.world, event)
        self.sent.append(payload)
        call = Call(CallKind.EVENT, f"event {event['type']}", payload)
        answer = await self.line.send(call)
        if not answer.ok:
            self.unanswered.append(_Unanswered(call, _reason(answer)))
        return answer

    async def retry(self) -> tuple[Answer, ...]:
        """Send each unanswered event once more; after three times Slack gives up."""
        waiting, self.unanswered = self.unanswered, []
        return tuple([await self._again(each) for each in waiting])

    async def replay(self, payload: Json) -> Answer:
        """Send the very same event again, as Slack does when its answer was lost."""
        return await self.line.send(Call(CallKind.EVENT, "event replayed", payload), retry=(1, "http_timeout"))

    async def _again(self, each: _Unanswered) -> Answer:
        each.tried += 1
        answer = await self.line.send(each.call, retry=(each.tried, each.reason))
        if not answer.ok and each.tried < RETRIES:
            self.unanswered.append(each)
        return answer


def _reason(answer: Answer) -> str:
    return "http_timeout" if answer.failure is Failure.TIMEOUT else "http_error"
