"""Words as a person typed them, from the way Teams writes them down."""

import html
import re
from collections.abc import Iterator

from adapters.teams.inputs import Json, Tagged, Words
from adapters.teams.parse_parts import objects, optional_id, optional_part, text_at

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_TYPED = re.compile(rf"&amp;({_ENTITY.pattern.removeprefix('&')})")
# One look at each sign: the library's parser takes minutes for a page that somebody made for it.
_TAG = re.compile(r"<(?=[A-Za-z/!?])[/!?]?([A-Za-z]*)[^<>]*>")
_LONGEST_PAGE = 100_000
_HTML = "text/html"
_BLANK = "\xa0"
_LINES = {"br", "p", "div", "li", "tr"}


def words(body: Json, bot: str) -> Words:
    """What a message says to this bot; raises Malformed."""
    text, page = text_at(body, "text"), _page(body)
    people: list[Tagged] = []
    for tagged in _tagged(body):
        if tagged.member == bot:
            text = text.replace(tagged.tag, " ", 1)
        else:
            people.append(tagged)
    return Words(_plain(text, page), tuple(Tagged(_plain(one.tag, page), one.member, one.name) for one in people))


def names_bot(body: Json, bot: str) -> bool:
    """Whether a message mentions this bot; raises Malformed."""
    return any(tagged.member == bot for tagged in _tagged(body))


def text_of_page(page: str) -> str:
    """The words of a page of HTML."""
    said = _ENTITY.sub(_sign, _TAG.sub(_line, page[:_LONGEST_PAGE]))
    lines = (" ".join(line.split()) for line in said.replace(_BLANK, " ").split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def _tagged(body: Json) -> Iterator[Tagged]:
    for entity in objects(body, "entities"):
        if entity.get("type") != "mention":
            continue
        mentioned = optional_part(entity, "mentioned")
        tagged = Tagged(text_at(entity, "text"), optional_id(mentioned, "id"), text_at(mentioned, "name").strip())
        if tagged.tag and tagged.member:
            yield tagged


def _page(body: Json) -> str | None:
    """The same words as a page of HTML, which Teams sends along."""
    attached = (each for each in objects(body, "attachments") if each.get("contentType") == _HTML)
    page = next(attached, {}).get("content")
    return page if isinstance(page, str) else None


def _plain(text: str, page: str | None) -> str:
    """Without the entities that Teams leaves in a text; what a person typed to look like one stays as it is."""
    typed = set(_TYPED.findall(page or ""))

    def decoded(match: re.Match[str]) -> str:
        entity = match.group()
        if entity == "&nbsp;":
            return " "
        return entity if page is None or entity[1:] in typed else html.unescape(entity)

    return _ENTITY.sub(decoded, text).replace(_BLANK, " ").strip()


def _line(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _LINES else ""


def _sign(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())
