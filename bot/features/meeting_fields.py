"""What is entered about one meeting: when, how long and where; and whether the two are free then."""

from datetime import datetime, timedelta

from bot.model.meeting import Meeting
from bot.model.thread import Thread
from bot.refused import Refused
from bot.rhythm import instant
from bot.timetable import in_the_way
from bot.turn import Turn
from bot.typed import typed_minutes, typed_moment
from bot.views import TextField
from bot.zones import city_of

MOMENT_LENGTH = 80
PLACE_LENGTH = 300
USUAL_MINUTES = 30
FARTHEST = timedelta(days=2 * 366)
A_MINUTE = 60


def moment_field(turn: Turn, *, required: bool = True) -> TextField:
    """When, as people say it, where they are."""
    hint = turn.say("moving.when_hint", zone=city_of(turn.person.zone, turn.voice.library.cities))
    return TextField("when", turn.say("moving.when"), most=MOMENT_LENGTH, required=required, hint=hint)


def entered_moment(turn: Turn, field: str) -> datetime:
    """The instant that was meant, where the person is; raises Refused for what is unreadable, over or too far away."""
    words = turn.entered.text(field, most=MOMENT_LENGTH)
    meant = typed_moment(turn, words)
    if meant is None:
        raise Refused("refused.unknown_moment", field=field)
    day, at = meant
    starts_at = instant(day, at, turn.person.zone)
    if starts_at <= turn.now:
        raise Refused("refused.past_meeting", field=field)
    if starts_at - turn.now > FARTHEST:
        raise Refused("refused.too_far", field=field)
    return starts_at


async def free(turn: Turn, thread: Thread, meeting: Meeting, *, field: str | None) -> None:
    """Raises Refused where the two, or the one who asks, meet somebody then already."""
    other = await in_the_way(turn.pen, thread.id, meeting)
    if other is not None:
        raise Refused("refused.in_the_way", field=field, at=other.starts_at)
    for seated in await turn.tx.conversations.seated(turn.person.id):
        if seated.conversation.id == thread.id:
            continue
        clash = await in_the_way(turn.pen, seated.conversation.id, meeting)
        if clash is not None:
            raise Refused("refused.busy_then", field=field, name=seated.other_name, at=clash.starts_at)


def minutes_field(turn: Turn, minutes: int) -> TextField:
    """How long a meeting takes."""
    return TextField(
        "minutes",
        turn.say("moving.minutes"),
        value=str(minutes),
        most=MOMENT_LENGTH,
        hint=turn.say("moving.minutes_hint"),
    )


def place_field(turn: Turn, place: str) -> TextField:
    """Where the two meet."""
    return TextField("place", turn.say("moving.place"), value=place, most=PLACE_LENGTH, required=False)


def entered_minutes(turn: Turn) -> int:
    """How long; raises Refused for what is unreadable, or no length of a meeting."""
    minutes = typed_minutes(turn, turn.entered.text("minutes", most=MOMENT_LENGTH))
    if minutes is None:
        raise Refused("refused.unknown_minutes", field="minutes")
    return minutes


def minute_of(moment: datetime) -> int:
    """Minutes since 1970, as an action carries them."""
    return int(moment.timestamp()) // A_MINUTE
