"""Logs as JSON, one line each: events, ids and codes, never people's words."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from bot.failures import error_place

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OURS = "oneonone"


class JsonLines(logging.Formatter):
    """What our own code says comes with its fields; of others' errors only type and place are kept."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line.update({name: value for name, value in vars(record).items() if name not in _STANDARD})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = error_place(record.exc_info[1])
        return json.dumps(line, default=str)


def _event(record: logging.LogRecord) -> str:
    # Libraries put values, and with them people's words, into their sentences; the template has none.
    ours = record.name == _OURS or record.name.startswith(f"{_OURS}.")
    return record.getMessage() if ours and not record.name.startswith("oneonone.slack.sdk") else _template(record)


def _template(record: logging.LogRecord) -> str:
    return record.msg if isinstance(record.msg, str) and record.args else f"{record.module}:{record.lineno}"


def log_as_json(*, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line of this process to standard error, as JSON."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level)
