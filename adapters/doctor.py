"""``oneonone doctor``: looks at everything that a running bot needs, changes nothing, and says what to mend."""

import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime

import aiohttp

from adapters.clock import new_id
from adapters.config import Config, SlackMode
from adapters.environment import ConfigError
from adapters.findings import Finding, Verdict, clock_against, failed, ok, warning
from adapters.keys import kept_keys
from adapters.machine import disk_of, public_holidays, time_zones
from adapters.settings import is_loopback
from storage.backup import Unreachable, opens_all
from storage.checkup import Examined, examine
from storage.faults import kind_of
from storage.store import Store

Say = Callable[[str], None]
Now = Callable[[], datetime]
_PATIENCE = aiohttp.ClientTimeout(total=10)
_IS_LIVE = {"live": True}
_FROM_A_PROXY = (502, 503, 504)


async def check_up(config: Config, *, now: Now, say: Say) -> int:
    """Say each finding as soon as it is there; 1 when something failed, otherwise 0."""
    found: list[Verdict] = []
    async for finding in findings(config, now=now):
        found.append(finding.verdict)
        for line in finding.lines():
            say(line)
    say(_summary(found))
    return 1 if Verdict.failed in found else 0


async def findings(config: Config, *, now: Now) -> AsyncIterator[Finding]:
    """Everything that was looked at, in the order in which one thing needs another."""
    yield _settings(config)
    for finding in (time_zones(), public_holidays()):
        yield finding
    examined: Examined | None = None
    async for each in _database(config, now):
        if isinstance(each, Examined):
            examined = each
        else:
            yield each
    async for finding in _slack(config, examined, now):
        yield finding
    async for finding in _teams(config, now):
        yield finding
    async for finding in _public_url(config):
        yield finding


def _summary(found: Sequence[Verdict]) -> str:
    failures, warnings = found.count(Verdict.failed), found.count(Verdict.warning)
    return f"{len(found)} checks: {failures} failed, {warnings} warnings." if failures or warnings else "All is well."


def _settings(config: Config) -> Finding:
    try:
        config.check_served()
    except ConfigError as error:
        return failed("settings", _sentence(error))
    return ok("settings")


async def _database(config: Config, now: Now) -> AsyncIterator[Finding | Examined]:
    file = config.database_file
    if file is not None:
        for finding in disk_of(file):
            yield finding
        if not (file.exists() and file.stat().st_size > 0):
            yield warning("database", "There is none yet. The first oneonone serve, or oneonone migrate, makes it.")
            return
    try:
        examined = await examine(config.database_url, now=now)
    except Unreachable as error:
        yield failed("database", f"It cannot be reached ({error}). Look at ONEONONE_DATABASE_URL, and whether it runs.")
        return
    except Exception as error:
        if (kind := kind_of(error)) is None:
            raise
        yield failed("database", f"It does not answer as it should ({kind}). Look at ONEONONE_DATABASE_URL.")
        return
    for finding in _of_database(config, examined):
        yield finding
    yield examined


def _of_database(config: Config, examined: Examined) -> Iterator[Finding]:
    if examined.unwritable is None:
        yield ok("database")
    else:
        yield failed("database", f"It cannot be written ({examined.unwritable}). Let this user write it.")
    yield _schema(config, examined)
    yield _keys(config, examined)
    if examined.ahead is not None:
        yield clock_against("the database", examined.ahead)


def _schema(config: Config, examined: Examined) -> Finding:
    if examined.is_current:
        return ok("schema")
    if examined.is_newer:
        return warning("schema", "A newer release has migrated the database. Update OneOnOne on this machine too.")
    if config.database_file is not None:
        return warning("schema", "It is older than this release. The next oneonone serve brings it up to date.")
    return failed("schema", "It is older than this release. Run: oneonone migrate")


def _keys(config: Config, examined: Examined) -> Finding:
    try:
        keys = kept_keys(config)
    except ConfigError as error:
        return failed("keys", _sentence(error))
    if not keys:
        return failed("keys", "There is none. Put the key file back from your backup, or set ONEONONE_SECRET_KEYS.")
    if not opens_all(keys, examined.organizations):
        return failed("keys", "None opens this database. Look for the key that made it; a new one cannot read it.")
    return ok("keys")


async def _slack(config: Config, examined: Examined | None, now: Now) -> AsyncIterator[Finding]:
    if config.slack is None:
        return
    from adapters.slack.checkup import check_app, check_token

    async for finding in check_app(config.slack, now=now):
        yield finding
    if not config.slack.serves_many_workspaces or examined is None or not examined.is_current:
        return
    for number, token in enumerate(await _installed(config, examined), start=1):
        async for finding in check_token(config.slack, token, called=f"Slack workspace {number}", now=now):
            yield finding


async def _installed(config: Config, examined: Examined) -> Sequence[str]:
    """The tokens that workspaces granted; none when no key opens them, which was said already."""
    keys = kept_keys(config)
    if not examined.organizations or not opens_all(keys, examined.organizations):
        return ()
    store = Store(config.database_url, keys)
    try:
        organization = await store.organization(name="", new_id=new_id)  # it is there, so that none is made
        async with store.read(organization) as tx:
            return [installation.token for installation in await tx.installations.all()]
    finally:
        await store.close()


async def _teams(config: Config, now: Now) -> AsyncIterator[Finding]:
    if config.teams is None:
        return
    from adapters.teams.checkup import check_teams

    async for finding in check_teams(config.teams, now=now):
        yield finding


async def _public_url(config: Config) -> AsyncIterator[Finding]:
    needed = config.teams is not None or (config.slack is not None and config.slack.mode is SlackMode.HTTP)
    if config.public_url is not None:
        yield await _answers(config.public_url)
    elif needed:
        says = "ONEONONE_PUBLIC_URL is not set, so it cannot be looked at, and nothing can be read in a browser."
        yield warning("public address", f"{says} Set it to the address that the platforms call.")


async def _answers(url: str) -> Finding:
    """Whether we are at the public address; this machine itself may be kept from reaching it."""
    check = "public address"
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE, trust_env=not is_loopback(_host(url))) as session,
            session.get(f"{url}/livez", allow_redirects=False) as response,
        ):
            status, body = response.status, await response.content.read(200)
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError, ssl.SSLError):
        return failed(check, "Its certificate is not accepted, and the platforms would not accept it either. Renew it.")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        says = f"This machine cannot reach it ({type(error).__name__}), which may be how your network is made."
        return warning(check, f"{says} Open ONEONONE_PUBLIC_URL/livez from elsewhere.")
    if status == 200 and _read(body) == _IS_LIVE:
        return ok(check)
    if status in _FROM_A_PROXY:
        return warning(check, f"The proxy there has nobody to ask ({status}). Start oneonone serve, or mend the proxy.")
    return failed(check, f"Something else answers there ({status}). Let the proxy hand all paths on to ONEONONE_PORT.")


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0].rpartition(":")[0]


def _read(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _sentence(error: ConfigError) -> str:
    return " ".join(str(problem) for problem in error.problems)
