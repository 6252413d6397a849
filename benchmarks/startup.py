"""How long until it listens, and how much memory then, beside a process that only imports both SDKs."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_SAY = """
import json, os, time
with open("/proc/self/status") as status:
    memory = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
print(json.dumps({"seconds": time.time() - float(os.environ["BEGAN"]), "memory": memory}), flush=True)
"""
_SDKS = "import slack_bolt.async_app, slack_bolt.adapter.socket_mode.aiohttp, botbuilder.core, botbuilder.schema, msal"
_SERVICE = """
import asyncio, os, sys
from adapters.app import build
from adapters.clock import SystemClock, new_id, new_key
from adapters.config import Config, SlackConfig, TeamsConfig
async def serve():
    slack = SlackConfig(bot_token="xoxb-x", signing_secret="x", api_url="http://127.0.0.1:9/api/")
    teams = TeamsConfig(app_id="x", password="x", tenant="x", loopback=True)
    config = Config(database_url=os.environ["DATABASE"], secret_keys=(b"k" * 32,), port=0, slack=slack, teams=teams)
    service = await build(config, clock=SystemClock(), new_id=new_id, new_key=new_key)
    await service.start()
    exec(os.environ["SAY"])
    await service.stop()
asyncio.run(serve())
"""


def report(rounds: int) -> dict[str, float]:
    """Prints both, and gives the median ratios of seconds and of megabytes."""
    found: dict[str, list[dict[str, float]]] = {"OneOnOne, listening": [], "both SDKs, imported": []}
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/startup.db"
        _ran(_SERVICE, database)  # the first start makes the database
        for _ in range(rounds):
            found["OneOnOne, listening"].append(_ran(_SERVICE, database))
            found["both SDKs, imported"].append(_ran(f"{_SDKS}\n{_SAY}", database))
    print(f"\n{'start-up':26}{'s median':>10}{'least':>8}{'MB median':>11}")
    for name, runs in found.items():
        seconds, memory = ([run[part] for run in runs] for part in ("seconds", "memory"))
        print(f"  {name:24}{statistics.median(seconds):10.2f}{min(seconds):8.2f}{statistics.median(memory):11.0f}")
    ours, theirs = found.values()
    return {
        f"startup.{part}": round(statistics.median(a[part] / b[part] for a, b in zip(ours, theirs, strict=True)), 2)
        for part in ("seconds", "memory")
    }


def _ran(program: str, database: str) -> dict[str, float]:
    environment = {**os.environ, "DATABASE": database, "SAY": _SAY, "BEGAN": str(time.time())}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True, cwd=_root()
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _root() -> str:
    return str(Path(__file__).parent.parent)
