"""What people do meanwhile: each input is signed, goes to any replica, and is given again until it is acknowledged."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from adapters.clock import new_id
from adapters.playground.slack_line import Call, CallKind
from adapters.playground.slack_people import Json
from adapters.playground.teams_payloads import invoke
from adapters.slack.place import Frame
from bot.actions import Action, pack
from bot.features.conversations import BeginConversation
from bot.features.helping import SendQuestion
from bot.model.ids import PersonId
from bot.model.people import Platform
from tests.proofs.replica_town import RESIDENTS, Settled, Town, slack_id, teams_id
from tests.proofs.replicas import Fleet, Replica

_AGAIN_AFTER = 0.4
_LONGEST_PAUSE = 6.0
_ANSWER_WITHIN = 5.0
_MOST_TRIES = 100


@dataclass(frozen=True)
class Signed:
    """An input as it is sent each time: where to, how it is signed, and how its acknowledgement is told."""

    path: str
    content: str
    headers: Callable[[], dict[str, str]]
    is_done: Callable[[Json], bool]


@dataclass
class Load:
    """``asked`` are the numbers of questions that were acknowledged, ``begun`` the pairs who began a conversation."""

    town: Town
    settled: Settled
    fleet: Fleet
    session: ClientSession
    asked: list[str] = field(default_factory=list)
    begun: list[frozenset[PersonId]] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)

    async def runs(self, *, inputs: int, seconds: float) -> None:
        """So many inputs, one after the other, though none waits for the one before it."""
        under_way = []
        for number in range(inputs):
            under_way.append(asyncio.create_task(self._input(number)))
            await asyncio.sleep(seconds / inputs)
        await asyncio.gather(*under_way)

    async def _input(self, number: int) -> None:
        deeds: Sequence[Callable[[int], Awaitable[None]]] = (self._asks_in_slack, self._asks_in_teams, self._begins)
        await deeds[number % len(deeds)](number)

    async def _asks_in_slack(self, number: int) -> None:
        words = _words(number)
        await self._given(self._submission(number % RESIDENTS, SendQuestion(), {"question": _typed(words)}))
        self.asked.append(words)

    async def _asks_in_teams(self, number: int) -> None:
        words = _words(number)
        await self._given(self._in_dialog(number % RESIDENTS, SendQuestion(), {"in.question": words}))
        self.asked.append(words)

    async def _begins(self, number: int) -> None:
        """With somebody on the other platform, or on the same; no two do so with each other."""
        one, away = number // 3 % RESIDENTS, 1 + number // 3 // RESIDENTS
        platform = Platform.slack if number % 2 else Platform.teams
        person = self.settled.people[platform][(one + away) % RESIDENTS]
        values = {"person": _chosen(person), "role": _chosen("colleague")}
        await self._given(self._submission(one, BeginConversation(), values))
        self.begun.append(frozenset({self.settled.people[Platform.slack][one], person}))

    def _submission(self, who: int, action: Action, values: dict[str, Json]) -> Signed:
        """A form that is sent in Slack."""
        world, line = self.town.slack.world, self.town.slack.line
        fields = {f"field.{name}.replica": {"value": value} for name, value in values.items()}
        view = {
            "id": f"V{new_id()}",
            "type": "modal",
            "blocks": [{"type": "input", "block_id": block} for block in fields],
            "private_metadata": Frame(key=new_id(), submit=pack(action)).packed(),
            "state": {"values": fields},
        }
        payload = {
            "type": "view_submission",
            "team": {"id": world.team.id, "domain": world.team.domain},
            "user": {"id": slack_id(who), "team_id": world.team.id},
            "api_app_id": world.app.id,
            "trigger_id": new_id(),
            "view": view,
        }
        body, content_type = Call(CallKind.INTERACTIVE, "submit", payload).content()
        return Signed(
            path="/slack/events",
            content=body,
            headers=lambda: {"Content-Type": content_type, **line.signed(body)},
            is_done=lambda answer: answer.get("response_action") != "errors",
        )

    def _in_dialog(self, who: int, action: Action, values: dict[str, str]) -> Signed:
        """A form that is sent in Teams."""
        world, line = self.town.teams.world, self.town.teams.line
        user = world.users[teams_id(who)]
        place = world.chat_of(user.id)
        assert place is not None
        data = {"do": pack(action), "sent": True, "frame": f"{new_id()}||", **values}
        activity = invoke(world, user, place, name="task/submit", value={"data": data}, source="task")
        return Signed(
            path="/api/messages",
            content=json.dumps(activity),
            headers=lambda: line.signer.headers(activity),
            is_done=lambda answer: answer.get("task", {}).get("type") == "message",
        )

    async def _given(self, signed: Signed) -> None:
        for tried in range(_MOST_TRIES):
            if await self._is_acknowledged(signed):
                return
            await asyncio.sleep(min(_AGAIN_AFTER * 2**tried, _LONGEST_PAUSE) * self.town.chance.uniform(0.5, 1.0))
        raise AssertionError("an input was never acknowledged")

    async def _is_acknowledged(self, signed: Signed) -> bool:
        replica = self.town.chance.choice(self.fleet.replicas)
        try:
            async with self.session.post(
                f"{replica.url}{signed.path}", data=signed.content, headers=signed.headers()
            ) as response:
                text = await response.text()
                is_done = response.status == 200 and signed.is_done(json.loads(text or "{}"))
        except (ClientError, TimeoutError, ValueError):
            self.tries["not answered"] += 1
            return False
        self.tries["done" if is_done else "put off"] += 1
        return is_done


async def is_served_by(session: ClientSession, replica: Replica) -> bool:
    """Whether it says that it is ready."""
    try:
        async with session.get(f"{replica.url}/readyz") as response:
            return response.status == 200
    except (ClientError, TimeoutError):
        return False


def proxy() -> ClientSession:
    """What stands before the replicas."""
    return ClientSession(timeout=ClientTimeout(total=_ANSWER_WITHIN), cookie_jar=DummyCookieJar())


def _words(number: int) -> str:
    return f"Question {number}?"


def _typed(words: str) -> Json:
    return {"type": "plain_text_input", "value": words}


def _chosen(value: str) -> Json:
    return {"type": "static_select", "selected_option": {"value": value}}
