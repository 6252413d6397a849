"""Whether Teams would take what the bot sends: activities, and the answers to what people do."""

import json
from collections.abc import Iterator, Mapping
from functools import partial

from adapters.playground.rules_core import (
    Check,
    Problem,
    Shape,
    any_object,
    array,
    by_type,
    choice,
    items,
    one_of_keys,
    text,
    unique,
    whole,
)
from adapters.playground.teams_rules_actions import Where
from adapters.playground.teams_rules_card import card_problems
from adapters.playground.teams_rules_words import ANY_LENGTH, SAID, TEXT, TYPEAHEAD, UNIVERSAL, either

__all__ = ["Problem", "Where", "activity_problems", "answer_problems", "card_problems"]

ACTIVITIES = "https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference"
FORMAT = "https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages"
DIALOGS = "https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/"
EXTENSIONS = "https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/"
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
SAYS = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
FOUND = "application/vnd.microsoft.search.searchResponse"
# Teams answers 413 MessageSizeTooBig at 100 KB in UTF-16 ({FORMAT}); ours stay under 80.
ACTIVITY_BYTES = 80 * 1024
MOST_ATTACHMENTS = 10  # https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#card-collections
MOST_RESULTS = 15  # {TYPEAHEAD}: "The number of options in the dropdown is limited to 15"


def _card(where: Where) -> Check:
    return partial(_card_in, where)


def _card_in(where: Where, value: object, path: str) -> Iterator[Problem]:
    return card_problems(value, where=where, path=path)


def _attached(where: Where) -> Shape:
    return Shape(
        f"{ACTIVITIES}#attachment-object",
        {"contentType": choice(ADAPTIVE), "content": _card(where)},
        {"name": text(500)},
    )


def _plain_words(value: object, path: str) -> Iterator[Problem]:
    """Text is Markdown unless it says that it is plain: people's words must not become a link."""
    said = value.get("text") if isinstance(value, Mapping) else None
    if isinstance(said, str) and "](" in said and isinstance(value, Mapping) and value.get("textFormat") != "plain":
        yield Problem(f"{path}/text", "markup", "must not contain markup unless textFormat is plain")


_ACCOUNT = Shape(
    f"{ACTIVITIES}#channelaccount-object",
    {"id": text(500)},
    {"name": TEXT, "aadObjectId": text(100), "role": text(20)},
)
_ENVELOPE: Mapping[str, Check] = {
    "id": text(500),
    "channelId": choice("msteams"),
    "channelData": any_object,
    "conversation": any_object,
    "from": _ACCOUNT,
    "recipient": _ACCOUNT,
    "serviceUrl": text(2000),
    "replyToId": text(500),
    "locale": text(20),
    "timestamp": text(50),
    "localTimestamp": text(50),
}
_MESSAGE = Shape(
    f"{ACTIVITIES}#activity-object",
    {},
    {
        **_ENVELOPE,
        "text": TEXT,
        "textFormat": choice("plain", "markdown", "xml"),
        "summary": SAID,
        "attachments": array(_attached(Where.MESSAGE), MOST_ATTACHMENTS, 0),
        "attachmentLayout": choice("list", "carousel"),
        "entities": array(any_object, 50, 0),
        "importance": choice("low", "normal", "high", "urgent"),
        "inputHint": choice("acceptingInput", "ignoringInput", "expectingInput"),
    },
    (one_of_keys("text", "attachments"), _plain_words),
)
_ACTIVITY = by_type({"message": _MESSAGE, "typing": Shape(f"{ACTIVITIES}#activity-object", {}, _ENVELOPE)}, "activity")


def activity_problems(activity: object) -> Iterator[Problem]:
    """What Teams would not take of an activity that the bot sends, or puts in the place of another."""
    yield from _ACTIVITY(activity, "")
    if len(json.dumps(activity, ensure_ascii=False, default=str).encode("utf-16-le")) >= ACTIVITY_BYTES:
        yield Problem("", "activity_too_large", f"must be under {ACTIVITY_BYTES} bytes as UTF-16")


# --- the answers to invokes ---
_SIZE = either(whole(1, 10_000), choice("small", "medium", "large"))
_TASK_INFO = Shape(
    f"{DIALOGS}invoking-task-modules#dialoginfo-object",
    {"title": text(250), "card": _attached(Where.DIALOG)},
    {"height": _SIZE, "width": _SIZE},
)
_TASK = by_type(
    {
        "continue": Shape(f"{DIALOGS}task-modules-bots#responds-to-the-tasksubmit-messages", {"value": _TASK_INFO}),
        "message": Shape(
            f"{DIALOGS}task-modules-bots#responds-to-the-tasksubmit-messages", {"value": text(ANY_LENGTH)}
        ),
    },
    "task",
)
_WITH_TASK = Shape(f"{DIALOGS}task-modules-bots#responds-to-the-tasksubmit-messages", {"task": _TASK})
_FROM_EXTENSION = Shape(f"{EXTENSIONS}create-task-module", {"task": _TASK})
_FAILURE = Shape(f"{UNIVERSAL}#response-format", {"code": SAID, "message": SAID})
_ERRED: Mapping[str, Check] = {"statusCode": whole(400, 599)}
_OK: Mapping[str, Check] = {"statusCode": whole(200, 200)}
_ACTION_ANSWER = by_type(
    {
        ADAPTIVE: Shape(f"{UNIVERSAL}#response-format", {**_OK, "value": _card(Where.MESSAGE)}),
        SAYS: Shape(f"{UNIVERSAL}#response-format", {**_OK, "value": SAID}),
        ERROR: Shape(f"{UNIVERSAL}#response-format", {**_ERRED, "value": _FAILURE}),
    },
    "answer",
)
_RESULT = Shape(f"{TYPEAHEAD}#response", {"title": SAID, "value": SAID})


def _results_differ(value: object, path: str) -> Iterator[Problem]:
    yield from unique("value", items(value, "results"), f"{path}/results")


_RESULTS = Shape(f"{TYPEAHEAD}#response", {"results": array(_RESULT, MOST_RESULTS, 0)}, {}, (_results_differ,))
_SEARCH_ANSWER = by_type({FOUND: Shape(f"{TYPEAHEAD}#response", {"value": _RESULTS}, _OK)}, "answer")


def _or_nothing(check: Check) -> Check:
    """An empty answer closes the dialog."""
    return partial(_something_or_nothing, check)


def _something_or_nothing(check: Check, value: object, path: str) -> Iterator[Problem]:
    if value is not None and value != {}:
        yield from check(value, path)


_ANSWERS: Mapping[str, Check] = {
    "adaptiveCard/action": _ACTION_ANSWER,
    "task/fetch": _WITH_TASK,
    "task/submit": _or_nothing(_WITH_TASK),
    "composeExtension/fetchTask": _FROM_EXTENSION,
    "composeExtension/submitAction": _or_nothing(_FROM_EXTENSION),
    "application/search": _SEARCH_ANSWER,
}


def answer_problems(invoke_name: str, status: int, body: object) -> Iterator[Problem]:
    """What Teams would not take as the answer to an invoke; what the bot does not know it answers with 501."""
    check = _ANSWERS.get(invoke_name)
    if check is None:
        yield from _unknown_invoke(status)
    elif status != 200:
        yield Problem("", "bad_status", "an invoke that the bot knows is answered with 200")
    else:
        yield from check(body, "")


def _unknown_invoke(status: int) -> Iterator[Problem]:
    if status != 501:
        yield Problem("", "bad_status", "an invoke that the bot does not know is answered with 501")
