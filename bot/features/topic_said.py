"""What is said of a topic: whom it is for, when it comes, and from whom it is."""

from bot.audience import Audience, values_said
from bot.clip import clip
from bot.model.agenda import AgendaItem
from bot.model.ids import PersonId
from bot.model.thread import Thread
from bot.model.topic import Again, Topic
from bot.turn import Turn
from bot.views import Block, Heading, Quote

NOTE_LENGTH = 60


async def audience_said(turn: Turn, audience: Audience) -> str:
    """Whom it is for, in words that its two readers and an admin understand."""
    if audience.team_of is not None:
        return turn.say("topics.is_for.team", name=await name_of(turn, audience.team_of))
    said = [
        turn.say("topics.condition", name=condition.name, values=turn.voice.listed(condition.values))
        for condition in audience.conditions
    ]
    whose = "is_for" if audience.place is None else "in_channel"
    return turn.say(f"topics.{whose}.{audience.side.value}", what=turn.voice.listed(said) if said else "")


async def briefly_for(turn: Turn, audience: Audience) -> str:
    """The same in a few words."""
    if audience.team_of is not None:
        return turn.say("topics.is_for.team", name=await name_of(turn, audience.team_of))
    values = values_said(audience.conditions)
    if audience.place is None:
        return values
    return "; ".join(filter(None, [turn.say("topics.is_for.channel"), values]))


async def name_of(turn: Turn, person: PersonId) -> str:
    """The first name of somebody who need not be one of the two."""
    found = await turn.tx.people.get(person)
    return found.first_name if found else ""


def times_said(turn: Turn, topic: Topic) -> str:
    """When it comes, whether it comes again, and until when it is for who joins."""
    first = turn.say("topics.now")
    if topic.day is not None:
        first = turn.say("topics.on_day", day=topic.day, time=f"{topic.at // 60:02d}:{topic.at % 60:02d}")
    again = "" if topic.again is Again.never else turn.say(f"topics.comes.{topic.again.value}")
    joiners = "" if topic.joiners_until is None else turn.say("topics.joiners", day=topic.joiners_until)
    return " · ".join(filter(None, [first, again, joiners]))


async def author_of(turn: Turn, thread: Thread, item: AgendaItem) -> str:
    """Who put it on the agenda: one of the two, or the people team."""
    if item.topic is None:
        return thread.called(item.author).first_name
    return turn.say("topics.team_name", name=await name_of(turn, item.author))


async def origin_said(turn: Turn, item: AgendaItem) -> str:
    """From whom a topic is, and the beginning of why now."""
    topic = await turn.tx.topics.get(item.topic) if item.topic else None
    said = turn.say("topics.team", name=await name_of(turn, item.author))
    if topic is None or topic.note is None:
        return said
    return turn.say("topics.team_note", team=said, note=clip(topic.note, NOTE_LENGTH))


def topic_words(turn: Turn, topic: Topic) -> tuple[Block, ...]:
    """Its title, question, note and links, as both of a conversation see them."""
    return (
        Heading(topic.title or turn.say("topics.untitled")),
        *((Quote(topic.prompt),) if topic.prompt else ()),
        *((Quote(topic.note, turn.say("topics.why_now")),) if topic.note else ()),
        *((Quote(topic.links, turn.say("topics.links")),) if topic.links else ()),
    )
