"""Charts as Slack draws them in a message.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from collections.abc import Iterable, Sequence

from adapters.slack import limits
from adapters.slack.inputs import Json
from adapters.slack.limits import clipped
from bot.bars import Whole, whole
from bot.views import Chart, Drawn

CHART = "data_visualization"
CHARTS_AT_MOST = 2
_KINDS = {Drawn.lines: "line", Drawn.bars: "bar"}


def chart_block(chart: Chart) -> Json | None:
    """The lines as far as each has a number for each label, which Slack insists on; None where that is nothing."""
    drawn = whole(chart, most=limits.CHART_LABELS)
    if drawn is None:
        return None
    labels = _distinct(drawn.labels)
    return {
        "type": CHART,
        "title": clipped(chart.title, limits.CHART_TITLE),
        "chart": {
            "type": _KINDS[chart.drawn],
            "series": _series(drawn, labels),
            "axis_config": {"categories": labels},
        },
    }


def has_charts(blocks: Iterable[Json]) -> bool:
    """Whether a workspace that knows no charts would refuse these."""
    return any(block.get("type") == CHART for block in blocks)


def without_charts(blocks: Iterable[Json]) -> list[Json]:
    """For a workspace that knows no charts: the title of each, below which its numbers stand in text."""
    return [_title(block) if block.get("type") == CHART else block for block in blocks]


def _title(block: Json) -> Json:
    title = {"type": "text", "text": block["title"], "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [title]}]}


def _series(drawn: Whole, labels: Sequence[str]) -> list[Json]:
    names = _distinct([name for name, _ in drawn.lines[: limits.CHART_LINES]])
    return [
        {"name": name, "data": [_point(*point) for point in zip(labels, values, strict=True)]}
        for name, (_, values) in zip(names, drawn.lines, strict=False)
    ]


def _point(label: str, value: int) -> Json:
    return {"label": label, "value": value}


def _distinct(texts: Sequence[str]) -> list[str]:
    """The texts as short as they have to be, each only once: two may have been of one day."""
    found: list[str] = []
    for text in texts:
        short = clipped(text, limits.CHART_LABEL)
        number = 2
        while short in found:
            end = f" ({number})"
            short, number = clipped(text, limits.CHART_LABEL - len(end)) + end, number + 1
        found.append(short)
    return found
