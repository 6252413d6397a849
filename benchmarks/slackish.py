"""Slash commands as Slack signs and sends them."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from urllib.parse import urlencode

SECRET = "not-a-secret"
TOKEN = "xoxb-bench"
TEAM = "T0WORK"


def command(user: str, words: str, trigger: str) -> bytes:
    """The body of ``/oneonone words``."""
    return urlencode(
        {
            "token": "legacy",
            "team_id": TEAM,
            "team_domain": "bench",
            "channel_id": "D0BENCH",
            "channel_name": "directmessage",
            "user_id": user,
            "user_name": user.lower(),
            "command": "/oneonone",
            "text": words,
            "api_app_id": "A0BENCH",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/1/2/3",
            "trigger_id": trigger,
        }
    ).encode()


def signed(body: bytes) -> Mapping[str, str]:
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": f"v0={digest}",
    }
