"""The report's page as it is written: what stands on it, why something does not, and only words of prompts/."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from html.parser import HTMLParser

from adapters.web.report_page import MOST_PRINTED, notice_page, report_page
from bot.disclosure import Band, Figure, Kept
from bot.insights import GroupTold, Report, Told
from bot.model.ids import PersonId
from bot.model.usage import OTHERS, WINDOWS
from prompts import Library, Voice
from prompts.library import PseudoLibrary
from tests.bot.desk import A_MONDAY
from tests.bot.usage_weeks import HIGH, LAST, LOW, MIDDLE, TOP
from tests.proofs.marks import Foreign

VOICE = Voice(Library("en"), "Europe/Berlin", A_MONDAY)
UNTIL = A_MONDAY + timedelta(days=1)
NO_WORDS = ("style", "script")


class Reader(HTMLParser):
    """The texts of a page, and how it is made up."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._within: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._within.append(tag)
        self.texts += [value for name, value in attrs if name in ("aria-label", "data-label") and value]

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._within[-1] not in NO_WORDS:
            self.texts.append(data.strip())

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.texts)

    def of(self, tag: str) -> Sequence[dict[str, str | None]]:
        """The attributes of each such element."""
        return [attributes for name, attributes in self.tags if name == tag]


def department(label: str, active: Figure = HIGH, *, others: Figure = TOP, holds: tuple[str, ...] = ()) -> GroupTold:
    """One with 20 conversations."""
    return GroupTold(
        department=OTHERS if holds else f"id of {label}",
        manager=None,
        label=label,
        conversations=20,
        managers=3,
        active=Told(active, MIDDLE),
        managers_active=Told(others, None),
        drifting=Told(others, None),
        holds=holds,
    )


def team(label: str, active: Figure = HIGH) -> GroupTold:
    """A manager's."""
    told = Told(active, None)
    return GroupTold(department="d", manager=PersonId(label), label=label, conversations=8, managers=1, active=told)


def report(
    *departments: GroupTold,
    chosen: GroupTold | None = None,
    teams: tuple[GroupTold, ...] = (),
    meaningful: Figure = LOW,
    trend: Sequence[Figure | None] = (HIGH,) * 53,
) -> Report:
    """One of 90 days."""
    same = Told(HIGH, HIGH)
    weeks = [LAST - timedelta(weeks=52 - place) for place in range(53)]
    return Report(
        week=LAST,
        days=90,
        conversations=299,
        active=Told(HIGH, LOW),
        managers=same,
        met=same,
        meaningful=Told(meaningful, None),
        drifting=same,
        departments=departments,
        department=chosen,
        teams=teams,
        trend=tuple(zip(weeks, trend, strict=True)),
    )


def page(shown: Report, *, voice: Voice = VOICE, until: datetime = UNTIL) -> Reader:
    """The page behind the link T."""
    return Reader(report_page(voice, shown, path="T", until=until))


def test_it_is_all_there() -> None:
    read = page(report(department("Design"), department("Sales", LOW)))
    for words in (
        "25 Aug 2026 to 22 Nov 2026",
        "299 1-on-1s",
        "up from under 20 %",
        "Gallup 16 %",
        "Active 1-on-1s over a year",
        "Design",
        "down from 40 to 60 %",
        "This link works until tomorrow, 10:00. Type “report” in the chat for a new one.",
    ):
        assert words in read.text
    assert "Active: one of the two" in read.text


def test_each_window_and_department_and_the_file_can_be_reached() -> None:
    read = page(report(department("A & B"), department("Others", holds=("Law",))))
    links = [each["href"] for each in read.of("a")]
    assert links == [
        "#numbers",
        *(f"T?days={days}" for days in WINDOWS),
        "T.csv?days=90",
        "T?days=90&department=id+of+A+%26+B",
        f"T?days=90&department={OTHERS}",
    ]
    within = page(report(chosen=department("A & B"), teams=(team("Ana Ruiz"),)))
    links = [each["href"] for each in within.of("a")]
    assert links[:2] == ["#numbers", "T?days=90"]
    assert "T?days=7&department=id+of+A+%26+B" in links
    assert "T.csv?days=90&department=id+of+A+%26+B" in links


def test_what_is_kept_back_has_the_number_of_its_reason() -> None:
    shown = report(department("Law", Kept.few), department("Ops", Kept.slack, others=Kept.few), meaningful=Kept.slack)
    whole = report_page(VOICE, shown, path="T", until=UNTIL)
    told = re.findall(r">([^<]+)<sup>(\d)</sup>", whole)
    assert told == [("kept back", "2"), ("too few to say", "1"), ("kept back", "2")] + [("too few to say", "1")] * 2
    reasons = re.findall(r"<ol>(.*?)</ol>", whole)[0]
    assert reasons.index("Too few to say:") < reasons.index("Kept back:")
    assert reasons.count("<li>") == 2
    assert Reader(whole).text.count("Kept back:") == 1


def test_nothing_is_explained_that_is_not_there() -> None:
    shown = report(department("Law", Kept.few), chosen=department("Ops"), teams=(team("Ana Ruiz"),))
    assert "Too few to say" not in page(shown).text
    assert "Too few to say" in page(report(trend=(Kept.few,) * 53)).text


def test_a_department_has_its_managers_and_how_many_are_not_shown() -> None:
    read = page(report(chosen=department("Ops"), teams=(team("Ana Ruiz"), team("Ben Okafor", Kept.rest))))
    assert "Ana Ruiz" in read.text
    assert "20 1-on-1s, 3 managers" in read.text
    assert "1 manager with fewer than 5" in read.text
    assert "over a year" not in read.text


def test_the_chart_is_told_in_words() -> None:
    trend = (None,) * 10 + (LOW,) * 20 + (Kept.slack,) * 3 + (HIGH,) * 20
    read = page(report(trend=trend))
    [desc] = [text for text in read.texts if "1 Feb 2026 to 14 Jun 2026: under 20 %." in text]
    assert "12 Jul 2026 to 22 Nov 2026: 60 to 80 %." in desc
    assert "Hatched weeks are kept back." in read.text
    assert "Hatched" not in page(report()).text


def test_five_hundred_departments_have_a_line_each_and_paper_says_how_many_it_leaves_out() -> None:
    read = page(report(*(department(f"Department {number}") for number in range(500))))
    rows = [each for each in read.of("tr") if each.get("role") == "row"]
    assert len(rows) == 501
    assert sum(each.get("class") == "screen" for each in rows) == 500 - MOST_PRINTED
    assert f"and {500 - MOST_PRINTED} more, in the CSV file" in read.text
    assert "more, in the CSV file" not in page(report(*map(department, "ABCDEFGHIJ"))).text


def test_names_of_every_script_stand_by_themselves() -> None:
    names = ("שרה כהן", "قسم المبيعات", "日本語部門", "e\u0301quipe", "<b>&\"'")
    read = page(report(*map(department, names)))
    assert [text for text in read.texts if text in names] == list(names)
    assert len(read.of("bdi")) == len(names) + 1


def test_every_word_is_of_prompts_or_of_people() -> None:
    voice = Voice(PseudoLibrary("en"), "UTC", A_MONDAY)
    foreign = Foreign(["Design", "Small", "Law", "Ana Ruiz"])
    whole = report(department("Design", Kept.few), department("Small", holds=("Law",)), trend=(Kept.rest,) * 53)
    within = report(chosen=department("Design"), teams=(team("Ana Ruiz", Band(33, 67)),))
    for read in (page(whole, voice=voice), page(within, voice=voice)):
        left = {foreign.words(text.replace("⟧⟦", "⟧ ⟦")) for text in read.texts}
        assert {words for words in left if not re.fullmatch(r"[\d ]*", words)} == set()
    over = Reader(notice_page(voice, voice.say("report_page.over_title"), voice.say("report_page.over")))
    assert {foreign.words(text) for text in over.texts} == {""}


def test_a_reader_of_the_screen_finds_their_way() -> None:
    read = page(report(department("Design"), department("Sales")))
    tags = [name for name, _ in read.tags]
    assert [tags.count(name) for name in ("h1", "main", "nav", "header", "footer", "title")] == [1, 1, 1, 1, 1, 2]
    assert read.of("html")[0]["lang"] == "en"
    identified = [each["id"] for _, each in read.tags if "id" in each]
    assert len(identified) == len(set(identified))
    labelled = [label for _, each in read.tags for label in (each.get("aria-labelledby") or "").split()]
    assert set(labelled) <= set(identified)
    assert {each.get("scope") for each in read.of("th")} == {"col", "row"}
    for drawing in read.of("svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("role") == "img"
