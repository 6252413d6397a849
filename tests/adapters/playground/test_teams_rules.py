"""Each rule of Teams' that the stand-in holds, by a payload with that one fault, and the page that says so."""

import pytest

from adapters.playground.teams_rules import Problem, Where, activity_problems, answer_problems, card_problems
from tests.adapters.playground.teams_bad_answers import BAD_ACTIVITIES, BAD_ANSWERS
from tests.adapters.playground.teams_bad_cards import BAD_CARDS
from tests.adapters.playground.teams_bad_charts import BAD_CHARTS
from tests.adapters.playground.teams_bad_inputs import BAD_ACTIONS, BAD_INPUTS
from tests.adapters.playground.teams_cards import (
    ADAPTIVE,
    Json,
    action_set,
    attachment,
    card,
    choices,
    column,
    columns,
    container,
    counted,
    dated,
    execute,
    facts,
    found,
    image,
    link,
    message,
    opens,
    people,
    refresh,
    replaced,
    result,
    run,
    submit,
    text_block,
    timed,
    toggle,
    typed,
    words,
)
from tests.adapters.playground.teams_spoilt import Bad

BAD = [*BAD_CARDS, *BAD_CHARTS, *BAD_INPUTS, *BAD_ACTIONS, *BAD_ACTIVITIES, *BAD_ANSWERS]
NAMES = [f"{n} {bad.rule} {bad.path}" for n, bad in enumerate(BAD)]
PUBLIC = (
    "https://learn.microsoft.com/",
    "https://adaptivecards.microsoft.com/",
    "https://raw.githubusercontent.com/microsoft/AdaptiveCards/",
)


@pytest.mark.parametrize("bad", BAD, ids=NAMES)
def test_a_payload_with_one_fault_is_refused_by_the_rule_it_breaks(bad: Bad) -> None:
    found_problems = [(each.rule, each.path) for each in bad.check(bad.bad)]
    assert found_problems == [(bad.rule, bad.path)]
    assert bad.page.startswith(PUBLIC)


@pytest.mark.parametrize("bad", BAD, ids=NAMES)
def test_the_same_payload_without_the_fault_is_taken(bad: Bad) -> None:
    assert list(bad.check(bad.good)) == []


def test_at_least_forty_faults_are_known() -> None:
    assert len(BAD) >= 40
    assert len({(each.rule, each.path) for each in BAD}) >= 40


GOOD_ELEMENTS = [
    text_block(size="ExtraLarge", weight="bolder", color="Attention", isSubtle=True, style="heading", maxLines=2),
    words("plain", run(italic=True, strikethrough=True, selectAction={"type": "Action.OpenUrl", "url": "https://a.b"})),
    words(run("[not](a link) {{DATE(x)}} **nor this**")),
    container(container(columns()), style="emphasis", bleed=True, minHeight="40px", selectAction=link()),
    columns(column(width="auto"), column(width=2), column(width="50px", verticalContentAlignment="center")),
    facts(),
    image(size="small", style="person"),
    image(url="data:image/png;base64,AA=="),
    action_set(*[link(title=f"Open {n}") for n in range(6)]),
    {"type": "Input.Text", "id": "in.a", "label": "A", "fallback": text_block(), "requires": {"adaptiveCards": "1.5"}},
]
GOOD_INPUTS = [
    typed(isMultiline=True, maxLength=3000, value="x" * 3000, placeholder=""),
    typed(regex=r"^\d+$", errorMessage="Digits only.", style="tel"),
    counted(min=1, max=10, value=10),
    dated(min="2026-11-01", max="2026-12-31"),
    timed(min="08:00"),
    toggle(value="true"),
    toggle(valueOn="yes", valueOff="no", value="no"),
    choices(value="mine", style="expanded"),
    choices(isMultiSelect=True, value="mine,shared", style="filtered"),
    choices(isMultiSelect=True, value=""),
    people(value="p1"),
    people(choices=[{"title": "Ana Ruiz", "value": "p1"}], value="p1"),
]


GOOD = [*GOOD_ELEMENTS, *GOOD_INPUTS]


@pytest.mark.parametrize("element", GOOD, ids=[f"{n} {each['type']}" for n, each in enumerate(GOOD)])
@pytest.mark.parametrize("where", Where)
def test_a_good_element_passes_in_a_message_and_in_a_dialog(element: Json, where: Where) -> None:
    assert list(card_problems(card(element), where=where)) == []


def test_a_card_with_everything_passes_in_a_message() -> None:
    shown = card(
        *GOOD_INPUTS[:1],
        action_set(execute(), opens(), link()),
        actions=[execute(), submit(), {"type": "Action.ShowCard", "title": "More", "card": nested()}],
        refresh=refresh(userIds=[f"29:{n}" for n in range(60)]),
        lang="en",
    )
    assert list(card_problems(shown, where=Where.MESSAGE)) == []


def nested() -> Json:
    return {"type": "AdaptiveCard", "body": [text_block()], "actions": [submit()]}


def test_a_hidden_card_is_held_to_the_same_rules() -> None:
    hidden = nested() | {"body": [text_block(size="huge")]}
    shown = card(actions=[{"type": "Action.ShowCard", "title": "More", "card": hidden}])
    paths = [each.path for each in card_problems(shown, where=Where.MESSAGE)]
    assert paths == ["/actions/0/card/body/0/size"]


def test_what_stands_in_for_an_element_may_have_its_id() -> None:
    shown = typed(fallback=typed())
    assert list(card_problems(card(shown), where=Where.DIALOG)) == []


@pytest.mark.parametrize(
    "activity",
    [
        {"type": "typing"},
        {"type": "message", "text": "Add the bot to your own chat first."},
        {"type": "message", "text": "[literal](words)", "textFormat": "plain"},
        message(replyToId="1", conversation={"id": "19:a"}, recipient={"id": "29:1ana"}),
        message(attachments=[attachment(card())] * 10),
        message(text="x" * 39_000),
    ],
    ids=["typing", "text", "plain text", "reply", "ten cards", "long"],
)
def test_a_good_activity_passes(activity: Json) -> None:
    assert list(activity_problems(activity)) == []


GOOD_ANSWERS: list[tuple[str, int, object]] = [
    ("adaptiveCard/action", 200, replaced(value=card(refresh=refresh()))),
    (
        "adaptiveCard/action",
        200,
        {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "No."},
    ),
    (
        "adaptiveCard/action",
        200,
        {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {"code": "400", "message": "No."}},
    ),
    ("task/fetch", 200, {"task": {"type": "message", "value": "Not any more."}}),
    ("task/submit", 200, None),
    ("task/submit", 200, {}),
    (
        "composeExtension/submitAction",
        200,
        {"task": {"type": "continue", "value": {"title": "Next", "height": 500, "card": attachment(card(typed()))}}},
    ),
    ("composeExtension/submitAction", 200, {}),
    ("application/search", 200, found()),
    ("application/search", 200, {**found(*[result(str(n)) for n in range(15)])}),
    ("config/fetch", 501, None),
]


@pytest.mark.parametrize(
    ("name", "status", "body"), GOOD_ANSWERS, ids=[f"{n} {each[0]}" for n, each in enumerate(GOOD_ANSWERS)]
)
def test_a_good_answer_passes(name: str, status: int, body: object) -> None:
    assert list(answer_problems(name, status, body)) == []


@pytest.mark.parametrize(
    ("name", "status"), [("task/submit", 202), ("adaptiveCard/action", 500), ("config/fetch", 200)]
)
def test_an_answer_with_the_wrong_status_is_refused(name: str, status: int) -> None:
    assert [each.rule for each in answer_problems(name, status, {})] == ["bad_status"]


def test_an_empty_answer_opens_no_dialog_and_changes_no_card() -> None:
    for name in ("task/fetch", "composeExtension/fetchTask", "adaptiveCard/action", "application/search"):
        assert list(answer_problems(name, 200, {}))


def test_what_a_problem_says_never_repeats_what_was_sent() -> None:
    secret = "Ana is leaving in May"
    spoilt = card(
        text_block(text=f"[{secret}](x)", **{secret: 1}),
        {"type": secret},
        choices(value=secret),
        typed(style=secret),
        actions=[link(url=secret)],
        refresh=refresh(userIds=[secret]),
    )
    told: list[Problem] = [
        *card_problems(spoilt, where=Where.MESSAGE),
        *activity_problems({"type": secret}),
        *answer_problems("adaptiveCard/action", 200, {"type": ADAPTIVE, "statusCode": 200, "value": secret}),
    ]
    assert len(told) >= 8
    assert secret not in repr(told)
