"""Text as it is compared."""

import unicodedata


def folded(text: str) -> str:
    """The text whatever its case, width or composition."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
