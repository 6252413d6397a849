"""The command line as an operator uses it."""

from dataclasses import dataclass

import pytest

from adapters import cli
from tests.proofs.logs import Lines


@dataclass
class Terminal:
    """Runs commands as an operator does, and keeps all that was printed."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    lines: Lines
    out: str = ""
    err: str = ""
    everything: str = ""

    def run(self, *arguments: object, **variables: str) -> int:
        for name in ("ONEONONE_DATABASE_URL", "ONEONONE_SECRET_KEYS"):
            self.monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            self.monkeypatch.setenv(f"ONEONONE_{name}", value)
        code = cli.main([str(each) for each in arguments])
        self.out, self.err = self.capsys.readouterr()
        self.everything += self.out + self.err
        return code

    def fails(self, *arguments: object, **variables: str) -> str:
        """The one sentence that says why."""
        assert self.run(*arguments, **variables) == 2
        assert self.out == ""
        first, second = self.err.splitlines()
        assert first == "These settings need your attention:"
        return second
