"""The charts that we draw in Teams: topics Chart.Line and Chart.VerticalBar.Grouped of its card documentation."""

from collections.abc import Iterator, Mapping

from adapters.playground.rules_core import Check, Problem, Shape, array, boolean, items, unique
from adapters.playground.teams_rules_words import ALIGNED, PIXELS, SAID, TEXT, either, number, word

HUB = "https://adaptivecards.microsoft.com/?topic="
_POINT = Shape(f"{HUB}LineChartValue", {"x": either(number, SAID), "y": number})
_BAR = Shape(f"{HUB}BarChartDataValue", {"x": SAID, "y": number})
_COLORS = word("categorical", "sequential", "sequentialred", "sequentialgreen", "sequentialyellow", "diverging")


def charts(common: Mapping[str, Check]) -> Mapping[str, Check]:
    """Lines, and bars side by side; each always says what stands in for it: not every client draws."""
    line = Shape(f"{HUB}LineChartData", {"legend": SAID, "values": array(_POINT, 500)}, {"color": TEXT})
    bars = Shape(f"{HUB}GroupedVerticalBarChartData", {"legend": SAID, "values": array(_BAR, 500)}, {"color": TEXT})
    more = {"stacked": boolean, "showBarValues": boolean}
    return {
        "Chart.Line": _chart("Chart.Line", line, common),
        "Chart.VerticalBar.Grouped": _chart("Chart.VerticalBar.Grouped", bars, {**common, **more}),
    }


def _chart(name: str, data: Check, common: Mapping[str, Check]) -> Check:
    return Shape(
        f"{HUB}{name}",
        {"data": array(data, 50), "fallback": common["fallback"]},
        {
            **common,
            "title": TEXT,
            "showTitle": boolean,
            "showLegend": boolean,
            "xAxisTitle": TEXT,
            "yAxisTitle": TEXT,
            "yMin": number,
            "yMax": number,
            "color": TEXT,
            "colorSet": _COLORS,
            "maxWidth": PIXELS,
            "horizontalAlignment": ALIGNED,
        },
        (_legends_differ,),
    )


def _legends_differ(value: object, path: str) -> Iterator[Problem]:
    """Nobody could tell two lines of one name apart."""
    yield from unique("legend", items(value, "data"), f"{path}/data")
