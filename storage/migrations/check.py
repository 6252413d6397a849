"""Whether the migrations lead to the tables: ``python -m storage.migrations.check [URL of an empty database]``."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from storage.schema import differences


def main(urls: Sequence[str]) -> int:
    """Print every difference; 1 when there are some."""
    with tempfile.TemporaryDirectory() as folder:
        found = [line for url in (f"sqlite:///{Path(folder) / 'empty.db'}", *urls) for line in _compared(url)]
    sys.stdout.writelines(f"{line}\n" for line in found or ["The migrations lead to the tables."])
    return 1 if found else 0


def _compared(url: str) -> list[str]:
    kind = url.partition(":")[0]
    return [f"{kind}: {difference}" for difference in asyncio.run(differences(url))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
