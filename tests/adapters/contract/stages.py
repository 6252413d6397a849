"""Every platform on which the stories are told."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.registry import Registry
from tests.adapters.contract.mixed_stage import mixed_stage
from tests.adapters.contract.slack_stage import slack_stage
from tests.adapters.contract.stage import Stage
from tests.adapters.contract.teams_stage import teams_stage


class Opens(Protocol):
    """A stage on a migrated database, with all handlers or with those that are given."""

    def __call__(self, url: str, *, features: Registry | None = None) -> AbstractAsyncContextManager[Stage]: ...


MIXED = "mixed"
"""One of a pair in Slack, the other in Teams."""

SLACK = "slack"
TEAMS = "teams"
STAGES: Mapping[str, Opens] = {SLACK: slack_stage, TEAMS: teams_stage}
EVERY_STAGE: Mapping[str, Opens] = {**STAGES, MIXED: mixed_stage}
