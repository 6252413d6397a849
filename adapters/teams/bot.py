"""The SDK's own extension point: its turns run here, and what a turn sends goes through our connector."""

from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext  # type: ignore[import-untyped]
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse  # type: ignore[import-untyped]

from adapters.teams.connector import Connector
from adapters.teams.inputs import Answer, Json
from adapters.teams.parse_parts import Malformed
from adapters.trouble import Outcome, Trouble

Handle = Callable[[], Awaitable[Answer]]
_INVOKE_RESPONSE = "oneonone.invokeResponse"
# All that a turn needs; what else Microsoft adds, and how it writes down a time, cannot make a turn fail.
_KNOWN = ("type", "id", "channelId", "serviceUrl", "from", "recipient", "conversation", "replyToId", "name", "action")


class TeamsBot(BotAdapter):  # type: ignore[misc]  # the SDK has no types
    """Authentication is done before, so there is none in here."""

    def __init__(self, connector: Connector) -> None:
        super().__init__()
        self._connector = connector

    async def turn(self, body: Json, handle: Handle) -> Answer:
        """What ``handle`` answers, after the SDK's pipeline; raises Malformed for what is no activity."""
        context = TurnContext(self, _activity(body))

        async def answered(turn: TurnContext) -> None:
            answer = await handle()
            response = InvokeResponse(status=answer.status, body=answer.body)
            await turn.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))

        await self.run_pipeline(context, answered)
        response = context.turn_state[_INVOKE_RESPONSE]
        return Answer(response.status, response.body)

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """An invoke's response is kept for the HTTP answer; everything else is sent."""
        return [await self._sent(context, activity) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Put an activity in the place of the one with its id."""
        where = context.activity
        await self._connector.update(where.service_url, where.conversation.id, activity.id, activity.serialize())
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:  # noqa: ARG002 - the SDK's signature
        """What was said in a chat is not taken back."""
        raise Trouble("delete_not_allowed", Outcome.broken)

    async def _sent(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[_INVOKE_RESPONSE] = activity.value
            return ResourceResponse(id="")
        where = context.activity
        body: dict[str, Any] = activity.serialize()
        return ResourceResponse(id=await self._connector.send(where.service_url, where.conversation.id, body))


def _activity(body: Json) -> Activity:
    try:
        activity = Activity().deserialize({name: body[name] for name in _KNOWN if name in body})
    except ValueError:
        raise Malformed("activity") from None
    if not isinstance(activity, Activity):
        raise Malformed("activity")
    return activity
