"""Each rule of Slack's that the stand-in holds, by a payload with that one fault, and the page that says so."""

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.playground.slack_rules import (
    Problem,
    answer_problems,
    message_problems,
    options_problems,
    problems,
    submission_answer_problems,
)
from tests.adapters.playground.slack_bad_charts import BAD_CHARTS
from tests.adapters.playground.slack_bad_elements import BAD_ELEMENTS
from tests.adapters.playground.slack_bad_messages import BAD_MESSAGES
from tests.adapters.playground.slack_bad_views import BAD_VIEWS
from tests.adapters.playground.slack_faults import DOCS, Bad
from tests.adapters.playground.slack_payloads import (
    CONFIRM,
    Json,
    actions,
    axis,
    button,
    chart,
    context,
    field,
    home,
    line,
    message,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    said,
    section,
    select,
    span,
    typed,
    without,
    words,
)

SUBMIT_PAGE = f"{DOCS}surfaces/modals#displaying_errors"
BAD = [*BAD_MESSAGES, *BAD_CHARTS, *BAD_ELEMENTS, *BAD_VIEWS]


def found(problem: Problem) -> tuple[str, str]:
    return problem.rule, problem.path


@pytest.mark.parametrize("bad", BAD, ids=[f"{n} {bad.rule} {bad.path}" for n, bad in enumerate(BAD)])
def test_a_payload_with_one_fault_is_refused_by_the_rule_it_breaks(bad: Bad) -> None:
    assert (bad.rule, bad.path) in [found(each) for each in problems(bad.payload)]
    assert len({each.rule for each in problems(bad.payload)}) == 1
    assert bad.page.startswith(DOCS)


def test_at_least_sixty_faults_are_known() -> None:
    assert len(BAD) >= 60


FORM = modal(section(block_id="words"), field(typed()))
BAD_ANSWERS = [
    ({"response_action": "shrug"}, "not_allowed"),
    ({"text": "saved"}, "not_allowed"),
    ({"response_action": "errors"}, "missing"),
    ({"response_action": "errors", "errors": {}}, "missing"),
    ({"response_action": "errors", "errors": {"words": "No."}}, "unknown_block_id"),
    ({"response_action": "errors", "errors": {"nowhere": "No."}}, "unknown_block_id"),
    ({"response_action": "errors", "errors": {"field": ""}}, "wrong_type"),
    ({"response_action": "clear", "view": FORM}, "unknown_key"),
    ({"response_action": "update"}, "unknown_type"),
    ({"response_action": "push", "view": without(FORM, "title")}, "missing"),
]


@pytest.mark.parametrize(("answer", "rule"), BAD_ANSWERS)
def test_a_bad_answer_to_a_submission_is_refused(answer: Json, rule: str) -> None:
    assert [each.rule for each in submission_answer_problems(answer, FORM)] == [rule], SUBMIT_PAGE


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"response_action": "clear"},
        {"response_action": "errors", "errors": {"field": "Shorter, please."}},
        {"response_action": "update", "view": FORM},
        {"response_action": "push", "view": FORM},
    ],
)
def test_a_good_answer_to_a_submission_passes(answer: Json) -> None:
    assert submission_answer_problems(answer, FORM) == ()


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ({}, "missing_one_of"),
        ({"text": "x", "response_type": "loud"}, "not_allowed"),
        ({"text": "x", "replace_original": "true"}, "wrong_type"),
        ({"text": "x", "channel": "C0"}, "unknown_key"),
        ({"blocks": [{"type": "header", "text": mrkdwn()}]}, "unknown_type"),
    ],
)
def test_a_bad_answer_at_a_link_is_refused(answer: Json, rule: str) -> None:
    assert [each.rule for each in answer_problems(answer)] == [rule]


RICH = words(
    said(span("Promotion case", style={"bold": True}), {"type": "user", "user_id": "U0BEN"}),
    {"type": "rich_text_list", "style": "ordered", "indent": 1, "border": 0, "elements": [said(span())]},
    {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://example.com"}]},
    {"type": "rich_text_preformatted", "border": 0, "elements": [span()]},
)
GOOD_BLOCKS = [
    section(),
    section(block_id="a", accessory=button(style="primary", value="x" * 2000, confirm=CONFIRM)),
    section(text=mrkdwn("x" * 3000)),
    {"type": "section", "fields": [mrkdwn("x" * 2000)] * 5},
    section(accessory={"type": "overflow", "action_id": "m", "options": options(5)}),
    section(accessory={"type": "multi_static_select", "action_id": "p", "options": options(100)}),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    context(mrkdwn(), plain()),
    actions(*[button(action_id=str(number)) for number in range(25)]),
    actions(
        select(placeholder=plain("x" * 150), initial_option=option()),
        {"type": "external_select", "action_id": "e", "min_query_length": 1},
        {"type": "checkboxes", "action_id": "c", "options": options(10), "initial_options": options(3)},
        {"type": "radio_buttons", "action_id": "r", "options": options(10), "initial_option": option("3")},
        {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-24"},
        {"type": "timepicker", "action_id": "t", "initial_time": "09:00"},
        {"type": "users_select", "action_id": "u", "initial_user": "U0BEN"},
    ),
    RICH,
]
GOOD_FIELDS = [
    field(typed(multiline=True, min_length=1, max_length=3000, initial_value="x" * 3000)),
    field(typed(placeholder=plain("x" * 150)), hint=plain("Only you can see this."), optional=True),
    field(select()),
    field({"type": "checkboxes", "action_id": "c", "options": [{"text": mrkdwn("*a*"), "value": "a"}]}),
    field({"type": "external_select", "action_id": "e", "min_query_length": 0}),
    field({"type": "datepicker", "action_id": "d"}, dispatch_action=True),
]


@pytest.mark.parametrize("kind", ["line", "bar", "area"])
def test_a_good_chart_passes_in_a_message_twice(kind: str) -> None:
    drawn = {"type": kind, "series": [line("You"), line("Ana")], "axis_config": axis(x_label="When", y_label="How")}
    assert problems(message(chart(chart=drawn), chart())) == ()
    assert problems(message(chart(chart={"type": "pie", "segments": [{"label": "Yes", "value": 1}]}))) == ()


@pytest.mark.parametrize("block", GOOD_BLOCKS, ids=[f"{n} {each['type']}" for n, each in enumerate(GOOD_BLOCKS)])
def test_a_good_block_passes_on_every_surface_and_with_slacks_own_models(block: Json) -> None:
    assert message_problems(message(block)) == ()
    assert problems(modal(block)) == ()
    assert problems(home(block)) == ()
    parsed = Block.parse(block)
    assert parsed is not None
    parsed.to_dict()


@pytest.mark.parametrize("block", GOOD_FIELDS, ids=[str(n) for n in range(len(GOOD_FIELDS))])
def test_a_good_form_passes_and_with_slacks_own_models(block: Json) -> None:
    form = modal(block, private_metadata="x" * 3000, callback_id="x" * 255, close=plain("x" * 24))
    assert problems(form) == ()
    View(**form).validate_json()


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "x" * 40_000},
        message(*[section()] * 50),
        message(section(), metadata={"event_type": "reminder_sent", "event_payload": {"id": "d1"}}),
        modal(*[section()] * 100),
        {"options": []},
        {"options": options(100)},
        {"option_groups": [{"label": plain("x" * 75), "options": options(2)}]},
    ],
    ids=["longest text", "50 blocks", "metadata", "100 blocks", "no options", "100 options", "groups"],
)
def test_a_payload_at_the_limit_passes(payload: Json) -> None:
    assert problems(payload) == ()


def test_what_a_problem_says_never_repeats_what_was_sent() -> None:
    secret = "Ana is leaving in May"
    payload = message(
        section(text=plain(secret * 200)),
        section(**{secret: 1}),
        {"type": secret},
        actions(select(initial_option=option(secret))),
        actions(button(style=secret)),
    )
    told = [
        *problems(payload),
        *submission_answer_problems({"response_action": "errors", "errors": {secret: ""}}, FORM),
    ]
    assert len(told) >= 6
    assert secret not in repr(told)


def test_options_are_recognised_as_such() -> None:
    assert problems({"options": options(2)}) == options_problems({"options": options(2)}) == ()
