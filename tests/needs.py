"""What a test needs of the machine, said in one line when it is absent."""

from typing import NoReturn

import pytest


def absent(what: str, *, mend: str) -> NoReturn:
    """Skip this test with one loud line; `.ci/run` turns every skip into a failure (tests/conftest.py)."""
    pytest.skip(f"NOT TESTED, because {what} is absent: {mend}")
