"""Words as a person typed them, from the way Slack writes them down."""

import re

_LINK = re.compile(r"<([^<>]*)>")


def as_typed(text: str) -> str:
    """Plain words: links and channels by what they show, mentions of people as ``<@ID>``."""
    plain = _LINK.sub(_shown, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_mention(text: str, bot: str) -> str:
    """The words around the mention of the bot itself."""
    return " ".join(re.sub(rf"<@{re.escape(bot)}(\|[^<>]*)?>", " ", text).split()) if bot else text


def _shown(match: re.Match[str]) -> str:
    target, _, label = match.group(1).partition("|")
    match target[:1]:
        case "@":
            return f"<{target}>"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return _called(target[1:], label)
        case _:
            return label if target.startswith(("mailto:", "tel:")) and label else target


def _called(name: str, label: str) -> str:
    word, _, _ = name.partition("^")
    if word == "date":
        return label
    return label if label.startswith("@") else f"@{label or word}"
