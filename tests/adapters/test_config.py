from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters import config as module
from adapters.config import Config, SlackConfig, SlackMode, TeamsIdentity, load
from adapters.environment import ConfigError

KEY = urlsafe_b64encode(bytes(range(32))).decode()
POSTGRES = "postgresql://bot:hunter2@db.example.com/oneonone"
HTTP = {"SLACK_BOT_TOKEN": "xoxb-token", "SLACK_SIGNING_SECRET": "signing"}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-token", "SLACK_APP_TOKEN": "xapp-token"}
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client",
    "SLACK_SIGNING_SECRET": "signing",
    "ONEONONE_PUBLIC_URL": "https://oneonone.example.com",
}
GUID = "0f3a1c52-9d1b-4c55-8a8e-3f1d6a2b7c90"
TEAMS = {
    "MICROSOFT_APP_ID": GUID,
    "MICROSOFT_APP_PASSWORD": "client-secret",
    "MICROSOFT_APP_TENANT_ID": GUID.upper(),
}
IDENTITY = {
    "MICROSOFT_APP_ID": GUID,
    "MICROSOFT_APP_TENANT_ID": GUID,
    "MICROSOFT_APP_TYPE": "UserAssignedMSI",
}


def slack_of(config: Config) -> SlackConfig:
    assert config.slack is not None
    return config.slack


def problems(variables: dict[str, str]) -> dict[str, str]:
    """What is said about each setting."""
    with pytest.raises(ConfigError) as refused:
        load(variables)
    return {problem.setting: problem.says for problem in refused.value.problems}


def without(variables: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in variables.items() if name not in names}


def test_an_empty_environment_is_an_sqlite_file_among_the_users_data() -> None:
    config = load({})
    assert config.database_file is not None
    assert config.database_file.is_absolute()
    assert config.database_file.name == "oneonone.db"
    assert (config.host, config.port, config.public_url, config.slack) == ("127.0.0.1", 3978, None, None)
    assert not config.platform_admins


def test_the_environment_of_the_process_is_what_is_read_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in module.KNOWN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONEONONE_PORT", "8080")
    assert load().port == 8080


def test_every_setting_is_understood() -> None:
    config = load(
        {
            "ONEONONE_DATABASE_URL": POSTGRES,
            "ONEONONE_SECRET_KEYS": f"{KEY}, {KEY.rstrip('=')}",
            "ONEONONE_ADMINS": "Ana@Example.com, ben@example.com",
            "ONEONONE_PLATFORM_ADMINS": "Yes",
            "ONEONONE_DOMAINS": "Example.com,example.org,",
            "ONEONONE_PUBLIC_URL": "https://oneonone.example.com/",
            "ONEONONE_HOST": "::",
            "ONEONONE_PORT": " 80 ",
            "SLACK_API_URL": "http://127.0.0.1:9000/api",
            **HTTP,
        }
    )
    assert config.database_url == POSTGRES
    assert config.database_file is None
    assert config.secret_keys == (bytes(range(32)), bytes(range(32)))
    assert config.admins == {"ana@example.com", "ben@example.com"}
    assert config.platform_admins
    assert config.domains == {"example.com", "example.org"}
    assert (config.public_url, config.host, config.port) == ("https://oneonone.example.com", "::", 80)
    assert slack_of(config).api_url == "http://127.0.0.1:9000/api/"


@pytest.mark.parametrize("name", sorted(module.KNOWN))
def test_each_setting_may_be_kept_in_a_file(name: str, tmp_path: Path) -> None:
    values = {**MANY, **SOCKET, "ONEONONE_DATABASE_URL": POSTGRES, "ONEONONE_SECRET_KEYS": KEY, "ONEONONE_PORT": "1"}
    values |= {"ONEONONE_ADMINS": "a@b.c", "ONEONONE_DOMAINS": "b.c", "ONEONONE_HOST": "::"}
    values |= {"ONEONONE_PLATFORM_ADMINS": "yes", "ONEONONE_MANAGER_ATTRIBUTE": "Boss"}
    values |= {"SLACK_API_URL": "https://slack.example.com/api/", **TEAMS, "MICROSOFT_APP_TYPE": "SingleTenant"}
    unwanted = ("SLACK_BOT_TOKEN",) if name.startswith("SLACK_CLIENT") else ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    plain = without(values, *unwanted)
    file = tmp_path / "value"
    file.write_text(f"{values[name]}\n")
    assert load({**without(plain, name), f"{name}_FILE": str(file)}) == load(plain)


def test_a_setting_given_twice_is_refused(tmp_path: Path) -> None:
    said = problems({"ONEONONE_PORT": "1", "ONEONONE_PORT_FILE": str(tmp_path)})
    assert "Keep one" in said["ONEONONE_PORT"]


def test_a_file_that_is_absent_empty_or_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    said = problems(
        {
            "ONEONONE_PORT_FILE": str(tmp_path / "absent"),
            "ONEONONE_HOST_FILE": str(tmp_path / "empty"),
            "ONEONONE_ADMINS_FILE": str(tmp_path / "binary"),
            "ONEONONE_DOMAINS_FILE": " ",
        }
    )
    assert "cannot be read" in said["ONEONONE_PORT_FILE"]
    assert "empty file" in said["ONEONONE_HOST_FILE"]
    assert "not text" in said["ONEONONE_ADMINS_FILE"]
    assert "path of a file" in said["ONEONONE_DOMAINS_FILE"]


@pytest.mark.parametrize("name", sorted(module.KNOWN))
def test_an_empty_value_is_refused(name: str) -> None:
    assert "is empty" in problems({name: "  "})[name]


def test_an_unknown_name_of_ours_or_of_slack_is_refused_with_the_nearest() -> None:
    said = problems({"ONEONONE_DATABSE_URL": "x", "SLACK_TOKEN_FOR_BOT": "x", "PATH": "x"})
    assert "ONEONONE_DATABASE_URL?" in said["ONEONONE_DATABSE_URL"]
    assert said.keys() == {"ONEONONE_DATABSE_URL", "SLACK_TOKEN_FOR_BOT"}


def test_the_mark_of_a_test_run_is_no_setting() -> None:
    assert load({"ONEONONE_CI": "1"}).slack is None


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("ONEONONE_DATABASE_URL", "mysql://x/y", "sqlite:///FILE or postgresql://"),
        ("ONEONONE_DATABASE_URL", "sqlite+aiosqlite:///x.db", "sqlite:///FILE or postgresql://"),
        ("ONEONONE_DATABASE_URL", "sqlite:///", "must name a file"),
        ("ONEONONE_DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("ONEONONE_DATABASE_URL", "sqlite:////var/lib/", "must name a file"),
        ("ONEONONE_DATABASE_URL", "sqlite:///x.db?mode=ro", "options"),
        ("ONEONONE_DATABASE_URL", "postgresql://user@host", "must name a database"),
        ("ONEONONE_DATABASE_URL", "postgresql://user@host:port/db", "host and its port"),
        ("ONEONONE_SECRET_KEYS", "short", "number 1"),
        ("ONEONONE_SECRET_KEYS", f"{KEY},{KEY}x", "number 2"),
        ("ONEONONE_SECRET_KEYS", f"{KEY[:-2]}+=", "number 1"),
        ("ONEONONE_SECRET_KEYS", KEY * 2, "number 1"),
        ("ONEONONE_SECRET_KEYS", ",", "number 1"),
        ("ONEONONE_ADMINS", "ana@example.com,ben", "number 2"),
        ("ONEONONE_ADMINS", "ana@example.com ben@example.com", "number 1"),
        ("ONEONONE_PLATFORM_ADMINS", "true", "must be yes or no"),
        ("ONEONONE_PLATFORM_ADMINS", "1", "must be yes or no"),
        ("ONEONONE_DOMAINS", "@example.com", "without an @"),
        ("ONEONONE_DOMAINS", "localhost", "is not a domain"),
        ("ONEONONE_PUBLIC_URL", "oneonone.example.com", "like https://"),
        ("ONEONONE_PUBLIC_URL", "http://oneonone.example.com", "https://"),
        ("ONEONONE_PUBLIC_URL", "https://me:secret@oneonone.example.com", "like https://"),
        ("ONEONONE_PUBLIC_URL", "https://oneonone.example.com/?x=1", "before any ?"),
        ("ONEONONE_PUBLIC_URL", "https://[oneonone", "can be read"),
        ("ONEONONE_PORT", "http", "number from 1"),
        ("ONEONONE_PORT", "0", "number from 1"),
        ("ONEONONE_PORT", "65536", "number from 1"),
        ("ONEONONE_PORT", "٣", "number from 1"),
        ("SLACK_API_URL", "http://slack.example.com/api/", "https://"),
        ("SLACK_API_URL", "http://127.0.0.1.example.com/api/", "https://"),
        ("SLACK_BOT_TOKEN", "xapp-token", "begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-token", "begin with xapp-"),
    ],
)
def test_a_malformed_value_is_refused_with_how_to_mend_it(name: str, value: str, mend: str) -> None:
    assert mend in problems({name: value})[name]


@pytest.mark.parametrize("name", sorted(module.KNOWN - {"ONEONONE_HOST"}))
def test_no_value_shows_in_an_error(name: str) -> None:
    for value in ("hunter2", "https://hunter2:hunter2@[", "postgresql://hunter2@:hunter2", "sqlite:///hunter2?"):
        assert "hunter2" not in str(problems({name: value, "ONEONONE_PORT_FILE": ""}))


@pytest.mark.parametrize("address", ["http://localhost:1/api/", "http://127.8.8.8/api/", "http://[::1]:9/api/"])
def test_a_stand_in_for_slack_may_be_on_this_machine(address: str) -> None:
    assert slack_of(load({**HTTP, "SLACK_API_URL": address})).api_url == address


def test_postgresql_needs_keys_of_its_own() -> None:
    said = problems({"ONEONONE_DATABASE_URL": POSTGRES})
    assert "PostgreSQL needs it" in said["ONEONONE_SECRET_KEYS"]


def test_all_problems_are_told_at_once() -> None:
    variables = {"ONEONONE_PORT": "x", "ONEONONE_ADMINS": "x", "SLACK_BOT_TOKEN": "x", "ONEONONE_DATABASE_URL": "x"}
    assert len(problems(variables)) == 5  # and the signing secret, which is not there
    with pytest.raises(ConfigError, match=r"(?s)need your attention.*- ONEONONE_PORT must be"):
        load(variables)


def test_slack_speaks_http_with_a_signing_secret() -> None:
    slack = slack_of(load(HTTP))
    assert slack.mode is SlackMode.HTTP
    assert not slack.serves_many_workspaces
    assert slack.api_url == "https://slack.com/api/"


def test_slack_speaks_through_a_socket_with_an_app_token() -> None:
    assert slack_of(load(SOCKET)).mode is SlackMode.SOCKET
    assert slack_of(load({**HTTP, **SOCKET})).mode is SlackMode.SOCKET


def test_slack_serves_many_workspaces_with_a_client_id_and_secret() -> None:
    assert slack_of(load(MANY)).serves_many_workspaces


@pytest.mark.parametrize(
    ("variables", "setting", "mend"),
    [
        ({"SLACK_SIGNING_SECRET": "signing"}, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ({"SLACK_APP_TOKEN": "xapp-token"}, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ({"SLACK_BOT_TOKEN": "xoxb-token"}, "SLACK_SIGNING_SECRET", "Socket Mode"),
        (without(MANY, "SLACK_SIGNING_SECRET"), "SLACK_SIGNING_SECRET", "Basic Information"),
        (without(MANY, "SLACK_CLIENT_SECRET"), "SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID is"),
        (without(MANY, "SLACK_CLIENT_ID"), "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET is"),
        (without(MANY, "ONEONONE_PUBLIC_URL"), "ONEONONE_PUBLIC_URL", "after they install"),
        ({**MANY, **HTTP}, "SLACK_BOT_TOKEN", "Keep one or the other"),
    ],
)
def test_half_a_slack_app_is_refused_with_what_to_add(variables: dict[str, str], setting: str, mend: str) -> None:
    said = problems(variables)
    assert mend in said[setting]
    assert len(said) == 1


def test_without_a_platform_there_is_nothing_to_serve() -> None:
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN is not set, and MICROSOFT_APP_ID is not either"):
        load({}).check_served()
    for platform in (HTTP, TEAMS):
        load(platform).check_served()


def test_teams_is_a_bot_of_one_tenant_with_a_secret_or_a_managed_identity() -> None:
    teams = load({**HTTP, **TEAMS}).teams
    assert teams is not None
    assert (teams.app_id, teams.password, teams.tenant) == (GUID, "client-secret", GUID)
    assert (teams.identity, teams.loopback) == (TeamsIdentity.SINGLE_TENANT, False)
    managed = load(IDENTITY).teams
    assert managed is not None
    assert (managed.password, managed.identity) == (None, TeamsIdentity.MANAGED_IDENTITY)


@pytest.mark.parametrize(
    ("variables", "setting", "mend"),
    [
        (without(TEAMS, "MICROSOFT_APP_ID"), "MICROSOFT_APP_ID", "Azure Bot"),
        (without(TEAMS, "MICROSOFT_APP_TENANT_ID"), "MICROSOFT_APP_TENANT_ID", "only people of that tenant"),
        (without(TEAMS, "MICROSOFT_APP_PASSWORD"), "MICROSOFT_APP_PASSWORD", "Certificates & secrets"),
        ({**IDENTITY, "MICROSOFT_APP_PASSWORD": "x"}, "MICROSOFT_APP_PASSWORD", "a managed identity has none"),
        ({**TEAMS, "MICROSOFT_APP_TYPE": "MultiTenant"}, "MICROSOFT_APP_TYPE", "SingleTenant or UserAssignedMSI"),
        ({**TEAMS, "MICROSOFT_APP_ID": "my-bot"}, "MICROSOFT_APP_ID", "00000000-0000"),
        ({**TEAMS, "MICROSOFT_APP_NAME": "x"}, "MICROSOFT_APP_NAME", "is not a setting"),
    ],
)
def test_half_a_teams_bot_is_refused_with_what_to_add(variables: dict[str, str], setting: str, mend: str) -> None:
    said = problems(variables)
    assert mend in said[setting]
    assert len(said) == 1


def test_no_secret_shows_when_settings_are_printed() -> None:
    config = load({**HTTP, **TEAMS, "ONEONONE_DATABASE_URL": POSTGRES, "ONEONONE_SECRET_KEYS": KEY})
    shown = repr(config) + repr(load({**MANY, "SLACK_APP_TOKEN": "xapp-token"}))
    for secret in ("hunter2", "xoxb-token", "xapp-token", "'signing'", "'client'", "client-secret", "\\x01", KEY):
        assert secret not in shown


@given(st.dictionaries(st.sampled_from(sorted(module.KNOWN)), st.text(alphabet="x@:/?#[],.é\0 ", min_size=1)))
def test_any_text_is_understood_or_refused(variables: dict[str, str]) -> None:
    try:
        assert load(variables).port == 3978
    except ConfigError as error:
        refused = {problem.setting for problem in error.problems}
    else:
        refused = set()
    assert refused <= module.KNOWN
