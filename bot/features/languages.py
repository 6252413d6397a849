"""The languages to choose from: a person's own, and the organization's for channels and everybody else."""

from bot.refused import Refused
from bot.turn import Turn
from bot.views import ChoiceField, Field, Option

LANGUAGE = "language"


def language_field(turn: Turn, label: str, *, now: str, hint: str = "") -> tuple[Field, ...]:
    """Every language that ships, as its speakers call it; nothing to choose where there is one only."""
    if len(turn.libraries) < 2:
        return ()
    options = tuple(Option(code, library.name) for code, library in turn.libraries.items())
    return (ChoiceField(LANGUAGE, label, options, value=now, hint=hint),)


def entered_language(turn: Turn, *, now: str) -> str | None:
    """Another language than the one now, if one was chosen; raises Refused for one that does not ship."""
    if LANGUAGE not in turn.entered.values:
        return None
    chosen = turn.entered.id(LANGUAGE)
    if chosen not in turn.libraries:
        raise Refused("refused.choose", field=LANGUAGE)
    return None if chosen == now else chosen
