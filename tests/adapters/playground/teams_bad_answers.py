"""Activities that the bot sends and its answers to invokes, each with one fault."""

from adapters.playground.teams_rules import ACTIVITIES, DIALOGS, EXTENSIONS, FORMAT
from adapters.playground.teams_rules_words import CARDS_REFERENCE, TYPEAHEAD, UNIVERSAL
from tests.adapters.playground.teams_cards import (
    MESSAGE,
    attachment,
    card,
    execute,
    found,
    replaced,
    result,
    text_block,
)
from tests.adapters.playground.teams_spoilt import GONE, Bad, answer_fault, dialog_fault, sent_fault

ACTIVITY = f"{ACTIVITIES}#activity-object"
SAYS = {"statusCode": 200, "type": MESSAGE, "value": "Saved."}
DIALOG_INFO = f"{DIALOGS}invoking-task-modules#dialoginfo-object"
SUBMITTED = f"{DIALOGS}task-modules-bots#responds-to-the-tasksubmit-messages"
POPUP = {"task": {"type": "message", "value": "Saved."}}
BARE = card(text_block(text=GONE))


def action(good: dict[str, object], rule: str, path: str, **change: object) -> Bad:
    return answer_fault("adaptiveCard/action", good, rule, path, f"{UNIVERSAL}#response-format", **change)


def search(rule: str, path: str, **change: object) -> Bad:
    return answer_fault("application/search", found(result()), rule, path, f"{TYPEAHEAD}#response", **change)


BAD_ACTIVITIES = [
    sent_fault("unknown_type", "/type", ACTIVITY, type="note"),
    sent_fault("missing_one_of", "", ACTIVITY, attachments=GONE),
    sent_fault("missing_one_of", "", ACTIVITY, attachments=[]),
    sent_fault("unknown_key", "/blocks", ACTIVITY, blocks=[]),
    sent_fault("wrong_type", "/text", ACTIVITY, text=7),
    sent_fault("not_allowed", "/textFormat", FORMAT, textFormat="html"),
    sent_fault("markup", "/text", FORMAT, text="See [this](https://example.com)"),
    sent_fault("too_short", "/summary", ACTIVITY, summary=""),
    sent_fault(
        "not_allowed",
        "/attachments/0/contentType",
        CARDS_REFERENCE,
        attachments=[{**attachment(card()), "contentType": "text/html"}],
    ),
    sent_fault(
        "missing",
        "/attachments/0/content",
        ACTIVITIES,
        attachments=[{"contentType": attachment(card())["contentType"]}],
    ),
    sent_fault(
        "missing",
        "/attachments/0/content/version",
        CARDS_REFERENCE,
        attachments=[attachment({k: v for k, v in card().items() if k != "version"})],
    ),
    sent_fault(
        "too_many", "/attachments", f"{CARDS_REFERENCE}#card-collections", attachments=[attachment(card())] * 11
    ),
    sent_fault("activity_too_large", "", FORMAT, text="x" * 41_000),
]

BAD_ANSWERS = [
    # a press in a chat
    action(replaced(), "unknown_type", "/type", type="application/vnd.microsoft.adaptive.card"),
    action(replaced(), "missing", "/statusCode", statusCode=GONE),
    action(replaced(), "out_of_range", "/statusCode", statusCode=500),
    action(replaced(), "wrong_type", "/statusCode", statusCode="200"),
    action(replaced(), "missing", "/value", value=GONE),
    action(replaced(), "missing", "/value/version", value={k: v for k, v in card().items() if k != "version"}),
    action(replaced(), "unknown_key", "/task", **POPUP),
    action(SAYS, "wrong_type", "/value", value={"text": "Saved."}),
    action(SAYS, "too_short", "/value", value=""),
    # a dialog
    dialog_fault("missing", "/title", DIALOG_INFO, title=GONE),
    dialog_fault("too_short", "/title", DIALOG_INFO, title=""),
    dialog_fault("not_allowed", "/height", DIALOG_INFO, height="huge"),
    dialog_fault("not_allowed", "/width", DIALOG_INFO, width=0),
    dialog_fault("unknown_key", "/url", DIALOG_INFO, url="https://example.com"),
    dialog_fault("missing", "/card", DIALOG_INFO, card=GONE),
    dialog_fault("missing", "/card/contentType", DIALOG_INFO, card={"content": card()}),
    dialog_fault("execute_in_dialog", "/card/content/actions/0", SUBMITTED, card=attachment(card(actions=[execute()]))),
    answer_fault("task/fetch", POPUP, "missing", "/task", DIALOG_INFO, task=GONE),
    answer_fault("task/fetch", POPUP, "unknown_type", "/task/type", SUBMITTED, task={"type": "close"}),
    answer_fault("task/submit", POPUP, "wrong_type", "/task/value", SUBMITTED, task={"type": "message", "value": 7}),
    answer_fault("task/submit", POPUP, "unknown_key", "/error", SUBMITTED, error="No."),
    # the message extension
    answer_fault("composeExtension/fetchTask", POPUP, "missing", "/task", f"{EXTENSIONS}create-task-module", task=GONE),
    answer_fault(
        "composeExtension/submitAction",
        POPUP,
        "unknown_type",
        "/task/type",
        f"{EXTENSIONS}respond-to-task-module-submit",
        task={"type": "result", "value": ""},
    ),
    # people who match
    search("unknown_type", "/type", type="application/json"),
    search("missing", "/value/results", value={}),
    search("missing", "/value/results/0/title", value={"results": [{"value": "p1"}]}),
    search("duplicate_value", "/value/results/1/value", value={"results": [result(), result()]}),
    search("too_many", "/value/results", value={"results": [result(str(n)) for n in range(16)]}),
]
