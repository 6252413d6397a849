"""Charts in cards, each with one fault."""

from adapters.playground.teams_rules_charts import HUB
from tests.adapters.playground.teams_cards import Json, bar_chart, card, line_chart, words
from tests.adapters.playground.teams_spoilt import GONE, IN_DIALOG, Bad, element_fault

PAGE = f"{HUB}Chart.Line"
POINTS = f"{HUB}LineChartValue"
BARS = f"{HUB}Chart.VerticalBar.Grouped"
IN_DIALOGS = (
    "https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards"
)


def _line(*values: Json, **more: object) -> list[Json]:
    return [{"legend": "You", "values": list(values), **more}]


BAD_CHARTS = [
    element_fault(line_chart(), "missing", "/data", PAGE, data=GONE),
    element_fault(line_chart(), "too_few", "/data", PAGE, data=[]),
    element_fault(line_chart(), "missing", "/fallback", PAGE, fallback=GONE),
    element_fault(line_chart(), "wrong_type", "/title", PAGE, title=7),
    element_fault(line_chart(), "unknown_key", "/labels", PAGE, labels=["9 Nov"]),
    element_fault(line_chart(), "not_allowed", "/colorSet", PAGE, colorSet="rainbow"),
    element_fault(line_chart(), "wrong_type", "/yMax", PAGE, yMax="10"),
    element_fault(line_chart(), "too_few", "/data/0/values", PAGE, data=_line()),
    element_fault(line_chart(), "missing", "/data/0/values/0/y", POINTS, data=_line({"x": "9 Nov"})),
    element_fault(line_chart(), "wrong_type", "/data/0/values/0/y", POINTS, data=_line({"x": "9 Nov", "y": "7"})),
    element_fault(
        line_chart(),
        "duplicate_legend",
        "/data/1/legend",
        f"{HUB}LineChartData",
        data=2 * _line({"x": "9 Nov", "y": 7}),
    ),
    element_fault(bar_chart(), "missing", "/data", BARS, data=GONE),
    element_fault(bar_chart(), "missing", "/fallback", BARS, fallback=GONE),
    element_fault(bar_chart(), "wrong_type", "/stacked", BARS, stacked="no"),
    element_fault(bar_chart(), "unknown_key", "/yTop", BARS, yTop=100),
    element_fault(
        bar_chart(), "wrong_type", "/data/0/values/0/x", f"{HUB}BarChartDataValue", data=_line({"x": 7, "y": 60})
    ),
    element_fault(
        bar_chart(),
        "duplicate_legend",
        "/data/1/legend",
        f"{HUB}GroupedVerticalBarChartData",
        data=2 * _line({"x": "Sales", "y": 7}),
    ),
    *(
        Bad(
            good=card(words()),
            bad=card(chart),
            rule="unknown_type",
            path="/body/0/type",
            page=IN_DIALOGS,
            check=IN_DIALOG,
        )
        for chart in (line_chart(), bar_chart())
    ),
]
