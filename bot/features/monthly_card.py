"""The usage report as it comes to an admin once a month: the four shares, what changed, and where few have met (M5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import access
from bot.actions import Action
from bot.disclosure import Band, Measure
from bot.features.insights import ShowReport
from bot.features.insights_page import OpenDepartment
from bot.features.insights_part import USUAL, group_row, id_of, report_of, share_row, trend_chart
from bot.features.reminder_card import reminder_card
from bot.insights import GroupTold, Report, Told
from bot.insights_said import definition, heroes, said, span_said, way, window_said
from bot.model.delivery import Delivery, DeliveryKind
from bot.model.ids import DeliveryId
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Card, Heading, Quiet, Row, Style

handlers = Handlers()

MOST = 3
"""So many departments are named in a message; the report has them all."""


@dataclass(frozen=True)
class ShowMonthly(Action):
    """Shows it again, where it stands."""

    delivery: DeliveryId


@handlers.message(DeliveryKind.report)
async def tell_report(turn: Turn, delivery: Delivery) -> Card | None:
    if not turn.is_admin or not (await turn.tx.habits.get(turn.person.id)).wants_report:
        return None
    report = await report_of(turn, USUAL)
    return None if report is None else _card(turn, delivery, report)


@handlers.reads(ShowMonthly)
async def show_monthly(turn: Turn, action: ShowMonthly) -> Card:
    delivery = await access.reminder(turn, action.delivery)
    report = await report_of(turn, USUAL)
    if report is None or delivery.kind is not DeliveryKind.report:
        raise Refused("refused.gone")
    return _card(turn, delivery, report)


def _card(turn: Turn, delivery: Delivery, report: Report) -> Card:
    size = turn.say("insights.conversations", count=report.conversations)
    body: tuple[Block, ...] = (
        Quiet(f"{window_said(turn.voice, report.days)}, {span_said(turn.voice, report)} · {size}"),
        *map(share_row, heroes(turn.voice, report)),
        *_changed(turn, report),
        *_drifting(turn, report),
        *trend_chart(turn, report),
        Quiet(definition(turn.voice)),
        Buttons((Button(turn.say("views.open"), ShowReport(report.days), Style.primary),)),
    )
    return reminder_card(turn, delivery, turn.say("insights.title"), *body, address=ShowMonthly(delivery.id))


def _changed(turn: Turn, report: Report) -> tuple[Block, ...]:
    """Departments with surely more active 1-on-1s than before, or fewer: the largest of them."""
    apart = [each for each in report.departments if _is_apart(each.active)]
    largest = sorted(apart, key=lambda each: each.conversations, reverse=True)[:MOST]
    rows = [group_row(turn, each) for each in apart if each in largest]
    return (Heading(turn.say("monthly.changed")), *rows) if rows else ()


def _is_apart(told: Told) -> bool:
    return isinstance(told.before, Band) and way(told.figure, told.before) in ("up", "down")


def _drifting(turn: Turn, report: Report) -> tuple[Block, ...]:
    """Departments in which most 1-on-1s had no meeting lately, each with the way to do something about it."""
    rows = [_drifting_row(turn, group, told) for group, told in _most_drifting(report.departments)]
    return (Heading(turn.say("monthly.drifting")), *rows) if rows else ()


def _most_drifting(groups: Sequence[GroupTold]) -> Sequence[tuple[GroupTold, Told]]:
    """Those of which it is not sure that few do, most first."""
    known = [(each, each.drifting) for each in groups if each.drifting is not None]
    bands = [(each, told, told.figure) for each, told in known if isinstance(told.figure, Band)]
    most = sorted(bands, key=lambda one: (one[2].low, one[2].high), reverse=True)[:MOST]
    return [(each, told) for each, told, band in most if band.low]


def _drifting_row(turn: Turn, group: GroupTold, told: Told) -> Row:
    share = said(turn.voice, Measure.drifting, told)
    opened = Button(turn.say("views.open"), OpenDepartment(USUAL, id_of(group)))
    return Row(group.label, " · ".join(filter(None, [share.line, share.change])), (opened,))
