"""The elements of a card. Nothing that people wrote can become markup in any of them.

A TextBlock reads Markdown and ``{{DATE(...)}}``, so it gets nothing but letters, digits and harmless marks. A
TextRun reads no Markdown, no HTML and no entities: ``[x](y)``, ``**x**`` and ``&nbsp;`` are shown as they are. It
does read dates, so a run ends between the two braces. ``<at>`` mentions somebody only where the card lists that
person in ``msteams.entities``, which ours never do. Buttons, placeholders and what is typed are plain text.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlsplit

from adapters.teams import limits
from adapters.teams.limits import Json, clipped
from bot.views import Button, Jump, Quote, Style

_DATE = re.compile(r"(?<=\{)(?=\{(?:DATE|TIME)\()")
# The first sign is a letter or a digit, so that it is no list; no stop, so that it is no address.
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ ,?!·’…-])*")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_SAFE_IN_URL = "%/:=&?~#+!$,;'@()*[]"
_STYLES = {Style.plain: {}, Style.primary: {"style": "positive"}, Style.danger: {"style": "destructive"}}


def rich(text: str, most: int = limits.PARAGRAPH, **style: object) -> Json:
    """A paragraph in which nothing is markup."""
    return {"type": "RichTextBlock", "inlines": _runs(clipped(text, most), style)}


def quiet(text: str, most: int = limits.PARAGRAPH) -> Json:
    """Small print."""
    return {**rich(text, most, size="small", isSubtle=True), "spacing": "small"}


def wrong(text: str, most: int = limits.LABEL) -> Json:
    """What has to be put right, above its field."""
    return {**rich(text, most, color="attention"), "spacing": "medium"}


def heading(text: str, *, size: str = "medium") -> Json:
    """A title; one that a screen reader finds as such, unless it has signs that a TextBlock would read."""
    words = clipped(text, limits.HEADING)
    if not _PLAIN.fullmatch(words):
        return {**rich(words, size=size, weight="bolder"), "spacing": "large"}
    block = {"type": "TextBlock", "text": words, "style": "heading", "size": size, "weight": "bolder", "wrap": True}
    return {**block, "spacing": "large"}


def quoted(part: Quote) -> Json:
    """People's own words, set apart, and whose they are."""
    words = rich(part.text)
    items = [words, quiet(part.by, limits.ROW_PART)] if part.by else [words]
    direction = {"rtl": True} if _reads_from_the_right(part.text) else {}
    return {"type": "Container", "style": "emphasis", "items": items, **direction}


def jump(part: Jump) -> list[Json]:
    """A link to the web; nothing for any other kind of address."""
    url = _web_address(part.url)
    if url is None:
        return []
    link = {"selectAction": {"type": "Action.OpenUrl", "url": url}, "color": "accent"}
    return [rich(part.label, limits.ROW_PART, **link)]


def action_sets(actions: Sequence[Json], *, spacing: str = "small") -> list[Json]:
    """Buttons side by side, as many as find room on a phone."""
    sets = [{"type": "ActionSet", "actions": line, "spacing": "small"} for line in _button_lines(actions)]
    return [{**sets[0], "spacing": spacing}, *sets[1:]] if sets else []


def _button_lines(actions: Sequence[Json]) -> list[list[Json]]:
    lines: list[list[Json]] = []
    left = 0
    for each in actions:
        wide = limits.width(each["title"]) + limits.ACTION_EDGES
        if not lines or wide > left or len(lines[-1]) == limits.ACTIONS:
            lines.append([])
            left = limits.ACTIONS_WIDTH
        lines[-1].append(each)
        left -= wide
    return lines


def action(kind: str, button: Button, data: Json) -> Json:
    """A button as one kind of action."""
    return {"type": kind, "title": clipped(button.label, limits.BUTTON), **_STYLES[button.style], "data": data}


def separated(elements: Iterable[Json]) -> tuple[Json, ...]:
    """The elements under a line."""
    first, *rest = elements
    return ({**first, "separator": True, "spacing": "large"}, *rest)


def undated(text: str) -> str:
    """For a label or a choice, which cannot be cut in two: an invisible joiner keeps a date from being read."""
    return _DATE.sub("\u2060", text)


def _runs(text: str, style: Json) -> list[Json]:
    return [{"type": "TextRun", "text": part, **style} for part in _DATE.split(text)]


def _reads_from_the_right(text: str) -> bool:
    first = _LETTER.search(text)
    return first is not None and _RIGHT_TO_LEFT.match(first[0]) is not None


def _web_address(url: str) -> str | None:
    whole = quote(url, safe=_SAFE_IN_URL, errors="replace")
    try:
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.netloc and len(whole) <= limits.URL else None
