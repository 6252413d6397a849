"""What `oneonone doctor` says of Teams, against a tenant that refuses what Microsoft refuses."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import new_id
from adapters.config import TeamsConfig, TeamsIdentity
from adapters.findings import Finding, Verdict
from adapters.playground.teams_people import TeamsBot, TeamsTenant
from adapters.playground.teams_standin import TeamsStandIn
from adapters.teams.checkup import _refusal, check_teams

APP = "0a1b2c3d-0000-4000-8000-000000000001"
TENANT = "0a1b2c3d-0000-4000-8000-00000000000a"
ANOTHER = "0a1b2c3d-0000-4000-8000-00000000000b"
CLOUD = ("IDENTITY_SERVER_THUMBPRINT", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IMDS_ENDPOINT", "MSI_ENDPOINT")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def tenant() -> AsyncIterator[TeamsStandIn]:
    bot = TeamsBot(APP, "canary-secret")
    async with TeamsStandIn(users=[], now=now, new_id=new_id, app=bot, tenant=TeamsTenant(id=TENANT)) as stand_in:
        yield stand_in


@pytest.fixture
def config(tenant: TeamsStandIn) -> TeamsConfig:
    return TeamsConfig(
        app_id=APP,
        password="canary-secret",
        tenant=TENANT,
        login_url=tenant.login_url,
        openid_url=tenant.openid_url,
        loopback=True,
    )


async def found(config: TeamsConfig, *, ahead: timedelta = timedelta()) -> Sequence[Finding]:
    findings = [each async for each in check_teams(config, now=lambda: now() + ahead)]
    assert "canary" not in repr(findings)
    assert TENANT not in repr(findings)
    return findings


def ill(findings: Sequence[Finding]) -> dict[str, str]:
    return {each.check: f"{each.verdict}: {each.says}" for each in findings if each.verdict is not Verdict.ok}


async def test_what_is_well_is_said(config: TeamsConfig) -> None:
    assert [each.check for each in await found(config)] == [
        "Teams: token",
        "Teams: signing keys",
        "clock against Microsoft",
    ]
    assert ill(await found(config)) == {}


async def test_a_wrong_secret_tenant_or_app_is_told_by_what_it_means(config: TeamsConfig) -> None:
    for wrong, says in (
        (replace(config, password="canary-else"), "(AADSTS7000215). The secret is wrong. Copy its value"),
        (replace(config, tenant=ANOTHER), "(AADSTS90002). There is no such tenant."),
        (replace(config, app_id=ANOTHER), "(AADSTS700016). The tenant does not know the app."),
    ):
        said = ill(await found(wrong))
        assert list(said) == ["Teams: token"]
        assert says in said["Teams: token"]


@pytest.mark.parametrize(
    ("description", "says"),
    [
        ("AADSTS7000222: The provided client secret keys for app canary are expired.", "The secret has ended."),
        ("AADSTS123456: Something of canary", "(AADSTS123456). Look this number up"),
        ("canary", "(invalid_client). Look at the app"),
    ],
)
def test_microsofts_own_sentence_is_never_repeated(description: str, says: str) -> None:
    said = _refusal({"error": "invalid_client", "error_description": description})
    assert says in said
    assert "canary" not in said


@pytest.mark.parametrize("fault", ["server_error", "drop", "html_502", "rate_limited"])
async def test_a_login_that_does_not_answer_is_told(fault: str, tenant: TeamsStandIn, config: TeamsConfig) -> None:
    tenant.world.faults.add("token", fault)
    said = ill(await found(config))
    assert list(said) == ["Teams: token"]
    assert said["Teams: token"].startswith("failed: Microsoft")


async def test_what_cannot_be_reached_is_told(config: TeamsConfig) -> None:
    nowhere = "http://127.0.0.1:1"
    said = ill(await found(replace(config, login_url=nowhere, openid_url=f"{nowhere}/openid")))
    assert "cannot be asked (ConnectionError). Look whether this machine may reach" in said["Teams: token"]
    assert "cannot be read (ClientConnectorError)" in said["Teams: signing keys"]


@pytest.mark.parametrize("fault", ["server_error", "drop", "html_502"])
async def test_keys_that_cannot_be_read_are_told(fault: str, tenant: TeamsStandIn, config: TeamsConfig) -> None:
    tenant.world.faults.add("openid", fault, times=2)
    assert "no request of Teams is let in" in ill(await found(config))["Teams: signing keys"]


async def test_a_managed_identity_needs_its_machine(config: TeamsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CLOUD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "proof")
    managed = replace(config, password=None, identity=TeamsIdentity.MANAGED_IDENTITY)
    assert "A managed identity works only in Azure" in ill(await found(managed))["Teams: token"]


@pytest.mark.parametrize(("ahead", "verdict"), [(0, None), (30, "warning"), (-90, "failed")])
async def test_a_clock_that_is_wrong_is_told(ahead: int, verdict: str | None, config: TeamsConfig) -> None:
    said = ill(await found(config, ahead=timedelta(seconds=ahead)))
    assert (said["clock against Microsoft"].partition(":")[0] if said else None) == verdict
