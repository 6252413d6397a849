"""Charts, each with one fault."""

from typing import Any

from tests.adapters.playground.slack_faults import BLOCKS, Bad
from tests.adapters.playground.slack_payloads import Json, axis, chart, line, message, modal

PAGE = f"{BLOCKS}data-visualization-block"
TOO_LONG = "x" * 21
TWICE = ("9 Nov", "9 Nov")


def _drawn(**more: Any) -> Json:
    return message(chart(chart={"type": "line", "series": [line()], "axis_config": axis(), **more}))


BAD_CHARTS = [
    Bad(message(chart(title=None)), "missing", "/blocks/0/title", PAGE),
    Bad(message(chart(title="x" * 51)), "too_long", "/blocks/0/title", PAGE),
    Bad(message(chart(chart=None)), "missing", "/blocks/0/chart", PAGE),
    Bad(message(chart(colour="red")), "unknown_key", "/blocks/0/colour", PAGE),
    Bad(message(chart(), chart(), chart()), "too_many_charts", "/blocks/2", PAGE),
    Bad(modal(chart()), "unknown_type", "/view/blocks/0/type", PAGE),
    Bad(_drawn(type="radar"), "unknown_type", "/blocks/0/chart/type", PAGE),
    Bad(_drawn(series=[]), "too_few", "/blocks/0/chart/series", PAGE),
    Bad(_drawn(series=[line(f"{number}") for number in range(7)]), "too_many", "/blocks/0/chart/series", PAGE),
    Bad(_drawn(series=[line("Ana"), line("Ana")]), "duplicate_name", "/blocks/0/chart/series/1/name", PAGE),
    Bad(_drawn(series=[line(TOO_LONG)]), "too_long", "/blocks/0/chart/series/0/name", PAGE),
    Bad(_drawn(series=[line("Ana", "9 Nov")]), "label_mismatch", "/blocks/0/chart/series/0/data", PAGE),
    Bad(
        _drawn(series=[line("Ana", *TWICE)], axis_config=axis(*TWICE)),
        "duplicate_category",
        "/blocks/0/chart/axis_config/categories",
        PAGE,
    ),
    Bad(_drawn(axis_config=axis(x_label="x" * 51)), "too_long", "/blocks/0/chart/axis_config/x_label", PAGE),
    Bad(
        _drawn(series=[{"name": "Ana", "data": [{"label": "9 Nov", "value": "7"}, {"label": "23 Nov", "value": 7}]}]),
        "wrong_type",
        "/blocks/0/chart/series/0/data/0/value",
        PAGE,
    ),
    Bad(
        message(chart(chart={"type": "pie", "segments": [{"label": "Yes", "value": 0}]})),
        "out_of_range",
        "/blocks/0/chart/segments/0/value",
        PAGE,
    ),
]
