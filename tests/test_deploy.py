"""What stands in deploy/ names what there is: settings, files, routes, commands. What runs it is another's."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from adapters import cli
from adapters.app import _SENT_WITHIN, _SHUTDOWN_SECONDS
from adapters.clock import SystemClock
from adapters.config import KNOWN
from adapters.environment import FILE
from adapters.timer import STOP_SECONDS
from adapters.web.calendar import calendar_routes
from adapters.web.health import health_routes
from adapters.web.metrics import Metrics
from tests.needs import absent

TOP = Path(__file__).parents[1]
DEPLOY = TOP / "deploy"
FILES = sorted(file for file in DEPLOY.iterdir() if file.is_file())
UNITS = [file for file in FILES if file.suffix in (".service", ".timer")]
SETTING = re.compile(r"\b(?:ONEONONE|SLACK|MICROSOFT)_[A-Z_]+\b")
COMMAND = re.compile(r"(?:oneonone|bot-1|migrate) (serve|migrate|doctor|backup|restore)\b")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def dockerfile() -> list[str]:
    """The instructions, each on one line."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def copied() -> Iterator[str]:
    for line in dockerfile():
        if line.startswith("COPY ") and "--from" not in line:
            yield from line.split()[1:-1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_is_one_that_is_read(file: Path) -> None:
    named = set(SETTING.findall(file.read_text(encoding="utf-8")))
    assert named - KNOWN - {f"{name}{FILE}" for name in KNOWN} == set()


def test_every_secret_is_given_as_a_file_that_is_there() -> None:
    services, secrets = compose()["services"], compose()["secrets"]
    for name, service in services.items():
        given = set(service.get("secrets", []))
        assert given <= secrets.keys(), name
        used = {str(value) for value in service.get("environment", {}).values() if "/run/secrets/" in str(value)}
        assert {Path(value).name for value in used} <= given, name


def test_the_bots_are_two_that_differ_in_nothing() -> None:
    services = compose()["services"]
    assert services["bot-1"] == services["bot-2"]
    assert services["bot-1"]["read_only"] is True
    assert services["bot-1"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert "ports" not in services["bot-1"]


def test_a_replica_has_more_time_than_its_stop_takes() -> None:
    longest = cli.LEAVING_SECONDS + _SHUTDOWN_SECONDS + STOP_SECONDS + _SENT_WITHIN
    assert longest < int(compose()["services"]["bot-1"]["stop_grace_period"].removesuffix("s"))
    (unit,) = re.findall(r"TimeoutStopSec=(\d+)", (DEPLOY / "oneonone.service").read_text(encoding="utf-8"))
    assert longest < int(unit)


def test_the_proxy_notices_in_time_and_keeps_what_is_inside() -> None:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    (interval,) = re.findall(r"health_interval (\d+)s", text)
    (timeout,) = re.findall(r"health_timeout (\d+)s", text)
    assert int(interval) + int(timeout) < cli.LEAVING_SECONDS
    assert "health_uri /readyz" in text
    (kept,) = re.findall(r"@inside path (.+)", text)
    assert {"/metrics", "/readyz"} <= set(kept.split())
    (replicas,) = re.findall(r"reverse_proxy (.+) {", text)
    assert {each.partition(":")[0] for each in replicas.split()} == {"bot-1", "bot-2"}


def test_the_routes_are_there() -> None:
    calendar = calendar_routes(None, None)  # type: ignore[arg-type]  # nobody asks them here
    routes = {route.path for route in (*health_routes({}), *calendar)} | {"/metrics"}
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert set(re.findall(r"/(?:livez|readyz|metrics)\b", text)) <= routes


def test_every_command_is_one_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    commands = {command for file in FILES for command in COMMAND.findall(file.read_text(encoding="utf-8"))}
    assert commands >= {"serve", "doctor", "backup", "restore"}
    for command in commands | {"migrate"}:
        with pytest.raises(SystemExit) as left:
            cli.main([command, "--help"])
        assert left.value.code == 0
    assert "usage: oneonone" in capsys.readouterr().out


def test_what_the_image_is_made_of_is_there_and_is_let_in() -> None:
    packages = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = packages["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], "pyproject.toml", "constraints.txt", "README.md", "LICENSE"}
    assert set(copied()) == needed
    assert all((TOP / name).exists() for name in needed)
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split("\n")
    assert {line[1:] for line in allowed if line.startswith("!")} == needed
    assert "*" in allowed


def test_the_image_runs_as_nobody_in_particular_and_is_told_to_stop_itself() -> None:
    lines = dockerfile()
    assert "USER 10001:10001" in lines
    (entry,) = [line.removeprefix("ENTRYPOINT ") for line in lines if line.startswith("ENTRYPOINT ")]
    (command,) = [line.removeprefix("CMD ") for line in lines if line.startswith("CMD ")]
    assert (json.loads(entry), json.loads(command)) == (["oneonone"], ["serve"])  # no shell stands between
    (health,) = [line for line in lines if line.startswith("HEALTHCHECK ")]
    program, option, script = json.loads(health.partition("CMD ")[2])
    assert (program, option) == ("python", "-c")
    compile(script, "healthcheck", "exec")
    assert "/livez" in script


@pytest.mark.parametrize("unit", UNITS, ids=lambda file: file.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        absent("systemd", mend="install it, on Debian: apt-get install systemd")
    for each in UNITS:  # as if it were installed: systemd looks whether its programs are there
        text = each.read_text(encoding="utf-8").replace("/opt/oneonone/bin/oneonone", sys.executable)
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "oneonone" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_what_the_readme_points_to_is_there() -> None:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert all((DEPLOY / link).exists() for link in re.findall(r"\]\(([^)]+)\)", text))
    known = generate_latest(Metrics(now=SystemClock().now).registry).decode()
    source = (TOP / "adapters" / "web" / "metrics.py").read_text(encoding="utf-8")
    for metric in set(re.findall(r"oneonone_[a-z_]+", text)):
        assert metric in known or f'"{metric}"' in source, metric


@pytest.mark.soak
def test_the_steps_of_the_image_give_a_program_that_runs(tmp_path: Path) -> None:
    """The build stage by hand: only what is copied, installed under the constraints, in an environment of its own."""
    for name in copied():
        there = TOP / name
        if there.is_dir():
            shutil.copytree(there, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(there, tmp_path / name)
    python = tmp_path / "opt" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "opt")], check=True)
    environment = {"PATH": "/usr/bin:/bin", "PIP_CONSTRAINT": str(tmp_path / "constraints.txt")}
    (install,) = [line for line in dockerfile() if line.endswith("-m pip install .")]
    arguments = install.split()[2:]
    subprocess.run(
        [str(python), *arguments, "--quiet"], cwd=tmp_path, env=_with_indexes(environment), check=True, timeout=600
    )
    for name in ("adapters", "bot", "prompts", "storage"):
        shutil.rmtree(tmp_path / name)  # what runs is what was installed
    program = [str(tmp_path / "opt" / "bin" / "oneonone")]
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    helped = subprocess.run([*program, "--help"], cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert "doctor" in helped.stdout
    made = subprocess.run([*program, "migrate"], cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert "newest schema" in made.stdout
    shown = [*program, "manifest", "slack", "--socket"]
    manifest = subprocess.run(shown, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert "socket_mode" in manifest.stdout


def _with_indexes(environment: dict[str, str]) -> dict[str, str]:
    """Packages come from where this machine is told to get them."""
    passed = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or "proxy" in name.lower()}
    return {**passed, **environment, "HOME": os.environ.get("HOME", "/root")}
