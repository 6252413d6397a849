"""The rules of the architecture are kept, and the checks that keep them bite."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PACKAGES = ("adapters", "bot", "prompts", "storage")
LONGEST = 350
SETTINGS = TOP / "pyproject.toml"

# One forbidden import for each arrow.
TRESPASSES = {
    "bot/schemes.py": "import aiohttp",
    "prompts/gossip.py": "import bot",
    "storage/escape.py": "import adapters",
    "storage/poems.py": "import prompts",
    "adapters/shortcut.py": "import storage",
    "adapters/query.py": "import sqlalchemy",
    "adapters/leak.py": "import slack_sdk",
    "adapters/slack/borrowed.py": "import botbuilder.core",
}
# What the composition roots and Slack's own adapter may do.
ALLOWED = {
    "adapters/app.py": "import storage\nimport adapters.slack.speak",
    "adapters/cli.py": "import storage",
    "adapters/playground/town.py": "import storage",
    "adapters/slack/speak.py": "import slack_bolt\nimport slack_sdk",
    "adapters/teams/speak.py": "import botbuilder.core\nimport jwt\nimport msal",
    "bot/words.py": "import prompts",
    "prompts/read.py": "import jinja2\nimport yaml",
    "storage/store.py": "import bot",
}
BANNED = (
    "import datetime\nnow = datetime.datetime.now(datetime.UTC)\n",
    "import datetime\nnow = datetime.datetime.utcnow()\n",
    "import datetime\ntoday = datetime.date.today()\n",
    "import time\nnow = time.time()\n",
    "import uuid\nmade = uuid.uuid4()\n",
    "import uuid\nmade = uuid.uuid1()\n",
    "import random\n",
    "from random import choice\n",
    "import secrets\n",
    "import os\nhome = os.environ['HOME']\n",
    "import os\nhome = os.getenv('HOME')\n",
)


def contracts() -> list[str]:
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def lint_imports(tree: Path) -> str:
    """What import-linter says about the packages of a tree, judged by our own contracts."""
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--no-logo",
        "--config",
        str(SETTINGS),
    ]
    environment = os.environ | {"PYTHONPATH": str(tree), "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def plant(tree: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = tree / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    for folder in {parent for name in files for parent in (tree / name).parents if parent.is_relative_to(tree)} - {
        tree
    }:
        (folder / "__init__.py").touch()


def test_the_arrows_between_the_packages_are_kept() -> None:
    said = lint_imports(TOP)
    assert [name for name in contracts() if f"{name} KEPT" not in said] == [], said


def test_what_the_architecture_allows_is_allowed(tmp_path: Path) -> None:
    plant(tmp_path, ALLOWED)
    said = lint_imports(tmp_path)
    assert f"{len(contracts())} kept, 0 broken" in said, said


def test_each_arrow_bites(tmp_path: Path) -> None:
    plant(tmp_path, TRESPASSES)
    said = lint_imports(tmp_path)
    assert f"0 kept, {len(TRESPASSES)} broken" in said, said
    assert len(TRESPASSES) == len(contracts())


def ruff(text: str, *, named: str) -> str:
    command = [
        str(Path(sys.executable).with_name("ruff")),
        "check",
        "--select",
        "TID251",
        "--stdin-filename",
        named,
        "-",
    ]
    return subprocess.run(command, cwd=TOP, input=text, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("text", BANNED)
def test_time_chance_and_the_environment_are_arguments(text: str) -> None:
    assert "TID251" in ruff(text, named="bot/engine.py")


@pytest.mark.parametrize("file", ["adapters/clock.py", "adapters/config.py"])
def test_one_file_each_may_read_them(file: str) -> None:
    assert "TID251" not in ruff("".join(BANNED), named=file)


def test_no_file_is_too_long_to_read_at_once() -> None:
    everything = [file for package in (*PACKAGES, "tests") for file in (TOP / package).rglob("*.py")]
    files = [file for file in everything if file.parent.name != "versions"]  # a migration is written once, not read
    lengths = {str(file.relative_to(TOP)): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
