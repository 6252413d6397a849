"""What the two have talked about, as far as this person may know (F2)."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.model.agenda import AgendaItem, ItemState
from bot.model.thread import Thread
from bot.turn import Turn
from prompts import DEFAULT_LANGUAGE
from prompts.questions import NO_THEME, Theme, words_in


def themes_of(turn: Turn, thread: Thread, item: AgendaItem) -> frozenset[Theme]:
    """What an item is about: by its question, otherwise by its words in the languages of both, or in English."""
    question = turn.voice.library.questions.get(item.question) if item.question else None
    if question is not None:
        return frozenset({question.theme})
    words = words_in(item.text)
    spoken = (turn.voice.library, turn.library_of(thread.other), turn.libraries[DEFAULT_LANGUAGE])
    languages = {library.language: library.questions for library in spoken}
    return NO_THEME.union(*(questions.told_by(words) for questions in languages.values()))


def last_talked(turn: Turn, thread: Thread, items: Iterable[AgendaItem]) -> Mapping[Theme, date]:
    """When each theme was last among what the two discussed."""
    closed = [(item.closed_at, item) for item in items if item.closed_at and _was_discussed(turn, item)]
    latest: dict[Theme, date] = {}
    for closed_at, item in sorted(closed, key=lambda one: one[0], reverse=True):
        for theme in themes_of(turn, thread, item):
            latest.setdefault(theme, turn.day_of(closed_at))
        if len(latest) == len(Theme):
            break
    return latest


def _was_discussed(turn: Turn, item: AgendaItem) -> bool:
    return item.state is ItemState.discussed and item.seen_by(turn.person.id)
