"""Assigned topics as admins see them: the list, each one's page, changing, taking back, and again (I6)."""

from dataclasses import dataclass, replace

from bot.actions import Action
from bot.audience import read_audience
from bot.clip import clip
from bot.counts import Shown, shown
from bot.features.admins import admins_only
from bot.features.assigning import AssignAgain, AssignTopic, NewTopic, OpenReview, finished, large_enough
from bot.features.topic_fields import entered_words, word_fields
from bot.features.topic_said import audience_said, name_of, times_said, topic_words
from bot.model.ids import TopicId
from bot.model.topic import Topic, TopicState
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Divider, Form, Heading, Page, Quiet, Row, Style, Text

handlers = Handlers()

WEEKS_SHOWN = 13


@dataclass(frozen=True)
class OpenTopics(Action):
    """The list."""

    page: int = 0


@dataclass(frozen=True)
class OpenTopic(Action):
    """One topic, and how far it has come."""

    topic: TopicId


@dataclass(frozen=True)
class EditTopic(Action):
    """Asks for its words."""

    topic: TopicId


@dataclass(frozen=True)
class SaveTopic(Action):
    """Changes them for everybody who has it open, unless they have changed since ``edition``."""

    topic: TopicId
    edition: int


@dataclass(frozen=True)
class AskRecall(Action):
    """Says what taking it back means, and asks whether to."""

    topic: TopicId


@dataclass(frozen=True)
class RecallTopic(Action):
    """Takes it back."""

    topic: TopicId


@handlers.reads(OpenTopics)
async def open_topics(turn: Turn, action: OpenTopics) -> Page:
    admins_only(turn)
    page = paged(await turn.tx.topics.all(), action.page)
    rows = tuple([await _row(turn, topic) for topic in page.rows])
    return Page(
        title=turn.say("topics.title"),
        body=(
            *(rows or (Text(turn.say("topics.none")),)),
            *page.turner(turn, OpenTopics),
            Quiet(turn.say("topics.counts_only")),
        ),
        sees=turn.say("topics.admins_see"),
        address=action,
    )


async def _row(turn: Turn, topic: Topic) -> Row:
    audience = await audience_said(turn, read_audience(topic.audience)) if topic.state is not TopicState.draft else ""
    detail = " · ".join(filter(None, [_state_said(turn, topic), audience]))
    opened = Button(turn.say("views.open"), OpenTopic(topic.id))
    return Row(clip(topic.title) or turn.say("topics.untitled"), detail, (opened,))


def _state_said(turn: Turn, topic: Topic) -> str:
    return turn.say(f"topics.state.{topic.state.value}", day=turn.day_of(topic.changed_at))


@handlers.reads(OpenTopic)
async def open_topic(turn: Turn, action: OpenTopic) -> Page:
    admins_only(turn)
    return await topic_page(turn, await _known(turn, action.topic))


async def _known(turn: Turn, topic: TopicId) -> Topic:
    found = await turn.tx.topics.get(topic)
    if found is None:
        raise Refused("refused.gone")
    return found


async def topic_page(turn: Turn, topic: Topic) -> Page:
    """What it is, whom it went to, what is known of it, and what can be done about it."""
    return Page(
        title=turn.say("topics.one"),
        body=(
            *topic_words(turn, topic),
            Quiet(turn.say("topics.by", name=await name_of(turn, topic.author), state=_state_said(turn, topic))),
            Text(turn.say("topics.for_whom", audience=await audience_said(turn, read_audience(topic.audience)))),
            Text(turn.say("topics.when", times=times_said(turn, topic))),
            *await _progress(turn, topic),
            Divider(),
            Buttons((*_choices(turn, topic), Button(turn.say("topics.all"), OpenTopics()))),
        ),
        sees=turn.say("topics.admins_see"),
        address=OpenTopic(topic.id),
    )


async def _progress(turn: Turn, topic: Topic) -> tuple[Block, ...]:
    """The numbers of the last weeks, the newest first; none of a team, where everybody would be known."""
    audience = read_audience(topic.audience)
    if topic.state is TopicState.draft:
        return ()
    if audience.team_of is not None:
        return (Quiet(turn.say("topics.no_counts")),)
    weeks = list(reversed(shown(await turn.tx.topics.tallies(topic.id))))[:WEEKS_SHOWN]
    rows = tuple(_week(turn, week) for week in weeks)
    return (Heading(turn.say("topics.progress")), *(rows or (Text(turn.say("topics.no_week_yet")),)), _bands(turn))


def _bands(turn: Turn) -> Block:
    return Quiet(turn.say("topics.bands"))


def _week(turn: Turn, week: Shown) -> Row:
    parts = (
        turn.say("topics.delivered", size=turn.say(f"topics.sizes.{week.reached.value}")),
        turn.say("topics.discussed", share=turn.say(f"topics.shares.{week.discussed.value}")),
        turn.say("topics.not_relevant", share=turn.say(f"topics.shares.{week.not_relevant.value}")),
    )
    return Row(turn.say("topics.week", day=week.week), " · ".join(parts))


def _choices(turn: Turn, topic: Topic) -> tuple[Button, ...]:
    again = Button(turn.say("topics.assign_again"), AssignAgain(topic.id))
    match topic.state:
        case TopicState.draft:
            review = Button(turn.say("topics.review"), OpenReview(topic.id))
            return (Button(turn.say("topics.go_on"), NewTopic(topic.place, topic.id), Style.primary), review)
        case TopicState.assigned:
            edit = Button(turn.say("views.edit"), EditTopic(topic.id))
            return (edit, again, Button(turn.say("topics.recall"), AskRecall(topic.id), Style.danger))
        case TopicState.recalled:
            return (again,)


@handlers.writes(AssignTopic, form=OpenReview)
async def assign_topic(turn: Turn, action: AssignTopic) -> Page:
    admins_only(turn)
    topic = await turn.tx.topics.get(action.topic)
    if topic is None:
        raise Refused("refused.gone")
    if topic.state is TopicState.draft:
        topic = await _assigned(turn, topic, action.edition)
    return await topic_page(turn, topic)


async def _assigned(turn: Turn, draft: Topic, edition: int) -> Topic:
    """Whoever is slower finds it assigned: the version of the row lets one of them pass."""
    if finished(draft).edition != edition:
        raise Refused("refused.topic_changed")
    if draft.day is not None and draft.day < turn.today:
        raise Refused("refused.day_is_over")
    await large_enough(turn, read_audience(draft.audience), field=None)
    assigned = replace(draft, state=TopicState.assigned, author=turn.person.id, changed_at=turn.now)
    return await turn.tx.topics.save(assigned)


@handlers.reads(EditTopic)
async def edit_topic(turn: Turn, action: EditTopic) -> Form:
    admins_only(turn)
    topic = await _out(turn, action.topic)
    return Form(
        title=turn.say("topics.edit_title"),
        body=word_fields(turn, topic),
        submit=SaveTopic(topic.id, topic.edition),
        submit_label=turn.say("views.save"),
        sees=turn.say("topics.sees"),
        address=action,
    )


@handlers.writes(SaveTopic, form=EditTopic)
async def save_topic(turn: Turn, action: SaveTopic) -> Page:
    admins_only(turn)
    topic = await _out(turn, action.topic)
    if topic.edition != action.edition:
        raise Refused("refused.topic_changed", field="title")
    saved = await turn.tx.topics.save(replace(entered_words(turn, topic), edition=topic.edition + 1))
    return await topic_page(turn, saved)


async def _out(turn: Turn, topic: TopicId) -> Topic:
    """One that is with people; raises Refused for a draft, and for what was taken back."""
    found = await _known(turn, topic)
    if found.state is not TopicState.assigned:
        raise Refused("refused.topic_is_not_out")
    return found


@handlers.reads(AskRecall)
async def ask_recall(turn: Turn, action: AskRecall) -> Page:
    admins_only(turn)
    topic = await _out(turn, action.topic)
    recall = Button(turn.say("topics.recall_it"), RecallTopic(topic.id), Style.danger)
    return Page(
        title=turn.say("topics.recall_title"),
        body=(
            Heading(topic.title),
            Text(turn.say("topics.recall_means")),
            Buttons((recall, Button(turn.say("topics.back"), OpenTopic(topic.id)))),
        ),
        sees=turn.say("topics.admins_see"),
        address=action,
    )


@handlers.writes(RecallTopic)
async def recall_topic(turn: Turn, action: RecallTopic) -> Page:
    """What is open is taken off the agendas by the clock: there may be very many."""
    admins_only(turn)
    topic = await _known(turn, action.topic)
    if topic.state is TopicState.assigned:
        recalled = replace(topic, state=TopicState.recalled, looked_at=None, changed_at=turn.now)
        topic = await turn.tx.topics.save(recalled)
    return await topic_page(turn, topic)


@handlers.verb("topics")
async def topics_words(turn: Turn, rest: str) -> Step:
    admins_only(turn)
    return Step(OpenTopics())
