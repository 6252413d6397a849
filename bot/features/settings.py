"""Settings: one's own time zone, where to be written to, and news; for admins, where questions go."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from zoneinfo import available_timezones

from bot.actions import Action
from bot.features.accounts import entered_where, known_zone, where_field
from bot.model.ids import PlaceId
from bot.model.people import Place
from bot.refused import Refused
from bot.registry import Handlers, Step
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
            *await where_field(turn),
            _news_field(turn),
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


def _for_admins(turn: Turn, place: PlaceId | None) -> tuple[Block, ...]:
    if not turn.is_admin:
        return ()
    now = "channel" if turn.organization.support_place else "admins"
    here = (Button(turn.say("settings.answer_here"), AnswerHere(place)),) if place else ()
    back = (Button(turn.say("settings.answer_by_admins"), AnswerByAdmins()),) if turn.organization.support_place else ()
    hint = () if place else (Quiet(turn.say("settings.how_to_choose")),)
    buttons = (Buttons((*here, *back)),) if here or back else ()
    return (Divider(), Text(turn.say(f"settings.questions_to.{now}")), *hint, *buttons)


@handlers.writes(SaveSettings, form=OpenSettings)
async def save_settings(turn: Turn, action: SaveSettings) -> Notice:
    zone = _entered_zone(turn)
    settled = replace(
        turn.person,
        zone=zone,
        zone_chosen=turn.person.zone_chosen or zone != turn.person.zone,
        wants_news=NEWS in turn.entered.ticks("news"),
        writes_in=await entered_where(turn),
    )
    await turn.tx.people.save(settled)
    return Notice(text=turn.say("settings.saved"))


def _entered_zone(turn: Turn) -> str:
    """A name of the time zone database, in any case, or its city alone."""
    said = turn.entered.text("zone", most=ZONE_LENGTH).replace(" ", "_")
    zones = {zone.casefold(): zone for zone in available_timezones()}
    cities = {zone.rsplit("/", maxsplit=1)[-1].casefold(): zone for zone in sorted(zones.values(), reverse=True)}
    found = zones.get(said.casefold()) or cities.get(said.casefold())
    zone = known_zone(found) if found else None
    if zone is None:
        close = get_close_matches(said.casefold(), [*cities, *zones], n=1, cutoff=0.5)
        nearest = zones.get(close[0], cities.get(close[0], "")) if close else "Europe/Berlin"
        raise Refused("refused.unknown_zone", field="zone", nearest=nearest)
    return zone


@handlers.writes(AnswerHere)
async def answer_here(turn: Turn, action: AnswerHere) -> Here:
    _admins_only(turn)
    place = await turn.tx.organizations.place(action.place)
    if place is None:
        raise Refused("refused.gone")
    await turn.tx.organizations.save(replace(turn.organization, support_place=place.id))
    return Here(text=turn.say("settings.answered_here"))


@handlers.writes(AnswerByAdmins)
async def answer_by_admins(turn: Turn, action: AnswerByAdmins) -> Here:
    _admins_only(turn)
    await turn.tx.organizations.save(replace(turn.organization, support_place=None))
    return Here(text=turn.say("settings.answered_by_admins"))


def _admins_only(turn: Turn) -> None:
    if not turn.is_admin:
        raise Refused("refused.admins_only")


@handlers.verb("settings")
async def settings_words(turn: Turn, rest: str) -> Step:
    if turn.channel is None or not turn.is_admin:
        return Step(OpenSettings())
    place = await turn.tx.organizations.place_at(turn.workspace, turn.channel.external_id)
    if place is None:
        place = Place(
            id=PlaceId(turn.new_id()),
            organization=turn.organization.id,
            workspace=turn.workspace,
            external_id=turn.channel.external_id,
        )
        await turn.tx.organizations.add_place(place)
    return Step(OpenSettings(place.id))
