"""Every language as it ships, read and compiled once for a whole run: no test changes one."""

from collections.abc import Mapping
from functools import cache

from prompts.library import Library, libraries


@cache
def every_text() -> Mapping[str, Library]:
    """All libraries, English first."""
    return libraries()
