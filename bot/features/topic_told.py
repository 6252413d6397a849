"""A channel is told once what was assigned from it (I7)."""

from bot.audience import read_audience
from bot.features.topic_said import briefly_for, name_of
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId, TopicId
from bot.model.topic import Topic, TopicState
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Card, Text

handlers = Handlers()


@handlers.message(DeliveryKind.assigned)
async def was_assigned(turn: Turn, delivery: Delivery) -> Card | None:
    """The one confirmation that its channel gets; none of what was taken back before that."""
    topic = await turn.tx.topics.get(TopicId(delivery.subject))
    if topic is None or topic.state is not TopicState.assigned:
        return None
    if delivery.recipient != topic.place:
        return _could_not_tell(turn)
    return Card(
        title=turn.say("topics.told_title"),
        body=(Text(await _told(turn, topic)),),
        summary=turn.say("views.summary"),
    )


async def _told(turn: Turn, topic: Topic) -> str:
    audience = read_audience(topic.audience)
    name = await name_of(turn, topic.author)
    if turn.discreet:
        return turn.say("topics.told_discreetly", name=name)
    if audience.team_of is not None:
        return turn.say("topics.told_of_team", name=name, title=topic.title)
    facts = {"count": topic.matched, "audience": await briefly_for(turn, audience)}
    return turn.say("topics.told", name=name, title=topic.title, **facts)


def _could_not_tell(turn: Turn) -> Card:
    return Card(
        title=turn.say("topics.not_told_title"),
        body=(Text(turn.say("topics.not_told")),),
        summary=turn.say("views.summary"),
    )


@handlers.returned(DeliveryKind.assigned)
async def tell_the_author(turn: Turn, delivery: Delivery) -> None:
    """Who assigned it hears that the channel could not be told; the topic is with its people all the same."""
    topic = await turn.tx.topics.get(TopicId(delivery.subject))
    if topic is None or delivery.recipient != topic.place:
        return
    lifetime = delivery.expires_at - delivery.due_at
    await turn.tx.deliveries.plan(
        Delivery(
            id=DeliveryId(turn.new_id()),
            organization=topic.organization,
            recipient=topic.author,
            kind=delivery.kind,
            subject=topic.id,
            planned_at=turn.now,
            due_at=turn.now,
            expires_at=turn.now + lifetime,
        )
    )
