"""Judging who is named as whose manager (N2): each bad edge, and any hierarchy beside a plain model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from bot.hierarchy import Member, Named, Verdict, judge
from bot.model.hierarchy import NOBODY, Doubt
from bot.model.ids import PersonId

OURS = frozenset({"example.com"})


def here(name: str, *, email: str = "", active: bool = True, listed: bool = False) -> Member:
    return Member(PersonId(name), email or f"{name}@example.com", active, listed)


def line(person: str, named: str | None, *, last: str | None = None, by_hand: str | None = None) -> Named:
    in_file = named if named is None or named == NOBODY or "@" in named else f"{named}@example.com"
    return Named(PersonId(person), in_file, by_hand, None if last is None else PersonId(last), None)


def judged(members: Sequence[Member], *lines: Named) -> Mapping[str, tuple[str | None, Doubt | None]]:
    found = judge(members, lines, domains=OURS)
    return {person: (verdict.manager, verdict.doubt) for person, verdict in found.items()}


ALL = [here("ana"), here("ben"), here("cleo"), here("mia"), here("gone", active=False)]


def test_who_is_named_holds() -> None:
    assert judged(ALL, line("ben", "ana"), line("ana", NOBODY), line("cleo", None)) == {
        "ben": ("ana", None),
        "ana": (None, None),
        "cleo": (None, None),
    }


def test_what_an_admin_chose_leads() -> None:
    assert judged(ALL, line("ben", "ana", by_hand="cleo"), line("ana", "cleo", by_hand=NOBODY)) == {
        "ben": ("cleo", None),
        "ana": (None, None),
    }


def test_oneself() -> None:
    assert judged(ALL, line("ben", "ben", last="ana")) == {"ben": ("ana", Doubt.oneself)}
    assert judged(ALL, line("ben", None, by_hand="ben")) == {"ben": (None, Doubt.oneself)}


def test_unknown() -> None:
    assert judged(ALL, line("ben", "nobody", last="ana")) == {"ben": ("ana", Doubt.unknown)}
    assert judged(ALL, line("ben", None, by_hand="nobody")) == {"ben": (None, Doubt.unknown)}


def test_inactive() -> None:
    assert judged(ALL, line("ben", "gone", last="ana"), line("ana", "gone", last="gone")) == {
        "ben": ("ana", Doubt.inactive),
        "ana": (None, Doubt.inactive),
    }


def test_who_left_and_came_again_with_another_account_is_meant() -> None:
    again = here("again", email="gone@example.com")
    assert judged([*ALL, again], line("ben", "gone")) == {"ben": ("again", None)}


def test_doubled() -> None:
    twin = here("twin", email="ana@example.com")
    assert judged([*ALL, twin], line("ben", "ana", last="cleo")) == {"ben": ("cleo", Doubt.doubled)}


def test_outside() -> None:
    away = here("away", email="away@elsewhere.org")
    assert judged([*ALL, away], line("ben", "away@elsewhere.org", last="ana")) == {"ben": ("ana", Doubt.outside)}
    assert judged(ALL, line("ben", "stranger@elsewhere.org")) == {"ben": (None, Doubt.outside)}


def test_who_is_outside_may_be_listed_by_the_file_or_chosen_by_hand() -> None:
    listed = here("away", email="away@elsewhere.org", listed=True)
    assert judged([*ALL, listed], line("ben", "away@elsewhere.org")) == {"ben": ("away", None)}
    chosen = here("away", email="away@elsewhere.org")
    assert judged([*ALL, chosen], line("ben", None, by_hand="away")) == {"ben": ("away", None)}


def test_where_no_domains_are_named_nobody_is_outside() -> None:
    found = judge([here("away", email="away@elsewhere.org")], [line("ben", "away@elsewhere.org")], domains=frozenset())
    assert found == {"ben": Verdict(PersonId("away"), None)}


def test_a_cycle_of_three_keeps_what_was_good_before() -> None:
    assert judged(ALL, line("ana", "ben", last="ben"), line("ben", "cleo", last="cleo"), line("cleo", "ana")) == {
        "ana": ("ben", Doubt.cycle),
        "ben": ("cleo", Doubt.cycle),
        "cleo": (None, Doubt.cycle),
    }


def test_the_last_good_one_goes_where_it_would_close_a_cycle_now() -> None:
    assert judged(ALL, line("ana", "nobody", last="ben"), line("ben", "ana")) == {
        "ana": (None, Doubt.unknown),
        "ben": ("ana", None),
    }


def test_who_hangs_on_a_cycle_is_not_on_it() -> None:
    found = judged(ALL, line("ana", "ben"), line("ben", "ana"), line("cleo", "ana"))
    assert found["cleo"] == ("ana", None)


def test_a_hundred_thousand_in_a_chain_and_in_a_ring_are_judged_in_seconds() -> None:
    many = [here(str(number)) for number in range(100_000)]
    chain = [line(str(number), str(number + 1)) for number in range(99_999)]
    began = perf_counter()
    assert all(verdict.doubt is None for verdict in judge(many, chain, domains=OURS).values())
    ring = judge(many, [*chain, line("99999", "0", last="5")], domains=OURS)
    assert {verdict.doubt for verdict in ring.values()} == {Doubt.cycle}
    assert perf_counter() - began < 30  # a square of that would be hours


@dataclass(frozen=True)
class Case:
    """A whole organization."""

    members: list[Member]
    lines: list[Named]


PEOPLE = [PersonId(str(number)) for number in range(7)]
EMAILS = [*(f"{person}@example.com" for person in PEOPLE), "x@example.com", "1@else.org", NOBODY, None]


def _member(person: PersonId) -> st.SearchStrategy[Member]:
    email = st.sampled_from([f"{person}@example.com"] * 4 + ["1@example.com", "1@else.org", None])
    return st.builds(Member, st.just(person), email, st.sampled_from([True, True, True, False]), st.booleans())


def _line(person: PersonId) -> st.SearchStrategy[Named]:
    by_hand = st.sampled_from([None, None, None, NOBODY, *PEOPLE])
    last = st.sampled_from([None, *PEOPLE])
    return st.builds(Named, st.just(person), st.sampled_from(EMAILS), by_hand, last, st.none())


CASES = st.builds(Case, st.tuples(*map(_member, PEOPLE)).map(list), st.tuples(*map(_line, PEOPLE)).map(list))


def plainly(case: Case) -> dict[PersonId, Verdict]:
    """The same, thought out slowly: for each person alone, walking up from them."""
    meant = {each.person: _meant(case, each) for each in case.lines}
    edges = {person: PersonId(found) for person, found in meant.items() if found and not isinstance(found, Doubt)}
    loops = {person for person in edges if _comes_back(edges, person)}
    doubts = {person: found for person, found in meant.items() if isinstance(found, Doubt)}
    doubts |= dict.fromkeys(loops, Doubt.cycle)
    held = {person: found for person, found in edges.items() if person not in loops}
    active = {member.id for member in case.members if member.active}
    for each in case.lines:
        if each.person in doubts and each.manager in active and each.manager != each.person:
            held[each.person] = each.manager
    gone = {person for person in held if _comes_back(held, person) and person in doubts}
    kept = {person: found for person, found in held.items() if person not in gone}
    return {each.person: Verdict(kept.get(each.person), doubts.get(each.person)) for each in case.lines}


def _meant(case: Case, each: Named) -> PersonId | Doubt | None:
    if each.by_hand is not None:
        found = [member for member in case.members if member.id == each.by_hand]
        if each.by_hand == NOBODY:
            return None
    elif not each.in_file:
        return None
    else:
        found = [member for member in case.members if member.email == each.in_file]
        is_ours = each.in_file.endswith("@example.com")
        if not is_ours and not [member for member in found if member.active and member.listed]:
            return Doubt.outside
    here = [member.id for member in found if member.active]
    if len(here) > 1:
        return Doubt.doubled
    if not here:
        return Doubt.inactive if found else Doubt.unknown
    return Doubt.oneself if here[0] == each.person else here[0]


def _comes_back(edges: Mapping[PersonId, PersonId], person: PersonId) -> bool:
    at: PersonId | None = edges.get(person)
    for _ in edges:
        if at is None or at == person:
            break
        at = edges.get(at)
    return at == person


@given(CASES, st.permutations(range(len(PEOPLE))))
def test_any_hierarchy_is_judged_as_a_plain_model_judges_it_in_any_order(case: Case, order: list[int]) -> None:
    verdicts = judge(case.members, case.lines, domains=OURS)
    assert verdicts == plainly(case)
    assert judge(case.members[::-1], [case.lines[number] for number in order], domains=OURS) == verdicts


@given(CASES)
def test_nobody_is_above_themselves_or_under_somebody_who_is_gone_and_to_judge_twice_changes_nothing(
    case: Case,
) -> None:
    verdicts = judge(case.members, case.lines, domains=OURS)
    managers = {person: verdict.manager for person, verdict in verdicts.items() if verdict.manager is not None}
    assert not [person for person in managers if _comes_back(managers, person)]
    assert set(managers.values()) <= {member.id for member in case.members if member.active}
    again = [each._replace(manager=verdicts[each.person].manager) for each in case.lines]
    assert judge(case.members, again, domains=OURS) == verdicts
