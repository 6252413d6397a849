"""Marks a test as a story: which features it proves, by their numbers."""

from collections.abc import Callable
from typing import TypeVar

Story = TypeVar("Story", bound=Callable[..., object])
FEATURES = "__features__"


def story(*features: str) -> Callable[[Story], Story]:
    """The numbers are those of the product's list of features; proofs and documents are made from them."""

    def mark(told: Story) -> Story:
        setattr(told, FEATURES, features)
        return told

    return mark
