"""Every method of the Web API that the stand-in knows, by name, with the kind of token it wants."""

from collections.abc import Callable, Mapping

from adapters.playground import slack_chat, slack_directory
from adapters.playground.slack_errors import SlackError
from adapters.playground.slack_people import Json
from adapters.playground.slack_views import find_view, open_view, publish_view, push_view, shown, update_view
from adapters.playground.slack_world import World

Method = Callable[[World, Json], Json]


def _auth_test(world: World, _args: Json) -> Json:
    app, team = world.app, world.team
    return {
        "ok": True,
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "team_id": team.id,
        "user": app.bot_name,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "enterprise_id": team.enterprise_id,
        "is_enterprise_install": team.took_in_as_a_whole,
    }


def _auth_teams(world: World, _args: Json) -> Json:
    team = world.team
    return {"ok": True, "teams": [{"id": team.id, "name": team.name}], "response_metadata": {"next_cursor": ""}}


def _bot_info(world: World, _args: Json) -> Json:
    app = world.app
    return {"ok": True, "bot": {"id": app.bot_id, "app_id": app.id, "name": app.bot_name, "user_id": app.bot_user}}


def _api_test(_world: World, args: Json) -> Json:
    return {"ok": True, "args": args}


def _views_open(world: World, args: Json) -> Json:
    return {"ok": True, "view": shown(world, open_view(world, _trigger(args), args.get("view")))}


def _views_push(world: World, args: Json) -> Json:
    return {"ok": True, "view": shown(world, push_view(world, _trigger(args), args.get("view")))}


def _views_update(world: World, args: Json) -> Json:
    view = find_view(world, str(args.get("view_id") or ""), str(args.get("external_id") or ""))
    return {"ok": True, "view": shown(world, update_view(world, view, args.get("view"), str(args.get("hash") or "")))}


def _views_publish(world: World, args: Json) -> Json:
    person = str(args.get("user_id") or "")
    if person not in world.users:
        raise SlackError("user_not_found")
    view = publish_view(world, person, args.get("view"), str(args.get("hash") or ""))
    return {"ok": True, "view": shown(world, view)}


def _oauth_access(world: World, args: Json) -> Json:
    """Exchange the code that an installation ended with, once, for the bot's token."""
    app, team = world.app, world.team
    if (args.get("client_id"), args.get("client_secret")) != (app.client_id, app.client_secret):
        raise SlackError("bad_client_secret" if args.get("client_id") == app.client_id else "invalid_client_id")
    installer = world.codes.pop(str(args.get("code") or ""), None)
    if installer is None:
        raise SlackError("invalid_code")
    return {
        "ok": True,
        "access_token": app.bot_token,
        "token_type": "bot",
        "scope": app.scopes,
        "bot_user_id": app.bot_user,
        "app_id": app.id,
        "team": None if team.took_in_as_a_whole else {"id": team.id, "name": team.name},
        "enterprise": {"id": team.enterprise_id, "name": f"All of {team.name}"} if team.enterprise_id else None,
        "is_enterprise_install": team.took_in_as_a_whole,
        "authed_user": {"id": installer},
    }


def _trigger(args: Json) -> str:
    trigger = str(args.get("trigger_id") or args.get("interactivity_pointer") or "")
    if not trigger:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field (missing) [json-pointer:/trigger_id]"])
    return trigger


BOT_METHODS: Mapping[str, Method] = {
    **slack_chat.METHODS,
    **slack_directory.METHODS,
    "auth.teams.list": _auth_teams,
    "auth.test": _auth_test,
    "bots.info": _bot_info,
    "views.open": _views_open,
    "views.push": _views_push,
    "views.update": _views_update,
    "views.publish": _views_publish,
}
OPEN_METHODS: Mapping[str, Method] = {"api.test": _api_test, "oauth.v2.access": _oauth_access}
SOCKET_METHOD = "apps.connections.open"
