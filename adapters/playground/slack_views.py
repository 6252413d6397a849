"""What views.open, push, update and publish do to a person's screen, and what closing does."""

from dataclasses import replace

from adapters.playground.changes import Topic
from adapters.playground.slack_errors import SlackError, refuse
from adapters.playground.slack_people import Json
from adapters.playground.slack_rules import Surface, view_problems
from adapters.playground.slack_tickets import Expired, Trigger
from adapters.playground.slack_view import View, named, view_json
from adapters.playground.slack_world import World

DEEPEST = 3  # a modal holds at most three views: docs.slack.dev/surfaces/modals


def shown(world: World, view: View) -> Json:
    return view_json(view, team_id=world.team.id, app_id=world.app.id, bot_id=world.app.bot_id)


def open_view(world: World, trigger_id: str, payload: object) -> View:
    """A new modal, in place of any that the person had open."""
    checked = _checked(world, "views.open", payload)
    trigger = _exchange(world, trigger_id)
    view = _fresh(world, trigger.person, checked)
    world.modals[trigger.person] = [view]
    world.changed.announce(Topic.MODAL, trigger.person)
    return view


def push_view(world: World, trigger_id: str, payload: object) -> View:
    """A view on top of the modal in which the trigger was made."""
    checked = _checked(world, "views.push", payload)
    trigger = _exchange(world, trigger_id)
    stack = world.modals.get(trigger.person, [])
    if trigger.view not in [view.id for view in stack]:
        raise SlackError("not_found" if trigger.view else "invalid_arguments")
    return push_on(world, trigger.person, checked)


def push_on(world: World, person: str, payload: Json) -> View:
    """A view on top of a person's open modal; raises SlackError when three are open already."""
    stack = world.modals[person]
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    view = _fresh(world, person, payload)
    stack.append(replace(view, root_id=stack[0].id, previous_id=stack[-1].id))
    world.changed.announce(Topic.MODAL, person)
    return stack[-1]


def update_view(world: World, view: View, payload: object, expected_hash: str = "") -> View:
    """Other contents for an open modal or a Home tab."""
    surface = Surface.HOME if view.is_home else Surface.MODAL
    checked = _checked(world, "views.update", payload, surface)
    if expected_hash and expected_hash != view.hash:
        raise SlackError("hash_conflict")
    _reject_doubled(world, checked, besides=view)
    return put(world, view.shows(named(checked, world.new_id), _hash(world)))


def publish_view(world: World, person: str, payload: object, expected_hash: str = "") -> View:
    """The Home tab of one person."""
    checked = _checked(world, "views.publish", payload, Surface.HOME)
    old = world.homes.get(person)
    if expected_hash and (old is None or expected_hash != old.hash):
        raise SlackError("hash_conflict")
    fresh = _fresh(world, person, checked)
    view = old.shows(fresh.payload, fresh.hash) if old else fresh
    return put(world, view)


def put(world: World, view: View) -> View:
    """Replace the view with the same id on its person's screen."""
    if view.is_home:
        world.homes[view.person] = view
        world.changed.announce(Topic.HOME, view.person)
        return view
    stack = world.modals[view.person]
    stack[[each.id for each in stack].index(view.id)] = view
    world.changed.announce(Topic.MODAL, view.person)
    return view


def find_view(world: World, view_id: str, external_id: str) -> View:
    """A shown view by either id; raises SlackError when nobody has it open."""
    open_views = [view for stack in world.modals.values() for view in stack]
    for view in (*open_views, *world.homes.values()):
        if view.id == view_id or (external_id and view.external_id == external_id):
            return view
    raise SlackError("not_found")


def close_top(world: World, person: str) -> None:
    """Back to the view below, or to no modal; all of it where the view says so."""
    stack = world.modals.get(person, [])
    if stack and stack.pop().payload.get("clear_on_close"):
        stack.clear()
    world.changed.announce(Topic.MODAL, person)


def close_all(world: World, person: str) -> None:
    world.modals.pop(person, None)
    world.changed.announce(Topic.MODAL, person)


def _checked(world: World, where: str, payload: object, surface: Surface = Surface.MODAL) -> Json:
    found = view_problems(payload, surface)
    world.blame(where, found)
    too_large = any(problem.rule == "view_too_large" for problem in found)
    refuse(found, "view_too_large" if too_large else "invalid_arguments")
    assert isinstance(payload, dict)
    return payload


def _exchange(world: World, trigger_id: str) -> Trigger:
    try:
        return world.tickets.exchange(trigger_id)
    except Expired as expired:
        raise SlackError(expired.code) from expired


def _fresh(world: World, person: str, payload: Json) -> View:
    _reject_doubled(world, payload)
    view_id = f"V{world.new_id()}"
    return View(view_id, person, named(payload, world.new_id), _hash(world), root_id=view_id)


def _reject_doubled(world: World, payload: Json, besides: View | None = None) -> None:
    external_id = payload.get("external_id")
    views = (view for stack in world.modals.values() for view in stack if view.id != (besides and besides.id))
    if external_id and any(view.external_id == external_id for view in views):
        raise SlackError("duplicate_external_id")


def _hash(world: World) -> str:
    return f"{int(world.now().timestamp())}.{world.new_id()}"
