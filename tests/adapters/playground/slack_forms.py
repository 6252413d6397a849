"""Forms that the small Bolt app of the tests opens."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp

from tests.adapters.playground.slack_payloads import Json, plain


def button(label: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def text_input(block_id: str, label: str, **more: Any) -> Json:
    optional = {"optional": more.pop("optional")} if "optional" in more else {}
    element = {"type": "plain_text_input", "action_id": "value", **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **optional}


def modal(*blocks: Json, title: str = "A form", **more: Any) -> Json:
    inputs = any(block["type"] == "input" for block in blocks)
    submit = {"submit": plain("Save")} if inputs else {}
    return {"type": "modal", "title": plain(title), "callback_id": "form", "blocks": list(blocks), **submit, **more}


def opens(app: AsyncApp, view: Json) -> None:
    @app.command("/oneonone")
    async def _open(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)
