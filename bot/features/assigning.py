"""Assigning a topic: what it is, whom it is for and when, and a look at it before it goes out (I1, I2, I3, I5)."""

from dataclasses import dataclass, replace
from datetime import date

from bot.actions import Action
from bot.audience import MOST_CONDITIONS, Audience, read_audience
from bot.audience_words import Unclear
from bot.budget import dues
from bot.entered import TEXT_LIMIT
from bot.features.admins import admins_only
from bot.features.audience_fields import audience_fields, entered_audience, meant_by_line
from bot.features.channel_audience import members_of, this_channel
from bot.features.topic_fields import TITLE_LENGTH, entered_times, entered_words, time_fields, word_fields
from bot.features.topic_said import audience_said, times_said, topic_words
from bot.model.ids import PlaceId, TopicId
from bot.model.topic import Topic, TopicState
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.typed import typed_line
from bot.views import Block, Button, Buttons, Form, Page, Quiet, Style, Text, filled

handlers = Handlers()

SMALLEST = 5
"""A topic goes to no fewer conversations than this, unless they are those of who assigns it."""


@dataclass(frozen=True)
class NewTopic(Action):
    """Asks for all of it; ``place`` is the channel in which an admin asked, ``topic`` a draft."""

    place: PlaceId | None = None
    topic: TopicId | None = None
    rows: int = 1


@dataclass(frozen=True)
class ReviewTopic(Action):
    """Keeps what was entered as a draft, and shows whom it reaches."""

    place: PlaceId | None = None
    topic: TopicId | None = None
    rows: int = 1


@dataclass(frozen=True)
class OpenReview(Action):
    """Shows it again."""

    topic: TopicId


@dataclass(frozen=True)
class TopicFromMessage(Action):
    """Takes the chat message that an admin picked as the question."""


@dataclass(frozen=True)
class AssignTopic(Action):
    """Lets it go out, unless it has changed since ``edition`` was looked at."""

    topic: TopicId
    edition: int


@dataclass(frozen=True)
class AssignAgain(Action):
    """Begins a draft with the same words, for the same audience."""

    topic: TopicId


@handlers.reads(NewTopic)
async def new_topic(turn: Turn, action: NewTopic) -> Form:
    admins_only(turn)
    draft = await draft_of(turn, action.topic) if action.topic else None
    audience = read_audience(draft.audience) if draft else Audience()
    place = action.place or audience.place
    rows = max(action.rows, len(audience.conditions))
    form = Form(
        title=turn.say("topics.new"),
        body=(
            *word_fields(turn, draft),
            *await audience_fields(turn, audience, place=place, rows=rows),
            *_another(turn, replace(action, rows=rows + 1)),
            *time_fields(turn, draft),
        ),
        submit=ReviewTopic(place, action.topic, rows),
        submit_label=turn.say("topics.review"),
        sees=turn.say("topics.sees"),
        address=action,
    )
    return filled(form, turn.entered.values, {})


def _another(turn: Turn, more: NewTopic) -> tuple[Block, ...]:
    if more.rows > MOST_CONDITIONS:
        return ()
    return (Buttons((Button(turn.say("topics.another"), more),)),)


@handlers.writes(ReviewTopic, form=NewTopic)
async def review_topic(turn: Turn, action: ReviewTopic) -> Page:
    admins_only(turn)
    before = await draft_of(turn, action.topic) if action.topic else blank(turn)
    audience = await entered_audience(turn, place=action.place, rows=action.rows)
    entered = entered_times(turn, entered_words(turn, before))
    draft = replace(entered, audience=audience.written(), place=action.place, edition=before.edition + 1)
    await large_enough(turn, audience, field="for")
    return await _review(turn, await _kept(turn, draft, is_new=action.topic is None))


async def _kept(turn: Turn, draft: Topic, *, is_new: bool) -> Topic:
    if not is_new:
        return await turn.tx.topics.save(draft)
    await turn.tx.topics.add(draft)
    return draft


async def large_enough(turn: Turn, audience: Audience, *, field: str | None) -> int:
    """How many conversations it reaches; raises Refused where these are too few to let nobody be singled out."""
    if audience.place is not None:
        await members_of(turn, audience.place)
    count = await turn.tx.topics.reach(audience)
    if audience.team_of is None and count < SMALLEST:
        raise Refused("refused.too_few", field=field, least=SMALLEST)
    if not count:
        raise Refused("refused.no_team", field=field)
    return count


@handlers.reads(OpenReview)
async def open_review(turn: Turn, action: OpenReview) -> Page:
    admins_only(turn)
    return await _review(turn, finished(await draft_of(turn, action.topic)))


def finished(draft: Topic) -> Topic:
    """A draft that can go out; raises Refused where it has no title, or nothing is said of whom it is for."""
    if not draft.title or read_audience(draft.audience).is_anybody:
        raise Refused("refused.unfinished_topic")
    return draft


async def _review(turn: Turn, draft: Topic) -> Page:
    audience = read_audience(draft.audience)
    count = await large_enough(turn, audience, field=None)
    back = Button(turn.say("topics.back"), NewTopic(draft.place, draft.id))
    assign = Button(turn.say("topics.assign"), AssignTopic(draft.id, draft.edition), Style.primary)
    return Page(
        title=turn.say("topics.review_title"),
        body=(
            *topic_words(turn, draft),
            Text(turn.say("topics.for_whom", audience=await audience_said(turn, audience))),
            Text(turn.say("topics.when", times=times_said(turn, draft))),
            Text(turn.say("topics.reaches", count=count)),
            *await _full(turn, draft, audience),
            Quiet(turn.say("topics.counts_only" if audience.team_of is None else "topics.no_counts")),
            Buttons((back, assign)),
        ),
        sees=turn.say("topics.sees"),
        address=OpenReview(draft.id),
    )


async def _full(turn: Turn, draft: Topic, audience: Audience) -> tuple[Block, ...]:
    """How many have had their topics this month, and when they get it."""
    most = turn.organization.topics_a_month
    zones = await turn.tx.topics.zones()
    months = [
        {zone: due.month for zone, due in dues(zones, day=draft.day, at=draft.at, now=turn.now, late=late).items()}
        for late in (0, 1)
    ]
    full = await turn.tx.topics.full(audience, months[:1], most=most)
    if not full:
        return ()
    later = await turn.tx.topics.full(audience, months, most=most)
    this, following = (month_name(turn, max(by_zone.values())) for by_zone in months)
    said = [turn.say("topics.full", count=full, most=most, month=this, later=following)]
    said += [turn.say("topics.fuller", count=later)] if later else []
    return tuple(Text(each) for each in said)


def month_name(turn: Turn, day: date) -> str:
    """What the month of this day is called."""
    return turn.voice.month(day)


@handlers.writes(TopicFromMessage)
async def topic_from_message(turn: Turn, action: TopicFromMessage) -> Form:
    admins_only(turn)
    if turn.quoted is None:
        raise Refused("refused.no_message")
    place = await this_channel(turn)
    draft = replace(blank(turn), prompt=turn.quoted.text[:TEXT_LIMIT], links=turn.quoted.link, place=place)
    await turn.tx.topics.add(draft)
    return await new_topic(turn, NewTopic(place, draft.id))


@handlers.writes(AssignAgain)
async def assign_again(turn: Turn, action: AssignAgain) -> Form:
    admins_only(turn)
    before = await turn.tx.topics.get(action.topic)
    if before is None:
        raise Refused("refused.gone")
    words = {name: getattr(before, name) for name in ("title", "prompt", "note", "links", "audience", "place", "at")}
    draft = replace(blank(turn), **words)
    await turn.tx.topics.add(draft)
    return await new_topic(turn, NewTopic(draft.place, draft.id))


def blank(turn: Turn) -> Topic:
    """A draft of nothing yet."""
    return Topic(
        id=TopicId(turn.new_id()),
        organization=turn.organization.id,
        author=turn.person.id,
        title="",
        prompt="",
        audience=Audience().written(),
        created_at=turn.now,
        changed_at=turn.now,
    )


async def draft_of(turn: Turn, topic: TopicId) -> Topic:
    """A draft, which every admin may go on with; raises Refused for what went out already."""
    found = await turn.tx.topics.get(topic)
    if found is None:
        raise Refused("refused.gone")
    if found.state is not TopicState.draft:
        raise Refused("refused.topic_is_out")
    return found


@handlers.verb("assign")
async def assign_words(turn: Turn, rest: str) -> Step:
    admins_only(turn)
    place = await this_channel(turn)
    if not rest:
        return Step(NewTopic(place))
    try:
        line = typed_line(turn, rest)
    except Unclear:
        raise Refused("refused.unclear_topic") from None
    if len(line.title) > TITLE_LENGTH:
        raise Refused("refused.title_too_long", most=TITLE_LENGTH, count=len(line.title))
    audience = await meant_by_line(turn, line, place)
    await large_enough(turn, audience, field=None)
    draft = replace(blank(turn), title=line.title, audience=audience.written(), place=place)
    await turn.tx.topics.add(draft)
    return Step(OpenReview(draft.id))
