"""Slack's rules for charts: blocks/data-visualization-block. Where pages differ about a limit, the lower one counts."""

from collections.abc import Iterator, Mapping

from adapters.playground.rules_core import Check, Problem, Shape, array, by_type, items, text, unique

_PAGE = "blocks/data-visualization-block"
MOST_CHARTS = 2  # in one message: reference/block-kit/blocks/data-visualization-block
_LABEL = text(20)


def _number(value: object, path: str) -> Iterator[Problem]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Problem(path, "wrong_type", "must be a number")


def _above_zero(value: object, path: str) -> Iterator[Problem]:
    yield from _number(value, path)
    if isinstance(value, int | float) and value <= 0:
        yield Problem(path, "out_of_range", "must be greater than 0")


def _series_fit(value: object, path: str) -> Iterator[Problem]:
    """Each line has another name, and a point for each category."""
    yield from unique("name", items(value, "series"), f"{path}/series")
    axis = value.get("axis_config") if isinstance(value, Mapping) else None
    categories = [str(each) for each in items(axis, "categories")]
    for index, line in enumerate(items(value, "series")):
        labels = [str(each.get("label")) for each in items(line, "data") if isinstance(each, Mapping)]
        if sorted(labels) != sorted(categories):
            yield Problem(f"{path}/series/{index}/data", "label_mismatch", "labels must match the categories")


def _categories_differ(value: object, path: str) -> Iterator[Problem]:
    seen = [each for each in items(value, "categories") if isinstance(each, str)]
    if len(set(seen)) < len(seen):
        yield Problem(f"{path}/categories", "duplicate_category", "categories must be unique")


_POINT = Shape(f"{_PAGE}#data-point", {"label": _LABEL, "value": _number})
_LINE = Shape(f"{_PAGE}#data-series", {"name": _LABEL, "data": array(_POINT, 20)})
_AXIS = Shape(
    f"{_PAGE}#axis-config",
    {"categories": array(_LABEL, 20)},
    {"x_label": text(50), "y_label": text(50)},
    (_categories_differ,),
)
_WITH_AXES: Mapping[str, Check] = {"series": array(_LINE, 6), "axis_config": _AXIS}
_SEGMENT = Shape(f"{_PAGE}#segment", {"label": _LABEL, "value": _above_zero})
_CHART = by_type(
    {
        **{kind: Shape(f"{_PAGE}#{kind}", _WITH_AXES, {}, (_series_fit,)) for kind in ("line", "bar", "area")},
        "pie": Shape(f"{_PAGE}#pie", {"segments": array(_SEGMENT, 6)}),
    },
    "chart",
)
CHART = Shape(_PAGE, {"title": text(50), "chart": _CHART}, {"block_id": text(255)})


def few_charts(blocks: object, path: str) -> Iterator[Problem]:
    """A message holds only so many of them."""
    kinds = [each.get("type") for each in items({"blocks": blocks}, "blocks") if isinstance(each, Mapping)]
    charts = [index for index, kind in enumerate(kinds) if kind == "data_visualization"]
    for index in charts[MOST_CHARTS:]:
        yield Problem(f"{path}/{index}", "too_many_charts", f"no more than {MOST_CHARTS} charts allowed")
