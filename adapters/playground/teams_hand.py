"""A person's hand: presses buttons, fills in fields, and has a picker search."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from adapters.playground import teams_payloads as payloads
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.teams_desk import Desk, Shown, Surface
from adapters.playground.teams_dialogs import Dialogs
from adapters.playground.teams_inputs import Spot, complaints, sends
from adapters.playground.teams_line import Answer, Failure
from adapters.playground.teams_people import Json
from adapters.playground.teams_screen import button_labels, buttons_in, find_field
from adapters.playground.teams_typing import Value, typed_value
from adapters.playground.teams_world import Dialog


class Hand:
    def __init__(self, desk: Desk, dialogs: Dialogs) -> None:
        self._desk = desk
        self._dialogs = dialogs

    def find(self, on: Surface | None, *, text: str | None, near: str | None) -> tuple[Surface, Spot]:
        """The button and the surface it is on; raises NotOnScreen."""
        for surface, card in self._cards(on):
            spot = next(buttons_in(card, text=text, near=near), None)
            if spot:
                return surface, spot
        labels = next((button_labels(card) for _, card in self._cards(on)), [])
        raise NotOnScreen(f"{text!r} is not there; the buttons are {labels}")

    def field(self, name: str, on: Surface | None) -> tuple[Surface, Spot]:
        """The input of that label or id; raises NotOnScreen."""
        for surface, card in self._cards(on):
            spot = find_field(card, name)
            if spot:
                return surface, spot
        raise NotOnScreen(f"no field {name!r} there")

    async def press(self, surface: Surface, spot: Spot, *, force: bool = False) -> Answer:
        """Press a button; `force` also sends what the client would have kept back."""
        desk, card = self._desk, surface.card
        assert card is not None, "a button stands on a card"
        typed = desk.entered_in(surface).typed
        wrong = {} if force else complaints(card, spot, typed)
        desk.complains(surface, wrong)
        desk.says(None)
        if wrong:
            return Answer()
        action = {**spot.element, "data": sends(card, spot, typed)}
        if isinstance(surface, Dialog):
            return await self._dialogs.submit(surface, action)
        return await self._in_chat(surface, action)

    async def enter(self, surface: Surface, spot: Spot, value: Value) -> Answer:
        """Put a value into an input; a picker that searches is asked for what is not on it yet."""
        answer = Answer()
        for name in _unknown(value, self._choices(spot)) if spot.dataset else ():
            answer = await self.search(surface, spot, name)
        self._desk.types(surface, spot.id, typed_value(spot, value, self._choices(spot)))
        return answer

    async def search(self, surface: Surface, spot: Spot, query: str) -> Answer:
        """What the bot offers for the letters typed."""
        desk, dataset = self._desk, spot.dataset
        if dataset is None:
            raise NotOnScreen("nothing is searched there")
        under = surface.activity if isinstance(surface, Dialog) else surface.message.id
        place = desk.world.conversations[_conversation(surface)]
        answer = await desk.deliver(
            payloads.search(desk.world, desk.user, place, dataset=dataset, query=query, under=under)
        )
        known = {each["value"]: each for each in desk.offered.get(spot.id, ())}
        desk.offered[spot.id] = list({**known, **{each["value"]: each for each in _offers(answer)}}.values())
        return answer

    async def refresh(self, shown: Shown) -> Answer:
        """What a client does by itself with a card that wants to be fresh for this person."""
        desk, wish = self._desk, (shown.card or {}).get("refresh") or {}
        if desk.user.member not in wish.get("userIds", ()):
            return Answer()
        activity = payloads.card_refresh(desk.world, desk.user, shown.message, action=wish["action"])
        return self._executed(shown, await desk.deliver(activity))

    async def _in_chat(self, shown: Shown, action: Json) -> Answer:
        desk = self._desk
        if action["type"] == "Action.Execute":
            activity = payloads.card_action(desk.world, desk.user, shown.message, action=action, values={})
            return self._executed(shown, await desk.deliver(activity))
        if _kind(action) == "task/fetch":
            return await self._dialogs.open(shown, action)
        activity = payloads.message_back(desk.world, desk.user, shown.message, action=action, values={})
        return await desk.deliver(activity)

    def _executed(self, shown: Shown, answer: Answer) -> Answer:
        """Show what came back: another card for this person alone, or a sentence."""
        desk, body = self._desk, answer.body
        if not answer.ok:
            return answer
        if body.get("statusCode") != 200:
            desk.fails(Failure.INVALID_ANSWER)
            return replace(answer, failure=Failure.INVALID_ANSWER)
        if isinstance(body.get("value"), str):
            desk.says(str(body["value"]))
        elif body.get("value"):
            desk.world.show_to(desk.user.id, shown.message, body["value"])
        return answer

    def _cards(self, on: Surface | None) -> Iterator[tuple[Surface, Json]]:
        for surface in (self._desk.current(on),) if on else self._desk.surfaces():
            if surface.card is not None:
                yield surface, surface.card

    def _choices(self, spot: Spot) -> list[Json]:
        every = [*(spot.element.get("choices") or ()), *self._desk.offered.get(spot.id, ())]
        return list({each["value"]: each for each in every}.values())


def _kind(action: Json) -> object:
    told = action["data"].get("msteams")
    return told.get("type") if isinstance(told, dict) else None


def _conversation(surface: Surface) -> str:
    return surface.conversation if isinstance(surface, Dialog) else surface.message.conversation


def _offers(answer: Answer) -> Sequence[Json]:
    value = answer.body.get("value") if answer.ok else None
    return value.get("results", ()) if isinstance(value, dict) else ()


def _unknown(value: Value, choices: Sequence[Json]) -> list[str]:
    wanted = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
    known = {part for choice in choices for part in (choice["title"], choice["value"])}
    return [name for name in wanted if name and name not in known]
