"""Settings: one's own time zone and language, where to be written to, and news; for admins, where questions go."""

from dataclasses import dataclass, replace

from bot.actions import Action
from bot.features.accounts import entered_where, where_field
from bot.features.admins import admins_only
from bot.features.calendars import OpenCalendar
from bot.features.channel_audience import this_channel
from bot.features.check_in_questions import OpenCheckInQuestions
from bot.features.days_away import OpenAway
from bot.features.habits import OpenForAll, OpenHours, OpenReminders
from bot.features.languages import entered_language, language_field
from bot.features.naming_admins import ListAdmins
from bot.features.people_page import OpenPeople
from bot.features.rolling_out import OpenRollout
from bot.model.ids import PlaceId
from bot.refused import Refused
from bot.registry import Handlers, Step
from bot.reminding import arrange_for
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    Divider,
    Field,
    Form,
    Here,
    Notice,
    Option,
    Quiet,
    Text,
    TextField,
    TicksField,
)
from bot.zones import nearest_zone, zone_named
from prompts import Library

handlers = Handlers()

ZONE_LENGTH = 60
NEWS = "news"


@dataclass(frozen=True)
class OpenSettings(Action):
    """Asks for them; ``place`` is the channel in which an admin asked."""

    place: PlaceId | None = None


@dataclass(frozen=True)
class SaveSettings(Action):
    """Keeps them."""

    place: PlaceId | None = None


@dataclass(frozen=True)
class AnswerHere(Action):
    """Questions to a person go to this channel from now on."""

    place: PlaceId


@dataclass(frozen=True)
class AnswerByAdmins(Action):
    """Questions to a person go to every admin again."""


@handlers.reads(OpenSettings)
async def open_settings(turn: Turn, action: OpenSettings) -> Form:
    return Form(
        title=turn.say("settings.title"),
        body=(
            TextField(
                "zone",
                turn.say("settings.zone"),
                value=turn.person.zone,
                most=ZONE_LENGTH,
                hint=turn.say("settings.zone_hint", now=turn.now),
            ),
            *language_field(turn, turn.say("settings.language"), now=turn.library_of(turn.person).language),
            *await where_field(turn),
            _news_field(turn),
            Buttons(_more(turn)),
            *_for_admins(turn, action.place),
        ),
        submit=SaveSettings(action.place),
        submit_label=turn.say("views.save"),
        sees=turn.say("views.only_you"),
        address=action,
    )


def _news_field(turn: Turn) -> Field:
    option = Option(NEWS, turn.say("settings.news"), turn.say("settings.news_hint"))
    return TicksField(
        "news", turn.say("settings.messages"), (option,), values=(NEWS,) if turn.person.wants_news else ()
    )


def _more(turn: Turn) -> tuple[Button, ...]:
    """The settings that have a window of their own."""
    return (
        Button(turn.say("habits.reminders"), OpenReminders()),
        Button(turn.say("habits.hours"), OpenHours()),
        Button(turn.say("away.title"), OpenAway()),
        Button(turn.say("calendar.title"), OpenCalendar()),
    )


def _for_admins(turn: Turn, place: PlaceId | None) -> tuple[Block, ...]:
    if not turn.is_admin:
        return ()
    now = "channel" if turn.organization.support_place else "admins"
    here = (Button(turn.say("settings.answer_here"), AnswerHere(place)),) if place else ()
    back = (Button(turn.say("settings.answer_by_admins"), AnswerByAdmins()),) if turn.organization.support_place else ()
    hint = () if place else (Quiet(turn.say("settings.how_to_choose")),)
    buttons = (Buttons((*here, *back, Button(turn.say("habits.for_all"), OpenForAll()))), _about_people(turn))
    return (Divider(), Text(turn.say(f"settings.questions_to.{now}")), *hint, *buttons)


def _about_people(turn: Turn) -> Buttons:
    """What an admin looks after beside the settings."""
    return Buttons(
        (
            Button(turn.say("people.title"), OpenPeople()),
            Button(turn.say("admins.title"), ListAdmins()),
            Button(turn.say("rollout.title"), OpenRollout()),
            Button(turn.say("check_in.questions"), OpenCheckInQuestions()),
        )
    )


@handlers.writes(SaveSettings, form=OpenSettings)
async def save_settings(turn: Turn, action: SaveSettings) -> Notice:
    zone = _entered_zone(turn)
    language = entered_language(turn, now=turn.library_of(turn.person).language)
    settled = replace(
        turn.person,
        zone=zone,
        zone_chosen=turn.person.zone_chosen or zone != turn.person.zone,
        language=language or turn.person.language,
        language_chosen=turn.person.language_chosen or language is not None,
        wants_news=NEWS in turn.entered.ticks("news"),
        writes_in=await entered_where(turn),
    )
    await turn.tx.people.save(settled)
    if zone != turn.person.zone:
        await arrange_for(turn.pen, turn.person.id)
    return _saved(turn, turn.library_of(settled))


def _saved(turn: Turn, library: Library) -> Notice:
    """In the language that holds from now on."""
    return Notice(text=replace(turn.voice, library=library).say("settings.saved"), language=library.language)


def _entered_zone(turn: Turn) -> str:
    said = turn.entered.text("zone", most=ZONE_LENGTH)
    zone = zone_named(said, turn.voice.library.dates["cities"])
    if zone is None:
        raise Refused("refused.unknown_zone", field="zone", nearest=nearest_zone(said))
    return zone


@handlers.writes(AnswerHere)
async def answer_here(turn: Turn, action: AnswerHere) -> Here:
    admins_only(turn)
    place = await turn.tx.organizations.place(action.place)
    if place is None:
        raise Refused("refused.gone")
    await turn.tx.organizations.save(replace(turn.organization, support_place=place.id))
    return Here(text=turn.say("settings.answered_here"))


@handlers.writes(AnswerByAdmins)
async def answer_by_admins(turn: Turn, action: AnswerByAdmins) -> Here:
    admins_only(turn)
    await turn.tx.organizations.save(replace(turn.organization, support_place=None))
    return Here(text=turn.say("settings.answered_by_admins"))


@handlers.verb("settings")
async def settings_words(turn: Turn, rest: str) -> Step:
    if not turn.is_admin:
        return Step(OpenSettings())
    return Step(OpenSettings(await this_channel(turn)))
