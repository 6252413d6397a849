"""Inputs and buttons, each with one fault."""

from adapters.playground.teams_rules import Where
from adapters.playground.teams_rules_words import (
    CARDS_ACTIONS,
    CARDS_REFERENCE,
    EXPLORER,
    TYPEAHEAD,
    UNIVERSAL,
    VALIDATION,
)
from tests.adapters.playground.teams_cards import (
    Json,
    choices,
    counted,
    dated,
    execute,
    link,
    opens,
    people,
    submit,
    text_block,
    timed,
    toggle,
    typed,
)
from tests.adapters.playground.teams_spoilt import GONE, action_fault, element_fault

CHOICE_SET = f"{EXPLORER}input-choice-set"
LABELS = "https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/input-validation#labels"
DIALOG = Where.DIALOG
REQUIRED = typed(isRequired=True, errorMessage="Say what it is about.")


def query(**more: str) -> Json:
    return {"choices.data": more}


BAD_INPUTS = [
    # what every input needs
    element_fault(typed(), "missing", "/id", f"{EXPLORER}input-text", id=GONE),
    element_fault(typed(), "no_label", "/label", LABELS, label=GONE),
    element_fault(REQUIRED, "no_error_message", "/errorMessage", VALIDATION, errorMessage=GONE),
    element_fault(typed(), "wrong_type", "/isRequired", f"{EXPLORER}input-text", isRequired="yes"),
    element_fault(typed(), "unknown_key", "/maxlength", f"{EXPLORER}input-text", maxlength=10),
    # text
    element_fault(typed(), "out_of_range", "/maxLength", f"{EXPLORER}input-text", maxLength=0),
    element_fault(typed(), "wrong_type", "/maxLength", f"{EXPLORER}input-text", maxLength="200"),
    element_fault(typed(value="x" * 9), "value_too_long", "/value", f"{EXPLORER}input-text", maxLength=8),
    element_fault(typed(), "not_allowed", "/style", f"{EXPLORER}input-text", style="number"),
    element_fault(typed(errorMessage="No."), "bad_regex", "/regex", VALIDATION, regex="("),
    # number, date, time, toggle
    element_fault(counted(), "wrong_type", "/value", f"{EXPLORER}input-number", value="3"),
    element_fault(counted(min=1, max=10), "min_above_max", "/min", f"{EXPLORER}input-number", min=11),
    element_fault(counted(min=1, max=10), "value_out_of_range", "/value", f"{EXPLORER}input-number", value=11),
    element_fault(dated(), "bad_date", "/value", f"{EXPLORER}input-date", value="24.11.2026"),
    element_fault(dated(), "value_out_of_range", "/value", f"{EXPLORER}input-date", min="2026-12-01"),
    element_fault(timed(), "bad_time", "/value", f"{EXPLORER}input-time", value="2 pm"),
    element_fault(toggle(), "missing", "/title", f"{EXPLORER}input-toggle", title=GONE),
    element_fault(toggle(), "value_not_offered", "/value", f"{EXPLORER}input-toggle", value="yes"),
    element_fault(toggle(), "wrong_type", "/value", f"{EXPLORER}input-toggle", value=True),
    # choices
    element_fault(choices(), "no_choices", "/choices", CHOICE_SET, choices=[]),
    element_fault(choices(), "missing", "/choices/0/value", CHOICE_SET, choices=[{"title": "Mine"}]),
    element_fault(choices(), "too_short", "/choices/0/title", CHOICE_SET, choices=[{"title": "", "value": "a"}]),
    element_fault(
        choices(),
        "duplicate_value",
        "/choices/1/value",
        CHOICE_SET,
        choices=[{"title": "A", "value": "a"}, {"title": "B", "value": "a"}],
    ),
    element_fault(choices(value="mine"), "value_not_offered", "/value", CHOICE_SET, value="yours"),
    element_fault(
        choices(isMultiSelect=True, value="mine,shared"), "value_not_offered", "/value", CHOICE_SET, value="mine,yours"
    ),
    element_fault(choices("a,b"), "comma_in_value", "/choices/0/value", CHOICE_SET, isMultiSelect=True),
    element_fault(choices(), "wrong_type", "/value", CHOICE_SET, value=["mine"]),
    element_fault(choices(), "not_allowed", "/style", CHOICE_SET, style="dropdown"),
    element_fault(people(), "not_filtered", "/style", TYPEAHEAD, style="compact"),
    element_fault(people(), "unknown_type", "/choices.data/type", TYPEAHEAD, **query(dataset="people")),
    element_fault(people(), "missing", "/choices.data/dataset", TYPEAHEAD, **query(type="Data.Query")),
]

BAD_ACTIONS = [
    action_fault(submit(), "unknown_type", "/type", f"{EXPLORER}action-submit", type="Action.Http"),
    action_fault(submit(), "unknown_type", "/type", f"{EXPLORER}action-submit", **text_block(title=GONE, data=GONE)),
    action_fault(submit(), "missing", "/title", f"{CARDS_REFERENCE}#buttons", title=GONE),
    action_fault(submit(), "too_short", "/title", f"{CARDS_REFERENCE}#buttons", title=""),
    action_fault(submit(), "too_long", "/title", f"{CARDS_REFERENCE}#buttons", title="x" * 76),
    action_fault(submit(), "unknown_key", "/label", f"{EXPLORER}action-submit", label="Save"),
    action_fault(submit(), "not_allowed", "/style", f"{EXPLORER}action-submit", style="primary"),
    action_fault(submit(), "wrong_type", "/data", f"{EXPLORER}action-submit", data=["AddItem"]),
    action_fault(
        opens(),
        "not_allowed",
        "/data/msteams/type",
        f"{CARDS_ACTIONS}#adaptive-cards-actions",
        data={"msteams": {"type": "task/open"}},
    ),
    action_fault(link(), "missing", "/url", f"{EXPLORER}action-open-url", url=GONE),
    action_fault(link(), "bad_url", "/url", f"{EXPLORER}action-open-url", url="javascript:alert(1)"),
    action_fault(execute(), "no_fallback", "/fallback", UNIVERSAL, fallback=GONE),
    action_fault(execute(), "no_fallback", "/fallback", UNIVERSAL, fallback=link()),
    action_fault(execute(), "wrong_type", "/verb", UNIVERSAL, verb=7),
    action_fault(submit(), "execute_in_dialog", "", f"{EXPLORER}action-execute", where=DIALOG, **execute()),
    action_fault(submit(), "msteams_in_dialog", "/data/msteams", CARDS_ACTIONS, where=DIALOG, **opens()),
]
