"""What every test may use, and what `.ci/run` does not forgive."""

import gc
import os
from collections.abc import Generator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import (
    database_url,
    empty_database_url,
    empty_postgres_url,
    empty_sqlite_url,
    postgres_cluster,
    postgres_template,
    postgres_url,
    reused,
    sqlite_template,
    sqlite_url,
)
from tests.sharing import Shared

__all__ = [
    "database_url",
    "empty_database_url",
    "empty_postgres_url",
    "empty_sqlite_url",
    "postgres_cluster",
    "postgres_template",
    "postgres_url",
    "reused",
    "sqlite_template",
    "sqlite_url",
]

_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)

# No deadline: two busy cores make any one example slow. `make soak` chooses the second profile.
_SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
settings.register_profile("quick", _SHARED, max_examples=20, stateful_step_count=20)
settings.register_profile("soak", _SHARED, max_examples=400, stateful_step_count=60)
settings.load_profile("quick")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shared | None:
    """Of `--dist loadgroup`, which is how `make soak` runs."""
    return Shared(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is made while collecting is there until the end: nothing of it is garbage, so nobody looks for any there."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _without_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _without_skips((yield))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that a proof recorded, also when it ran in another process."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name} {value}")


def _without_skips(report: _Report) -> _Report:
    """Where everything is installed, a skip is a proof that did not run."""
    if not report.skipped or hasattr(report, "wasxfail") or os.environ.get("ONEONONE_CI") != "1":
        return report
    report.outcome = "failed"
    report.longrepr = f"skipped, though ONEONONE_CI=1 promises that nothing is absent: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
