"""Everything an attacker can send, one after the other: each action with each id, as each person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Any

from bot.actions import Action
from bot.entered import Value
from bot.features.action_item_page import AddActionItem, AddPromiseSomewhere, SaveActionItem
from bot.features.agenda import Prepare
from bot.features.asking import AddQuestion
from bot.features.conversation_list import UnarchiveConversation
from bot.features.conversation_page import OpenConversation
from bot.features.conversations import AcceptConversation, BeginConversation, DeclineConversation
from bot.features.growth_page import DiscussPart
from bot.features.growth_part import SavePart, SaveSupport
from bot.features.growth_walk import NextPart
from bot.features.habits import SaveForAll
from bot.features.item_page import RemoveComment, SaveItem
from bot.features.moving import MoveMeeting, SkipOrMove
from bot.features.notes import AddWrittenNote
from bot.features.people_page import NameAdmin, Said, SetManager, UnnameAdmin
from bot.features.person_form import SaveManager, SavePerson
from bot.features.placing import PlaceDraft
from bot.features.rolling_out import SaveRollout
from bot.features.setting_up import SaveSetUp
from bot.features.settings import AnswerByAdmins, AnswerHere
from bot.features.template_pages import RemoveTemplate, UnshareTemplate
from bot.features.template_sharing import ShareTemplate
from bot.features.template_writing import RestoreTemplate, SaveTemplate
from bot.features.wrapping_up import EndMeeting
from bot.model.growth import GrowthSection
from bot.model.ids import ConversationId, MeetingId, PersonId, PlaceId, TemplateId
from bot.model.meeting import MeetingState
from tests.stateful.attack import Somebody, Won
from tests.stateful.checking_in import questions_forged
from tests.stateful.company import KEPT_FOR_ONESELF, Company
from tests.stateful.knowing import canaries
from tests.stateful.snapshot import Snapshot
from tests.stateful.standing import POOLS, kinds_of, left_out

OPENING = (BeginConversation, AcceptConversation, DeclineConversation)
"""What opens or closes a conversation comes last, among the liberties: it would change what all else is about."""


DAYS = (date(2026, 12, 1), date(2027, 1, 12), date(2027, 1, 13))
"""On which a rhythm of the company has a meeting that is a row, one that is only reckoned, and none."""

NOT_WHILE_BOTH_ARE_HERE = ("prepare", "agenda", "drifting")
"""The reminders that tell, by not coming, that the other is here too, which is no secret."""

WORDS = ("text", "note", "promise0", "question", "place")


def every(company: Company, who: Somebody, kind: type[Action]) -> Iterator[Action]:
    """An action with an id for each way in which things stand to this person, and choices of each sort.

    Of the parts that it can do without, it has the first alone, or the others.
    """
    spare = left_out(kind)
    offered = {name: values(company, who, hint) for name, hint in kinds_of(kind).items()}
    yield from _products(kind, offered | {name: [None] for name in spare[1:]})
    if spare:
        rest: Mapping[str, Sequence[object]] = {name: [None, *offered[name]] for name in spare[1:]}
        yield from _products(kind, {**offered, **rest, spare[0]: [None]})


def _products(kind: type[Action], offered: Mapping[str, Sequence[object]]) -> Iterator[Action]:
    for chosen in product(*offered.values()):
        yield kind(**dict(zip(offered, chosen, strict=True)))


def values(company: Company, who: Somebody, hint: Any) -> Sequence[object]:
    """What a part of an action can hold; ids by how things stand to this person."""
    if getattr(hint, "__name__", "") in POOLS:
        return company.examples(who, hint.__name__)
    if hint is bool:
        return [False, True]
    if hint is int:
        return [1]
    if hint is date:
        return [*DAYS]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[:2]
    raise TypeError(hint)


def filled(company: Company, who: Somebody) -> Mapping[str, Value]:
    """Something in every field that any form has."""
    words = company.words(who, "forged")
    return {
        **dict.fromkeys(WORDS, words),
        "name": words,
        "source0": f"# A\n- {words}",
        "mood": "5",
        "highlight": words,
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
        **_times(company),
    }


def _times(company: Company) -> Mapping[str, Value]:
    """What fields about time take."""
    return {
        "when": "2026-12-17 11:00",
        "next": "",
        "instead": "skip",
        "minutes": "30",
        "every": "week",
        "first": "2026-12-15",
        "last": "2027-12-15",
        "time": "15:00",
        "rule": "FREQ=WEEKLY;BYDAY=MO",
        "spread": "in_a_row",
        "reports0": tuple(company.pool("ConversationId")),
        "meaningful": "no",
        "kinds": ("prepare",),
        "prepare_days": "1",
        "report_days": "1",
        "agenda_minutes": "10",
        "topics_a_month": "2",
        "discreet": ("on",),
        "locked": ("on",),
        "days": ("0", "1", "2", "3", "4"),
        "begins": "09:00",
        "ends": "17:00",
        "country": "DE",
    }


async def everything(company: Company) -> None:
    """All of it; what changes most comes last."""
    for part in (secrecy, looks, offers, questions, forgeries, returns, liberties):
        await part(company)


async def looks(company: Company) -> None:
    """Everybody looks at everything, and at what would be told to them."""
    registry = company.engine.registry
    for who in company.actors:
        for handler in registry.actions.values():
            if not handler.writes:
                for action in every(company, who, handler.kind):
                    await company.attempt(who, action, entered={"query": "attack"})
        company.hears(who, await company.told(who))
        await _calendar(company, who)


async def _calendar(company: Company, who: Somebody) -> None:
    """One's calendar shows where one meets, and nothing else that anybody wrote."""
    feed = await company.calendar(who)
    company.hears(who, feed)
    elsewhere = {canary for canary in canaries(repr(feed)) if "-place-" not in canary}
    if elsewhere:
        raise Won(f"the calendar of {who.name} shows {elsewhere}")


async def offers(company: Company) -> None:
    """Everybody looks for everybody by name, and is offered nobody of another organization."""
    for who in company.actors:
        colleagues = company.stored[who.account.organization].person
        for other in company.people:
            offered = await company.engine.people(who.account, other, most=100)
            if any(option.value not in colleagues for option in offered):
                raise Won(f"{who.name} was offered a stranger")


async def questions(company: Company) -> None:
    """A question that the other keeps for themselves can be put on the agenda like any that nobody has there."""
    ben, here = company.people["ben"], ConversationId(company.conversation_of("ana", "ben"))
    for question in (KEPT_FOR_ONESELF, KEPT_FOR_ONESELF + 1):
        before = len(company.pool("ItemId"))
        await company.attempt(ben, AddQuestion(here, question))
        if len(company.pool("ItemId")) == before:
            raise Won("ben can tell what ana keeps for herself")


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
    yield from _of_templates(company, who)
    for place in company.pool("PlaceId"):
        yield AnswerHere(PlaceId(place)), {}
    yield AnswerByAdmins(), {}
    for where in company.pool("ConversationId"):
        yield from _placed(company, who, where)
    yield SaveForAll(), {}
    yield from questions_forged(stored)
    yield from _of_growth(stored)
    yield from _rights(company)
    yield SaveSetUp(), {}
    for meeting in stored.meeting.values():
        if company.sees(who, meeting.id) and meeting.state is not MeetingState.scheduled:
            yield MoveMeeting(meeting.id), {}
            yield SkipOrMove(meeting.id), {}
    for person in company.pool("PersonId"):
        yield BeginConversation(), {"person": person}
    for where in company.pool("ConversationId"):
        yield DeclineConversation(ConversationId(where)), {}
        yield AcceptConversation(ConversationId(where)), {}


def _of_growth(stored: Snapshot) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    """What the other one offers, forged by the one to whom it is offered; and in another edition than it has."""
    for plan in stored.plan.values():
        for edition in (0, 1):
            yield SavePart(plan.conversation, GrowthSection.support_given, edition), {}
            yield NextPart(plan.conversation, GrowthSection.support_given, edition), {}
            yield SaveSupport(plan.id, edition), {}
        yield DiscussPart(plan.id, GrowthSection.support_given), {}


def _rights(company: Company) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    """What only an admin may say of people, about everybody; at the end nobody has other rights than before."""
    people = [PersonId(person) for person in company.pool("PersonId")]
    for person in people:
        yield NameAdmin(person), {}
        yield UnnameAdmin(person), {}
        yield SavePerson(person), {}
        yield SaveManager(person), {"manager": people[0]}
        yield from ((SetManager(person, Said.chosen, manager), {}) for manager in people[:3])
        yield SetManager(person, Said.as_filed), {}
    yield SaveRollout(), {"departments": ""}


def _promises_of(company: Company, who: Somebody, owner: Somebody) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    stored = company.stored[who.account.organization]
    here = next(where for where in stored.conversation if company.sees(who, where))
    promises = [one for one in stored.promise.values() if company.sees(who, one.id)][:1]
    yield AddActionItem(ConversationId(here)), {"owner": owner.id}
    for promise in promises:
        yield SaveActionItem(promise.id, promise.edition), {"owner": owner.id}
    for meeting in [one for one in stored.meeting if company.sees(who, one)][:1]:
        yield EndMeeting(MeetingId(meeting)), {"owner0": owner.id}


def _of_templates(company: Company, who: Somebody) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    """What everybody may use, and what one has already taken away, is not changed by everybody and not like that."""
    here = ConversationId(next(where for where in company.pool("ConversationId") if company.sees(who, where)))
    for template in (TemplateId(key) for key in company.pool("TemplateId") if company.sees(who, key)):
        yield SaveTemplate(here, template=template, edition=1), {}
        yield ShareTemplate(here, template, 1), {}
        for kind in (RemoveTemplate, RemoveTemplate, UnshareTemplate, RestoreTemplate):
            yield kind(here, template), {}


def _placed(company: Company, who: Somebody, where: str) -> Iterator[tuple[Action, Mapping[str, Value]]]:
    stored = company.stored[who.account.organization]
    yield AddWrittenNote(), {"conversation": where}
    yield AddPromiseSomewhere(), {"conversation": where, "owner": "other"}
    for draft in [one.id for one in stored.draft.values() if one.person == who.id][:1]:
        if not company.sees(who, where):
            yield PlaceDraft(draft), {"conversation": where}


async def secrecy(company: Company) -> None:
    """What one side does for itself alone changes nothing on the screens of the other, who has much or nothing."""
    fresh = await company.begin("cleo", "mia")
    await company.plans(company.people["cleo"], fresh, at="16:00")
    await company.attempt(company.people["mia"], Prepare(ConversationId(fresh)))
    for one, other, here in (("ana", "ben", company.conversation_of("ana", "ben")), ("cleo", "mia", fresh)):
        before = await _screens(company, company.people[other])
        company.clock.advance(days=2)
        await company.keeps_to_oneself(company.people[one], here)
        company.clock.advance(days=-2)  # so that the same screens can be compared, at the same moment
        after = await _screens(company, company.people[other])
        different = [action for action, screen in before.items() if after[action] != screen]
        if different:
            raise Won(f"what one does alone shows in {different}")


async def _screens(company: Company, who: Somebody) -> Mapping[str, str]:
    """All that somebody can open, by the action that opens it; and what they would be told."""
    for where in company.pool("ConversationId"):
        if company.sees(who, where):
            await company.attempt(who, OpenConversation(ConversationId(where)))
    told = await company.told(who)
    kinds = {key: one.kind.value for key, one in company.stored[who.account.organization].delivery.items()}
    screens = {key: repr(card) for key, card in told.items() if kinds.get(key) not in NOT_WHILE_BOTH_ARE_HERE}
    for handler in company.engine.registry.actions.values():
        if not handler.writes:
            for action in every(company, who, handler.kind):
                if not company.is_hidden(who, action):
                    screens[repr(action)] = repr(await company.attempt(who, action, entered={"query": "attack"}))
    return screens
