"""Who may know which words: a model that shares no line with the product's own rules.

Words that a test writes hold one *canary* each, a token that stands for the text. What somebody may know only
grows: a text that was shared once cannot be unread.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.model.agenda import AgendaItem, Visibility
from bot.model.template import TemplateState
from tests.stateful.snapshot import Snapshot

MARK = "canary"
CANARY = re.compile(rf"{MARK}-[a-z]+-\w+-\w+-\d+x")


def canaries(text: str) -> set[str]:
    """The canaries in a text, one that was cut short included."""
    found = set(CANARY.findall(text))
    rest = CANARY.sub("", text)
    return found | ({rest[rest.index(MARK) :][:60]} if MARK in rest else set())


@dataclass
class Aviary:
    """Makes canaries, and knows who may hear each."""

    admins: frozenset[str] = frozenset()
    knowers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    number: int = 0

    def breed(self, author: str, *, name: str, where: str, field: str) -> str:
        """A new canary that its author alone knows; ``author`` is a person's id, ``name`` their first name."""
        self.number += 1
        canary = f"{MARK}-{name}-{where}-{field}-{self.number}x"
        self.knowers[canary] = {author}
        return canary

    def looks_at(self, stored: Snapshot) -> None:
        """Take in who may know what, now that this is stored."""
        for people, text in _readers(stored, self.admins):
            for canary in CANARY.findall(text):
                self.knowers[canary] |= people

    def secrets(self, text: str, person: str) -> set[str]:
        """The canaries in a text that this person may not know."""
        return {canary for canary in canaries(text) if person not in self.knowers.get(canary, ())}


def _readers(stored: Snapshot, admins: frozenset[str]) -> Iterator[tuple[set[str], str]]:
    for item in stored.item.values():
        yield _of_item(stored, item), f"{item.text} {item.quote} {item.link}"
    for comment in stored.comment.values():
        yield _of_item(stored, stored.item[comment.item]), comment.text
    for note in stored.note.values():
        yield {note.author} if note.private else pair(stored, note.conversation), note.text
    for promise in stored.promise.values():
        yield pair(stored, promise.conversation), promise.text
    for series in stored.series.values():
        yield pair(stored, series.conversation), series.place or ""
    for meeting in stored.meeting.values():
        yield pair(stored, meeting.conversation), meeting.place or ""
    named = {person.id for person in stored.person.values() if person.admin}
    for question in stored.question.values():
        yield {question.asker, *admins, *named}, question.text
    yield from _of_check_ins(stored)
    for template in stored.template.values():
        is_shared = template.state is TemplateState.shared
        yield {*stored.person} if is_shared else {template.author}, f"{template.name} {template.source}"
    for part in stored.part.values():
        yield {part.author, *_readers_of_plan(stored, part.plan)}, part.text
    yield from _of_topics(stored, {*admins, *named})


def _of_check_ins(stored: Snapshot) -> Iterator[tuple[set[str], str]]:
    """Answers are the two's, and what is asked is everybody's."""
    for check_in in stored.check_in.values():
        yield pair(stored, check_in.conversation), check_in.answers
    for asked in stored.asked.values():
        yield {*stored.person}, asked.text or ""


def _readers_of_plan(stored: Snapshot, key: str) -> set[str]:
    plan = stored.plan[key]
    return {plan.person} if plan.shared_at is None else pair(stored, plan.conversation)


def _of_topics(stored: Snapshot, admins: set[str]) -> Iterator[tuple[set[str], str]]:
    """Admins read all topics, and the two of a conversation those that they have."""
    words = {topic.id: f"{topic.title} {topic.prompt} {topic.note} {topic.links}" for topic in stored.topic.values()}
    for said in words.values():
        yield admins, said
    for item in stored.item.values():
        if item.topic is not None:
            yield pair(stored, item.conversation), words[item.topic]


def _of_item(stored: Snapshot, item: AgendaItem) -> set[str]:
    return pair(stored, item.conversation) if item.visibility is Visibility.shared else {item.author}


def pair(stored: Snapshot, conversation: str) -> set[str]:
    """The two of a conversation."""
    found = stored.conversation[conversation]
    return {found.first, found.second}
