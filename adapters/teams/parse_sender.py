"""Who acts, and where: the part that all activities have in common."""

from adapters.teams.inputs import Json, Scope, Sender
from adapters.teams.parse_parts import Malformed, id_at, objects, optional_id, optional_part, part, text_at
from bot.turn import Channel

_ZONE_LENGTH = 64
_LANGUAGE_LETTERS = 2
_AMONG_PEOPLE = "19:"


def sender(body: Json) -> Sender:
    """The account and its conversation; raises Malformed."""
    who, where = part(body, "from"), part(body, "conversation")
    conversation, member = id_at(where, "id"), id_at(who, "id")
    return Sender(
        # Anonymous guests have no object id; under their other name they are just as unknown.
        account=optional_id(who, "aadObjectId").lower() or member,
        member=member,
        scope=scope(where),
        conversation=conversation,
        roster=roster(body),
        service_url=id_at(body, "serviceUrl"),
        bot=optional_id(optional_part(body, "recipient"), "id"),
        kind=text_at(_channel(body), "type"),
        zone=_zone(body),
        language=_language(body),
    )


def channel(body: Json) -> Channel | None:
    """The channel of a team in which it happens; None in a chat. Raises Malformed."""
    where = part(body, "conversation")
    if scope(where) is not Scope.channel:
        return None
    facts = _channel(body)
    external_id = optional_id(facts, "id") or thread_root(id_at(where, "id"))
    return Channel(external_id=external_id, name=text_at(facts, "name"))


def scope(conversation: Json) -> Scope:
    """What kind of conversation it is; raises Malformed."""
    kind = text_at(conversation, "conversationType") or ("groupChat" if conversation.get("isGroup") else "personal")
    try:
        known = Scope(kind)
    except ValueError:
        raise Malformed("conversationType") from None
    # Where a message action is used, Teams calls a chat of two people personal too, or says nothing. The bot's own
    # chats have other ids, and taking that one for its own would show the one person what is for the other.
    among_people = optional_id(conversation, "id").startswith(_AMONG_PEOPLE)
    return Scope.group if known is Scope.personal and among_people else known


def roster(body: Json) -> str:
    """The conversation that can be asked about its members; raises Malformed."""
    team = optional_id(optional_part(optional_part(body, "channelData"), "team"), "id")
    return team or thread_root(id_at(part(body, "conversation"), "id"))


def thread_root(conversation: str) -> str:
    """A channel's id without the thread in it."""
    return conversation.partition(";messageid=")[0]


def is_bot(body: Json) -> bool:
    """Whether a bot did it, or the platform itself."""
    who = optional_part(body, "from")
    member = optional_id(who, "id")
    return not member or member.startswith("28:") or text_at(who, "role") == "bot"


def _channel(body: Json) -> Json:
    return optional_part(optional_part(body, "channelData"), "channel")


def _zone(body: Json) -> str:
    return (text_at(body, "localTimezone") or text_at(_client(body), "timezone"))[:_ZONE_LENGTH]


def _language(body: Json) -> str:
    return (text_at(body, "locale") or text_at(_client(body), "locale"))[:_LANGUAGE_LETTERS].lower()


def _client(body: Json) -> Json:
    entities = objects(body, "entities")
    return next((entity for entity in entities if entity.get("type") == "clientInfo"), {})
