"""Nothing that was acknowledged is lost, or there twice; whatever is sent again, and whatever fails."""

import asyncio
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.actions import Action, pack
from bot.engine import Input
from bot.entered import Entered, Value
from bot.features.action_item_page import AddActionItem, DropActionItem, ReopenActionItem, SaveActionItem
from bot.features.action_items import FinishActionItem
from bot.features.agenda import AddItem, DiscussItem, DropItem, MoveItem, ReopenItem, ShareItem
from bot.features.item_page import AddComment, RemoveComment, SaveItem
from bot.features.meetings import StartMeeting
from bot.features.notes import AddNote, RemoveNote, RestoreNote, SaveNote
from bot.features.wrapping_up import EndMeeting
from bot.model.ids import ActionItemId, CommentId, ConversationId, ItemId, MeetingId, NoteId
from bot.views import Form, Notice, View
from storage.store import Store
from tests.bot.conftest import KEY
from tests.bot.desk import Desk, desk_on, paired
from tests.stateful.ledger import Kept, Ledger, facts_of
from tests.stateful.snapshot import UNHURRIED, Snapshot, Watch, renewed, snapshot

PEOPLE = st.sampled_from(["ana", "ben"])
TROUBLE = st.sampled_from(["none", "none", "repeated", "failing", "failing and repeated"])


class Broken:
    """A failpoint of a store that can be told to fail before its next commit."""

    def __init__(self) -> None:
        self.now = False

    def __call__(self, place: str) -> None:
        if self.now and place == "before commit":
            raise RuntimeError


class Conversation(RuleBasedStateMachine):
    """Ana and Ben do whatever they can to what they have."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.file = self.template.with_name("kept.db")
        for old in self.file.parent.glob("kept.db*"):
            old.unlink()
        shutil.copyfile(self.template, self.file)
        self.runner = asyncio.Runner()
        self.ledger, self.broken, self.number = Ledger(), Broken(), 0
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        self.store = Store(f"sqlite:///{self.file}", (KEY,), failpoint=self.broken, patience=UNHURRIED)
        self.desk: Desk = await desk_on(self.store)
        await paired(self.desk)
        self.watch = Watch(f"sqlite:///{self.file}")
        self.read: Snapshot | None = None
        self.ids = {name: str(await self.desk.person(name)) for name in ("ana", "ben")}
        self.where = ConversationId(next(iter((await self._read()).conversation)))

    def teardown(self) -> None:
        self.watch.close()
        self.runner.run(self.store.close())
        self.runner.close()

    @rule(
        who=PEOPLE,
        seen=st.sampled_from(["shared", "mine", "on_the_day"]),
        repeat=st.sampled_from(["never", "every_meeting"]),
        trouble=TROUBLE,
    )
    def adds_an_item(self, who: str, seen: str, repeat: str, trouble: str) -> None:
        text = self._text("item")
        self._sends(who, AddItem(self.where), trouble, text=text, visibility=seen, repeat=repeat)
        today = seen == "on_the_day" and self.ledger.running is not None
        kept = Kept(text, self.ids[who], seen="shared" if today else seen, repeats=repeat != "never")
        self.ledger.items[self._new("item", text)] = kept
        self._did("added")

    @precondition(lambda self: self.ledger.items)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE, stale=st.booleans())
    def edits_an_item(self, data: st.DataObject, who: str, trouble: str, stale: bool) -> None:
        found = self._seen_item(data, who)
        if found is not None:
            self._edits(who, found, self.ledger.items, lambda edition: SaveItem(ItemId(found), edition), trouble, stale)

    @precondition(lambda self: self.ledger.items)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE, kind=st.sampled_from([DiscussItem, DropItem]))
    def closes_an_item(self, data: st.DataObject, who: str, trouble: str, kind: Any) -> None:
        found = self._seen_item(data, who)
        if found is None:
            return
        was_open = self.ledger.items[found].state == "open"
        self._sends(who, kind(ItemId(found)), trouble)
        if was_open:
            state = "discussed" if kind is DiscussItem else "dropped"
            self.ledger.close(found, state, again=self._again(found) if kind is DiscussItem else None)
            self._did(*(["discussed"] if kind is DiscussItem else []))

    @precondition(lambda self: self.ledger.items)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE)
    def reopens_an_item(self, data: st.DataObject, who: str, trouble: str) -> None:
        found = self._seen_item(data, who)
        if found is not None:
            self._sends(who, ReopenItem(ItemId(found)), trouble)
            if self.ledger.items[found].state != "open":
                self.ledger.reopen(found)

    @precondition(lambda self: self.ledger.items)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE, up=st.booleans())
    def moves_an_item(self, data: st.DataObject, who: str, trouble: str, up: bool) -> None:
        found = self._seen_item(data, who)
        if found is not None:
            self._sends(who, MoveItem(ItemId(found), up), trouble)

    @precondition(lambda self: self.ledger.items)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE)
    def shares_an_item(self, data: st.DataObject, who: str, trouble: str) -> None:
        found = self._seen_item(data, who)
        if found is not None:
            self._sends(who, ShareItem(ItemId(found)), trouble)
            one = self.ledger.items[found]
            one.seen, one.untouched = "shared", one.untouched and one.seen == "shared"

    @precondition(lambda self: self.ledger.items)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE)
    def comments(self, data: st.DataObject, who: str, trouble: str) -> None:
        found = self._seen_item(data, who)
        if found is not None:
            text = self._text("comment")
            self._sends(who, AddComment(ItemId(found)), trouble, text=text)
            self.ledger.comments[self._new("comment", text)] = Kept(text, self.ids[who], item=found)

    @precondition(lambda self: self.ledger.comments)
    @rule(data=st.data(), trouble=TROUBLE)
    def takes_a_comment_back(self, data: st.DataObject, trouble: str) -> None:
        found = data.draw(st.sampled_from(list(self.ledger.comments)))
        who = self._name(self.ledger.comments[found].author)
        if self.ledger.sees(self.ledger.comments[found].item, self.ids[who]):
            self._sends(who, RemoveComment(CommentId(found)), trouble)
            del self.ledger.comments[found]

    @rule(who=PEOPLE, private=st.booleans(), trouble=TROUBLE)
    def writes_a_note(self, who: str, private: bool, trouble: str) -> None:
        text = self._text("note")
        self._sends(who, AddNote(self.where, private), trouble, text=text)
        self._did("noted")
        self.ledger.notes[self._new("note", text)] = Kept(text, self.ids[who], seen="mine" if private else "shared")

    @precondition(lambda self: self.ledger.notes)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE, stale=st.booleans())
    def edits_a_note(self, data: st.DataObject, who: str, trouble: str, stale: bool) -> None:
        found = data.draw(st.sampled_from(list(self.ledger.notes)))
        who = self._reader(found, who)
        if self._edits(who, found, self.ledger.notes, lambda edition: SaveNote(NoteId(found), edition), trouble, stale):
            self.ledger.notes[found].state = "open"  # what is saved is there again

    @precondition(lambda self: self.ledger.notes)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE, kind=st.sampled_from([RemoveNote, RestoreNote]))
    def removes_or_restores_a_note(self, data: st.DataObject, who: str, trouble: str, kind: Any) -> None:
        found = data.draw(st.sampled_from(list(self.ledger.notes)))
        self._sends(self._reader(found, who), kind(NoteId(found)), trouble)
        self.ledger.notes[found].state = "removed" if kind is RemoveNote else "open"

    @rule(who=PEOPLE, owner=PEOPLE, trouble=TROUBLE)
    def promises(self, who: str, owner: str, trouble: str) -> None:
        text = self._text("promise")
        self._sends(who, AddActionItem(self.where), trouble, text=text, owner=self.ids[owner], due="friday")
        self._did("promised")
        self.ledger.promises[self._new("promise", text)] = Kept(text, self.ids[who])

    @precondition(lambda self: self.ledger.promises)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE, stale=st.booleans())
    def edits_a_promise(self, data: st.DataObject, who: str, trouble: str, stale: bool) -> None:
        found = ActionItemId(data.draw(st.sampled_from(list(self.ledger.promises))))
        kept, form = self.ledger.promises, {"owner": self.ids[who], "due": ""}
        self._edits(who, found, kept, lambda edition: SaveActionItem(found, edition), trouble, stale, **form)

    @precondition(lambda self: self.ledger.promises)
    @rule(
        data=st.data(),
        who=PEOPLE,
        trouble=TROUBLE,
        kind=st.sampled_from([FinishActionItem, DropActionItem, ReopenActionItem]),
    )
    def closes_or_reopens_a_promise(self, data: st.DataObject, who: str, trouble: str, kind: Any) -> None:
        found = data.draw(st.sampled_from(list(self.ledger.promises)))
        self._sends(who, kind(ActionItemId(found)), trouble)
        promise = self.ledger.promises[found]
        wanted = {FinishActionItem: "done", DropActionItem: "dropped", ReopenActionItem: "open"}[kind]
        self._did(*(["closed"] if promise.state == "open" != wanted else []))
        promise.state = wanted if "open" in (wanted, promise.state) else promise.state

    @rule(who=PEOPLE, trouble=TROUBLE)
    def they_meet(self, who: str, trouble: str) -> None:
        self._sends(who, StartMeeting(self.where), trouble)
        if self.ledger.running is None:
            (begun,) = self._read_now().meeting.keys() - self.ledger.meetings.keys()
            self.ledger.meetings[begun] = "open"
            self.ledger.reveal()

    @precondition(lambda self: self.ledger.running)
    @rule(data=st.data(), who=PEOPLE, trouble=TROUBLE)
    def they_wrap_up(self, data: st.DataObject, who: str, trouble: str) -> None:
        meeting = self.ledger.running
        assert meeting is not None
        visible = [key for key, one in self.ledger.items.items() if one.state == "open" and self._sees(key, who)]
        ticked = data.draw(st.lists(st.sampled_from(visible), unique=True)) if visible else []
        note, promise = self._text("note"), self._text("promise")
        entered: dict[str, Value] = {"note": note, "promise0": promise, "owner0": self.ids[who], "due0": ""}
        self._sends(who, EndMeeting(MeetingId(meeting)), trouble, **entered, discussed0=tuple(ticked))
        self.ledger.meetings[meeting] = "ended"
        self._did("wrapped_up", "noted", "promised", *(["discussed"] if ticked else []))
        for item in ticked:
            self.ledger.close(item, "discussed", again=self._again(item))
        self.ledger.notes[self._new("note", note)] = Kept(note, self.ids[who])
        self.ledger.promises[self._new("promise", promise)] = Kept(promise, self.ids[who])

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.desk.clock.advance(hours=hours)

    @invariant()
    def all_of_it_is_there_once(self) -> None:
        assert facts_of(self._read_now()) == self.ledger.facts()

    def _edits(
        self,
        who: str,
        found: str,
        kept: dict[str, Kept],
        action: Callable[[int], Action],
        trouble: str,
        stale: bool,
        **form: Value,
    ) -> bool:
        """Saves other words; whether they were kept, for who began with older ones is asked first."""
        one, text = kept[found], self._text("edited")
        outdated = stale and one.edition > 1
        view = self._sends(who, action(one.edition - 1 if outdated else one.edition), trouble, text=text, **form)
        assert isinstance(view, Form) == outdated
        if not outdated:
            one.text, one.edition, one.untouched = text, one.edition + 1, False
        return not outdated

    def _sends(self, who: str, action: Action, trouble: str, **entered: Value) -> View:
        """The answer, once it is acknowledged; before that it may fail, and afterwards it may be sent again."""
        self.number += 1
        if "failing" in trouble:
            self.broken.now = True
            self._sent(who, action, entered)
            self.broken.now = False
            assert facts_of(self._read_now()) == self.ledger.facts()
        view = self._sent(who, action, entered)
        assert not (isinstance(view, Notice) and view.problem), "it was refused"
        if "repeated" in trouble:
            before = facts_of(self._read_now())
            self._sent(who, action, entered)
            assert facts_of(self._read_now()) == before
        return view

    def _sent(self, who: str, action: Action, entered: Mapping[str, Value]) -> View:
        given = Input(account=self.desk.actors[who].account, key=f"lost-{self.number}", entered=Entered(entered))
        return self.runner.run(self.desk.engine.press(given, pack(action)))

    def _did(self, *deeds: str) -> None:
        self.ledger.deeds |= {(deed, self.desk.clock()) for deed in deeds}

    def _seen_item(self, data: st.DataObject, who: str) -> str | None:
        visible = [key for key in self.ledger.items if self._sees(key, who)]
        return data.draw(st.sampled_from(visible)) if visible else None

    def _sees(self, item: str, who: str) -> bool:
        return self.ledger.sees(item, self.ids[who])

    def _reader(self, note: str, who: str) -> str:
        kept = self.ledger.notes[note]
        return who if kept.seen == "shared" else self._name(kept.author)

    def _name(self, person: str) -> str:
        return next(name for name, key in self.ids.items() if key == person)

    def _again(self, item: str) -> str | None:
        again = self._read_now().item[item].repeated_as
        assert (again is not None) == self.ledger.items[item].repeats
        return again

    def _text(self, kind: str) -> str:
        self.number += 1
        return f"{kind} {self.number}"

    def _new(self, table: str, text: str) -> str:
        (key,) = (key for key, row in self._read_now().table(table).items() if row.text == text)
        return str(key)

    def _read_now(self) -> Snapshot:
        return self.runner.run(self._read())

    async def _read(self) -> Snapshot:
        organization, changed = self.desk.ana.account.organization, self.watch.changed()
        fresh = (
            renewed(self.store, organization, self.read, changed) if self.read else snapshot(self.store, organization)
        )
        self.read = await fresh
        return self.read


def lived(template: Path, folder: Path, thoroughness: settings) -> None:
    """Two people live through so many examples; fails on the first thing that is lost or doubled."""

    class Here(Conversation):
        pass

    Here.template = Path(shutil.copyfile(template, folder / "empty.db"))
    run_state_machine_as_test(Here, settings=thoroughness)


def test_what_was_acknowledged_is_there_once(sqlite_template: Path, tmp_path: Path) -> None:
    lived(sqlite_template, tmp_path, settings(max_examples=5, stateful_step_count=25))


@pytest.mark.soak
def test_what_was_acknowledged_is_there_once_after_long(sqlite_template: Path, tmp_path: Path) -> None:
    lived(sqlite_template, tmp_path, settings(max_examples=50, stateful_step_count=80))
