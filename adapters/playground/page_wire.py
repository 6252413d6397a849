"""What the page shows of the traffic: the last requests of both platforms, newest first."""

from collections import deque
from collections.abc import Iterator
from heapq import merge
from itertools import islice

from adapters.playground.page_seats import StandIns
from adapters.playground.slack_people import Json
from adapters.playground.wire import Exchange

MOST_EXCHANGES = 100


def wire_json(stand_ins: StandIns) -> Json:
    """The last requests, and how many faults still wait to happen."""
    slack, teams = stand_ins.slack.world, stand_ins.teams.world
    both = (_newest("slack", slack.wire.exchanges), _newest("teams", teams.wire.exchanges))
    newest = merge(*both, key=lambda each: each[1].at, reverse=True)
    return {
        "exchanges": [_exchange(*each) for each in islice(newest, MOST_EXCHANGES)],
        "waiting": len(slack.faults.waiting) + len(teams.faults.waiting),
    }


def _newest(platform: str, exchanges: deque[Exchange]) -> Iterator[tuple[str, Exchange]]:
    return ((platform, exchange) for exchange in reversed(exchanges))


def _exchange(platform: str, exchange: Exchange) -> Json:
    return {
        "n": f"{platform} {exchange.at.timestamp()} {exchange.method}",
        "platform": platform,
        "direction": exchange.direction.value,
        "method": exchange.method,
        "status": exchange.status,
        "ms": round(exchange.seconds * 1000),
        "body": exchange.body,
        "answer": exchange.answer,
    }
