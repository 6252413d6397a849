"""What people of any language say of when they meet, as it is to be understood."""

from datetime import date

from bot.rhythm_words import Asked

MONDAY = date(2026, 11, 23)
EACH_TUESDAY = "FREQ=WEEKLY;BYDAY=TU"
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def asked(
    rule: str | None = None,
    *,
    day: date | None = None,
    at: int | None = None,
    minutes: int | None = None,
    zone: str | None = None,
    last: date | None = None,
) -> Asked:
    """With None for all that was not said."""
    return Asked(rule=rule, day=day, at=at, minutes=minutes, zone=zone, last=last)
