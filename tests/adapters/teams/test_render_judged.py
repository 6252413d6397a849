"""Any view becomes a card that judges from elsewhere take as well; many at once, since each asking starts Node."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from adapters.teams import render
from adapters.teams.limits import Json
from bot.views import Card, Form, Page
from tests.adapters.teams.any_views import cards, forms, lines, pages, say
from tests.adapters.teams.test_render_any import FRAME
from tests.oracles.adaptive import verdicts


def drawn(view: Card | Page | Form) -> list[Json]:
    """Every card that one view may become."""
    match view:
        case Card():
            each = (
                render.message(view, say, opens, member="29:ana").card for opens in (lambda _: True, lambda _: False)
            )
            return list(each)
        case Page():
            return [render.dialog(view, FRAME, say)]
        case Form():
            line = render.inline(view, say, lambda _: False)
            return [render.dialog(view, FRAME, say), *([line.card] if line else [])]


def test_judges_from_elsewhere_take_every_view() -> None:
    shown: list[Json] = []

    @settings(phases=[Phase.explicit, Phase.generate], database=None)
    @given(st.one_of(cards, pages, forms, lines))
    def collect(view: Card | Page | Form) -> None:
        shown.extend(drawn(view))

    collect()
    assert [said for said in verdicts(shown) if said] == []
