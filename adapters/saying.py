"""What an adapter itself has to say."""

from collections.abc import Callable
from typing import Protocol


class Say(Protocol):
    """Sentences of prompts/."""

    def __call__(self, key: str, /, **facts: object) -> str: ...


Speak = Callable[[str], Say]
"""Says them in the language with this code, or in English where it does not ship."""
