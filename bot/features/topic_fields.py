"""What a form asks about a topic itself: its words, and when it comes (I1, I3)."""

from dataclasses import replace
from datetime import date

from bot.due import LONGEST_WAIT
from bot.features.rhythm_fields import DATE_LENGTH, entered_time, time_field
from bot.model.topic import Again, Topic
from bot.refused import Refused
from bot.turn import Turn
from bot.typed import typed_day
from bot.views import ChoiceField, Field, Option, TextField

TITLE_LENGTH = 150
NINE_O_CLOCK = 9 * 60


def word_fields(turn: Turn, topic: Topic | None) -> tuple[Field, ...]:
    """The title, the question, the note and the links."""
    return (
        TextField("title", turn.say("topics.title_field"), value=topic.title if topic else "", most=TITLE_LENGTH),
        _words(turn, "prompt", (topic.prompt if topic else "") or ""),
        _words(turn, "note", (topic.note if topic else "") or ""),
        _words(turn, "links", (topic.links if topic else "") or ""),
    )


def _words(turn: Turn, name: str, value: str) -> TextField:
    label, hint = turn.say(f"topics.{name}_field"), turn.say(f"topics.{name}_hint")
    return TextField(name, label, value=value, many_lines=True, required=False, hint=hint)


def entered_words(turn: Turn, topic: Topic) -> Topic:
    """The topic with the words that were entered."""
    return replace(
        topic,
        title=" ".join(turn.entered.text("title", most=TITLE_LENGTH).split()),
        prompt=turn.entered.text_or_none("prompt") or "",
        note=turn.entered.text_or_none("note"),
        links=turn.entered.text_or_none("links"),
        changed_at=turn.now,
    )


def time_fields(turn: Turn, topic: Topic | None) -> tuple[Field, ...]:
    """When it comes, whether it comes again, and until when it is for who joins."""
    again = tuple(Option(each.value, turn.say(f"topics.again.{each.value}")) for each in Again)
    chosen = topic.again if topic else Again.never
    return (
        _date_field(turn, "day", topic.day if topic else None),
        replace(
            time_field(turn, topic.at if topic else NINE_O_CLOCK),
            label=turn.say("topics.time_field"),
            hint=turn.say("topics.time_hint"),
        ),
        ChoiceField("again", turn.say("topics.again_field"), again, value=chosen.value),
        _date_field(turn, "until", topic.joiners_until if topic else None),
    )


def _date_field(turn: Turn, name: str, day: date | None) -> TextField:
    label, hint = turn.say(f"topics.{name}_field"), turn.say(f"topics.{name}_hint")
    return TextField(name, label, value=day.isoformat() if day else "", most=DATE_LENGTH, required=False, hint=hint)


def entered_times(turn: Turn, topic: Topic) -> Topic:
    """The topic with the times that were entered; raises Refused, which names the field."""
    day, until = _entered_day(turn, "day"), _entered_day(turn, "until")
    if until is not None and until < (day or turn.today):
        raise Refused("refused.ends_before", field="until")
    return replace(
        topic, day=day, at=entered_time(turn), again=turn.entered.choice("again", Again), joiners_until=until
    )


def _entered_day(turn: Turn, field: str) -> date | None:
    words = turn.entered.text_or_none(field, most=DATE_LENGTH)
    if words is None:
        return None
    day = typed_day(turn, words)
    if day is None:
        raise Refused("refused.unknown_date", field=field)
    if day < turn.today:
        raise Refused("refused.past_date", field=field)
    if day - turn.today > LONGEST_WAIT:
        raise Refused("refused.too_far_away", field=field)
    return day
