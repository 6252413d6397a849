"""What an adapter itself has to say."""

from typing import Protocol


class Say(Protocol):
    """Sentences of prompts/."""

    def __call__(self, key: str, /, **facts: object) -> str: ...
