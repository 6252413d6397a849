"""A database that does not answer at a start is said to be so, and nothing else is said."""

from base64 import urlsafe_b64encode

import pytest

from adapters.cli import main
from adapters.clock import new_key
from adapters.config import Config, SlackConfig
from adapters.environment import ConfigError
from adapters.opening import answering, prepare

NOWHERE = "postgresql://oneonone:hunter2@127.0.0.1:9/oneonone"
SAYS = "ONEONONE_DATABASE_URL names a database that does not serve us"


def test_a_migration_says_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ONEONONE_DATABASE_URL", NOWHERE)
    monkeypatch.setenv("ONEONONE_SECRET_KEYS", urlsafe_b64encode(b"k" * 32).decode())
    assert main(["migrate"]) == 2
    said = capsys.readouterr().err
    assert SAYS in said
    assert "oneonone doctor" in said
    assert "hunter2" not in said


async def test_a_start_says_it() -> None:
    slack = SlackConfig(bot_token="xoxb-test", signing_secret="signing")
    with pytest.raises(ConfigError, match=SAYS):
        await prepare(Config(database_url=NOWHERE, secret_keys=(b"k" * 32,), slack=slack), new_key=new_key)


def test_what_is_none_of_the_databases_is_not_taken_for_it() -> None:
    with pytest.raises(ZeroDivisionError), answering():
        raise ZeroDivisionError
