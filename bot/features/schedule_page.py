"""When the two meet: the rhythm, what is ahead, pausing and ending it (G1, G2, G3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import access
from bot.actions import Action
from bot.features.arrangements import tell_arranged, untell_arranged
from bot.features.conversation_list import Show, is_shown
from bot.features.conversation_page import OpenConversation
from bot.features.meeting_fields import minute_of
from bot.features.moving import AskMove, AskSkip, PutBack, named
from bot.features.news import changed
from bot.features.one_more import AskMeeting
from bot.features.rhythm_said import rhythm_said
from bot.features.roles import reports_to
from bot.model.calendar_link import CalendarLink
from bot.model.ids import ConversationId, SeriesId
from bot.model.meeting import Meeting, MeetingState
from bot.model.series import Series, SeriesState
from bot.model.thread import Thread
from bot.paging import paged
from bot.refused import Refused
from bot.registry import Handlers
from bot.reminding import shifts_for
from bot.timetable import meetings_ahead, next_meeting, rewrite
from bot.turn import Turn
from bot.views import Block, Button, Buttons, Divider, Here, Jump, Page, Quiet, Row, Style, Text
from bot.zones import city_of

handlers = Handlers()

AHEAD = timedelta(days=120)
MOST_AHEAD = 8


@dataclass(frozen=True)
class OpenSchedule(Action):
    """Shows when the two meet."""

    conversation: ConversationId


@dataclass(frozen=True)
class AskSchedule(Action):
    """Asks when the two meet."""

    conversation: ConversationId


@dataclass(frozen=True)
class SetUp(Action):
    """Asks for a rhythm and a time for all of one's reports."""


@dataclass(frozen=True)
class ChooseSchedule(Action):
    """Asks whose schedule is meant."""

    page: int = 0


@dataclass(frozen=True)
class PauseSeries(Action):
    """No meetings until somebody resumes it; ``quietly`` if that takes back what the other has not heard yet."""

    series: SeriesId
    quietly: bool = False


@dataclass(frozen=True)
class ResumeSeries(Action):
    """Meetings again, from here on, also after it was ended; ``quietly`` like a pause."""

    series: SeriesId
    quietly: bool = False


@dataclass(frozen=True)
class EndSeries(Action):
    """No more meetings of it."""

    series: SeriesId


@handlers.section("schedule")
async def schedule_section(turn: Turn, thread: Thread, page: int) -> tuple[Block, ...]:
    if not thread.is_live:
        return ()
    series = await turn.tx.series.of(thread.id)
    following = await next_meeting(turn.pen, thread.id)
    if thread.conversation.rests_since is not None and following is None:
        return (Buttons((Button(turn.say("schedule.open"), OpenSchedule(thread.id)),)),)
    if series is None and following is None:
        return (
            Text(turn.say("schedule.none")),
            Buttons((Button(turn.say("schedule.schedule"), AskSchedule(thread.id)),)),
        )
    opened = Button(turn.say("schedule.open"), OpenSchedule(thread.id))
    if following is None:
        return (Text(state_said(turn, series)), Buttons((opened,)))
    said = turn.say("schedule.next", at=following.starts_at)
    rhythm = (Quiet(state_said(turn, series)),) if series else ()
    shift = await _shift(turn, following)
    where = named(following)
    move, skip = Button(turn.say("moving.move"), AskMove(*where)), Button(turn.say("moving.skip"), AskSkip(*where))
    return (Text(said), *shift, *rhythm, Buttons((move, skip, opened)))


def state_said(turn: Turn, series: Series | None) -> str:
    """The rhythm as it stands."""
    if series is None:
        return turn.say("schedule.no_rhythm")
    return turn.say(f"schedule.state.{series.state.value}", rhythm=rhythm_said(turn, series))


async def _shift(turn: Turn, meeting: Meeting) -> tuple[Block, ...]:
    """That clocks change in the other's zone, so that this time it is at another hour here (G3)."""
    series = await turn.tx.series.get(meeting.series) if meeting.series else None
    if series is None or not shifts_for(series, meeting, turn.person.zone):
        return ()
    return (Quiet(turn.say("schedule.shifted", zone=city_of(series.zone, turn.voice.library.cities))),)


@handlers.reads(OpenSchedule)
async def open_schedule(turn: Turn, action: OpenSchedule) -> Page:
    thread = await access.thread(turn, action.conversation)
    return await schedule_page(turn, thread, await turn.tx.series.of(thread.id))


async def schedule_page(turn: Turn, thread: Thread, series: Series | None) -> Page:
    """The rhythm, the meetings ahead, and what can be done about them."""
    ahead = await meetings_ahead(turn.pen, thread.id, until=turn.now + AHEAD)
    rows = tuple([await _row(turn, thread, meeting) for meeting in ahead[:MOST_AHEAD]])
    place = (Quiet(turn.say("schedule.place", place=series.place)),) if series and series.place else ()
    back = Button(turn.say("item.back", name=thread.other.first_name), OpenConversation(thread.id))
    return Page(
        title=turn.say("schedule.page_title", name=thread.other.first_name),
        body=(
            Text(state_said(turn, series)),
            *place,
            *((Buttons(choices),) if thread.is_live and (choices := _choices(turn, thread, series)) else ()),
            Divider(),
            *(rows or (Text(turn.say("schedule.nothing_ahead")),)),
            *await _as_file(turn, ahead),
            *_one_more(turn, thread),
            Buttons((back,)),
        ),
        sees=turn.say("views.only_two", name=thread.other.first_name),
        address=OpenSchedule(thread.id),
    )


def _choices(turn: Turn, thread: Thread, series: Series | None) -> tuple[Button, ...]:
    if thread.conversation.rests_since is not None:
        return ()
    if series is None:
        return (Button(turn.say("schedule.schedule"), AskSchedule(thread.id), Style.primary),)
    edit = Button(turn.say("schedule.change"), AskSchedule(thread.id))
    end = Button(turn.say("schedule.end"), EndSeries(series.id), Style.danger)
    if series.state is SeriesState.paused:
        return (Button(turn.say("schedule.resume"), ResumeSeries(series.id), Style.primary), edit, end)
    return (edit, Button(turn.say("schedule.pause"), PauseSeries(series.id)), end)


def _one_more(turn: Turn, thread: Thread) -> tuple[Block, ...]:
    return (Buttons((Button(turn.say("moving.one_more"), AskMeeting(thread.id)),)),) if thread.is_live else ()


async def _as_file(turn: Turn, ahead: Sequence[Meeting]) -> tuple[Block, ...]:
    """The next meeting as a file for one's calendar, for who has made an address for it (G8)."""
    following = next((one for one in ahead if one.is_stored and one.state is MeetingState.scheduled), None)
    link = await turn.tx.calendar_links.of(turn.person.id)
    if following is None or link is None or turn.public_url is None:
        return ()
    return (Jump(turn.say("calendar.file"), f"{calendar_of(turn.public_url, link)}/{following.id}.ics"),)


def calendar_of(public_url: str, link: CalendarLink) -> str:
    """Where somebody's calendar begins."""
    return f"{public_url}/calendar/{link.token}"


async def _row(turn: Turn, thread: Thread, meeting: Meeting) -> Row:
    at = turn.voice.moment(meeting.starts_at)
    if meeting.state is MeetingState.skipped:
        back = Button(turn.say("moving.bring_back"), PutBack(meeting.id, minute_of(meeting.starts_at)))
        return Row(at, turn.say("schedule.skipped"), (back,) if thread.is_live else ())
    facts = [turn.say("schedule.minutes", minutes=meeting.minutes)]
    facts += [turn.say("schedule.moved")] if meeting.moved else []
    facts += [turn.say("schedule.extra")] if meeting.series is None else []
    facts += [block.text for block in await _shift(turn, meeting) if isinstance(block, Quiet)]
    where = named(meeting)
    move, skip = Button(turn.say("moving.move"), AskMove(*where)), Button(turn.say("moving.skip"), AskSkip(*where))
    return Row(at, " · ".join(facts), (move, skip) if thread.is_live else ())


@handlers.writes(PauseSeries)
async def pause(turn: Turn, action: PauseSeries) -> Here:
    thread, _, undo = await _changed_to(turn, action.series, SeriesState.paused, quietly=action.quietly)
    if action.quietly:
        return Here(text=turn.say("schedule.is_paused"))
    return Here(text=turn.say("schedule.was_paused", name=thread.other.first_name), undo=undo)


@handlers.writes(ResumeSeries)
async def resume(turn: Turn, action: ResumeSeries) -> Here:
    thread, series, _ = await _changed_to(turn, action.series, SeriesState.active, quietly=action.quietly)
    following = await next_meeting(turn.pen, thread.id)
    at = following.starts_at if following else None
    return Here(text=turn.say("schedule.was_resumed", rhythm=rhythm_said(turn, series), at=at))


@handlers.writes(EndSeries)
async def end(turn: Turn, action: EndSeries) -> Here:
    thread, _, undo = await _changed_to(turn, action.series, SeriesState.ended)
    return Here(text=turn.say("schedule.was_ended", name=thread.other.first_name), undo=undo)


async def _changed_to(
    turn: Turn, series_id: SeriesId, state: SeriesState, *, quietly: bool = False
) -> tuple[Thread, Series, Button]:
    """The series in that state, of which the other one hears, and what takes it back.

    One that ended cannot come back beside a newer one.
    """
    thread, series = await access.live_series(turn, series_id)
    if state is SeriesState.active:
        await access.awake(turn, thread.id)
    going_on = await turn.tx.series.of(thread.id)
    if going_on is not None and going_on.id != series.id:
        raise Refused("refused.newer_schedule")
    before, untold = series.state, True
    if before is not state:
        untold = await untell_arranged(turn, series)
        series = await rewrite(turn.pen, replace(series, state=state, rests=False, changed_at=turn.now))
        await changed(turn, thread, tell=False)
        if not (quietly and untold):
            await tell_arranged(turn, thread, series)
    return thread, series, _undo(turn, series, before, quietly=not untold)


def _undo(turn: Turn, series: Series, before: SeriesState, *, quietly: bool) -> Button:
    """Back to how it was; quietly if there was nothing else that the other had not heard yet."""
    was_paused = before is SeriesState.paused and series.state is SeriesState.ended
    back = PauseSeries(series.id, quietly) if was_paused else ResumeSeries(series.id, quietly)
    return Button(turn.say("views.undo"), back)


@handlers.reads(ChooseSchedule)
async def choose_schedule(turn: Turn, action: ChooseSchedule) -> Page:
    everything = await turn.tx.conversations.seated(turn.person.id)
    mine = [one for one in everything if is_shown(one, Show.all)]
    has_times = await _with_times(turn, [one.conversation.id for one in mine])
    page = paged(mine, action.page)
    rows = tuple(_whose(turn, one.conversation.id, one.other_name, has_times) for one in page.rows)
    reports = [one for one in mine if reports_to(one.conversation, turn.person.id)]
    set_up = (Buttons((Button(turn.say("set_up.open"), SetUp(), Style.primary),)),) if len(reports) > 1 else ()
    return Page(
        title=turn.say("schedule.whose"),
        body=(*rows, *page.turner(turn, ChooseSchedule), *set_up),
        sees=turn.say("views.only_you"),
        address=action,
    )


async def _with_times(turn: Turn, conversations: Sequence[ConversationId]) -> set[ConversationId]:
    """Those with a rhythm, or with a meeting ahead."""
    going_on = {series.conversation for series in await turn.tx.series.of_all(conversations)}
    upcoming = await turn.tx.meetings.upcoming(*conversations)
    return going_on | {meeting.conversation for meeting in upcoming if meeting.starts_at >= turn.now}


def _whose(turn: Turn, conversation: ConversationId, name: str, has_times: set[ConversationId]) -> Row:
    if conversation in has_times:
        return Row(name, "", (Button(turn.say("views.open"), OpenSchedule(conversation)),))
    return Row(name, turn.say("schedule.none"), (Button(turn.say("schedule.schedule"), AskSchedule(conversation)),))
