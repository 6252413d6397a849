"""The meter of what is not measured."""


class Unmetered:
    """Implements ``Meter`` by counting nothing."""

    def delivered(self, kind: str, outcome: str, *, late: float) -> None:
        pass

    def answered(self, what: str, *, seconds: float) -> None:
        pass
