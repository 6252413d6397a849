"""A person's hand: presses buttons, chooses from menus, fills in fields."""

from dataclasses import replace

from adapters.playground.slack_desk import Desk, Surface, anything_goes
from adapters.playground.slack_inputs import Spot, Typed, state_values
from adapters.playground.slack_line import Answer
from adapters.playground.slack_payloads import action_of, block_actions, block_suggestion
from adapters.playground.slack_people import Json
from adapters.playground.slack_rules import options_problems
from adapters.playground.slack_screen import (
    NotOnScreen,
    button_labels,
    find_field,
    find_spot,
    option_named,
    options_of,
)
from adapters.playground.slack_typing import Value, typed_state
from adapters.playground.slack_view import View
from adapters.playground.slack_views import put

SHORTEST_QUERY = 3  # of an external select that does not say: block-elements/select-menu-element


class Hand:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(
        self, on: Surface | None, *, text: str | None, near: str | None, action_id: str | None, block_id: str | None
    ) -> tuple[Surface, Spot]:
        """The element and the surface it is on; raises NotOnScreen."""
        surfaces = (self._desk.current(on),) if on else self._desk.surfaces()
        for surface in surfaces:
            spot = find_spot(surface.blocks, text=text, near=near, action_id=action_id, block_id=block_id)
            if spot:
                return surface, spot
        labels = button_labels(surfaces[0].blocks) if surfaces else []
        raise NotOnScreen(f"{text or action_id!r} is not there; the buttons are {labels}")

    async def touch(self, surface: Surface, spot: Spot, value: Value) -> Answer:
        """Press a button, or choose in a menu, as block_actions."""
        if spot.kind == "button":
            return await self._send(surface, spot, {})
        if spot.kind == "overflow":
            option = option_named(options_of(spot.element), str(value))
            return await self._send(surface, spot, {"selected_option": option})
        return await self.enter(surface, spot, value)

    async def enter(self, surface: Surface, spot: Spot, value: Value) -> Answer:
        """Put a value into an element; sends block_actions where Slack would, else nothing."""
        state = typed_state(spot, value, await self._options(surface, spot, value))
        changed = self._remember(surface, spot, state)
        return await self._send(changed, spot, state) if spot.reports_at_once else Answer()

    def field(self, name: str, on: Surface | None) -> tuple[Surface, Spot]:
        """The input of that label, block or action; raises NotOnScreen."""
        for surface in (self._desk.current(on),) if on else self._desk.surfaces():
            spot = find_field(surface.blocks, name)
            if spot:
                return surface, spot
        raise NotOnScreen(f"no field {name!r} there")

    async def search(self, surface: Surface, spot: Spot, query: str) -> Answer:
        """What the bot offers for the letters typed; nothing is asked while they are too few."""
        if len(query) < spot.element.get("min_query_length", SHORTEST_QUERY):
            return Answer()
        desk = self._desk
        payload = block_suggestion(desk.world, desk.user, surface, spot=spot, query=query)
        answer = await desk.interact("block_suggestion", payload, options_problems)
        desk.offered[spot.key] = options_of(answer.body) if answer.ok else []
        return answer

    async def _options(self, surface: Surface, spot: Spot, value: Value) -> list[Json]:
        if "external" not in spot.kind:
            return options_of(spot.element)
        wanted = [value] if isinstance(value, str) else [each for each in value or () if isinstance(each, str)]  # type: ignore[union-attr]
        offered = desk_offers(self._desk, spot)
        for name in wanted:
            if option_named(offered, name) is None:
                await self.search(surface, spot, name)
                offered += self._desk.offered.get(spot.key, [])
        return offered

    def _remember(self, surface: Surface, spot: Spot, state: Json) -> Surface:
        if isinstance(surface, View):
            typed = {**surface.typed, spot.key: state}
            errors = {key: says for key, says in surface.errors.items() if key != spot.key[0]}
            return put(self._desk.world, replace(surface, typed=typed, errors=errors))
        place = (surface.channel, surface.ts)
        self._desk.typed_in_messages[place] = {**self._typed(surface), spot.key: state}
        return surface

    def _typed(self, surface: Surface) -> Typed:
        if isinstance(surface, View):
            return surface.typed
        return self._desk.typed_in_messages.get((surface.channel, surface.ts), {})

    async def _send(self, surface: Surface, spot: Spot, state: Json) -> Answer:
        desk = self._desk
        view = surface.id if isinstance(surface, View) and not surface.is_home else None
        payload = block_actions(
            desk.world,
            desk.user,
            surface,
            action=action_of(spot, state, desk.world.next_ts()),
            state=state_values(surface.blocks, self._typed(surface)),
            trigger_id=desk.world.tickets.trigger(desk.user.id, view),
        )
        if not isinstance(surface, View):
            payload["response_url"] = desk.answer_link(surface.channel, surface.ts)
        return await desk.interact("block_actions", payload, anything_goes)


def desk_offers(desk: Desk, spot: Spot) -> list[Json]:
    """What was offered for an external select so far: by the last search, or by what is chosen already."""
    initial = spot.element.get("initial_options") or [spot.element.get("initial_option")]
    return [*desk.offered.get(spot.key, []), *(each for each in initial if each)]
