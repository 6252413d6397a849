"""One of a pair in Slack and the other in Teams, and people who are in both (A5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.playground.slack_people import SlackUser
from adapters.playground.teams_people import TeamsUser
from tests.adapters.contract.beginnings import TALK_ABOUT, added, jotted, noted, opened, promised, started, together
from tests.adapters.contract.mixed_stage import MixedStage
from tests.adapters.contract.slack_stage import ANA as ANA_IN_SLACK
from tests.adapters.contract.slack_stage import BEN as BEN_IN_SLACK
from tests.adapters.contract.stage import Actor, Way
from tests.adapters.contract.story import story
from tests.adapters.contract.teams_stage import ANA as ANA_IN_TEAMS

WHERE = "Where should I write to you?"
LINKED = "Your accounts are one person now"
HALF_AN_HOUR = timedelta(minutes=31)
UNTIL_THE_AFTERNOON = timedelta(hours=6)


@story("A5", "B1")
async def test_both_have_one_agenda_each_in_their_own_client_and_time(mixed: MixedStage) -> None:
    await together(mixed)
    await jotted(mixed.ana, "Promotion case")
    await added(mixed.ben, "ana", "Budget for the course")
    mixed.ben.sees("Ben and Ana", "Ana Ruiz · your manager", "○ Promotion case", "Ana · since today")
    await noted(mixed.ben, "ana", "We agreed on May", kind="shared")
    await promised(mixed.ana, "ben", "Send the draft", owner="Ben Okafor", due="friday")
    await opened(mixed.ana, "ben")
    mixed.ana.sees("Ana and Ben", "Ben Okafor · your report", "○ Promotion case", "○ Budget for the course")
    mixed.ana.sees("Ben · since today", "□ Send the draft", "Last shared note: today, 10:00")
    await opened(mixed.ben, "ana")
    mixed.ben.sees("Ben · due Friday", "Last shared note: today, 04:00")


@story("A5", "A2")
async def test_the_picker_finds_people_on_both_platforms(mixed: MixedStage) -> None:
    await mixed.ana.says("start", way=Way.command)
    assert await mixed.ana.is_offered("With whom?", "an") == ["Cleo Tanaka", "Mia Brandt"]
    await mixed.ben.says("start")
    assert await mixed.ben.is_offered("With whom?", "an") == ["Ana Ruiz", "Cleo Tanaka", "Mia Brandt"]
    await mixed.ben.fills("With whom?", "Mia Brandt")
    await mixed.ben.fills("What is this person to you?", "My mentor")
    await mixed.ben.submits()
    mixed.ben.sees("Ben and Mia", "Mia Brandt · your mentor")


@story("A5", "A8", "A2")
async def test_messages_arrive_where_each_one_is(mixed: MixedStage) -> None:
    await started(mixed.ana, "ben", "My report")
    await mixed.delivers()
    (told,) = mixed.ben.hears()
    assert "Ana Ruiz started a 1-on-1 with you" in told
    await mixed.ben.presses("Open")
    mixed.ben.sees("Ben and Ana")
    await jotted(mixed.ben, "Promotion case")
    mixed.clock.advance(HALF_AN_HOUR)
    await mixed.delivers()
    (news,) = mixed.ana.hears()
    assert "Ben added 1 item" in news
    assert mixed.ben.hears() == []


@story("A5", "C3")
async def test_two_who_save_at_once_on_different_platforms_lose_nothing(mixed: MixedStage) -> None:
    await together(mixed)
    await jotted(mixed.ben, "Promotion")
    for one, handle in ((mixed.ana, "ben"), (mixed.ben, "ana")):
        actor: Actor = one
        await opened(actor, handle)
        await actor.presses("Open", near="Promotion")
        await actor.presses("Edit")
        await actor.fills(TALK_ABOUT, f"Promotion, says {actor.name}")
    await mixed.ana.submits()
    await mixed.ben.submits()
    mixed.ben.sees("Both of you changed it", "Promotion, says Ana Ruiz")
    assert mixed.ben.entered("Your text") == "Promotion, says Ben Okafor"


@story("A5")
async def test_who_is_in_both_is_one_person_and_is_told_in_both(mixed: MixedStage) -> None:
    await together(mixed)
    await jotted(mixed.ben, "Promotion case")
    ana = await mixed.in_teams(ANA_IN_TEAMS)
    await opened(ana, "ben")
    ana.sees("Ana and Ben", "○ Promotion case")
    mixed.clock.advance(UNTIL_THE_AFTERNOON)
    await mixed.delivers()
    for account in (mixed.ana, ana):
        told = [each for each in account.hears() if LINKED in each]
        assert len(told) == 1
        assert "Slack" in told[0]
        assert "Microsoft Teams" in told[0]
    assert mixed.ben.hears() == []
    await mixed.ben.says("start")
    assert await mixed.ben.is_offered("With whom?", "ana r") == ["Ana Ruiz"]


@story("A5")
async def test_who_comes_to_slack_later_is_the_same_person_as_in_teams(mixed: MixedStage) -> None:
    await together(mixed)
    ben = await mixed.in_slack(BEN_IN_SLACK)
    await ben.says("add From Slack", way=Way.command)
    ben.sees("You and Ana can see it.")
    await opened(mixed.ben, "ana")
    mixed.ben.sees("○ From Slack", "Ben · since today")


@story("A5")
async def test_who_is_in_both_chooses_where_the_bot_writes(mixed: MixedStage) -> None:
    await together(mixed)
    ana = await mixed.in_teams(ANA_IN_TEAMS)
    mixed.clock.advance(UNTIL_THE_AFTERNOON)
    await mixed.delivers()
    for account in (mixed.ana, ana):
        account.hears()
    await jotted(mixed.ben, "Promotion case")
    mixed.clock.advance(HALF_AN_HOUR)
    await mixed.delivers()
    assert len(mixed.ana.hears()) == 1
    assert ana.hears() == []
    await ana.says("settings")
    assert str(ana.entered(WHERE)).startswith("Slack")
    await ana.fills(WHERE, "Microsoft Teams")
    await ana.submits()
    ana.sees("Your settings are saved.")
    mixed.clock.advance(timedelta(days=1))
    await jotted(mixed.ben, "Course budget")
    mixed.clock.advance(HALF_AN_HOUR)
    await mixed.delivers()
    (news,) = ana.hears()
    assert "Course budget" in news
    assert mixed.ana.hears() == []


@story("A5")
async def test_who_is_in_one_place_is_not_asked_where_to_write(mixed: MixedStage) -> None:
    for one in (mixed.ana, mixed.ben):
        actor: Actor = one
        await actor.says("settings")
        actor.sees("Settings")  # else nothing would be seen of what is not there
        actor.does_not_see(WHERE)


@story("A5")
async def test_an_input_of_one_account_is_not_one_of_the_other(mixed: MixedStage) -> None:
    await together(mixed)
    ana = await mixed.in_teams(ANA_IN_TEAMS)
    await mixed.ana.says("add Promotion case", way=Way.command)
    await ana.says("add Promotion case")
    await opened(mixed.ben, "ana")
    assert mixed.ben.reads.count("○ Promotion case") == 2


async def strangers(mixed: MixedStage, in_slack: SlackUser, in_teams: TeamsUser) -> None:
    """Whoever these two are, they see nothing of each other and are told nothing of it."""
    one, other = await mixed.in_slack(in_slack), await mixed.in_teams(in_teams)
    await started(one, "ben", "A colleague")
    await jotted(one, "Promotion case")
    await other.says("home")
    await other.says("ben")
    other.sees_nowhere("Promotion case")
    mixed.clock.advance(UNTIL_THE_AFTERNOON)
    await mixed.delivers()
    told = [each for account in (one, other) for each in account.hears()]
    assert [each for each in told if LINKED in each] == []


@story("A5", "N1")
async def test_a_guest_of_one_platform_is_nobody_of_the_other(mixed: MixedStage) -> None:
    await strangers(mixed, ANA_IN_SLACK, replace(ANA_IN_TEAMS, role="guest"))


@story("A5", "N1")
async def test_an_address_that_slack_has_not_confirmed_names_nobody(mixed: MixedStage) -> None:
    await strangers(mixed, replace(ANA_IN_SLACK, is_email_confirmed=False), ANA_IN_TEAMS)


@story("A5", "N1")
@pytest.mark.parametrize("address", ["ana@elsewhere.org", ""])
async def test_an_address_of_elsewhere_names_nobody(mixed: MixedStage, address: str) -> None:
    await strangers(mixed, replace(ANA_IN_SLACK, email=address), replace(ANA_IN_TEAMS, email=address))


@story("A5", "N1")
async def test_two_with_one_address_on_one_platform_stay_two(mixed: MixedStage) -> None:
    await mixed.in_slack(replace(ANA_IN_SLACK, id="U0TWIN", name="twin"))
    await strangers(mixed, ANA_IN_SLACK, ANA_IN_TEAMS)


@story("A5", "A8")
async def test_the_other_platform_learns_that_someone_cannot_be_written_to(mixed: MixedStage) -> None:
    await together(mixed)
    await mixed.ben.blocks()
    await jotted(mixed.ana, "Promotion case")
    mixed.clock.advance(UNTIL_THE_AFTERNOON)
    await mixed.delivers()
    (told,) = mixed.ana.hears()
    assert "I cannot write to Ben in Microsoft Teams at the moment" in told
    await mixed.ana.closes()
    await mixed.ana.presses("Open")
    mixed.ana.sees("Promotion case", "I cannot write to Ben in Microsoft Teams")


@story("A5", "A8")
async def test_who_can_be_reached_on_one_platform_is_not_missed(mixed: MixedStage) -> None:
    await together(mixed)
    ben = await mixed.in_slack(BEN_IN_SLACK)
    mixed.clock.advance(UNTIL_THE_AFTERNOON)
    await mixed.delivers()
    for account in (mixed.ben, ben):
        account.hears()
    await mixed.ben.blocks()
    await jotted(mixed.ana, "Promotion case")
    mixed.clock.advance(timedelta(days=1))
    await mixed.delivers()
    (news,) = ben.hears()
    assert "Ana added 1 item" in news
    assert mixed.ana.hears() == []


@story("A5", "A1")
async def test_who_leaves_one_platform_is_still_here_on_the_other(mixed: MixedStage) -> None:
    await together(mixed)
    ben = await mixed.in_slack(BEN_IN_SLACK)
    await mixed.leaves(ben)
    await opened(mixed.ana, "ben")
    mixed.ana.does_not_see("no longer active")
    await mixed.ben.says("add Still here")
    mixed.ben.sees("You and Ana can see it.")


@story("A5", "P5")
async def test_a_question_reaches_an_admin_on_the_other_platform(mixed: MixedStage) -> None:
    await mixed.ben.says("ask")
    await mixed.ben.fills("Your question", "Can I export my notes?")
    await mixed.ben.submits()
    await mixed.delivers()
    (heard,) = mixed.mia.hears()
    assert "Ben Okafor has a question" in heard
