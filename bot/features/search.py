"""Search in one's own conversations: items, notes, action items (B5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import access
from bot.actions import Action
from bot.clip import clip
from bot.features.action_items import OpenActionItem
from bot.features.agenda import OpenItem, keep_draft
from bot.features.item_words import words_of
from bot.features.notes import OpenNote
from bot.features.people import spelled_out
from bot.model.conversation import Seated
from bot.model.ids import ConversationId, DraftId
from bot.paging import PAGE_ROWS
from bot.registry import Handlers, Step
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Form, Row, Text, TextField

handlers = Handlers()

QUERY_LENGTH = 100
_Seated = Mapping[ConversationId, Seated]
_Hit = tuple[datetime, Row]


@dataclass(frozen=True)
class Search(Action):
    """Asks for words."""


@dataclass(frozen=True)
class Find(Action):
    """Shows a page of what has all of them."""

    page: int = 0


@dataclass(frozen=True)
class FindTyped(Action):
    """Shows what has the words that were typed: they cannot travel in the button that opens this."""

    draft: DraftId


@handlers.reads(Search)
async def search(turn: Turn, action: Search) -> Form:
    return Form(
        title=turn.say("search.title"),
        body=(_field(turn, turn.entered.text_or_none("query", most=QUERY_LENGTH) or ""),),
        submit=Find(),
        submit_label=turn.say("search.search"),
        sees=turn.say("search.sees"),
        address=action,
    )


def _field(turn: Turn, query: str) -> TextField:
    return TextField("query", turn.say("search.words"), value=query, most=QUERY_LENGTH)


@handlers.reads(Find, form=Search)
async def find(turn: Turn, action: Find) -> Form:
    return await _findings(turn, turn.entered.text("query", most=QUERY_LENGTH), page=action.page, address=Search())


@handlers.reads(FindTyped)
async def find_typed(turn: Turn, action: FindTyped) -> Form:
    draft = await access.draft(turn, action.draft)
    return await _findings(turn, draft.text, page=0, address=action)


async def _findings(turn: Turn, query: str, *, page: int, address: Action) -> Form:
    found = await found_rows(turn, query)
    start = page * PAGE_ROWS
    rows: tuple[Block, ...] = tuple(found[start : start + PAGE_ROWS])
    more = len(found) > start + PAGE_ROWS
    return Form(
        title=turn.say("search.title"),
        body=(
            _field(turn, query),
            Text(turn.say("search.found", count=len(found))),
            *rows,
            *((Buttons((Button(turn.say("views.after"), Find(page + 1)),)),) if more else ()),
        ),
        submit=Find(),
        submit_label=turn.say("search.search"),
        sees=turn.say("search.sees"),
        address=address,
    )


async def found_rows(turn: Turn, query: str) -> list[Row]:
    """Whatever this person may see that has every word, the latest change first."""
    words = query.casefold().split()
    seated = {one.conversation.id: one for one in await turn.tx.conversations.seated(turn.person.id)}
    dated = [
        *await _items(turn, seated, words),
        *await _notes(turn, seated, words),
        *await _promises(turn, seated, words),
    ]
    return [row for _, row in sorted(dated, key=lambda hit: hit[0], reverse=True)]


async def _items(turn: Turn, seated: _Seated, words: list[str]) -> Iterable[_Hit]:
    """Items, and the comments on them."""
    mine = [item for item in await turn.tx.agenda.of(*seated) if item.seen_by(turn.person.id)]
    visible = {item.id for item in mine}
    items = [item for item in mine if _has(f"{words_of(turn, item)} {item.quote or ''}", words)]
    comments = [c for c in await turn.tx.agenda.comments_in(*seated) if c.item in visible and _has(c.text, words)]
    return [
        *((i.changed_at, _row(turn, seated[i.conversation], "item", words_of(turn, i), OpenItem(i.id))) for i in items),
        *((c.created_at, _row(turn, seated[c.conversation], "comment", c.text, OpenItem(c.item))) for c in comments),
    ]


async def _notes(turn: Turn, seated: _Seated, words: list[str]) -> Iterable[_Hit]:
    notes = [note for note in await turn.tx.notes.of(*seated) if note.seen_by(turn.person.id)]
    found = [note for note in notes if _has(note.text, words)]
    return [(n.changed_at, _row(turn, seated[n.conversation], "note", n.text, OpenNote(n.id))) for n in found]


async def _promises(turn: Turn, seated: _Seated, words: list[str]) -> Iterable[_Hit]:
    found = [promise for promise in await turn.tx.action_items.of(*seated) if _has(promise.text, words)]
    return [(p.changed_at, _row(turn, seated[p.conversation], "promise", p.text, OpenActionItem(p.id))) for p in found]


def _has(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _row(turn: Turn, one: Seated, kind: str, text: str, opens: Action) -> Row:
    return Row(clip(text), turn.say(f"search.{kind}", name=one.other_name), (Button(turn.say("views.open"), opens),))


@handlers.verb("search")
async def search_words(turn: Turn, rest: str) -> Step:
    if not rest:
        return Step(Search())
    words = await spelled_out(turn, rest)
    return Step(FindTyped(await keep_draft(turn, words[:QUERY_LENGTH])))
