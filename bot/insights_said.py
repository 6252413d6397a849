"""The usage report in words: the same sentences in the chat, on the web page, in the shell and in the CSV file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.disclosure import Band, Figure, Kept, Measure
from bot.insights import EARLIER, GALLUP, GroupTold, Report, Told
from prompts import Voice

WHOLE = 100


@dataclass(frozen=True)
class Said:
    """One share: what it is of, how large, both in one ``line``, how that was before; ``told`` is for who draws it."""

    measure: Measure
    name: str
    figure: str
    line: str
    change: str
    told: Told


def heroes(voice: Voice, report: Report) -> tuple[Said, ...]:
    """The four shares that stand on top."""
    return (
        said(voice, Measure.active, report.active),
        said(voice, Measure.managers, report.managers),
        said(voice, Measure.met, report.met),
        said(voice, Measure.meaningful, report.meaningful),
    )


def shares(voice: Voice, group: GroupTold) -> tuple[Said, ...]:
    """What there is of a department or a team, active ones first."""
    each = {
        Measure.active: group.active,
        Measure.managers: group.managers_active,
        Measure.drifting: group.drifting,
    }
    return tuple(said(voice, measure, told) for measure, told in each.items() if told is not None)


def said(voice: Voice, measure: Measure, told: Told) -> Said:
    """One share in words."""
    name = voice.say(f"insights.measure.{measure.value}")
    figure = figure_said(voice, told.figure)
    line = voice.say("insights.line", name=name, share=figure)
    return Said(measure, name, figure, line, change_said(voice, told), told)


def figure_said(voice: Voice, figure: Figure) -> str:
    """``under 20 %``, ``60 to 80 %``, ``80 % or more``, or that it is kept back."""
    if isinstance(figure, Kept):
        return voice.say(f"insights.kept.{figure.value}")
    if figure.low == 0:
        return voice.say("insights.under", high=figure.high)
    if figure.high == WHOLE:
        return voice.say("insights.over", low=figure.low)
    return voice.say("insights.between", low=figure.low, high=figure.high)


def change_said(voice: Voice, told: Told) -> str:
    """How it was in the window before, as far as that was shown; empty where there is no share now or then."""
    if not isinstance(told.figure, Band) and not isinstance(told.before, Band):
        return ""
    if told.before is None:
        return voice.say("insights.change.none")
    return voice.say(f"insights.change.{way(told.figure, told.before)}", before=figure_said(voice, told.before))


def way(now: Figure, before: Figure) -> str:
    """``same``, ``up``, ``down`` or ``other``.

    Up or down only where the one band ends before the other begins: what overlaps may have stayed as it was.
    """
    if now == before:
        return "same"
    if isinstance(now, Kept) or isinstance(before, Kept):
        return "other"
    if now.low >= before.high:
        return "up"
    return "down" if now.high <= before.low else "other"


def why_said(voice: Voice, figures: Iterable[Figure | None]) -> tuple[str, ...]:
    """A sentence for each reason for which any of these is kept back."""
    reasons = {figure for figure in figures if isinstance(figure, Kept)}
    return tuple(dict.fromkeys(voice.say(f"insights.why.{kept.value}") for kept in Kept if kept in reasons))


def figures_of(report: Report) -> tuple[Figure | None, ...]:
    """All shares of the last week that a report shows, to explain those that are kept back."""
    groups = (*report.departments, *((report.department,) if report.department else ()), *report.teams)
    told = [report.active, report.managers, report.met, report.meaningful, report.drifting]
    each = [one for group in groups for one in (group.active, group.managers_active, group.drifting) if one]
    return tuple(one.figure for one in (*told, *each))


def window_said(voice: Voice, days: int) -> str:
    """``7 days``, ``12 months``."""
    return voice.say("insights.window", days=days)


def span_said(voice: Voice, report: Report) -> str:
    """From which day to which, both included."""
    return voice.say("insights.span", first=day_said(voice, report.since), last=day_said(voice, report.week))


def day_said(voice: Voice, day: date) -> str:
    """A day with its year: a report is also read later, and on paper."""
    return voice.library.day(day, "year")


def size_said(voice: Voice, group: GroupTold) -> str:
    """How many 1-on-1s and managers there are in a department; of a manager's own team how many 1-on-1s."""
    conversations = voice.say("insights.conversations", count=group.conversations)
    if group.manager is not None:
        return conversations
    managers = voice.say("insights.managers", count=group.managers)
    return voice.say("insights.size", conversations=conversations, managers=managers)


def holds_said(voice: Voice, group: GroupTold) -> str:
    """Which departments are together in it; empty for one that stands alone."""
    return voice.say("insights.holds", names=voice.listed(group.holds)) if group.holds else ""


def unshown_said(voice: Voice, report: Report) -> str:
    """How many managers of the department have no line of their own, and why; empty where all have one."""
    count = report.unshown_managers
    return voice.say("insights.unshown", count=count) if count else ""


def definition(voice: Voice) -> str:
    """What "active" means, which stands on each report (M2)."""
    return voice.say("insights.definition")


def gallup_said(voice: Voice) -> str:
    """What stands beside the share that both called meaningful (M4)."""
    return voice.say("insights.gallup", percent=GALLUP)


def notes(voice: Voice, report: Report) -> tuple[str, ...]:
    """Everything that stands under a report, the definition of "active" first."""
    return (
        definition(voice),
        voice.say("insights.counted"),
        voice.say("insights.meaningful"),
        gallup_said(voice),
        voice.say("insights.compared", weeks=EARLIER[report.days]),
        voice.say("insights.bands"),
        *([voice.say("insights.together")] if any(each.is_others for each in report.departments) else ()),
        *why_said(voice, figures_of(report)),
    )
