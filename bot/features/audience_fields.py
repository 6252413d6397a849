"""What a form and a line ask about an audience, and what of it cannot be taken (I2)."""

from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum

from bot.audience import MOST_CONDITIONS, MOST_VALUES, Audience, Condition, Side
from bot.audience_words import Line, Unclear, Whole, read_values, written_values
from bot.features.channel_audience import is_whole_team
from bot.folding import folded
from bot.model.ids import PlaceId
from bot.refused import Refused
from bot.turn import Turn
from bot.views import Block, ChoiceField, Field, Option, Quiet, TextField

VALUES_LENGTH = 500
MOST_ATTRIBUTES = 100


class For(StrEnum):
    """What an audience is made of."""

    conditions = "conditions"
    channel = "channel"
    team = "team"


async def audience_fields(
    turn: Turn, audience: Audience, *, place: PlaceId | None, rows: int
) -> tuple[Field | Block, ...]:
    """For whom, of whom it must hold, and the conditions; a channel where there is one."""
    labels = await turn.tx.hierarchy.labels()
    names = tuple(Option(name, label) for name, label in labels.items())[:MOST_ATTRIBUTES]
    whole = tuple([await _whole(turn, each, place) for each in _offered(place)])
    sides = tuple(Option(side.value, turn.say(f"topics.sides.{side.value}")) for side in Side)
    rows = min(rows, MOST_CONDITIONS) if names else 0
    return (
        ChoiceField("for", turn.say("topics.for"), whole, value=_chosen(audience, place).value),
        *(field for row in range(rows) for field in _condition_fields(turn, audience, names, row)),
        *(() if names else (Quiet(turn.say("topics.no_attributes")),)),
        ChoiceField("side", turn.say("topics.side"), sides, value=audience.side.value),
    )


def _offered(place: PlaceId | None) -> Sequence[For]:
    return tuple(For) if place is not None else (For.conditions, For.team)


async def _whole(turn: Turn, kind: For, place: PlaceId | None) -> Option:
    label = turn.say(f"topics.whole.{kind.value}")
    if kind is For.channel and await is_whole_team(turn, place):
        return Option(kind.value, label, turn.say("topics.whole_team"))
    return Option(kind.value, label)


def _chosen(audience: Audience, place: PlaceId | None) -> For:
    if audience.team_of is not None:
        return For.team
    return For.channel if place is not None and not audience.conditions else For.conditions


def _condition_fields(turn: Turn, audience: Audience, names: tuple[Option, ...], row: int) -> tuple[Field, ...]:
    given = audience.conditions[row] if row < len(audience.conditions) else None
    values = written_values(given.values, turn.voice.library.matching) if given else ""
    return (
        ChoiceField(
            f"attribute{row}",
            turn.say("topics.attribute", number=row + 1),
            names,
            value=folded(given.name) if given else None,
            required=False,
        ),
        TextField(
            f"values{row}",
            turn.say("topics.values", number=row + 1),
            value=values,
            most=VALUES_LENGTH,
            required=False,
            placeholder=turn.say("topics.values_example"),
        ),
    )


async def entered_audience(turn: Turn, *, place: PlaceId | None, rows: int) -> Audience:
    """What a form says; raises Refused, which names the field."""
    kind = turn.entered.choice("for", For)
    if kind is For.team:
        return Audience(team_of=turn.person.id)
    side = turn.entered.choice("side", Side)
    conditions = [await _entered_condition(turn, row) for row in range(min(rows, MOST_CONDITIONS))]
    given = tuple(condition for condition in conditions if condition is not None)
    if kind is For.channel:
        return Audience(side=side, conditions=given, place=_place(place))
    if not given:
        raise Refused("refused.for_whom", field="for")
    return Audience(side=side, conditions=given)


def _place(place: PlaceId | None) -> PlaceId:
    if place is None:
        raise Refused("refused.no_channel", field="for")
    return place


async def _entered_condition(turn: Turn, row: int) -> Condition | None:
    name = turn.entered.values.get(f"attribute{row}") or None
    words = turn.entered.text_or_none(f"values{row}", most=VALUES_LENGTH)
    if name is None and words is None:
        return None
    if not isinstance(name, str):
        raise Refused("refused.choose", field=f"attribute{row}")
    if words is None:
        raise Refused("refused.empty", field=f"values{row}")
    try:
        values = read_values(words)
    except Unclear:
        raise Refused("refused.empty", field=f"values{row}") from None
    return await _known(turn, Condition(name, values), name_field=f"attribute{row}", values_field=f"values{row}")


async def meant_by_line(turn: Turn, line: Line, place: PlaceId | None) -> Audience:
    """What the line says; raises Refused with what is nearest."""
    if line.whole is Whole.team:
        return Audience(team_of=turn.person.id)
    if line.whole is Whole.channel:
        return Audience(side=Side.either, place=_place(place))
    if len(line.conditions) > MOST_CONDITIONS:
        raise Refused("refused.too_many_conditions", most=MOST_CONDITIONS)
    return Audience(conditions=tuple([await _known(turn, condition) for condition in line.conditions]))


async def _known(
    turn: Turn, said: Condition, *, name_field: str | None = None, values_field: str | None = None
) -> Condition:
    """The condition as everything in it is written where it is known."""
    labels = await turn.tx.hierarchy.labels()
    name = folded(said.name)
    if name not in labels:
        nearest = labels.get(_nearest(name, list(labels)), "")
        raise Refused("refused.unknown_attribute", field=name_field, name=said.name, nearest=nearest)
    if len(said.values) > MOST_VALUES:
        raise Refused("refused.too_many_values", field=values_field, most=MOST_VALUES)
    written = {folded(value): value for value in await turn.tx.hierarchy.values(name)}
    for value in said.values:
        if folded(value) not in written:
            facts = {
                "name": labels[name],
                "value": value,
                "nearest": written.get(_nearest(folded(value), list(written)), ""),
            }
            raise Refused("refused.unknown_value", field=values_field, **facts)
    return Condition(labels[name], tuple(dict.fromkeys(written[folded(value)] for value in said.values)))


def _nearest(word: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.5)), "")
