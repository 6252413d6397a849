"""The actions behind a platform's own ways in."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.actions import Action

ADD = "add_to_oneonone"
ASSIGN = "assign_as_topic"


@dataclass(frozen=True, kw_only=True)
class Entrances:
    """The bot's first screen, and the entries in the menu of a message by what both platforms' manifests call them."""

    home: Action
    from_message: Mapping[str, Action]
