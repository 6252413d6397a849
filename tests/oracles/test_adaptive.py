"""Our rules for cards beside two judges from elsewhere: what they refuse, we refuse; what we call good, they take."""

from collections.abc import Callable, Iterator
from typing import Any

from adapters.playground.teams_rules import Where, card_problems
from tests.adapters.playground.teams_bad_cards import BAD_CARDS
from tests.adapters.playground.teams_bad_charts import BAD_CHARTS
from tests.adapters.playground.teams_bad_inputs import BAD_ACTIONS, BAD_INPUTS
from tests.adapters.playground.teams_cards import (
    Json,
    action_set,
    bar_chart,
    card,
    choices,
    columns,
    container,
    counted,
    dated,
    execute,
    facts,
    image,
    line_chart,
    link,
    opens,
    people,
    refresh,
    run,
    text_block,
    timed,
    toggle,
    typed,
    words,
)
from tests.oracles.adaptive import verdicts

BAD = [*BAD_CARDS, *BAD_CHARTS, *BAD_INPUTS, *BAD_ACTIONS]
STRANGE: tuple[object, ...] = ("nonsense", -1, True, [], {})
WHOLE = card(
    text_block(
        size="large", weight="bolder", color="accent", isSubtle=True, spacing="small", separator=True, maxLines=2
    ),
    words(run(weight="bolder", italic=True), "plain", spacing="none"),
    container(columns(spacing="padding"), style="emphasis", bleed=True, minHeight="40px"),
    facts(),
    image(size="small", horizontalAlignment="center"),
    line_chart(colorSet="categorical", yMin=0, yMax=10, spacing="medium"),
    bar_chart(yMin=0, yMax=100, stacked=False, showBarValues=True),
    typed(isMultiline=True, maxLength=3000, placeholder="What is it about?", isRequired=True, errorMessage="Say it."),
    counted(min=1, max=10, value=3),
    dated(),
    timed(),
    toggle(value="true", wrap=True),
    choices(isMultiSelect=True, style="expanded", value="mine"),
    people(id="in.person"),
    action_set(execute(), opens(), link(style="positive")),
    actions=[execute(tooltip="Marks it as done")],
    refresh=refresh(),
    lang="en",
)


def refused_by_us(shown: Json) -> bool:
    return any(card_problems(shown, where=Where.MESSAGE))


def test_the_judges_take_every_card_that_we_call_good() -> None:
    good = [WHOLE, *[each.good for each in BAD]]
    objections = [said for said in verdicts(good) if said]
    assert objections == []


def test_each_judge_refuses_known_bad_cards_and_so_do_we() -> None:
    said = verdicts([each.bad for each in BAD])
    refused = [bad for bad, each in zip(BAD, said, strict=True) if each]
    assert all(any(bad.check(bad.bad)) for bad in refused)
    assert len(refused) >= 16
    for judge in ("schema:", "adaptivecards:"):
        alone = [each for each in said if each and all(line.startswith(judge) for line in each)]
        assert len(alone) >= 3, f"without {judge} these would pass"


def test_no_single_change_to_a_card_is_refused_by_the_judges_and_taken_by_us(
    record_property: Callable[[str, object], None],
) -> None:
    changed = list(single_changes(WHOLE))
    said = verdicts([shown for _, shown in changed])
    missed = [
        (name, each) for (name, shown), each in zip(changed, said, strict=True) if each and not refused_by_us(shown)
    ]
    assert not missed, "\n".join(f"{name}: {said[:2]}" for name, said in missed)
    record_property("changes", len(changed))
    record_property("refused by the judges", sum(bool(each) for each in said))


def single_changes(whole: Json) -> Iterator[tuple[str, Json]]:
    """The card without one of its parts, with one more, or with one of another kind."""
    for path in paths(whole, ()):
        name = "/".join(str(step) for step in path)
        yield f"{name} is gone", changed_at(whole, path, without)
        for strange in STRANGE:
            yield f"{name} is {strange!r}", changed_at(whole, path, replaced_by(strange))
        yield f"{name} has one more", changed_at(whole, path, with_one_more)


def paths(part: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Every place in a card but what its buttons carry."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for step, inner in inside:
        yield (*above, step)
        if step != "data":
            yield from paths(inner, (*above, step))


def changed_at(part: Any, path: tuple[Any, ...], change: Any) -> Any:
    copy = dict(part) if isinstance(part, dict) else list(part)
    step, *below = path
    if below:
        copy[step] = changed_at(copy[step], tuple(below), change)
    else:
        change(copy, step)
    return copy


def without(part: Any, step: Any) -> None:
    del part[step]


def replaced_by(strange: object) -> Any:
    def change(part: Any, step: Any) -> None:
        part[step] = strange

    return change


def with_one_more(part: Any, step: Any) -> None:
    inner = part[step]
    part[step] = {**inner, "surprise": 1} if isinstance(inner, dict) else [inner]
