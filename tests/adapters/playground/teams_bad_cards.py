"""Cards and their elements, each with one fault."""

from adapters.playground.teams_rules import Where
from adapters.playground.teams_rules_words import (
    CARDS_FORMAT,
    CARDS_REFERENCE,
    EXPLORER,
    SCHEMA,
    TEAMS,
    USER_IDS,
)
from tests.adapters.playground.teams_cards import (
    Json,
    action_set,
    card,
    column,
    columns,
    container,
    facts,
    image,
    link,
    refresh,
    run,
    text_block,
    typed,
    words,
)
from tests.adapters.playground.teams_spoilt import GONE, IN_MESSAGE, Bad, card_fault, element_fault

CARD = f"{EXPLORER}adaptive-card"
ELSEWHERE: Json = {"$schema": "https://example.com/card.json"}
TABLE: Json = {"type": "Table", "columns": [{"width": 1}], "rows": []}
CARD_SIZE = f"{TEAMS}webhooks-and-connectors/how-to/connectors-using"

BAD_CARDS = [
    # the card itself
    card_fault("unknown_type", "/type", CARD, type=GONE),
    card_fault("unknown_type", "/type", CARD, type="HeroCard"),
    card_fault("missing", "/version", CARD, version=GONE),
    card_fault("not_allowed", "/version", f"{CARDS_REFERENCE}#support-for-adaptive-cards", version="1.6"),
    card_fault("not_allowed", "/version", USER_IDS, version="1.2"),
    card_fault("not_allowed", "/version", CARD, version=1.5),
    card_fault("bad_schema", "/$schema", CARD, **ELSEWHERE),
    card_fault("missing", "/fallbackText", CARD, fallbackText=GONE),
    card_fault("missing", "/body", CARD, body=GONE),
    card_fault("too_few", "/body", CARD, body=[]),
    card_fault("wrong_type", "/body", CARD, body=text_block()),
    card_fault("unknown_key", "/title", SCHEMA, title="Agenda"),
    card_fault("not_allowed", "/msteams/width", f"{CARDS_FORMAT}#full-width-adaptive-card", msteams={"width": "Wide"}),
    card_fault("card_too_large", "", CARD_SIZE, body=[words(run("é" * 12_800))]),
    card_fault("null_value", "/speak", SCHEMA, speak=None),
    card_fault("bad_language", "/lang", CARD, lang="English, please"),
    Bad(
        good=card(container(typed()), typed(id="in.other")),
        bad=card(container(typed()), typed()),
        rule="duplicate_id",
        path="/body/1/id",
        page=f"{EXPLORER}input-text",
        check=IN_MESSAGE,
    ),
    # refresh
    card_fault("missing", "/refresh/userIds", USER_IDS, refresh={"action": refresh()["action"]}),
    card_fault("too_few", "/refresh/userIds", USER_IDS, refresh=refresh(userIds=[])),
    card_fault("too_many", "/refresh/userIds", USER_IDS, refresh=refresh(userIds=[f"29:{n}" for n in range(61)])),
    card_fault("bad_member", "/refresh/userIds/0", USER_IDS, refresh=refresh(userIds=["ana@example.com"])),
    card_fault("unknown_type", "/refresh/action/type", USER_IDS, refresh=refresh(action={"type": "Action.Submit"})),
    card_fault("missing", "/refresh/action", USER_IDS, refresh={"userIds": ["29:1"]}),
    # elements
    element_fault(text_block(), "unknown_type", "/type", SCHEMA, type="Sparkles"),
    element_fault(text_block(), "unknown_type", "/type", SCHEMA, type=GONE),
    element_fault(columns(), "unknown_type", "/type", f"{EXPLORER}table", **TABLE),
    element_fault(text_block(), "missing", "/text", f"{EXPLORER}text-block", text=GONE),
    element_fault(text_block(), "unknown_key", "/colour", f"{EXPLORER}text-block", colour="red"),
    element_fault(text_block(), "wrong_type", "/wrap", f"{EXPLORER}text-block", wrap="true"),
    element_fault(text_block(), "not_allowed", "/size", f"{EXPLORER}text-block", size="huge"),
    element_fault(text_block(), "not_allowed", "/weight", f"{EXPLORER}text-block", weight="bold"),
    element_fault(text_block(), "out_of_range", "/maxLines", f"{EXPLORER}text-block", maxLines=0),
    element_fault(text_block(), "not_allowed", "/spacing", f"{EXPLORER}text-block", spacing="wide"),
    element_fault(text_block(), "markup", "/text", CARDS_FORMAT, text="Read [this](https://example.com)"),
    element_fault(
        text_block(),
        "markup",
        "/text",
        "https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features",
        text="{{DATE(2026-11-24T14:00:00Z, SHORT)}}",
    ),
    element_fault(words(), "too_few", "/inlines", f"{EXPLORER}rich-text-block", inlines=[]),
    element_fault(words(), "missing", "/inlines/0/text", f"{EXPLORER}text-run", inlines=[{"type": "TextRun"}]),
    element_fault(words(), "wrong_type", "/inlines/0/italic", f"{EXPLORER}text-run", inlines=[run(italic=1)]),
    element_fault(words(), "unknown_type", "/inlines/0/type", f"{EXPLORER}text-run", inlines=[text_block()]),
    element_fault(container(), "missing", "/items", f"{EXPLORER}container", items=GONE),
    element_fault(container(), "not_allowed", "/style", f"{EXPLORER}container", style="danger"),
    element_fault(container(), "bad_size", "/minHeight", f"{EXPLORER}container", minHeight="50"),
    element_fault(columns(), "unknown_type", "/columns/0/type", f"{EXPLORER}column-set", columns=[container()]),
    element_fault(columns(), "not_allowed", "/columns/0/width", f"{EXPLORER}column", columns=[column(width="wide")]),
    element_fault(facts(), "missing", "/facts/0/value", f"{EXPLORER}fact", facts=[{"title": "Next"}]),
    element_fault(facts(), "markup", "/facts/0/value", CARDS_FORMAT, facts=[{"title": "a", "value": "[b](c)"}]),
    element_fault(image(), "missing", "/url", f"{EXPLORER}image", url=GONE),
    element_fault(image(), "bad_url", "/url", f"{CARDS_REFERENCE}#inline-card-images", url="http://example.com/a.png"),
    element_fault(image(), "missing", "/altText", f"{EXPLORER}image", altText=GONE),
    element_fault(text_block(), "bad_version", "/requires", f"{EXPLORER}text-block", requires={"feature": "new"}),
    element_fault(text_block(fallback="drop"), "not_allowed", "/fallback", f"{EXPLORER}text-block", fallback="hide"),
    # six buttons
    element_fault(action_set(), "too_few", "/actions", f"{EXPLORER}action-set", actions=[]),
    element_fault(action_set(), "too_many", "/actions", f"{CARDS_REFERENCE}#buttons", actions=[link()] * 7),
    card_fault("too_many", "/actions", f"{CARDS_REFERENCE}#buttons", actions=[link()] * 7),
    card_fault("refresh_in_dialog", "/refresh", USER_IDS, where=Where.DIALOG, refresh=refresh()),
]
