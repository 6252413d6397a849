"""Everything an attacker can send, one after the other: each action with each id, as each person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Any

from bot.actions import Action
from bot.entered import Value
from bot.features.action_item_page import AddActionItem, AddPromiseSomewhere, SaveActionItem
from bot.features.conversation_list import UnarchiveConversation
from bot.features.conversations import AcceptConversation, BeginConversation, DeclineConversation
from bot.features.item_page import RemoveComment, SaveItem
from bot.features.notes import AddWrittenNote
from bot.features.placing import PlaceDraft
from bot.features.settings import AnswerByAdmins, AnswerHere
from bot.features.wrapping_up import EndMeeting
from bot.model.ids import ConversationId, MeetingId, PlaceId
from tests.stateful.attack import POOLS, Somebody, Won, kinds_of
from tests.stateful.company import Company

OPENING = (BeginConversation, AcceptConversation, DeclineConversation)
"""What opens or closes a conversation comes last, among the liberties: it would change what all else is about."""


def every(company: Company, who: Somebody, kind: type[Action]) -> Iterator[Action]:
    """An action with an id for each way in which things stand to this person, and choices of each sort."""
    parts = kinds_of(kind)
    for chosen in product(*(values(company, who, hint) for hint in parts.values())):
        yield kind(**dict(zip(parts, chosen, strict=True)))


def values(company: Company, who: Somebody, hint: Any) -> Sequence[object]:
    """What a part of an action can hold; ids by how things stand to this person."""
    if getattr(hint, "__name__", "") in POOLS:
        return company.examples(who, hint.__name__)
    if hint is bool:
        return [False, True]
    if hint is int:
        return [1]
    if hint is date:
        return [date(2026, 12, 1)]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[:2]
    raise TypeError(hint)


def filled(company: Company, who: Somebody) -> Mapping[str, Value]:
    """Something in every field that any form has."""
    words = company.words(who, "forged")
    return {
        **dict.fromkeys(("text", "note", "promise0", "question"), words),
        "query": "attack",
        "visibility": "shared",
        "repeat": "never",
        "role": "my_mentor",
        "owner": who.id,
        "owner0": who.id,
        "due0": "",
        "kind": "shared",
        "zone": "Madrid",
        "news": ("news",),
        "copy": ("copy",),
        "discussed0": tuple(company.pool("ItemId")),
    }


async def everything(company: Company) -> None:
    """All of it; what changes most comes last."""
    for part in (secrecy, looks, offers, forgeries, returns, liberties):
        await part(company)


async def looks(company: Company) -> None:
    """Everybody looks at everything, and at what would be told to them."""
    registry = company.engine.registry
    for who in company.actors:
        for handler in registry.actions.values():
            if not handler.writes:
                for action in every(company, who, handler.kind):
                    await company.attempt(who, action, entered={"query": "attack"})
        company.hears(who, await company.news(who))


async def offers(company: Company) -> None:
    """Everybody looks for everybody by name, and is offered nobody of another organization."""
    for who in company.actors:
        colleagues = company.stored[who.account.organization].person
        for other in company.people:
            offered = await company.engine.people(who.account, other, most=100)
            if any(option.value not in colleagues for option in offered):
                raise Won(f"{who.name} was offered a stranger")


async def forgeries(company: Company) -> None:
    """Everybody does to others' things, and to what is closed to both, whatever can be done to a thing."""
    registry = company.engine.registry
    for who in company.actors:
        for handler in registry.actions.values():
            if handler.writes and handler.kind not in OPENING:
                await _forged(company, who, handler.kind)


async def _forged(company: Company, who: Somebody, kind: type[Action]) -> None:
    barred = [action for action in every(company, who, kind) if company.is_barred(who, action)]
    hidden = [action for action in barred if company.is_hidden(who, action)]
    company.trusting = True
    for action in hidden:
        await company.attempt(who, action, entered=filled(company, who))
    company.trusting = False
    for action in hidden[:1]:
        await company.judged(who, action)
    for action in barred:
        if action not in hidden:
            await company.attempt(who, action, entered=filled(company, who))


async def liberties(company: Company) -> None:
    """Everybody does what even those who see a thing may not do to it."""
    for who in company.actors:
        for action, entered in [*_liberties(company, who)]:
            await company.attempt(who, action, entered={**filled(company, who), **entered})


async def returns(company: Company) -> None:
    """Everybody presses a button of their own that is said to stand on a page of others, and repeats others' inputs."""
    kinds = [handler.kind for handler in company.engine.registry.actions.values() if not handler.writes]
    keys = range(1, 100, 9)
    for who in company.actors:
        own = next(where for where in company.pool("ConversationId") if company.sees(who, where))
        company.trusting = True
        for at in (action for kind in kinds for action in every(company, who, kind)):
            if company.is_barred(who, at):
                await company.attempt(who, UnarchiveConversation(ConversationId(own)), at=at)
        company.trusting = False
        for key in keys:
            await company.attempt(who, UnarchiveConversation(ConversationId(own)), key=f"attack-{key}")


def _liberties(company: Company, who: Somebody) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    stored = company.stored[who.account.organization]
    for item in stored.item.values():
        yield SaveItem(item.id, item.edition), {"visibility": "mine"}
    for comment in stored.comment.values():
        yield RemoveComment(comment.id), {}
    for owner in company.people.values():
        yield from _promises_of(company, who, owner)
    for place in company.pool("PlaceId"):
        yield AnswerHere(PlaceId(place)), {}
    yield AnswerByAdmins(), {}
    for where in company.pool("ConversationId"):
        yield from _placed(company, who, where)
    for person in company.pool("PersonId"):
        yield BeginConversation(), {"person": person}
    for where in company.pool("ConversationId"):
        yield DeclineConversation(ConversationId(where)), {}
        yield AcceptConversation(ConversationId(where)), {}


def _promises_of(company: Company, who: Somebody, owner: Somebody) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    stored = company.stored[who.account.organization]
    here = next(where for where in stored.conversation if company.sees(who, where))
    promises = [one for one in stored.promise.values() if company.sees(who, one.id)][:1]
    yield AddActionItem(ConversationId(here)), {"owner": owner.id}
    for promise in promises:
        yield SaveActionItem(promise.id, promise.edition), {"owner": owner.id}
    for meeting in [one for one in stored.meeting if company.sees(who, one)][:1]:
        yield EndMeeting(MeetingId(meeting)), {"owner0": owner.id}


def _placed(company: Company, who: Somebody, where: str) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    stored = company.stored[who.account.organization]
    yield AddWrittenNote(), {"conversation": where}
    yield AddPromiseSomewhere(), {"conversation": where, "owner": "other"}
    for draft in [one.id for one in stored.draft.values() if one.person == who.id][:1]:
        if not company.sees(who, where):
            yield PlaceDraft(draft), {"conversation": where}


async def secrecy(company: Company) -> None:
    """What one side does for itself alone changes nothing on the screens of the other."""
    ana, ben = company.people["ana"], company.people["ben"]
    here = company.conversation_of("ana", "ben")
    before = await _screens(company, ben)
    company.clock.advance(days=2)
    await company.keeps_to_oneself(ana, here)
    company.clock.advance(days=-2)  # so that the same screens can be compared, at the same moment
    after = await _screens(company, ben)
    different = [action for action, screen in before.items() if after[action] != screen]
    if different:
        raise Won(f"what one does alone shows in {different}")


async def _screens(company: Company, who: Somebody) -> Mapping[str, str]:
    """All that somebody can open, by the action that opens it; and what they would be told."""
    screens = {"news": repr(await company.news(who))}
    for handler in company.engine.registry.actions.values():
        if not handler.writes:
            for action in every(company, who, handler.kind):
                if not company.is_hidden(who, action):
                    screens[repr(action)] = repr(await company.attempt(who, action, entered={"query": "attack"}))
    return screens
