"""What a file of people changes, and when that cannot be meant."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from bot.census import Doubled, compare, is_too_much
from bot.model.ids import PersonId
from bot.model.roster import Difference, Entry, Known, Moved, Register, Sheet, Told, Turned

_numbers = count()


def an_entry(who: str, row: int = 2, **also: object) -> Entry:
    entry = Entry(row=row, email=f"{who}@x.de", folded=f"{who}@x.de", values=("",))
    return replace(entry, **also)  # type: ignore[arg-type]


def known(name: str, **also: object) -> Known:
    one = Known(
        id=PersonId(f"{name}{next(_numbers)}"),
        folded=f"{name}@x.de",
        email=f"{name}@x.de",
        name=name,
        zone="UTC",
        language="en",
        active=True,
        listed=True,
        account=False,
        version=1,
        manager=None,
        values={},
    )
    return replace(one, **also)  # type: ignore[arg-type]


def compared(people: Sequence[Known], *entries: Entry) -> Difference:
    sheet = Sheet(entries=entries, labels={"team": "Team"}, names_managers=True)
    return compare(sheet, Register(files=3, people=people), new_id=lambda: f"new{next(_numbers)}")


def test_two_people_with_one_address_are_a_question_for_the_operator() -> None:
    with pytest.raises(Doubled) as doubled:
        compared([known("ana"), known("ana"), known("ben")], an_entry("ana", 2), an_entry("ben", 3))
    assert [entry.row for entry in doubled.value.entries] == [2]


def test_who_has_left_does_not_stand_in_the_way_of_who_has_the_address_now() -> None:
    now = known("ana")
    found = compared([known("ana", active=False, listed=False), now], an_entry("ana", manager="ben@x.de"))
    assert found.lines == [(now.id, "ben@x.de")]


def test_who_says_to_have_left_and_was_never_here_is_left_out() -> None:
    assert compared([], an_entry("ana", here=False)).is_nothing


def test_an_empty_cell_takes_away_and_an_absent_column_does_not() -> None:
    ana = known("ana", values={"team": "Blue", "city": "Rome"}, manager="ben@x.de")
    found = compared([ana], an_entry("ana", manager=""))
    assert [(each.name, each.value) for each in found.said] == [("team", "")]
    assert found.changed[0].turned == [Turned("Team", "Blue", "")]
    assert found.moved == [Moved(found.sheet.entries[0], "ben@x.de", "")]
    assert compared([ana], an_entry("ana", manager=None, values=("Blue",))).is_nothing


def test_what_an_account_says_is_not_compared() -> None:
    there = known("ana", account=True, listed=False)
    found = compared([there], an_entry("ana", name="Somebody", zone="Asia/Tokyo"))
    assert (found.newly, found.filled) == ([there.id], [])
    assert found.changed[0].turned == [Turned(Told.listed, "", "")]


@pytest.mark.parametrize(
    ("before", "lost", "allowed", "too_much"),
    [
        (50, 10, None, False),
        (50, 11, None, True),
        (200, 20, None, False),
        (200, 21, None, True),
        (50, 11, 11, False),
        (50, 11, 10, True),
        (50, 3, 5, True),
        (50, 0, 0, False),
    ],
)
def test_many_leave_only_when_somebody_says_how_many(
    before: int, lost: int, allowed: int | None, too_much: bool
) -> None:
    people = [known(f"p{each}") for each in range(before)]
    stay = [an_entry(f"p{each}", each + 2) for each in range(before - lost)]
    assert is_too_much(compared(people, *stay), allowed) == too_much
