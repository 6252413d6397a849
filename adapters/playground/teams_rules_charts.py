"""The one chart that we draw in Teams: https://adaptivecards.microsoft.com/?topic=Chart.Line."""

from collections.abc import Iterator, Mapping

from adapters.playground.rules_core import Check, Problem, Shape, array, boolean, items, unique
from adapters.playground.teams_rules_words import ALIGNED, PIXELS, SAID, TEXT, either, number, word

HUB = "https://adaptivecards.microsoft.com/?topic="
_POINT = Shape(f"{HUB}LineChartValue", {"x": either(number, SAID), "y": number})
_COLORS = word("categorical", "sequential", "sequentialred", "sequentialgreen", "sequentialyellow", "diverging")


def line_chart(common: Mapping[str, Check]) -> Check:
    """A line chart, which always says what stands in for it: not every client draws."""
    data = Shape(f"{HUB}LineChartData", {"legend": SAID, "values": array(_POINT, 500)}, {"color": TEXT})
    return Shape(
        f"{HUB}Chart.Line",
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
