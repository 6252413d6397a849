"""What the connector's calls do: open a chat, write, change and take back messages, name members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from adapters.playground.rules_core import Problem
from adapters.playground.teams_errors import Reply, refusal
from adapters.playground.teams_people import Json, TeamsUser, member_json
from adapters.playground.teams_world import BOT, Conversation, Kind, Message, World

_NO_PERSONAL_SCOPE = "Bot is not installed in user's personal scope"
_NOT_IN_ROSTER = "The bot is not part of the conversation roster."
_BLOCKED = "Thread is blocked from message writes."
_FEWEST, _MOST = 50, 500  # members on a page


@dataclass(frozen=True)
class Ask:
    """One call: the ids in its address, its body and its query."""

    conversation: str = ""
    activity: str = ""
    member: str = ""
    body: Json = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict)


def open_chat(world: World, ask: Ask) -> Reply:
    """The person's own chat with the bot, the same one each time; only where the app is installed."""
    _judge_opening(world, ask.body)
    user = world.user_of(str(ask.body["members"][0]["id"]))
    if user is None:
        raise refusal("BadArgument", "Invalid user identity in provided tenant")
    if user.id not in world.installed:
        raise refusal("ForbiddenOperationException", _NO_PERSONAL_SCOPE)
    return Reply(201, {"id": world.install(user.id).id})


def _judge_opening(world: World, body: Json) -> None:
    wrong = next((says for says, holds in _opening_rules(world, body) if not holds), None)
    if wrong is not None:
        world.blame("open", [Problem("", "bad_opening", wrong)])
        raise refusal("BadSyntax", f"Incorrect conversation creation parameters: {wrong}")


def _opening_rules(world: World, body: Json) -> Sequence[tuple[str, bool]]:
    tenant = _at(body, "channelData", "tenant", "id")
    people = body.get("members")
    return (
        ("must be opened as the registered bot", _at(body, "bot", "id") == world.app.id),
        ("must name the tenant in tenantId or channelData", world.tenant.id in (body.get("tenantId"), tenant)),
        ("must not name another tenant", {body.get("tenantId"), tenant} <= {world.tenant.id, None}),
        ("must not be a group: that is not open to bots", not body.get("isGroup")),
        ("must have exactly one member", isinstance(people, list) and len(people) == 1 and bool(_at(people[0], "id"))),
    )


def _at(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def send(world: World, ask: Ask) -> Reply:
    """Write a message, in the thread or under the message that the address names."""
    place = _writable(world, ask.conversation)
    if ask.activity and world.find(place.id, ask.activity) is None:
        raise refusal("ActivityNotFoundInConversation", "Conversation not found.")
    _slow_down(world, place)
    new_id = world.next_id()
    if ask.body.get("type") == "message":
        thread = ask.conversation.partition(";messageid=")[2]
        said = Message(place.id, new_id, BOT, reply_to=ask.activity or thread or None, at=world.now())
        world.put(_filled(said, ask.body))
    return Reply(201, {"id": new_id})


def change(world: World, ask: Ask) -> Reply:
    """Put other words and cards into a message of the bot's own."""
    place = _writable(world, ask.conversation)
    said = _own_message(world, place, ask.activity)
    _slow_down(world, place)
    world.put(replace(_filled(said, ask.body), edited=True))
    return Reply(200, {"id": said.id})


def delete(world: World, ask: Ask) -> Reply:
    place = _writable(world, ask.conversation)
    world.remove(_own_message(world, place, ask.activity))
    return Reply(200)


def member(world: World, ask: Ask) -> Reply:
    """One member, by their id towards the bot or their Entra object id."""
    place = _readable(world, ask.conversation)
    user = world.user_of(ask.member)
    if user is None or user.id not in place.members:
        raise refusal("MemberNotFoundInConversation", "Member not found in conversation.")
    return Reply(200, member_json(user, world.tenant))


def members(world: World, ask: Ask) -> Reply:
    """A page of members, with a token for the next page as long as there is one."""
    place = _readable(world, ask.conversation)
    start = _start(ask.query.get("continuationToken"))
    end = start + _page_size(ask.query.get("pageSize"))
    listed = [member_json(user, world.tenant) for user in _people(world, place)[start:end]]
    following = {"continuationToken": f"from-{end}"} if end < len(place.members) else {}
    return Reply(200, {**following, "members": listed})


def _people(world: World, place: Conversation) -> list[TeamsUser]:
    return [world.users[each] for each in place.members]


def _start(token: str | None) -> int:
    if token is None:
        return 0
    number = token.removeprefix("from-")
    if number == token or not number.isdecimal():
        raise refusal("BadArgument", "The continuation token is not valid.")
    return int(number)


def _page_size(asked: str | None) -> int:
    if asked is None:
        return 200
    if not asked.isdecimal():
        raise refusal("BadArgument", "The page size is not valid.")
    return min(max(int(asked), _FEWEST), _MOST)


def _filled(said: Message, body: Json) -> Message:
    attachments = tuple(body.get("attachments") or ())
    return replace(
        said,
        text=str(body.get("text") or ""),
        attachments=attachments,
        summary=str(body.get("summary") or ""),
    )


def _found(world: World, conversation: str) -> Conversation:
    place = world.conversation(conversation)
    if place is None:
        raise refusal("ConversationNotFound", "Conversation not found.")
    return place


def _readable(world: World, conversation: str) -> Conversation:
    place = _found(world, conversation)
    if not world.has_bot(place):
        raise refusal("BotNotInConversationRoster", _NOT_IN_ROSTER)
    return place


def _writable(world: World, conversation: str) -> Conversation:
    place = _found(world, conversation)
    alone = place.members[0] if place.kind is Kind.PERSONAL else None
    if alone in world.blocked:
        raise refusal("MessageWritesBlocked", _BLOCKED)
    if world.has_bot(place):
        return place
    if alone is not None:
        raise refusal("ForbiddenOperationException", _NO_PERSONAL_SCOPE)
    raise refusal("BotNotInConversationRoster", _NOT_IN_ROSTER)


def _own_message(world: World, place: Conversation, message: str) -> Message:
    said = world.find(place.id, message)
    if said is None:
        raise refusal("ActivityNotFoundInConversation", "Conversation not found.")
    if said.author != BOT:
        raise refusal("NotEnoughPermissions", "Only the author may change a message.")
    return said


def _slow_down(world: World, place: Conversation) -> None:
    wait = world.rates.wait(place.id, world.monotonic())
    if wait > 0:
        raise refusal("Throttled", "API calls quota exceeded.", {"Retry-After": str(int(wait) + 1)})
