"""The links of a service that people cannot reach with a browser."""

from bot.model.ids import PersonId


class Unlinked:
    """Implements ``Links`` by making none."""

    def report(self, person: PersonId, *, days: int | None = None, department: str | None = None) -> None:
        pass
