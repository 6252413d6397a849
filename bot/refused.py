"""Ways of not doing what was asked."""

from bot.views import Form


class Refused(Exception):
    """Nothing was done, and the person is told why.

    ``reason`` is a key of prompts/, ``field`` the input it is about.
    """

    def __init__(self, reason: str, /, *, field: str | None = None, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.facts = facts


class Conflicted(Exception):
    """Nothing was stored, because the text is no longer the one the person began with; ``form`` shows both."""

    def __init__(self, form: Form) -> None:
        super().__init__("conflicted")
        self.form = form
