"""The actions behind a platform's own ways in."""

from dataclasses import dataclass

from bot.actions import Action


@dataclass(frozen=True, kw_only=True)
class Entrances:
    """The bot's first screen, and an entry in the menu of a message."""

    home: Action
    from_message: Action
