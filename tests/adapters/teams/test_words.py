"""Words in a chat with the bot and in a channel, and what they show."""

from adapters.playground.teams_payloads import message
from tests.adapters.teams.conftest import ANA, BEN, CLEO, GENERAL, Office


async def test_words_that_lead_to_a_card_are_answered_under_the_message(office: Office) -> None:
    await office.settled(await office.ana.says("actions"))
    said, answered = office.ana.messages()[-2:]
    assert "A card" in office.ana.reads()
    assert answered.reply_to == said.id
    assert answered.summary == "A card for you"
    assert answered.text == ""


async def test_words_that_lead_to_a_form_get_a_button_that_opens_it(office: Office) -> None:
    await office.settled(await office.ana.says("add"))
    assert office.teams.world.dialogs == {}
    await office.settled(await office.ana.press("Open"))
    assert office.ana.dialog is not None
    assert office.ana.dialog.title == "Form page"


async def test_no_words_show_home(office: Office) -> None:
    await office.settled(await office.ana.says("&nbsp;"))
    assert "Your home" in office.ana.reads()


async def test_markup_in_an_answer_is_literal(office: Office) -> None:
    await office.settled(await office.ana.says("help"))
    assert "A word to you <!channel> *bold*" in office.ana.reads()
    assert "word to you" not in office.ana.messages()[-1].summary


async def test_words_arrive_as_they_were_typed(office: Office) -> None:
    await office.settled(await office.ana.says("ask a < b & &lt;i&gt; #general 🙂 שלום"))
    assert "no channel You typed: a < b & &lt;i&gt; #general 🙂 שלום" in office.ana.reads()


async def test_the_entities_that_teams_leaves_in_a_text_become_signs(office: Office) -> None:
    said = office.ana.writes("ask it", conversation=office.ana.chat or "")
    activity = message(office.teams.world, ANA, said)
    activity["text"] = "ask&nbsp;a &lt; b &amp; c"
    activity["attachments"][0]["content"] = "<p>ask&nbsp;a &lt; b &amp; c</p>"
    await office.settled(await office.ana.forge(activity))
    assert "You typed: a < b & c" in office.ana.reads(office.ana.surface())


async def test_a_message_that_teams_sends_again_is_handled_and_answered_once(office: Office) -> None:
    await office.settled(await office.ana.says("meet"))
    before = office.ana.messages()
    await office.settled(await office.ana.forge(office.sent("message")))
    assert await office.kept() == ["counted"]
    assert office.ana.messages() == before


async def test_a_mention_of_a_person_is_that_person_also_for_who_was_never_seen(office: Office) -> None:
    await office.settled(await office.ana.mentions_bot("ask @Cleo Tanaka now", channel=GENERAL.id))
    person = await office.known(CLEO.id)
    assert person.name == "Cleo Tanaka"
    office.ana.looks_at()
    assert "You typed: ask @Cleo Tanaka now" in office.ana.reads()


async def test_in_the_own_chat_somebody_unknown_is_mentioned_by_name(office: Office) -> None:
    await office.settled(await office.ana.says("ask @Cleo Tanaka now"))
    assert "You typed: ask Cleo Tanaka now" in office.ana.reads()


async def test_somebody_who_is_mentioned_once_for_each_word_of_the_name_is_one_person(office: Office) -> None:
    said = office.ana.writes("it", conversation=office.ana.chat or "")
    activity = message(office.teams.world, ANA, said)
    activity["text"] = "ask <at>Ben</at> <at>Okafor</at> now"
    activity["entities"] += [
        {"type": "mention", "mentioned": {"id": BEN.member, "name": name}, "text": f"<at>{name}</at>"}
        for name in ("Ben", "Okafor")
    ]
    await office.settled(await office.ana.forge(activity))
    assert "You typed: ask @Ben Okafor now" in office.ana.reads()


async def test_a_mention_in_a_channel_is_answered_in_the_own_chat_and_the_channel_is_told_so(office: Office) -> None:
    before = len(office.ben.messages())
    await office.settled(await office.ana.mentions_bot("actions", channel=GENERAL.id))
    office.ana.looks_at()
    assert "A card" in office.ana.reads()
    said, told = office.ben.messages(GENERAL.id)
    assert told.reply_to == said.id
    assert told.text == "I have answered you in our own chat."
    assert told.attachments == ()
    assert len(office.ben.messages()) == before


async def test_a_channel_where_the_bot_was_spoken_to_is_remembered(office: Office) -> None:
    await office.settled(await office.ana.mentions_bot("actions", channel=GENERAL.id))
    chat = await office.chat(GENERAL.id)
    assert chat is not None
    assert (chat.conversation, chat.member) == (GENERAL.id, "")
    assert chat.service_url == office.teams.service_url


async def test_who_did_not_add_the_bot_reads_in_the_channel_how_to(newcomers: Office) -> None:
    newcomers.teams.world.blocked.add(ANA.id)
    await newcomers.settled(await newcomers.ana.mentions_bot("actions", channel=GENERAL.id))
    told = newcomers.ben.messages(GENERAL.id)[-1]
    assert told.text.startswith("I could not write to you by yourself.")
    assert "A card" not in newcomers.ana.everything_seen()


async def test_words_in_a_channel_without_the_bot_are_not_for_it(office: Office) -> None:
    said = office.ana.writes("meet", conversation=GENERAL.id)
    await office.settled(await office.ana.forge(message(office.teams.world, ANA, said)))
    assert await office.kept() == []


async def test_the_message_action_opens_a_form_with_the_words_and_a_link_back(office: Office) -> None:
    said = office.ben.writes("Budget <b>here</b> & more\nand a second line", conversation=GENERAL.id)
    await office.settled(await office.ana.message_action("add_to_oneonone", said))
    shown = office.ana.reads()
    assert "Budget <b>here</b> & more\nand a second line" in shown
    assert f"https://teams.microsoft.com/l/message/{GENERAL.id}/{said.id}" in shown


async def test_what_was_placed_from_a_message_is_kept(office: Office) -> None:
    said = office.ben.writes("Budget", conversation=GENERAL.id)
    await office.settled(await office.ana.message_action("add_to_oneonone", said))
    await office.ana.fill("Your text", "Promotion case")
    await office.settled(await office.ana.submit())
    assert await office.kept() == ["Promotion case"]
    assert "Kept: Promotion case" in office.ana.reads()


async def test_the_people_picker_finds_colleagues_only(office: Office) -> None:
    await office.settled(await office.ana.says("add card"))
    await office.settled(await office.ana.press("Open"))
    found = await office.ana.search_people("Who", "ben")
    assert [result["title"] for result in found.body["value"]["results"]] == ["Ben Okafor · ben@example.com"]
    for words in ("guest", "oneonone"):
        assert (await office.ana.search_people("Who", words)).body["value"]["results"] == []


async def test_a_guest_is_told_that_this_is_for_members(office: Office) -> None:
    await office.settled(await office.guest.says("actions"))
    assert "for the members of this workspace" in office.guest.reads()
    assert await office.person_id(office.guest.id) is None
    assert await office.chat(office.guest.id) is None


async def test_who_speaks_first_in_a_channel_is_asked_for_in_the_team(newcomers: Office) -> None:
    await newcomers.settled(await newcomers.ana.mentions_bot("actions", channel=GENERAL.id))
    assert (await newcomers.known(ANA.id)).email == "ana@example.com"


async def test_while_the_roster_cannot_be_read_a_newcomer_reads_to_try_again_and_keeps_the_words(
    newcomers: Office,
) -> None:
    newcomers.teams.world.install(ANA.id)
    newcomers.teams.world.faults.add("member", "server_error")
    await newcomers.settled(await newcomers.ana.says("actions"))
    assert "busy right now" in newcomers.ana.reads()
    await newcomers.settled(await newcomers.ana.says("actions"))
    assert "A card" in newcomers.ana.reads()
