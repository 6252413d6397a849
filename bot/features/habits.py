"""How one works and of what one wants to be reminded; for admins, what holds for everybody (G4, G5, O6)."""

from dataclasses import dataclass, replace

from bot.actions import Action
from bot.features.admins import admins_only
from bot.features.languages import entered_language, language_field
from bot.features.reminder_card import REMINDERS
from bot.model.delivery import DeliveryKind
from bot.model.habits import Habits, muting
from bot.model.people import Organization
from bot.refused import Refused
from bot.registry import Handlers
from bot.reminding import arrange_for
from bot.rule import DAYS_A_WEEK
from bot.turn import Turn
from bot.typed import typed_time
from bot.views import Block, ChoiceField, Field, Form, Notice, Option, Quiet, TextField, TicksField
from bot.working import country_name, country_named, country_of
from prompts import fitting

handlers = Handlers()

DAYS_OFFERED = (0, 1, 2, 3, 4, 5)
MINUTES_OFFERED = (5, 10, 15, 30, 60)
TOPICS_OFFERED = (1, 2, 3, 4, 5)
AS_USUAL = "usual"
ON = "on"
TIME_LENGTH = 20
COUNTRY_LENGTH = 60


@dataclass(frozen=True)
class OpenReminders(Action):
    """Asks of what one wants to be reminded, and how early."""


@dataclass(frozen=True)
class SaveReminders(Action):
    """Keeps it."""


@dataclass(frozen=True)
class OpenHours(Action):
    """Asks when one works."""


@dataclass(frozen=True)
class SaveHours(Action):
    """Keeps it."""


@dataclass(frozen=True)
class OpenForAll(Action):
    """Asks an admin what holds for everybody."""


@dataclass(frozen=True)
class SaveForAll(Action):
    """Keeps it."""


@handlers.reads(OpenReminders)
async def open_reminders(turn: Turn, action: OpenReminders) -> Form:
    habits = await turn.tx.habits.get(turn.person.id)
    return Form(
        title=turn.say("habits.reminders"),
        body=(
            _kinds_field(turn, habits),
            *_lead_fields(turn, habits),
            _discreet_field(turn, on=turn.person.discreet),
            *_discreet_for_all(turn),
        ),
        submit=SaveReminders(),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_you"),
        address=action,
    )


def _kinds_field(turn: Turn, habits: Habits) -> TicksField:
    kinds = (*REMINDERS, *([DeliveryKind.report] if turn.is_admin else []))
    options = tuple(Option(kind.value, turn.say(f"habits.kinds.{kind.value}")) for kind in kinds)
    wanted = tuple(kind.value for kind in kinds if habits.wants(kind))
    return TicksField("kinds", turn.say("habits.remind_me"), options, values=wanted)


def _lead_fields(turn: Turn, habits: Habits) -> tuple[Field | Block, ...]:
    """How early; what an admin has settled for all is only told."""
    organization = turn.organization
    if organization.reminders_locked:
        return (Quiet(turn.say("habits.locked")),)
    return (
        _days_field(turn, "prepare_days", "habits.prepare_days", habits.prepare_days, usual=True),
        _minutes_field(turn, habits.agenda_minutes, usual=True),
    )


def _days_field(turn: Turn, name: str, label: str, days: int | None, *, usual: bool) -> ChoiceField:
    numbers = tuple(Option(str(each), turn.say("habits.days_before", days=each)) for each in DAYS_OFFERED)
    as_usual = (Option(AS_USUAL, turn.say("habits.as_usual")),) if usual else ()
    return ChoiceField(name, turn.say(label), (*as_usual, *numbers), value=AS_USUAL if days is None else str(days))


def _minutes_field(turn: Turn, minutes: int | None, *, usual: bool) -> ChoiceField:
    numbers = tuple(Option(str(each), turn.say("habits.minutes_before", minutes=each)) for each in MINUTES_OFFERED)
    as_usual = (Option(AS_USUAL, turn.say("habits.as_usual")),) if usual else ()
    value = AS_USUAL if minutes is None else str(minutes)
    return ChoiceField("agenda_minutes", turn.say("habits.agenda_minutes"), (*as_usual, *numbers), value=value)


def _discreet_field(turn: Turn, *, on: bool) -> TicksField:
    option = Option(ON, turn.say("habits.discreet"), turn.say("habits.discreet_hint"))
    return TicksField("discreet", turn.say("habits.in_messages"), (option,), values=(ON,) if on else ())


def _discreet_for_all(turn: Turn) -> tuple[Block, ...]:
    return (Quiet(turn.say("habits.discreet_for_all")),) if turn.organization.discreet else ()


@handlers.writes(SaveReminders, form=OpenReminders)
async def save_reminders(turn: Turn, action: SaveReminders) -> Notice:
    habits = await turn.tx.habits.get(turn.person.id)
    wanted = turn.entered.ticks("kinds")
    changed = replace(habits, muted=muting(kind for kind in REMINDERS if kind.value not in wanted))
    if turn.is_admin:
        changed = replace(changed, wants_report=DeliveryKind.report.value in wanted)
    if not turn.organization.reminders_locked:
        changed = replace(
            changed,
            prepare_days=_entered_number(turn, "prepare_days", DAYS_OFFERED),
            agenda_minutes=_entered_number(turn, "agenda_minutes", MINUTES_OFFERED),
        )
    await turn.tx.habits.put(changed)
    await turn.tx.people.save(replace(turn.person, discreet=ON in turn.entered.ticks("discreet")))
    await arrange_for(turn.pen, turn.person.id)
    return Notice(text=turn.say("habits.saved"))


def _entered_number(turn: Turn, field: str, offered: tuple[int, ...]) -> int | None:
    """The number that was chosen, None for what is usual."""
    chosen = turn.entered.id(field)
    if chosen == AS_USUAL:
        return None
    if chosen not in map(str, offered):
        raise Refused("refused.choose", field=field)
    return int(chosen)


@handlers.reads(OpenHours)
async def open_hours(turn: Turn, action: OpenHours) -> Form:
    habits = await turn.tx.habits.get(turn.person.id)
    days = tuple(Option(str(number), turn.voice.weekday(number)) for number in range(DAYS_A_WEEK))
    country = country_of(turn.person.zone) if habits.country is None else habits.country
    return Form(
        title=turn.say("habits.hours"),
        body=(
            TicksField("days", turn.say("habits.days"), days, values=tuple(habits.days)),
            _clock_field(turn, "begins", habits.begins),
            _clock_field(turn, "ends", habits.ends),
            TextField(
                "country",
                turn.say("habits.country"),
                value=country,
                most=COUNTRY_LENGTH,
                required=False,
                hint=turn.say("habits.country_hint", country=country_name(country, turn.voice.library.countries)),
            ),
        ),
        submit=SaveHours(),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_you"),
        address=action,
    )


def _clock_field(turn: Turn, name: str, minutes: int) -> TextField:
    label = turn.say("habits.begins" if name == "begins" else "habits.ends")
    return TextField(name, label, value=f"{minutes // 60:02d}:{minutes % 60:02d}", most=TIME_LENGTH)


@handlers.writes(SaveHours, form=OpenHours)
async def save_hours(turn: Turn, action: SaveHours) -> Notice:
    habits = await turn.tx.habits.get(turn.person.id)
    days = "".join(sorted(set(turn.entered.ticks("days")) & set("0123456")))
    if not days:
        raise Refused("refused.choose_some", field="days")
    begins, ends = _entered_time(turn, "begins"), _entered_time(turn, "ends")
    if begins >= ends:
        raise Refused("refused.ends_before_it_begins", field="ends")
    words = turn.entered.text_or_none("country", most=COUNTRY_LENGTH) or ""
    country = country_named(words, turn.voice.library.countries)
    if country is None:
        raise Refused("refused.unknown_country", field="country")
    await turn.tx.habits.put(replace(habits, days=days, begins=begins, ends=ends, country=country))
    await arrange_for(turn.pen, turn.person.id)
    return Notice(text=turn.say("habits.saved"))


def _entered_time(turn: Turn, field: str) -> int:
    minutes = typed_time(turn, turn.entered.text(field, most=TIME_LENGTH))
    if minutes is None:
        raise Refused("refused.unknown_time", field=field)
    return minutes


@handlers.reads(OpenForAll)
async def open_for_all(turn: Turn, action: OpenForAll) -> Form:
    admins_only(turn)
    organization = turn.organization
    locked = Option(ON, turn.say("habits.lock"), turn.say("habits.lock_hint"))
    return Form(
        title=turn.say("habits.for_all"),
        body=(
            _days_field(
                turn, "report_days", "habits.report_prepare_days", organization.report_prepare_days, usual=False
            ),
            _days_field(turn, "prepare_days", "habits.others_prepare_days", organization.prepare_days, usual=False),
            _minutes_field(turn, organization.agenda_minutes, usual=False),
            TicksField(
                "locked", turn.say("habits.whose"), (locked,), values=(ON,) if organization.reminders_locked else ()
            ),
            _discreet_field(turn, on=organization.discreet),
            _topics_field(turn, organization.topics_a_month),
            *language_field(
                turn, turn.say("habits.language"), now=_language_of(turn), hint=turn.say("habits.language_hint")
            ),
        ),
        submit=SaveForAll(),
        submit_label=turn.say("views.save"),
        sees=turn.say("habits.for_all_sees"),
        address=action,
    )


def _language_of(turn: Turn) -> str:
    return fitting(turn.libraries, turn.organization.language).language


def _topics_field(turn: Turn, most: int) -> ChoiceField:
    numbers = tuple(Option(str(each), turn.say("habits.at_most", count=each)) for each in TOPICS_OFFERED)
    return ChoiceField("topics_a_month", turn.say("habits.topics_a_month"), numbers, value=str(most))


@handlers.writes(SaveForAll, form=OpenForAll)
async def save_for_all(turn: Turn, action: SaveForAll) -> Notice:
    admins_only(turn)
    await turn.tx.organizations.save(_entered_for_all(turn, turn.organization))
    await turn.tx.series.plan_anew(turn.now)
    return Notice(text=turn.say("habits.saved_for_all"))


def _entered_for_all(turn: Turn, organization: Organization) -> Organization:
    report_days = _entered_number(turn, "report_days", DAYS_OFFERED)
    prepare_days = _entered_number(turn, "prepare_days", DAYS_OFFERED)
    minutes = _entered_number(turn, "agenda_minutes", MINUTES_OFFERED)
    topics = _entered_number(turn, "topics_a_month", TOPICS_OFFERED)
    return replace(
        organization,
        topics_a_month=organization.topics_a_month if topics is None else topics,
        report_prepare_days=organization.report_prepare_days if report_days is None else report_days,
        prepare_days=organization.prepare_days if prepare_days is None else prepare_days,
        agenda_minutes=organization.agenda_minutes if minutes is None else minutes,
        reminders_locked=ON in turn.entered.ticks("locked"),
        discreet=ON in turn.entered.ticks("discreet"),
        language=entered_language(turn, now=_language_of(turn)) or organization.language,
    )
