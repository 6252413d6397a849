"""The rules about when two meet and what they hear of it, each with a way to disable it and the story that notices."""

from collections.abc import Sequence

from bot import access, feeds, reminding, timetable
from bot.features import (
    arrangements,
    asking,
    calendars,
    days_away,
    due_reminders,
    habits,
    home,
    meeting_fields,
    meetings,
    moving,
    preparing,
    reminder_choices,
    reminders,
    schedule,
    schedule_page,
    setting_up,
    wrapping_up,
)
from bot.model.answer import Answer
from bot.model.habits import Habits
from bot.model.ids import MeetingId, PersonId
from bot.planner import Planner
from bot.turn import Turn
from bot.working import WorkWeek
from storage.meetings import Meetings
from storage.nouns import ANSWER
from tests.proofs.story_rules import Disable, Patch, Rule, instead, no, nothing, nothing_happens, taken_out

KEPT = "test_a_move_that_cannot_be_keeps_the_form[{}"
OFFERS = "test_who_would_skip_is_offered_days"
HEARS = "test_the_other_hears_what_became_of_a_meeting"
SUITS_BOTH = "mine.next_moment(at) == at == theirs.next_moment(at)"
CAME = "await _summary_card(turn, delivery, thread, meeting, came)"
PLANNED = "meeting is not None and meeting.state is MeetingState.running"


async def anybodys_answer(meetings: Meetings, meeting: MeetingId, _person: PersonId) -> Answer | None:
    found = await meetings._answers.all(ANSWER.table.c.meeting == meeting)
    return found[0] if found else None


def at_once(*several: Disable) -> Disable:
    """A rule that holds in two places is only gone where it is gone in both."""

    def disable(patch: Patch) -> None:
        for each in several:
            each(patch)

    return disable


def one_digest_for_all(patch: Patch) -> None:
    for module in (calendars, feeds):
        patch.setattr(module, "digest_of", lambda _token: "")


TIME_RULES: Sequence[Rule] = [
    Rule("not the past", KEPT.format("2026-11-20"), taken_out(meeting_fields.entered_moment, "starts_at <= turn.now")),
    Rule("not onto another", KEPT.format("wednesday"), taken_out(meeting_fields.free, "other is not None")),
    Rule(
        "not onto one with somebody else",
        "test_nobody_is_in_two_of_their_1_on_1s_at_once",
        taken_out(meeting_fields.free, "clash is not None"),
    ),
    Rule("on days of both", OFFERS, taken_out(moving._offers, SUITS_BOTH, "True")),
    Rule("what is over stays", "test_a_button_for_a_meeting_that_is_over", taken_out(access.planned, "found.is_held")),
    Rule(
        "two editions of a schedule",
        "test_a_schedule_that_the_other_changed_meanwhile",
        taken_out(schedule.save_schedule, "action.seen != seen_as(there)"),
    ),
    Rule("the other hears of a meeting", HEARS, taken_out(arrangements.tell_rescheduled, "[news]", "[]")),
    Rule("not of what was taken back", HEARS, taken_out(moving.put_back, "not await untell(turn, kept)", "True")),
    Rule(
        "the other hears of a rhythm",
        "test_the_other_is_told_once_and_soon",
        taken_out(arrangements.tell_arranged, "[news]", "[]"),
    ),
    Rule(
        "of the last one only",
        "test_the_other_is_told_once_and_soon",
        taken_out(arrangements.tell_arranged, "(DeliveryKind.arranged,)", "()"),
    ),
    Rule(
        "not of a pause that was taken back",
        "test_nobody_is_told_of_a_pause",
        taken_out(schedule_page._changed_to, "not (quietly and untold)", "True"),
    ),
    Rule(
        "prepared already",
        "test_who_has_prepared",
        taken_out(preparing.remind_to_prepare, "await is_prepared(turn, thread, meeting)"),
    ),
    Rule(
        "nothing to prepare on Home",
        "test_who_was_reminded_and_prepared",
        taken_out(home._question, "await is_prepared(turn, thread, meeting)"),
    ),
    Rule(
        "both present",
        "test_while_both_look",
        taken_out(reminders.remind_of_agenda, "await both_are_here(turn, thread)"),
    ),
    Rule("muted", "test_fewer_means_none_of_that_kind", instead(Habits, "mutes", no)),
    Rule(
        "archived",
        "test_who_archived_a_1_on_1",
        taken_out(arrangements.in_sight, "seat.archived_at is not None"),
    ),
    Rule(
        "holidays",
        "test_a_public_holiday",
        taken_out(WorkWeek.works_on, "day not in _public_holidays(self.country, day.year)", "True"),
    ),
    Rule(
        "away",
        "test_days_away_and_hours_of_ones_own",
        taken_out(WorkWeek.works_on, "any((first <= day <= last for first, last in self.away))"),
    ),
    Rule("away no more", "test_who_is_not_away_after_all", instead(days_away, "arrange_for", nothing_happens)),
    Rule("habits move what is planned", "test_another_country_moves", instead(habits, "arrange_for", nothing_happens)),
    Rule(
        "locked",
        "test_what_an_admin_settles_holds",
        taken_out(reminding.agenda_minutes, "not organization.reminders_locked", "True"),
    ),
    Rule("admins settle it", "test_only_an_admin_settles_it", instead(habits, "admins_only", nothing)),
    Rule(
        "two days for a report",
        "test_the_message_to_prepare",
        taken_out(reminding.prepare_days, "reports_in(conversation, habits.person)"),
    ),
    Rule("discreet", "test_reminders_count_and_lead", instead(Turn, "discreet", property(no))),
    Rule(
        "discreet calendar",
        "test_a_discreet_calendar",
        taken_out(feeds._title, "organization.discreet or person.discreet"),
    ),
    Rule(
        "a reminder is its reader's",
        "test_a_reminder_is_its_readers_alone",
        taken_out(access.reminder, "found.recipient != turn.person.id"),
    ),
    Rule(
        "put off in time",
        "test_a_snoozed_reminder_comes_again_in_time",
        taken_out(reminder_choices._later, "due >= delivery.expires_at"),
    ),
    Rule(
        "what was done meanwhile",
        "test_what_was_done_meanwhile",
        taken_out(due_reminders.remind_of_promise, "not promise.is_open"),
    ),
    Rule(
        "wrapped up already",
        "test_both_are_asked_how_it_went",
        at_once(
            taken_out(reminders.remind_to_wrap_up, "meeting.ended_by is not None"),
            instead(wrapping_up, "arrange_meeting", nothing_happens),
        ),
    ),
    Rule(
        "nothing came of it",
        "test_where_nothing_came_of_it",
        taken_out(reminders.summary, f"{CAME} if came else None", CAME),
    ),
    Rule("what was moved is no shift", "test_what_somebody_moved", taken_out(reminding.usual_time, "meeting.moved")),
    Rule(
        "reminders follow",
        "test_a_moved_meeting_takes_its_reminders",
        instead(timetable, "arrange_meeting", nothing_happens),
    ),
    Rule(
        "begins by itself",
        "test_a_meeting_begins_by_itself",
        taken_out(Planner._begin, "meeting.starts_at > pen.now", "True"),
    ),
    Rule("begins early", "test_to_meet_earlier", taken_out(meetings._begun, "planned.starts_at - turn.now <= EARLY")),
    Rule("closed by itself", "test_a_meeting_that_nobody_wraps_up", taken_out(Planner._close, PLANNED)),
    Rule(
        "wrapped up did take place",
        "test_what_is_wrapped_up",
        taken_out(wrapping_up.did_not_meet, "meeting.ended_by is not None"),
    ),
    Rule(
        "no question within six meetings",
        "test_equals_are_not_asked_the_same",
        taken_out(asking._past, "frozenset((one.number for one in recent))", "frozenset()"),
    ),
    Rule(
        "not the same at the same moment",
        "test_what_a_message_suggested",
        taken_out(asking.suggestions, "thread.me.id == thread.conversation.second"),
    ),
    Rule(
        "what is skipped stays so",
        "test_what_was_skipped_stays_so",
        taken_out(timetable._kept, "meeting.state is MeetingState.skipped"),
    ),
    Rule("what is moved stays so", "test_what_was_moved_stays_so", taken_out(timetable._kept, "meeting.moved")),
    Rule("each answer is its owner's", "test_it_is_answered", instead(Meetings, "answered", anybodys_answer)),
    Rule("a new link ends the old one", "test_a_new_link", one_digest_for_all),
    Rule(
        "no day is too full",
        "test_nobody_ticked_and_too_many",
        taken_out(setting_up._in_a_row, "rhythm.at + rhythm.minutes > _MIDNIGHT"),
    ),
]
