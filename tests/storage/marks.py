"""Ids by which a test sees whose a row is."""


def id_of(mark: str, noun: str) -> str:
    return f"{mark}-{noun}-".ljust(22, "0")
