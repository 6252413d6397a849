"""Marks a test as a story: which features it proves, by their numbers."""

from collections.abc import Callable
from typing import TypeVar

Story = TypeVar("Story", bound=Callable[..., object])
FEATURES = "__features__"
_ONE_PLATFORM = "__one_platform__"


def story(*features: str) -> Callable[[Story], Story]:
    """The numbers are those of the product's list of features; proofs and documents are made from them."""

    def mark(told: Story) -> Story:
        setattr(told, FEATURES, features)
        return told

    return mark


def on_one_platform(told: Story) -> Story:
    """For a story whose people must be together: they meet in a channel, or mention one another."""
    setattr(told, _ONE_PLATFORM, True)
    return told


def is_told_on(told: Callable[..., object], stage: str) -> bool:
    """Whether this stage can have the story."""
    return stage != "mixed" or not getattr(told, _ONE_PLATFORM, False)


def features_of(told: Callable[..., object]) -> tuple[str, ...]:
    """The numbers that it proves; none of what is no story."""
    found: tuple[str, ...] = getattr(told, FEATURES, ())
    return found
