"""Whom the bot may talk to."""

import pytest

from adapters.teams.hosts import Hosts, is_loopback


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net/emea/5f2f1c1e-8f6b-4d8e-9f6f-0a4c5a1b2c3d/",
        "https://smba.trafficmanager.net",
        "https://SMBA.trafficmanager.net:443/amer",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
        "https://smba.infra.gov.teams.microsoft.us/teams",
        "https://smba.infra.dod.teams.microsoft.us/teams",
        "https://api.botframework.com",
        "https://webchat.botframework.com/",
        "https://api.botframework.azure.us/",
    ],
)
def test_microsofts_connectors_are_allowed(url: str) -> None:
    assert Hosts(loopback=False).allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/teams/",
        "https://evil.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net.evil.example/teams/",
        "https://evilbotframework.com/",
        "https://botframework.com.evil.example/",
        "https://botframework.com/",
        "https://user@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net:443@evil.example/",
        "https://evil.example/smba.trafficmanager.net/",
        "https://evil.example#smba.trafficmanager.net/",
        "https://evil.example?.botframework.com",
        "https://evil.example\\.botframework.com/",
        "https://evil.example%2f.botframework.com/",
        "https://smba.trafficmanager.net/teams/?next=evil",
        "https://smba.trafficmanager.net/teams/\n",
        " https://smba.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net./teams/",
        "https://ſmba.trafficmanager.net/teams/",
        "https://smba.trafficmanager.net//evil.example/",
        "file:///etc/passwd",
        "",
        None,
        7,
    ],
)
@pytest.mark.parametrize("loopback", [True, False])
def test_everybody_else_is_not(url: object, loopback: bool) -> None:
    assert not Hosts(loopback=loopback).allows(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:56150/_connector", "http://127.0.0.1:3978/teams/", "http://[::1]:1/", "https://localhost"]
)
def test_this_machine_is_allowed_only_where_that_is_set(url: str) -> None:
    assert is_loopback(url)
    assert Hosts(loopback=True).allows(url)
    assert not Hosts(loopback=False).allows(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1.evil.example/", "http://localhost.evil.example/", "http://127.0.0.2/", "http://0.0.0.0/"]
)
def test_what_only_looks_like_this_machine_is_not_allowed(url: str) -> None:
    assert not Hosts(loopback=True).allows(url)
