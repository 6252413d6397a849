"""What a feature may register."""

from dataclasses import dataclass

import pytest

from bot.actions import Action
from bot.model.ids import ConversationId
from bot.registry import Handlers, together
from bot.turn import Turn
from bot.views import Card, Here, Notice, Page


@dataclass(frozen=True)
class Look(Action):
    conversation: ConversationId


@dataclass(frozen=True)
class Other(Action):
    pass


@dataclass(frozen=True)
class Long(Action):
    a: ConversationId
    b: ConversationId
    c: ConversationId
    d: ConversationId
    e: ConversationId
    f: ConversationId
    g: ConversationId


@dataclass(frozen=True)
class Wordy(Action):
    text: str


async def _card(turn: Turn, action: Action) -> Card:
    raise AssertionError


async def _either(turn: Turn, action: Action) -> Card | Page:
    raise AssertionError


async def _here(turn: Turn, action: Action) -> Here:
    raise AssertionError


async def _notice(turn: Turn, action: Action) -> Notice:
    raise AssertionError


def test_a_handler_answers_exactly_one_kind_of_view() -> None:
    with pytest.raises(TypeError, match="exactly one"):
        Handlers().reads(Look)(_either)


def test_an_action_must_fit_what_platforms_carry() -> None:
    with pytest.raises(TypeError, match="characters"):
        Handlers().reads(Long)(_card)


def test_people_s_words_cannot_travel_in_an_action() -> None:
    with pytest.raises(TypeError, match="cannot travel"):
        Handlers().reads(Wordy)(_card)


def test_looking_cannot_lead_back_to_where_one_was() -> None:
    with pytest.raises(TypeError, match="lead back"):
        Handlers().reads(Look)(_here)


def test_a_form_must_be_shown_by_what_its_submission_knows() -> None:
    with pytest.raises(TypeError, match="cannot be made"):
        Handlers().writes(Other, form=Look)(_notice)


def test_two_features_cannot_answer_the_same_action() -> None:
    one, two = Handlers(), Handlers()
    one.reads(Look)(_card)
    two.reads(Look)(_card)
    with pytest.raises(TypeError, match="registered twice"):
        together([one, two])
