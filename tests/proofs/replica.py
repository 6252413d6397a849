"""A process that serves as ``oneonone serve`` does, with every wait of delivery a third as long.

Leases, the time within which a platform settles and the patience with it keep their proportions, so a proof need not
wait for minutes. The platforms are stand-ins, which take more in a second than the real ones; those of Microsoft that
have no setting are named by the arguments: where tokens come from, and where keys are.

It ends with the process that started it, which holds the other end of its standard input.
"""

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import adapters.slack.calls
import adapters.slack.messenger
import adapters.teams.connector
import adapters.teams.messenger
import bot.doubt
import bot.lanes
import bot.letters
import bot.worker
from adapters import cli, config
from adapters.config import Config
from bot.pace import Limits

SHORTER = 3
LEASE = bot.lanes.LEASE / SHORTER
SETTLES_WITHIN = bot.doubt.SETTLES_WITHIN / SHORTER
_WAITS = {
    bot.lanes: ("LEASE", "RENEWED"),
    bot.worker: ("LEASE", "SEND_WITHIN", "SETTLES_WITHIN"),
    bot.doubt: ("SETTLES_WITHIN", "SOON", "_FIRST_WAIT", "_LONGEST_WAIT"),
    bot.letters: ("FIRST_WAIT", "LONGEST_WAIT"),
    adapters.slack.calls: ("TIMEOUT_SECONDS",),
    adapters.teams.connector: ("TIMEOUT_SECONDS", "CONNECT_SECONDS"),
}
_LIMITS = Limits(per_second=100.0, at_once=30.0, apart=0.1, looks=20.0, looks_at_once=20.0)


def _hurry() -> None:
    for module, names in _WAITS.items():
        for name in names:
            wait: timedelta | float = getattr(module, name)
            setattr(module, name, wait / SHORTER)
    for messenger in (adapters.slack.messenger, adapters.teams.messenger):
        setattr(messenger, "LIMITS", _LIMITS)  # noqa: B010 - it is nobody's but the module's own


def _with_microsoft_at(login_url: str, openid_url: str, load: Callable[[], Config]) -> Callable[[], Config]:
    def loaded() -> Config:
        known = load()
        assert known.teams is not None, "replicas serve both platforms"
        return replace(known, teams=replace(known.teams, login_url=login_url, openid_url=openid_url, loopback=True))

    return loaded


def _end_with_parent() -> None:
    def wait() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> int:
    login_url, openid_url = sys.argv[1:]
    _end_with_parent()
    _hurry()
    config.load = _with_microsoft_at(login_url, openid_url, config.load)  # type: ignore[assignment]
    return cli.main(["serve"])


if __name__ == "__main__":
    sys.exit(main())
