"""Windows for a client that opens no dialogs, as Microsoft's Agents Playground: a message of its chat is one."""

from collections.abc import Awaitable, Callable, Sequence

from adapters.saying import Say
from adapters.teams import render
from adapters.teams.inputs import Answer, Json
from adapters.teams.render import Rendered
from adapters.teams.render_fields import search_results
from adapters.teams.render_parts import heading
from bot.views import Option

People = Callable[[str, str], Awaitable[Sequence[Option]]]
"""Who can be chosen: by this account, with these letters in the name."""

_SEARCH = "choices.data"


def window(answer: Answer, people: Sequence[Option], say: Say) -> Rendered:
    """The message for what a dialog would show: its card, its sentence, or that it is done and gone."""
    match (answer.body or {}).get("task", {}).get("value"):
        case {"title": str(title), "card": {"content": card}}:
            body = [heading(title, size="large"), *(_listed(part, people) for part in card["body"])]
            return Rendered(say("views.summary"), {**card, "body": body})
        case str(text):
            return render.notice(text, say)
        case _:
            return render.notice(say("views.done"), say)


def _listed(part: Json, people: Sequence[Option]) -> Json:
    """A picker with everybody in it, for a client that does not search; anything else as it is."""
    if _SEARCH not in part:
        return part
    rest = {name: value for name, value in part.items() if name != _SEARCH}
    return {**rest, "style": "compact", "choices": search_results(people) or part["choices"]}
