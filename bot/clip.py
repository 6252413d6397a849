"""People's words, shortened for a row."""

ROW_LENGTH = 120


def clip(text: str, most: int = ROW_LENGTH) -> str:
    """The first line, at most ``most`` characters, with an ellipsis where something is left out."""
    line = text.strip().split("\n", maxsplit=1)[0].strip()
    if len(line) > most:
        return line[: most - 1].rstrip() + "…"
    return line if line == text.strip() else f"{line} …"
