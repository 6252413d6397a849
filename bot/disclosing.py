"""Which figures of a week everybody may see (M3): from what was counted to bands, or to why there is none.

Who knows the organization chart of each day, every figure of every week, and all conversations that one person takes
part in, must not be able to tell whether any other conversation was active, nor what was answered in it. What is shown
or kept back follows from who was in which group, which everybody may know, and from what is shown already; never from
what people did. So that something is kept back tells nothing (it is *simulatable*; Kenthapadi, Mishra, Nissim, 2005).

The rules, each a ``Rule``; what they defend against is in the tests that switch them off, tests/proofs:

- *known*: a reader knows all conversations that one person takes part in; all margins grow by as many.
- *bands*: no counts, only bands, in each of which there is room for one more (``bot.scales``).
- *overlap*: nor do windows that overlap tell that nobody was active where they do (``bot.scales``). That all were is
  never certain over time: the counts of a group's windows are a coverage function; each monotone, submodular one on
  intervals is that of some history; and cut off at one less than all it is one still, in the same bands.
- *rest*: what is not shown of a whole is nobody, or at least LEAST (as in statistical offices; Hundepool et al., 2012).
- *slack*: what is shown of the parts leaves the whole, and what is shown of the whole leaves the parts, room for one
  more to be active, and for one more not to be (``bot.rooms``). Subtraction then tells of nobody.
- *apart*: nor does the subtraction of OTHERS from what they were, with other departments, in a week before.
- *managers*: nor does how many managers are active, beside how many conversations are.
- *answers*: how many answered is secret; of too few there is no share.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.disclosure import Counts, Figure, Group, Kept, Measure, Place, Shown
from bot.margins import EVERY_RULE, Bears, Margins, Rule
from bot.model.usage import DRIFTS_AFTER, EVERYBODY, OTHERS, RECENTLY, WINDOWS
from bot.rooms import Room
from bot.scales import HALVES, SHARES, Cell, cell_of
from bot.windows_shown import ALL, Chart, Key, Windows


def together(teams: Sequence[Group]) -> frozenset[str]:
    """The departments that are shown as one, OTHERS: the smallest, until they can be shown.

    From the conversations that stand in teams now, and nothing else; so also departments where nobody is any more.
    """
    sizes: dict[str, dict[str, int]] = {}
    for team in teams:
        sizes.setdefault(team.department, {})[team.manager] = team.live
    order = sorted(sizes, key=lambda name: (sum(sizes[name].values()), name))
    small = [name for name in order if not _may_be_shown([sizes[name]])]
    larger = [name for name in order if name not in small]
    while small and larger and not _may_be_shown([sizes[name] for name in small]):
        small.append(larger.pop(0))
    return frozenset(small)


def _may_be_shown(departments: Iterable[Mapping[str, int]]) -> bool:
    live: dict[str, int] = {}
    for managers in departments:
        for manager, count in managers.items():
            live[manager] = live.get(manager, 0) + count
    whole = sum(live.values())
    return bool(EVERY_RULE.scales(whole, EVERY_RULE.known(live), least=whole))


def disclose(
    groups: Sequence[Group],
    *,
    together: Collection[str] = (),
    before: Sequence[Collection[str]] = (),
    rules: Collection[Rule] = tuple(Rule),
) -> Mapping[Key, Shown]:
    """What everybody may see of each group: everybody, each department, and each team but those of OTHERS.

    ``together`` are the departments that were counted as OTHERS; ``groups`` are all there are. ``before`` are those
    that were so in each of the weeks before, the last week first, back to the first one or for 53 weeks.
    """
    chart, margins = Chart(groups), Margins(frozenset(rules))
    steady = _steady(chart.departments, frozenset(together), before) if Rule.apart in margins.rules else {}
    windows = Windows(chart, margins, steady)
    windows.show()
    figures = windows.figures
    for days, everybody in zip(WINDOWS, windows.rooms[EVERYBODY], strict=True):
        figures[ALL][Measure.meaningful, days] = _meaningful(chart, margins, days, everybody)
    for key, place, figure in _meetings(chart, margins):
        figures[key][place] = figure
    names = tuple(sorted(together))
    return {
        key: Shown(group.live, group.managers, figures[key], names if key[0] == OTHERS else ())
        for key, group in chart.groups.items()
        if key[0] != OTHERS or key[1] == EVERYBODY
    }


def _steady(names: Iterable[str], together: frozenset[str], before: Sequence[Collection[str]]) -> Mapping[str, int]:
    """Of which windows a department, or OTHERS, has figures: of so many days at most, where that is limited.

    Windows that both begin with the first counted day, and not with days that differ, could be subtracted exactly.
    """
    found = {}
    for name in names:
        for weeks, then in enumerate(before, start=1):
            if together != frozenset(then) if name == OTHERS else name in then:
                found[name] = 7 * weeks
                break
    return {name: max(days, 7 * len(before)) for name, days in found.items()}


def _meetings(chart: Chart, margins: Margins) -> Iterable[tuple[Key, Place, Figure]]:
    """Who has met, of everybody; and what drifts, of everybody and of the departments."""
    known = margins.known(chart.by_manager(RECENTLY))
    has_met = chart.everybody.counts.get((Measure.met, RECENTLY), Counts(0, 0))
    figure, met = margins.choose(has_met, known)
    yield ALL, (Measure.met, RECENTLY), figure
    place = Measure.drifting, DRIFTS_AFTER
    counts = {name: chart.groups[name, EVERYBODY].counts.get(place, Counts(0, 0)) for name in _all_of(chart)}
    whole = counts[EVERYBODY]
    everybody = Room(whole.whole, known)

    def bears(options: Sequence[Cell]) -> bool:
        """Who has not met for some days more drifts; there must be room for some who met just in these days."""
        if met is None:
            return True
        not_met, younger = has_met.whole - met.high, max(has_met.whole - whole.whole, 0)
        return all(not 0 <= cell.high + younger - not_met <= known for cell in options)

    # That something is not there is a share of the rest, whose ends lie one count beside: hence one more is known.
    figure, cell = margins.choose(whole, known + 1, bears=bears)
    yield ALL, place, figure
    if cell is not None:
        everybody.narrow(cell.low, whole.whole - cell.high)
    sizes = {name: counts[name].whole for name in chart.departments}
    knows = {name: margins.known(in_teams) + 1 for name, in_teams in chart.sizes(RECENTLY).items()}
    could = [name for name in chart.departments if margins.scales(sizes[name], knows[name], least=sizes[name])]
    withdrawn = margins.withdrawn(sizes, could)
    for name in sorted(chart.departments, key=lambda name: (-sizes[name], name)):
        figure, cell = Kept.rest, None
        if name not in withdrawn:
            figure, cell = margins.choose(counts[name], knows[name], bears=_room_in(everybody, sizes[name]))
        yield (name, EVERYBODY), place, figure
        if cell is not None:
            everybody.add(cell.low, sizes[name] - cell.high)


def _all_of(chart: Chart) -> Sequence[str]:
    return (EVERYBODY, *chart.departments)


def _room_in(room: Room, whole: int) -> Bears:
    return lambda options: all(room.bears(cell.low, whole - cell.high) is not False for cell in options)


def _meaningful(chart: Chart, margins: Margins, days: int, everybody: Room) -> Figure:
    """The share of those who answered; how many did is not shown, and so is a count that must hide one as well."""
    counts = chart.everybody.counts.get((Measure.meaningful, days), Counts(0, 0))
    for scale in (SHARES, HALVES):
        enough = (len(scale) + 1) * (everybody.known + 2) if Rule.answers in margins.rules else 1
        if counts.whole >= enough and everybody.whole > enough + everybody.known:
            return cell_of(scale, counts.whole, counts.part).band
    return Kept.few
