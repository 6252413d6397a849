"""Compares what the database, the platforms and the logs say once everything has settled. It names ids, never words."""

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text as sql

from adapters.slack.messenger import DELIVERY_EVENT
from bot.model.conversation import Conversation
from bot.model.delivery import Delivery, DeliveryKind, DeliveryState
from bot.model.ids import OrganizationId, QuestionId
from bot.model.people import Identity, Platform
from bot.model.question import Question
from storage.store import Store
from tests.proofs.replica_load import Load
from tests.proofs.replica_town import RESIDENTS, Settled, Town
from tests.proofs.replicas import KEY, Fleet
from tests.stateful.snapshot import _read

LOOKS_EVERY = 1.0
_OPEN = sql(
    "SELECT count(*) FROM delivery WHERE state = 'sending' OR (state = 'unknown' AND next_attempt_at IS NOT NULL)"
    " OR (state = 'pending' AND due_at <= :now)"
)
_IN_CARDS = re.compile(r"(WhyReminder|DeclineConversation):([\w-]{22})")
_AMBIGUOUS = (499, 500, 502)
"""What the stand-in calls a connection that it closes, and its errors."""

_QUESTION = re.compile(r"Question \d+\?")

Mark = tuple[str, str]
"""By which a message in a chat is known: what is in it, and of which row; or the account, and the id of a delivery."""


async def settled(url: str, *, within: float, now: datetime) -> None:
    """Wait until nothing that was due by then is under way, in doubt or waiting."""
    store, deadline = Store(url, (KEY,)), time.monotonic() + within
    while left := await _still_open(store, now):
        assert time.monotonic() < deadline, f"{left} deliveries have not settled"
        await asyncio.sleep(LOOKS_EVERY)
    await store.close()


async def _still_open(store: Store, now: datetime) -> int:
    async with store._database.read() as connection:
        moment = now.replace(tzinfo=None) if connection.dialect.name == "sqlite" else now
        found: int = (await connection.execute(_OPEN, {"now": moment})).scalar_one()
        return found


@dataclass
class Ledger:
    """What the database says in the end."""

    deliveries: Mapping[str, Delivery]
    accounts: Mapping[str, Identity]
    conversations: Mapping[str, Conversation]
    questions: Mapping[str, Question]
    platforms: Mapping[str, Platform]

    def platform_of(self, delivery: Delivery) -> Platform:
        return self.platforms[self.accounts[delivery.recipient].workspace]


async def ledger(url: str, settled_in: Settled) -> Ledger:
    store, organization = Store(url, (KEY,)), settled_in.organization
    rows = await _read(store, organization, ["delivery", "identity", "conversation"])
    questions = await _questions(store, organization)
    await store.close()
    return Ledger(
        deliveries=rows["delivery"],
        accounts={one.person: one for one in rows["identity"].values()},
        conversations=rows["conversation"],
        questions=questions,
        platforms={workspace: platform for platform, workspace in settled_in.workspaces.items()},
    )


async def _questions(store: Store, organization: OrganizationId) -> Mapping[str, Question]:
    async with store._database.read() as connection:
        ids = list((await connection.execute(sql("SELECT id FROM question"))).scalars())
    async with store.read(organization) as tx:
        found = [await tx.questions.get(QuestionId(each)) for each in ids]
    return {question.id: question for question in found if question is not None}


@dataclass
class Verdict:
    """What was found: each list should be empty, each number is printed."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def finds(self, what: str, ids: Iterator[str] | list[str]) -> None:
        found = sorted(ids)
        if found:
            self.wrong[what] = found


def judged(book: Ledger, place: Town, load: Load, fleet: Fleet, *, due_by: datetime) -> Verdict:
    verdict = Verdict()
    _inputs(verdict, book, load)
    _states(verdict, book, due_by)
    in_slack(verdict, book, place)
    outcomes = list(_outcomes(fleet))
    in_teams(verdict, book, place, outcomes)
    _doubts_in_teams(verdict, book, place, outcomes)
    return verdict


def _inputs(verdict: Verdict, book: Ledger, load: Load) -> None:
    """Each acknowledged input is there once, and nothing else is."""
    asked, there = Counter(load.asked), Counter(one.text for one in book.questions.values())
    verdict.finds("questions lost or doubled", list(((asked - there) + (there - asked)).keys()))
    begun = Counter(load.begun)
    pairs = Counter(frozenset({one.first, one.second}) for one in book.conversations.values())
    verdict.finds("conversations lost or doubled", [str(n) for n in ((begun - pairs).values())])
    verdict.finds("conversations of nobody's", ["number"] if len(pairs) != len(begun) + RESIDENTS else [])
    wanted = Counter(dict.fromkeys(book.questions, 2))
    told = Counter(one.subject for one in book.deliveries.values() if one.kind is DeliveryKind.question)
    verdict.finds("questions not passed on", list((wanted - told).keys()))
    verdict.numbers["inputs"] = len(load.asked) + len(load.begun)


def _states(verdict: Verdict, book: Ledger, due_by: datetime) -> None:
    for one in book.deliveries.values():
        if one.due_at <= due_by:
            verdict.numbers["due"] += 1
            verdict.numbers[f"{book.platform_of(one).value} {one.state.value}"] += 1
    verdict.finds(
        "not in a last state", [_named(one) for one in book.deliveries.values() if not _ended(book, one, due_by)]
    )


def _ended(book: Ledger, one: Delivery, due_by: datetime) -> bool:
    if one.due_at > due_by:
        return one.state in (DeliveryState.pending, DeliveryState.sent)
    if one.state is DeliveryState.unknown:  # in Slack it is always found out what became of one
        return book.platform_of(one) is Platform.teams and one.doubts >= 1 and one.next_attempt_at is None
    return one.state is DeliveryState.sent


def _named(one: Delivery) -> str:
    return f"{one.id} {one.kind.value} {one.state.value} attempts={one.attempts} doubts={one.doubts} {one.last_error}"


def in_slack(verdict: Verdict, book: Ledger, place: Town) -> None:
    accepted: Counter[Mark] = Counter()
    for message in (each for channel in place.slack.world.messages.values() for each in channel.values()):
        metadata = message.metadata or {}
        if metadata.get("event_type") == DELIVERY_EVENT:
            accepted[message.channel, str(metadata["event_payload"]["delivery"])] += 1
    wanted = _wanted(book, place, Platform.slack)
    there = Counter(delivery for _, delivery in accepted.elements())
    verdict.numbers["slack accepted"] = accepted.total()
    verdict.finds("accepted twice in Slack", [delivery for delivery, times in there.items() if times > 1])
    verdict.finds("at another's account in Slack", [mark[1] for mark in accepted if mark not in wanted])
    sent = {mark for mark, one in wanted.items() if one.state is DeliveryState.sent}
    verdict.finds("called sent, and not in Slack", [mark[1] for mark in sent - accepted.keys()])


def _wanted(book: Ledger, place: Town, platform: Platform) -> Mapping[Mark, Delivery]:
    """Each delivery by the chat that it belongs to."""
    ours = [one for one in book.deliveries.values() if book.platform_of(one) is platform]
    return {(place.chat_of(platform, book.accounts[one.recipient].external_id), one.id): one for one in ours}


def in_teams(verdict: Verdict, book: Ledger, place: Town, outcomes: list[Mapping[str, object]]) -> None:
    """Teams keeps no id of a delivery, but the card says which it is."""
    accepted = Counter(_marks_shown(place))
    wanted = {(chat, _shown(book, one)): one for (chat, _), one in _wanted(book, place, Platform.teams).items()}
    risked = Counter(str(line["delivery"]) for line in outcomes if line.get("counts_as") == "risked")
    verdict.numbers["teams accepted"] = accepted.total()
    verdict.finds("at another's account in Teams", [mark[1] for mark in accepted if mark not in wanted])
    sent = {mark for mark, one in wanted.items() if one.state is DeliveryState.sent}
    verdict.finds("called sent, and not in Teams", [mark[1] for mark in sent - accepted.keys()])
    doubled: Counter[str] = Counter({one.id: accepted[mark] - 1 for mark, one in wanted.items() if accepted[mark] > 1})
    verdict.numbers["teams doubles"] = doubled.total()
    verdict.numbers["teams risked"] = risked.total()
    beyond = [_named(book.deliveries[one]) for one, times in doubled.items() if times > book.deliveries[one].doubts]
    verdict.finds("doubled without a doubt in Teams", beyond)
    verdict.numbers["doubles of which the log was lost"] = (doubled - risked).total()


def _doubts_in_teams(verdict: Verdict, book: Ledger, place: Town, outcomes: list[Mapping[str, object]]) -> None:
    """Each doubt comes from a fault of the platform, or from a kill: then a survivor has told that a claim lapsed."""
    doubtful = [one for one in book.deliveries.values() if one.doubts and book.platform_of(one) is Platform.teams]
    failed = set(_failed_sends(place))
    by_kills = [one.id for one in doubtful if _shown(book, one) not in failed]
    told = {str(line["delivery"]) for line in outcomes if line.get("counts_as") == "unknown"}
    verdict.numbers["teams in doubt by faults"] = len(doubtful) - len(by_kills)
    verdict.numbers["teams in doubt by kills"] = len(by_kills)
    verdict.numbers["doubts of which the log was lost"] = len(set(by_kills) - told)


def _failed_sends(place: Town) -> Iterator[str]:
    """What was in sends of which nobody could know what came of them."""
    [slow] = {weather.slow for weather in place.weathers}
    for exchange in place.teams.world.wire.calls("send"):
        if exchange.status in _AMBIGUOUS or exchange.seconds >= slow:
            yield from _marked(exchange.body)


def _marks_shown(place: Town) -> Iterator[Mark]:
    for chat, messages in place.teams.world.messages.items():
        for message in messages.values():
            yield from ((chat, mark) for mark in _marked(message.cards))


def _marked(cards: object) -> Iterator[str]:
    """By what a card of a delivery is known; nothing for an answer to somebody."""
    shown = json.dumps(cards)
    if found := _IN_CARDS.search(shown):
        yield found[2]
    elif asked := _QUESTION.search(shown):
        yield asked[0]


def _shown(book: Ledger, one: Delivery) -> str:
    """What of a delivery can be read in its card."""
    match one.kind:
        case DeliveryKind.started:
            return one.subject
        case DeliveryKind.question:
            return book.questions[one.subject].text
        case _:
            return one.id


def _outcomes(fleet: Fleet) -> Iterator[Mapping[str, object]]:
    return (line for line in fleet.lines() if line.get("event") == "delivery")
