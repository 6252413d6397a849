"""What a person does with an open modal as a whole: submit it, or close it."""

from dataclasses import replace

from adapters.playground.changes import Topic
from adapters.playground.slack_desk import Desk, anything_goes
from adapters.playground.slack_errors import SlackError
from adapters.playground.slack_line import Answer, Failure
from adapters.playground.slack_payloads import view_closed, view_submission
from adapters.playground.slack_people import Json
from adapters.playground.slack_rules import submission_answer_problems
from adapters.playground.slack_screen import NotOnScreen
from adapters.playground.slack_typing import client_errors
from adapters.playground.slack_view import View
from adapters.playground.slack_views import close_all, close_top, push_on, put, update_view


class Forms:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def submit(self, *, force: bool) -> Answer:
        """Send the top modal; `force` skips what Slack's client checks first."""
        view = self._top()
        complaints = {} if force else client_errors(view)
        if complaints:
            put(self._desk.world, replace(view, errors=complaints))
            return Answer(client_errors=complaints)
        return await self._send(view)

    async def close(self) -> Answer:
        """Close the top view, as its close button does."""
        desk, view = self._desk, self._top()
        close_top(desk.world, desk.user.id)
        return await self._tell_closed(view, is_cleared=bool(view.payload.get("clear_on_close")))

    async def close_all(self) -> Answer:
        """Close the whole modal, as the cross in its corner does."""
        desk, view = self._desk, self._top()
        close_all(desk.world, desk.user.id)
        return await self._tell_closed(view, is_cleared=True)

    async def _tell_closed(self, view: View, *, is_cleared: bool) -> Answer:
        if not view.payload.get("notify_on_close"):
            return Answer()
        desk = self._desk
        payload = view_closed(desk.world, desk.user, view, is_cleared=is_cleared)
        return await desk.interact("view_closed", payload, anything_goes)

    async def _send(self, view: View) -> Answer:
        desk = self._desk
        trigger = desk.world.tickets.trigger(desk.user.id, view.id)
        payload = view_submission(desk.world, desk.user, view, trigger)
        answer = await desk.interact(
            "view_submission", payload, lambda body: submission_answer_problems(body, view.payload)
        )
        return self._follow(view, answer) if answer.ok else answer

    def _follow(self, view: View, answer: Answer) -> Answer:
        """Do what the answer asks; one that cannot be done is a failure on the person's screen."""
        if view.id not in [each.id for each in self._desk.modals]:
            return answer
        try:
            self._obey(view.id, answer.body)
        except SlackError:
            self._desk.failures.append(Failure.INVALID_ANSWER)
            self._desk.world.changed.announce(Topic.FAILURE, self._desk.user.id)
            return replace(answer, failure=Failure.INVALID_ANSWER)
        return answer

    def _obey(self, view_id: str, body: Json) -> None:
        world, person = self._desk.world, self._desk.user.id
        view = next(each for each in self._desk.modals if each.id == view_id)
        match body.get("response_action"):
            case "errors":
                put(world, replace(view, errors=dict(body["errors"])))
            case "update":
                update_view(world, view, body["view"])
            case "push":
                push_on(world, person, body["view"])
            case "clear":
                close_all(world, person)
            case _:
                close_top(world, person)

    def _top(self) -> View:
        if not self._desk.modals:
            raise NotOnScreen("no modal is open")
        return self._desk.modals[-1]
