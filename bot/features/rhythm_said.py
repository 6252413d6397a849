"""A rhythm as people say it."""

from bot.model.series import Series
from bot.turn import Turn
from bot.zones import city_of

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = "MO,TU,WE,TH,FR"
_CLAMPED = {"28,29,30,31": 31, "28,29,30": 30, "28,29": 29}
_LAST_DAY = ("31", "-1")
_NTH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}


def rhythm_said(turn: Turn, series: Series) -> str:
    """The days, the time of day, and the zone where that is not the reader's."""
    facts = {
        "days": _days_said(turn, series.rule),
        "time": f"{series.at // 60:02d}:{series.at % 60:02d}",
        "minutes": series.minutes,
        "zone": city_of(series.zone, turn.voice.library.cities) if series.zone != turn.person.zone else "",
        "last": series.last,
    }
    return turn.say("schedule.said.whole", **facts)


def _days_said(turn: Turn, rule: str) -> str:
    parts = dict(part.split("=", maxsplit=1) for part in rule.split(";"))
    every = int(parts.get("INTERVAL", "1"))
    names = {name: parts[name] for name in parts.keys() - {"FREQ", "INTERVAL", "WKST"}}
    match parts["FREQ"]:
        case "DAILY" if not names:
            return turn.say("schedule.said.daily", every=every)
        case "WEEKLY" if names.keys() == {"BYDAY"} and all(day in _DAYS for day in names["BYDAY"].split(",")):
            return _weekly(turn, names["BYDAY"], every)
        case "MONTHLY" if names.keys() == {"BYDAY"} and "," not in names["BYDAY"]:
            return _monthly_weekday(turn, names["BYDAY"], every) or turn.say("schedule.said.rule", rule=rule)
        case "MONTHLY" if names.keys() <= {"BYMONTHDAY", "BYSETPOS"}:
            return _monthly_day(turn, names, every) or turn.say("schedule.said.rule", rule=rule)
        case _:
            return turn.say("schedule.said.rule", rule=rule)


def _weekly(turn: Turn, days: str, every: int) -> str:
    if days == _WORKDAYS and every == 1:
        return turn.say("schedule.said.workdays")
    return turn.say(
        "schedule.said.weekly", every=every, days=turn.voice.listed([_day(turn, d) for d in days.split(",")])
    )


def _monthly_weekday(turn: Turn, day: str, every: int) -> str | None:
    which = _NTH.get(day[:-2].lstrip("+"))
    if which is None:
        return None
    nth = turn.say(f"schedule.said.nth.{which}")
    return turn.say("schedule.said.monthly_weekday", every=every, nth=nth, day=_day(turn, day[-2:]))


def _monthly_day(turn: Turn, names: dict[str, str], every: int) -> str | None:
    days = names.get("BYMONTHDAY", "")
    number = str(_CLAMPED.get(days, days)) if names.get("BYSETPOS", "-1") == "-1" else ""
    if number in _LAST_DAY:
        return turn.say("schedule.said.monthly_last", every=every)
    return turn.say("schedule.said.monthly_day", every=every, number=int(number)) if number.isdigit() else None


def _day(turn: Turn, code: str) -> str:
    return turn.voice.weekday(_DAYS.index(code))
