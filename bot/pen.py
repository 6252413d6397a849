"""What is needed to write something down that nobody presses a button for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Transaction


@dataclass(frozen=True)
class Pen:
    """A transaction, the moment, and what makes ids."""

    tx: Transaction
    now: datetime
    new_id: Callable[[], str]
