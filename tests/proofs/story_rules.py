"""The rules beside the handlers, each with a way to disable it in our own code and the story that must notice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import FunctionType
from typing import Any, cast

import pytest

import bot.engine
from adapters.slack import directory
from adapters.slack.inputs import Json, SlackUser
from adapters.slack.profile import slack_user
from adapters.teams import profile
from bot import access, timetable
from bot.actions import Action
from bot.entered import Entered
from bot.features import (
    action_item_page,
    agenda,
    conversation_list,
    conversations,
    discussing,
    news,
    reaching,
    registry,
    settings,
)
from bot.features.people import person_option
from bot.model.agenda import AgendaItem, Comment
from bot.model.conversation import Conversation, Seated
from bot.model.draft import Draft
from bot.model.ids import CommentId, DraftId
from bot.model.note import Note
from bot.model.people import Person
from bot.model.thread import Thread
from bot.registry import Registry
from bot.turn import Turn
from bot.views import Here, Option, View
from bot.working import WorkWeek
from storage.deliveries import Deliveries
from storage.trail import Trail
from tests.proofs.rules import Rule as Expression
from tests.proofs.rules import without

Patch = pytest.MonkeyPatch
Disable = Callable[[Patch], Registry | None]


@dataclass(frozen=True)
class Rule:
    """``disable`` takes the rule out of our code, or returns the registry without it."""

    name: str
    story: str
    disable: Disable


def instead(owner: object, name: str, other: object) -> Disable:
    """Puts something else where the rule was."""

    def disable(patch: Patch) -> None:
        patch.setattr(owner, name, other)

    return disable


def taken_out(function: object, what: str, other: str = "False") -> Disable:
    """Replaces one expression of a function, for everybody who has imported it."""
    rule = Expression(cast("FunctionType", function), what, other)

    def disable(patch: Patch) -> None:
        patch.setattr(rule.function, "__code__", without(rule))

    return disable


def yes(*_: object, **__: object) -> bool:
    return True


def no(*_: object, **__: object) -> bool:
    return False


def nothing(*_: object, **__: object) -> None:
    return None


async def nothing_happens(*_: object, **__: object) -> None:
    return None


async def in_sight(_turn: Turn, _thread: Thread) -> bool:
    return True


async def as_typed(_turn: Turn, words: str) -> str:
    return words


async def as_it_was(turn: Turn) -> Turn:
    return turn


async def anybodys_draft(turn: Turn, draft: DraftId) -> Draft:
    found = await turn.tx.drafts.get(draft)
    assert found is not None
    return found


async def anybodys_comment(turn: Turn, comment: CommentId) -> tuple[Thread, AgendaItem, Comment]:
    found = await turn.tx.agenda.comment(comment)
    assert found is not None
    return *(await access.live_item(turn, found.item)), found


async def everybody(turn: Turn, query: str, *, most: int) -> Sequence[Option]:
    return [person_option(someone) for someone in await turn.tx.people.matching(query, most)]


async def everything_seated(turn: Turn, _since: datetime) -> Sequence[Seated]:
    return await turn.tx.conversations.seated(turn.person.id)


def any_length(entered: Entered, name: str, *, most: int = 0) -> str | None:
    value = entered.values.get(name)
    return (value.replace("\x00", "").strip() or None) if isinstance(value, str) else None


def with_nul(entered: Entered, name: str, *, most: int = 0) -> str | None:
    value = entered.values.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def even_empty(entered: Entered, name: str, *, most: int = 0) -> str:
    return entered.text_or_none(name) or ""


def at_once(_week: WorkWeek, at: datetime) -> datetime:
    return at


def a_colleague(member: Json) -> SlackUser:
    return replace(slack_user(member), is_colleague=True)


def without_dedupe(patch: Patch) -> None:
    patch.setattr(Trail, "seen", nothing_happens)

    async def marked(*_: object) -> bool:
        return True

    patch.setattr(Trail, "mark_seen", marked)


def without_visits(patch: Patch) -> None:
    for module in (bot.engine, news):
        patch.setattr(module, "visit", nothing_happens)


def with_guests(patch: Patch) -> None:
    patch.setattr(directory, "slack_user", a_colleague)
    patch.setattr(profile, "_is_member", yes)


def without_past_dates(patch: Patch) -> None:
    def lenient(turn: Turn, *, name: str = "due", known: date | None = None) -> date | None:
        words = turn.entered.text_or_none(name) or ""
        return date.fromisoformat(words) if words else known

    patch.setattr(action_item_page, "entered_due", lenient)


def with_a_message_an_hour(patch: Patch) -> None:
    planned = news._delivery

    def hourly(turn: Turn, reader: Person, due: datetime) -> Any:
        return replace(planned(turn, reader, due), offset=int(due.timestamp()))

    patch.setattr(news, "_delivery", hourly)


def with_decliners_overruled(patch: Patch) -> None:
    revived = conversations._revived

    async def overruled(turn: Turn, thread: Thread, role: Any) -> Thread:
        mine = replace(thread.conversation, declined_by=turn.person.id)
        return await revived(turn, replace(thread, conversation=mine), role)

    patch.setattr(conversations, "_revived", overruled)


def blind_to_editions(name: str, current: Callable[[Turn, Any], Any]) -> Disable:
    """Whoever saves last wins: the handler is told that nothing has changed since the form was opened."""

    def disable(_patch: Patch) -> Registry:
        whole = registry()
        handler = whole.actions[name]

        async def handle(turn: Turn, action: Any) -> View | Here:
            _, stored = await current(turn, action)
            newest: Action = replace(action, edition=stored.edition)
            return await handler.handle(turn, newest)

        return replace(whole, actions={**whole.actions, name: replace(handler, handle=handle)})

    return disable


OUTSIDER = "test_an_outsider_with_a_forged_button_learns_nothing"
BOTH_SAVE = "test_the_second_to_save_{}_sees_both_texts_and_decides"
REFUSED = "test_nothing_and_too_much_are_refused_with_the_text_kept"

RULES = [
    Rule("only participants", OUTSIDER, instead(Conversation, "has", yes)),
    Rule("whose item", "test_what_is_kept_for_the_day_is_invisible", instead(AgendaItem, "seen_by", yes)),
    Rule("whose item is found", "test_what_the_other_keeps_for_themselves", instead(AgendaItem, "seen_by", yes)),
    Rule("whose note", "test_a_private_note_is_invisible_to_the_other", instead(Note, "seen_by", yes)),
    Rule("whose note is opened", "test_a_private_note_is_refused_to_the_other", instead(Note, "seen_by", yes)),
    Rule("whose draft", "test_words_that_wait_to_be_placed", instead(access, "draft", anybodys_draft)),
    Rule("whose comment", "test_one_takes_back_ones_own_comment", instead(access, "comment", anybodys_comment)),
    Rule(
        "nothing after a decline",
        "test_a_form_that_was_open_when_the_other_declined",
        instead(access, "live", access.thread),
    ),
    Rule(
        "nothing for who left", "test_a_form_that_was_open_when_the_other_left", instead(access, "live", access.thread)
    ),
    Rule("an input once", "arrives_twice_is_done_once", without_dedupe),
    Rule(
        "two editions of a note",
        BOTH_SAVE.format("a_note"),
        blind_to_editions("SaveNote", lambda t, a: access.note(t, a.note)),
    ),
    Rule(
        "two editions of an item",
        BOTH_SAVE.format("an_item"),
        blind_to_editions("SaveItem", lambda t, a: access.item(t, a.item)),
    ),
    Rule(
        "two editions of an action item",
        BOTH_SAVE.format("an_action_item"),
        blind_to_editions("SaveActionItem", lambda t, a: access.action_item(t, a.action_item)),
    ),
    Rule("not empty", REFUSED, instead(Entered, "text", even_empty)),
    Rule("not too long", REFUSED, instead(Entered, "text_or_none", any_length)),
    Rule("no NUL", "test_a_character_that_no_database_takes", instead(Entered, "text_or_none", with_nul)),
    Rule("no past dates", "everything_typed_is_kept[2026-11-20", without_past_dates),
    Rule("who declined decides", "test_only_who_declined_can_start_it_again", with_decliners_overruled),
    Rule("not oneself", "test_the_picker_offers_colleagues", instead(bot.engine, "people_matching", everybody)),
    Rule("not guests", "test_a_guest_is_told", with_guests),
    Rule("admins only", "test_who_is_no_admin_cannot_choose", instead(settings, "admins_only", nothing)),
    Rule("a day between news", "test_there_is_at_most_one_message_a_day", with_a_message_an_hour),
    Rule("no news at night", "test_nobody_is_told_at_night", instead(WorkWeek, "next_moment", at_once)),
    Rule("no news at the weekend", "test_nobody_is_told_at_the_weekend", instead(WorkWeek, "next_moment", at_once)),
    Rule("no news of what was seen", "test_what_one_has_seen_already", without_visits),
    Rule(
        "no news of slips",
        "test_what_was_taken_back",
        instead(news, "_was_closed", lambda i, _: i.closed_at is not None),
    ),
    Rule(
        "no news from the archive",
        "test_what_is_archived_makes_no_news",
        instead(news, "_listening", everything_seated),
    ),
    Rule(
        "meeting reveals", "test_meeting_reveals_what_either_side_kept", instead(timetable, "reveal", nothing_happens)
    ),
    Rule(
        "an item returns once",
        "test_an_item_for_every_meeting",
        instead(discussing, "_forget_repetition", nothing_happens),
    ),
    Rule("a month of rest", "test_an_item_for_every_month", instead(agenda, "is_resting", no)),
    Rule("copied only when asked", "test_a_message_becomes_an_item", instead(Entered, "ticks", lambda *_: ("copy",))),
    Rule("mentions become names", "test_a_mention_in_an_item", instead(agenda, "spelled_out", as_typed)),
    Rule(
        "archived is out of sight",
        "test_what_one_archives",
        instead(conversation_list, "set_archived", nothing_happens),
    ),
    Rule(
        "a quiet conversation stays quiet",
        "test_nobody_is_told_about_what_has_been",
        instead(reaching, "_is_alive", yes),
    ),
    Rule(
        "not what is put away", "test_nobody_is_told_about_what_they_have", instead(reaching, "_is_in_sight", in_sight)
    ),
    Rule("back in reach", "test_it_may_happen_once_more", instead(bot.engine, "find_again", nothing_happens)),
    Rule("what waited comes", "test_an_invitation_waits", instead(Deliveries, "release", nothing_happens)),
    Rule("page as it is now", "test_questions_go_to_the_channel", instead(bot.engine, "_as_it_is_now", as_it_was)),
]
