import os
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.clock import new_key
from adapters.config import Config
from adapters.environment import ConfigError
from adapters.keys import installed_keys, key_file

KEY = bytes(range(32))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(database_url=f"sqlite:///{tmp_path / 'data' / 'oneonone.db'}")


def database(config: Config) -> Path:
    assert config.database_file is not None
    return config.database_file


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(config: Config) -> None:
    ring = installed_keys(config, new_key=lambda: KEY)
    file = key_file(database(config))
    assert ring.keys == (KEY,)
    assert file.stat().st_mode & 0o777 == 0o600
    assert urlsafe_b64decode(file.read_text().strip() + "=") == KEY
    assert [path.name for path in file.parent.iterdir()] == ["oneonone.db.key"]


def test_the_operator_is_told_where_the_key_is_and_to_back_it_up(config: Config) -> None:
    first = installed_keys(config, new_key=new_key).notice()
    again = installed_keys(config, new_key=new_key).notice()
    assert first is not None
    assert again is not None
    assert first.startswith("Made a new key")
    assert again.startswith("Using the key")
    assert all(str(key_file(database(config))) in said and "back it up" in said for said in (first, again))


def test_later_starts_find_the_same_key(config: Config) -> None:
    first = installed_keys(config, new_key=new_key)
    database(config).write_bytes(b"rows")
    assert installed_keys(config, new_key=new_key).keys == first.keys


def test_processes_that_start_together_agree_on_one_key(config: Config) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: installed_keys(config, new_key=new_key), range(32)))
    assert len({ring.keys for ring in rings}) == 1
    assert sum(ring.is_new for ring in rings) == 1


def test_a_database_whose_key_is_lost_gets_no_new_one(config: Config) -> None:
    installed_keys(config, new_key=new_key)
    key_file(database(config)).unlink()
    database(config).write_bytes(b"rows")
    with pytest.raises(ConfigError, match="from your backup"):
        installed_keys(config, new_key=new_key)
    assert not key_file(database(config)).exists()


def test_a_key_file_that_others_can_read_is_refused(config: Config) -> None:
    installed_keys(config, new_key=new_key)
    key_file(database(config)).chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        installed_keys(config, new_key=new_key)


@pytest.mark.parametrize("content", [b"", b"half a key", b"\xff\xfe"], ids=["empty", "torn", "binary"])
def test_a_key_file_that_holds_no_key_is_refused_without_showing_it(config: Config, content: bytes) -> None:
    installed_keys(config, new_key=new_key)
    key_file(database(config)).write_bytes(content)
    with pytest.raises(ConfigError, match="does not hold a key") as refused:
        installed_keys(config, new_key=new_key)
    assert "half a key" not in str(refused.value)


def test_a_key_file_may_hold_older_keys_after_the_first(config: Config) -> None:
    first = installed_keys(config, new_key=lambda: KEY)
    file = key_file(database(config))
    file.write_text(file.read_text() * 2)
    assert installed_keys(config, new_key=new_key).keys == first.keys * 2


def test_keys_from_the_settings_need_no_file(tmp_path: Path) -> None:
    config = Config(database_url=f"sqlite:///{tmp_path / 'data' / 'oneonone.db'}", secret_keys=(KEY,))
    ring = installed_keys(config, new_key=new_key)
    assert (ring.keys, ring.file, ring.notice()) == ((KEY,), None, None)
    assert list(database(config).parent.iterdir()) == []


def test_postgresql_never_gets_a_key_file() -> None:
    with pytest.raises(ConfigError, match="ONEONONE_SECRET_KEYS is not set"):
        installed_keys(Config(database_url="postgresql://host/db"), new_key=new_key)


def test_a_folder_that_cannot_be_made_is_a_problem_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, where a folder should be")
    config = Config(database_url=f"sqlite:///{tmp_path / 'data' / 'oneonone.db'}")
    with pytest.raises(ConfigError, match="ONEONONE_DATABASE_URL names a place"):
        installed_keys(config, new_key=new_key)


def test_no_key_shows_when_a_keyring_is_printed(config: Config) -> None:
    assert repr(KEY) not in repr(installed_keys(config, new_key=lambda: KEY))
    assert os.fspath(database(config)) in repr(installed_keys(config, new_key=new_key))
