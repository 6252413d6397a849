"""What Microsoft says about the bot's identity, and whether the keys of its requests can be read."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import aiohttp
import requests

from adapters.config import TeamsConfig, TeamsIdentity
from adapters.findings import Finding, clock_of, failed, ok
from adapters.teams.connector import session
from adapters.teams.hosts import Json
from adapters.teams.keys import SigningKeys
from adapters.teams.tokens import PATIENCE_SECONDS, asked

Now = Callable[[], datetime]
_CODE = re.compile(r"AADSTS(\d+)")
_THERE = "under Certificates & secrets of the app"
# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
_MEANS = {
    "7000215": f"The secret is wrong. Copy its value, not its id, {_THERE}, and set MICROSOFT_APP_PASSWORD.",
    "7000222": f"The secret has ended. Make a new one {_THERE}, and set MICROSOFT_APP_PASSWORD.",
    "7000216": f"There is no secret. Make one {_THERE}, and set MICROSOFT_APP_PASSWORD.",
    "90002": "There is no such tenant. Copy the App Tenant ID from Configuration of your Azure Bot.",
    "900023": "There is no such tenant. Copy the App Tenant ID from Configuration of your Azure Bot.",
    "700016": "The tenant does not know the app. Copy the Microsoft App ID and the App Tenant ID from the same bot.",
    "7000112": "The app is disabled in the tenant. Let an admin enable it under Enterprise applications.",
    "7000229": "The app has no service principal in the tenant. Let an admin add it under Enterprise applications.",
    "53003": "A Conditional Access policy of the tenant keeps the app out. Let an admin except it.",
}


async def check_teams(config: TeamsConfig, *, now: Now) -> AsyncIterator[Finding]:
    yield await _token(config)
    async with session() as client:
        async for finding in _keys(client, config, now):
            yield finding


async def _token(config: TeamsConfig) -> Finding:
    try:
        answer = await asyncio.to_thread(asked, config, PATIENCE_SECONDS)
    except requests.RequestException as error:
        return failed("Teams: token", f"{_whom(config)} cannot be asked ({type(error).__name__}). {_way(config)}")
    except Exception as error:  # noqa: BLE001 - Microsoft's library lets through whatever it meets, also a wrong tenant
        whole = f"{error} {error.__context__}"  # of a wrong tenant, the library quotes Microsoft one error further in
        if _CODE.search(whole):
            return failed("Teams: token", _refusal({"error_description": whole}))
        says = f"{_whom(config)} did not answer as it should ({type(error).__name__}). {_way(config)}"
        return failed("Teams: token", says)
    return ok("Teams: token") if "access_token" in answer else failed("Teams: token", _refusal(answer))


def _whom(config: TeamsConfig) -> str:
    is_secret = config.identity is TeamsIdentity.SINGLE_TENANT
    return "Microsoft's login" if is_secret else "The managed identity of this machine"


def _way(config: TeamsConfig) -> str:
    if config.identity is TeamsIdentity.SINGLE_TENANT:
        return "Look whether this machine may reach login.microsoftonline.com by https."
    return "A managed identity works only in Azure, on a machine that the identity is assigned to."


def _refusal(answer: Json) -> str:
    """By Microsoft's number; its sentence may name the tenant and the secret's id, so that it ends here."""
    found = _CODE.search(str(answer.get("error_description", "")))
    if found is None:
        kind = re.sub(r"\W", "", str(answer.get("error", "")))[:40]
        return f"Microsoft gives none ({kind}). Look at the app in the Azure portal, and at its credentials."
    number = found[1]
    says = _MEANS.get(number, "Look this number up at https://login.microsoftonline.com/error")
    return f"Microsoft gives none (AADSTS{number}). {says}"


async def _keys(client: aiohttp.ClientSession, config: TeamsConfig, now: Now) -> AsyncIterator[Finding]:
    before = now()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            async with client.get(config.openid_url, allow_redirects=False) as response:
                date, answered = response.headers.get("Date"), now()
            await SigningKeys(client, config.openid_url)._published()
    except (aiohttp.ClientError, OSError, ValueError) as error:
        says = f"They cannot be read ({type(error).__name__}), so that no request of Teams is let in."
        yield failed(
            "Teams: signing keys", f"{says} Look whether this machine may reach login.botframework.com by https."
        )
        return
    yield ok("Teams: signing keys")
    for finding in clock_of("Microsoft", date, asked=before, answered=answered):
        yield finding
