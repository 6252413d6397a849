"""Adding the app to a person or a team, and taking it away: what changes, and what the bot is told."""

from adapters.playground import teams_updates as updates
from adapters.playground.teams_line import Answer, Line


async def install_for(line: Line, user_id: str) -> tuple[Answer, ...]:
    """Add the app to a person's own apps; their chat with the bot exists from then on."""
    world, user = line.world, line.world.users[user_id]
    chat = world.install(user_id)
    told = (updates.bot_added(world, user, chat), updates.installed(world, user, chat))
    return tuple([await line.deliver(each) for each in told])


async def uninstall_for(line: Line, user_id: str) -> tuple[Answer, ...]:
    """Take the app away from a person; nothing happens to one who does not have it."""
    world, user = line.world, line.world.users[user_id]
    chat = world.chat_of(user_id)
    if chat is None or user_id not in world.installed:
        return ()
    world.uninstall(user_id)
    return (await line.deliver(updates.uninstalled(world, user, chat)),)


async def install_in(line: Line, team_id: str, by: str | None = None) -> tuple[Answer, ...]:
    """Add the app to a team; its first member does, unless told otherwise."""
    world, team = line.world, line.world.teams[team_id]
    user = world.users[by or team.members[0]]
    world.teams_with_bot.add(team_id)
    place = world.conversation(team_id)
    assert place is not None, "a team of this tenant"
    told = (updates.bot_added_to_team(world, user, team), updates.installed(world, user, place))
    return tuple([await line.deliver(each) for each in told])


async def uninstall_in(line: Line, team_id: str, by: str | None = None) -> tuple[Answer, ...]:
    """Take the app away from a team."""
    world, team = line.world, line.world.teams[team_id]
    user = world.users[by or team.members[0]]
    world.teams_with_bot.discard(team_id)
    return (await line.deliver(updates.bot_removed_from_team(world, user, team)),)
