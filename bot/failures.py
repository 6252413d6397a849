"""What can be told of an error without what people wrote."""

import traceback


def error_place(error: BaseException) -> str:
    """The type of an error and the lines it passed, without its message, which may quote people."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join([type(error).__name__, *(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))])
