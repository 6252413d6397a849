"""A channel as an audience: which one it is, and who is in it (I7)."""

from collections.abc import Sequence
from datetime import timedelta

from bot.features.admins import admins_only
from bot.model.ids import OrganizationId, PersonId, PlaceId, WorkspaceId
from bot.model.people import Place, Platform
from bot.pen import Pen
from bot.ports import Unlisted
from bot.refused import Refused
from bot.turn import Turn

FRESH = timedelta(minutes=5)
"""For so long what was read of a channel's members holds."""


async def this_channel(turn: Turn) -> PlaceId | None:
    """The channel in which the person acts, made known when it is new; None in a chat."""
    if turn.channel is None:
        return None
    return await place_at(turn.pen, turn.organization.id, turn.workspace, turn.channel.external_id)


async def place_at(pen: Pen, organization: OrganizationId, workspace: WorkspaceId, external_id: str) -> PlaceId:
    """The channel of this name on its platform, made known when it is new."""
    known = await pen.tx.organizations.place_at(workspace, external_id)
    if known is not None:
        return known.id
    place = Place(id=PlaceId(pen.new_id()), organization=organization, workspace=workspace, external_id=external_id)
    await pen.tx.organizations.add_place(place)
    return place.id


async def members_of(turn: Turn, place: PlaceId) -> Sequence[PersonId]:
    """Our people in this channel; raises Unlisted where they have to be read first, and Refused for who is no admin.

    From another workspace it cannot be read, so what was read there last counts.
    """
    admins_only(turn)
    channel = await turn.tx.organizations.place(place)
    if channel is None:
        raise Refused("refused.gone")
    if channel.workspace == turn.workspace and _is_stale(turn, channel):
        raise Unlisted(channel.workspace, channel.external_id)
    if channel.listed_at is None:
        raise Refused("refused.channel_elsewhere")
    return await turn.tx.organizations.members(place)


async def is_whole_team(turn: Turn, place: PlaceId | None) -> bool:
    """Whether a platform counts more people to this channel than are in it: in Teams a channel has its team's."""
    channel = await turn.tx.organizations.place(place) if place else None
    there = [each for each in await turn.tx.organizations.workspaces() if channel and each.id == channel.workspace]
    return any(each.platform is Platform.teams for each in there)


def _is_stale(turn: Turn, channel: Place) -> bool:
    return channel.listed_at is None or channel.listed_at < turn.now - FRESH
