"""The command line: ``oneonone serve | demo | migrate | doctor | people | report | backup | restore | manifest``."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.environment import ConfigError

if TYPE_CHECKING:
    from adapters.app import Service
    from adapters.config import Config

CONFIG_PROBLEM = 2
INTERRUPTED = 130
LEAVING_SECONDS = 5.0
"""Between SIGTERM and the stop: a proxy that asks /readyz every two seconds has noticed by then."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 for done, 2 for settings or arguments that cannot be used."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except ConfigError as error:
        print(error, file=sys.stderr)
        return CONFIG_PROBLEM
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="oneonone", description="Keeps the running 1-on-1 conversation of two people."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="try it in your browser, with nothing to sign up for")
    demo.add_argument("--port", type=int, default=None, help="where the page listens")
    demo.add_argument("--keep", action="store_true", help="keep what you do there for the next time")
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="run the bot with the settings of the environment")
    serve.add_argument(
        "--local", action="store_true", help="listen on this machine only, for Microsoft's Agents Playground too"
    )
    serve.set_defaults(run=_serve)
    commands.add_parser("migrate", help="bring the database to this release").set_defaults(run=_migrate)
    doctor = commands.add_parser("doctor", help="look at everything that the bot needs, and say what to mend")
    doctor.set_defaults(run=_doctor)
    _people_parser(commands.add_parser("people", help="take in a file of people, and look at who reports to whom"))
    _report_parser(
        commands.add_parser("report", help="show whether 1-on-1s happen, in shares, as everybody may see it")
    )
    _backup_parser(commands.add_parser("backup", help="write everything to one file, while the bot goes on"))
    restore = commands.add_parser("restore", help="fill an empty database from the file of a backup")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.set_defaults(run=_restore)
    _manifest_parser(commands.add_parser("manifest", help="make what a platform wants to know about the app"))
    return parser


def _people_parser(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    taking = commands.add_parser("import", help="take in people, their attributes and managers from a CSV file")
    taking.add_argument("file", metavar="FILE", type=Path)
    taking.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    taking.add_argument("--leavers", type=int, metavar="N", help="that so many leave is meant, where they are many")
    taking.set_defaults(run=_people_import)
    checking = commands.add_parser("check", help="say which managers do not hold, and why")
    checking.set_defaults(run=_people_check)


def _report_parser(parser: argparse.ArgumentParser) -> None:
    says = "the window, up to and with last Sunday: 7, 14, 30, 90 or 365 (30 if left out)"
    parser.add_argument("--days", type=int, choices=(7, 14, 30, 90, 365), default=30, metavar="N", help=says)
    parser.add_argument("--department", metavar="NAME", help="its managers too, as far as they have 5 reports")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a CSV file; - for the standard output")
    parser.set_defaults(run=_report)


def _backup_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")
    parser.add_argument("--without-keys", action="store_true", help="leave the keys out; keep them elsewhere then")
    parser.set_defaults(run=_backup)


def _manifest_parser(parser: argparse.ArgumentParser) -> None:
    platforms = parser.add_subparsers(required=True, metavar="PLATFORM")
    slack = platforms.add_parser("slack", help="the manifest of the Slack app")
    slack.add_argument("--url", help="the public address, as in https://oneonone.example.com")
    slack.add_argument("--socket", action="store_true", help="Socket Mode, which needs no public address")
    slack.add_argument("--many", action="store_true", help="many workspaces; so it is where SLACK_CLIENT_ID is set")
    slack.set_defaults(run=_slack_manifest)
    teams = platforms.add_parser("teams", help="the app package that a Teams admin uploads")
    teams.add_argument("--app-id", help="the bot's id, where MICROSOFT_APP_ID is not set")
    teams.add_argument("--url", help="the public address, as in https://oneonone.example.com")
    teams.add_argument("--out", default="oneonone-teams.zip", metavar="FILE", help="where to write it")
    teams.set_defaults(run=_teams_package)


def _demo(chosen: argparse.Namespace) -> int:
    from adapters.playground.demo import run

    return run(port=chosen.port, keep=chosen.keep)


def _serve(chosen: argparse.Namespace) -> int:
    from adapters import app, config
    from adapters.logs import log_as_json

    settings = config.load()
    log_as_json()
    leaving = 0.0 if chosen.local else LEAVING_SECONDS
    return asyncio.run(_served(app.local(settings) if chosen.local else settings, leaving=leaving))


async def _served(settings: "Config", *, leaving: float) -> int:
    from adapters import app
    from adapters.clock import SystemClock, new_id, new_key

    service = await app.build(settings, clock=SystemClock(), new_id=new_id, new_key=new_key)
    signals: asyncio.Queue[int] = asyncio.Queue()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, signals.put_nowait, number)
    await service.start()
    print(_welcome(service), flush=True)
    if await signals.get() == signal.SIGTERM and leaving:
        await _left(service, signals, leaving)
    print("Stopping: finishing what was begun.", flush=True)
    await service.stop()
    return 0


async def _left(service: "Service", signals: "asyncio.Queue[int]", seconds: float) -> None:
    """Go on serving while a proxy finds out that nobody is to be sent here any more; a second signal ends it."""
    service.stopping = True
    print(f"Leaving: /readyz says no, and in {seconds:.0f} seconds it stops.", flush=True)
    with suppress(TimeoutError):
        await asyncio.wait_for(signals.get(), seconds)


def _welcome(service: "Service") -> str:
    return "\n".join(line for line in (service.keyring.notice(), *service.says()) if line)


def _migrate(_: argparse.Namespace) -> int:
    from adapters import config
    from adapters.clock import new_key
    from adapters.keys import installed_keys
    from adapters.opening import answering
    from storage.database import migrate

    settings = config.load()
    notice = installed_keys(settings, new_key=new_key).notice()
    with answering():
        asyncio.run(migrate(settings.database_url))
    print("\n".join(line for line in (notice, "The database has the newest schema.") if line))
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from adapters import config
    from adapters.clock import SystemClock
    from adapters.doctor import check_up
    from adapters.logs import log_as_json

    settings = config.load()
    log_as_json(level=logging.CRITICAL)  # whatever is logged on the way is said as a finding
    return asyncio.run(check_up(settings, now=SystemClock().now, say=print))


def _people_import(chosen: argparse.Namespace) -> int:
    from adapters import config
    from adapters.people_command import Order, take_in
    from adapters.progress import Progress

    order = Order(file=chosen.file, dry_run=chosen.dry_run, leavers=chosen.leavers)
    try:
        return asyncio.run(take_in(config.load(), order, say=print, warn=_warn, progress=Progress(sys.stderr)))
    except KeyboardInterrupt:
        _warn("Interrupted. A dry run tells whether it had been imported already.")
        return INTERRUPTED


def _warn(line: str) -> None:
    print(line, file=sys.stderr)


def _people_check(_: argparse.Namespace) -> int:
    from adapters import config
    from adapters.people_check import check

    return asyncio.run(check(config.load(), say=print))


def _report(chosen: argparse.Namespace) -> int:
    from adapters import config
    from adapters.report_command import Order, report

    order = Order(days=chosen.days, department=chosen.department, csv=chosen.csv)
    return asyncio.run(report(config.load(), order, say=print, put=sys.stdout.buffer.write))


def _backup(chosen: argparse.Namespace) -> int:
    from adapters import config
    from adapters.backing_up import backup_to
    from adapters.clock import SystemClock

    return backup_to(
        config.load(),
        chosen.file,
        now=SystemClock().now(),
        replace=chosen.replace,
        without_keys=chosen.without_keys,
        say=print,
    )


def _restore(chosen: argparse.Namespace) -> int:
    from adapters import config
    from adapters.backing_up import restore_from
    from adapters.clock import SystemClock

    return restore_from(config.load(), chosen.file, now=SystemClock().now(), say=print)


def _slack_manifest(chosen: argparse.Namespace) -> int:
    from adapters import config, settings
    from adapters.environment import Malformed, Problem
    from adapters.slack.manifest import manifest

    try:
        url = settings.public_url(chosen.url) if chosen.url else config.load().public_url
    except Malformed as problem:
        raise ConfigError(Problem("--url", str(problem))) from None
    many = chosen.many or _serves_many()
    if url is None and (many or not chosen.socket):
        says = "is not set. Give --url https://oneonone.example.com, or --socket for Socket Mode and one workspace."
        raise ConfigError(Problem("ONEONONE_PUBLIC_URL", says))
    print(manifest(public_url=url, socket_mode=chosen.socket, many_workspaces=many), end="")
    return 0


def _serves_many() -> bool:
    """Whether the environment says so; the manifest is often made before the settings are complete."""
    from adapters import config

    try:
        slack = config.load().slack
    except ConfigError:
        return False
    return slack is not None and slack.serves_many_workspaces


def _teams_package(chosen: argparse.Namespace) -> int:
    from adapters import config, settings
    from adapters.environment import Malformed, Problem
    from adapters.teams.manifest import package

    known = config.load()
    try:
        app_id = settings.guid(chosen.app_id) if chosen.app_id else _teams_app_id(known)
        public_url = settings.public_url(chosen.url) if chosen.url else known.public_url
    except Malformed as problem:
        raise ConfigError(Problem("--app-id or --url", str(problem))) from None
    try:
        Path(chosen.out).write_bytes(package(app_id=app_id, public_url=public_url))
    except OSError as error:
        raise ConfigError(Problem("--out", f"names a file that cannot be written ({error.strerror}).")) from None
    print(f"Wrote {chosen.out}. Upload it in the Teams admin center, under Teams apps, Manage apps.")
    return 0


def _teams_app_id(settings: "Config") -> str:
    from adapters.environment import Problem

    if settings.teams is None:
        raise ConfigError(Problem("MICROSOFT_APP_ID", "is not set. Set it, or give --app-id ID."))
    return settings.teams.app_id
