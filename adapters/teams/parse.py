"""Activities of Teams become our own values here. Malformed says that a body is not what Teams sends."""

from adapters.teams.inputs import (
    Arrived,
    Ignored,
    Incoming,
    Json,
    Left,
    MembersJoined,
    MembersLeft,
    Mentioned,
    Said,
    Scope,
    Sender,
    TeamJoined,
)
from adapters.teams.parse_invokes import input_key, invoked, names_action, sent_back
from adapters.teams.parse_parts import Malformed, id_at, objects, optional_id, optional_part, part
from adapters.teams.parse_sender import channel, is_bot, roster, scope, sender
from adapters.teams.parse_words import names_bot, words

__all__ = ["Malformed", "incoming"]

_BOT = "28:"


def incoming(body: Json) -> Incoming:
    """What an activity asks for; raises Malformed."""
    match body.get("type"):
        case "message":
            return _message(body)
        case "invoke":
            return invoked(body)
        case "conversationUpdate":
            return _updated(body)
        case "installationUpdate":
            return _installed(body)
        case str():
            return Ignored()
        case _:
            raise Malformed("type")


def _message(body: Json) -> Incoming:
    if is_bot(body):
        return Ignored()
    if names_action(body):
        return sent_back(body)
    who = sender(body)
    if who.scope is Scope.personal:
        said = words(body, who.bot)
        return Said(key=input_key(body, who), sender=who, activity=id_at(body, "id"), words=said)
    return _mentioned(body, who) if names_bot(body, who.bot) else Ignored()


def _mentioned(body: Json, who: Sender) -> Mentioned:
    return Mentioned(
        key=input_key(body, who),
        sender=who,
        activity=id_at(body, "id"),
        channel=channel(body),
        words=words(body, who.bot),
    )


def _updated(body: Json) -> Incoming:
    bot = optional_id(optional_part(body, "recipient"), "id")
    added = tuple(id_at(member, "id") for member in objects(body, "membersAdded"))
    removed = tuple(id_at(member, "id") for member in objects(body, "membersRemoved"))
    if bot in removed:
        return _left(body)
    if bot in added:
        return _joined(body)
    if scope(part(body, "conversation")) is Scope.personal:
        return Ignored()
    return _moved(body, added=_people(added), removed=_people(removed))


def _moved(body: Json, *, added: tuple[str, ...], removed: tuple[str, ...]) -> Incoming:
    if added:
        return MembersJoined(roster=roster(body), service_url=id_at(body, "serviceUrl"), members=added)
    return MembersLeft(members=removed) if removed else Ignored()


def _people(members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(member for member in members if not member.startswith(_BOT))


def _installed(body: Json) -> Incoming:
    match body.get("action"):
        case "add":
            return _joined(body)
        case "remove":
            return _left(body)
        case _:
            return Ignored()  # an upgrade changes nothing for the people


def _joined(body: Json) -> Incoming:
    if scope(part(body, "conversation")) is not Scope.personal:
        return TeamJoined(roster=roster(body), service_url=id_at(body, "serviceUrl"))
    if is_bot(body):
        return Ignored()
    who = sender(body)
    return Arrived(key=input_key(body, who), sender=who)


def _left(body: Json) -> Incoming:
    where = part(body, "conversation")
    if scope(where) is not Scope.personal:
        return Left(external_id=roster(body), conversation=id_at(where, "id"))
    if is_bot(body):
        return Ignored()
    who = sender(body)
    return Left(external_id=who.account, conversation=who.conversation)
