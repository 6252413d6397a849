"""The activities by which Teams tells a bot where it was added and removed, and who came and went."""

from collections.abc import Iterable

from adapters.playground.teams_payloads import activity
from adapters.playground.teams_people import Json, Team, TeamsUser, account_json
from adapters.playground.teams_world import Conversation, World


def bot_added(world: World, user: TeamsUser, chat: Conversation) -> Json:
    """The app was added to a person's own chat."""
    return _members(world, user, chat, key="membersAdded", members=[account_json(user), {"id": world.app.id}])


def installed(world: World, user: TeamsUser, place: Conversation) -> Json:
    return {**activity(world, user, place, "installationUpdate"), "action": "add"}


def uninstalled(world: World, user: TeamsUser, place: Conversation) -> Json:
    return {**activity(world, user, place, "installationUpdate"), "action": "remove"}


def bot_added_to_team(world: World, user: TeamsUser, team: Team) -> Json:
    """The app was added to a team by one of its members."""
    return _in_team(world, user, team, key="membersAdded", members=[{"id": world.app.id}])


def bot_removed_from_team(world: World, user: TeamsUser, team: Team) -> Json:
    return _in_team(world, user, team, key="membersRemoved", members=[{"id": world.app.id}])


def people_added_to_team(world: World, user: TeamsUser, team: Team, people: Iterable[TeamsUser]) -> Json:
    return _in_team(world, user, team, key="membersAdded", members=[account_json(each) for each in people])


def people_removed_from_team(world: World, user: TeamsUser, team: Team, people: Iterable[TeamsUser]) -> Json:
    return _in_team(world, user, team, key="membersRemoved", members=[account_json(each) for each in people])


def _in_team(world: World, user: TeamsUser, team: Team, *, key: str, members: list[Json]) -> Json:
    place = world.conversation(team.id)
    assert place is not None, "a team of this tenant"
    update = _members(world, user, place, key=key, members=members)
    update["channelData"]["eventType"] = "teamMemberAdded" if key == "membersAdded" else "teamMemberRemoved"
    return update


def _members(world: World, user: TeamsUser, place: Conversation, *, key: str, members: list[Json]) -> Json:
    return {**activity(world, user, place, "conversationUpdate"), key: members}
