"""Marks a test as a story: what it proves by feature number, for every platform that can play it."""

from collections.abc import Callable
from typing import TypeVar

import pytest

Story = TypeVar("Story", bound=Callable[..., object])
FEATURES = "__features__"


def story(*features: str) -> Callable[[Story], Story]:
    """The numbers are those of the features in the product's list; docs are made from them."""

    def mark(told: Story) -> Story:
        setattr(told, FEATURES, features)
        marked: Story = pytest.mark.story(*features)(told)
        return marked

    return mark
