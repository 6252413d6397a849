"""A few actions for each kind of view, on a real store: what the Slack adapter is tried with."""

from dataclasses import dataclass
from enum import StrEnum

from bot.actions import Action
from bot.features.home import Home
from bot.features.placing import AddFromMessage
from bot.model.agenda import AgendaItem
from bot.model.ids import ConversationId, ItemId
from bot.refused import Refused
from bot.registry import Handlers
from bot.turn import Turn
from bot.views import (
    Block,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Form,
    Here,
    Notice,
    Option,
    Page,
    PersonField,
    Quote,
    Row,
    Text,
    TextField,
    TicksField,
)

CONVERSATION = ConversationId("conversation__________")
handlers = Handlers()


class Level(StrEnum):
    one = "one"
    two = "two"
    three = "three"
    four = "four"


NEXT = {Level.one: Level.two, Level.two: Level.three, Level.three: Level.four, Level.four: Level.one}


class Then(StrEnum):
    """What a form leads to."""

    page = "page"
    under = "under"
    card = "card"
    notice = "notice"
    here = "here"


@dataclass(frozen=True)
class ShowPage(Action):
    level: Level


@dataclass(frozen=True)
class ShowCard(Action):
    pass


@dataclass(frozen=True)
class ShowForm(Action):
    then: Then


@dataclass(frozen=True)
class Agree(Action):
    """A form without fields."""


@dataclass(frozen=True)
class AgreeNow(Action):
    pass


@dataclass(frozen=True)
class Count(Action):
    pass


@dataclass(frozen=True)
class Say(Action):
    pass


@dataclass(frozen=True)
class Refuse(Action):
    pass


@dataclass(frozen=True)
class Break(Action):
    pass


@dataclass(frozen=True)
class AddRow(Action):
    then: Then


@dataclass(frozen=True)
class SaveToPage(Action):
    then: Then


@dataclass(frozen=True)
class SaveToUnder(Action):
    then: Then


@dataclass(frozen=True)
class SaveToCard(Action):
    then: Then


@dataclass(frozen=True)
class SaveToNotice(Action):
    then: Then


@dataclass(frozen=True)
class SaveToHere(Action):
    then: Then


SAVES: dict[Then, type[Action]] = {
    Then.page: SaveToPage,
    Then.under: SaveToUnder,
    Then.card: SaveToCard,
    Then.notice: SaveToNotice,
    Then.here: SaveToHere,
}


def _buttons() -> Buttons:
    forms = [Button(f"Form {then}", ShowForm(then)) for then in Then]
    return Buttons(
        (
            Button("Count", Count()),
            Button("Say", Say()),
            Button("Refuse", Refuse()),
            Button("Break", Break()),
            Button("Agree form", Agree()),
            *forms,
        )
    )


async def _body(turn: Turn) -> tuple[Block, ...]:
    items = await turn.tx.agenda.of(CONVERSATION)
    rows = tuple(Row(title=item.text[:60], buttons=(Button("Open one", ShowPage(Level.one)),)) for item in items[-3:])
    return (Text(f"{len(items)} kept"), *rows, _buttons())


@handlers.reads(Home)
async def home(turn: Turn, action: Home) -> Card:
    body = (*await _body(turn), Buttons((Button("Page one", ShowPage(Level.one)), Button("Card", ShowCard()))))
    return Card(title="Your home", body=body, summary="Home", address=Home())


@handlers.reads(ShowCard)
async def show_card(turn: Turn, action: ShowCard) -> Card:
    body = (*await _body(turn), Buttons((Button("Page one", ShowPage(Level.one)),)))
    return Card(title="A card", body=body, summary="A card for you", address=ShowCard())


@handlers.reads(ShowPage)
async def show_page(turn: Turn, action: ShowPage) -> Page:
    return await _page(turn, action.level)


async def _page(turn: Turn, level: Level) -> Page:
    step = Button(f"Page {NEXT[level]}", ShowPage(NEXT[level]))
    body = (*await _body(turn), Buttons((step, Button("Card", ShowCard()))))
    return Page(title=f"Page {level}", body=body, sees="Only you can see this.", address=ShowPage(level))


@handlers.reads(ShowForm)
async def show_form(turn: Turn, action: ShowForm) -> Form:
    return _form(action.then, rows=1)


def _form(then: Then, *, rows: int) -> Form:
    return Form(
        title=f"Form {then}",
        body=(
            Text("Write something."),
            TextField("text", "Your text", many_lines=True),
            ChoiceField("choice", "Which", (Option("a", "First"), Option("b", "Second")), value="a"),
            TicksField("ticks", "Ticks", (Option("x", "Ex"), Option("y", "Why"))),
            *(TextField(f"row{row}", f"Row {row}", required=False) for row in range(rows)),
            *((PersonField("person", "Who"),) if then is Then.card else ()),
            Buttons((Button("Another row", AddRow(then)), Button("Refuse", Refuse()))),
        ),
        submit=SAVES[then](then),  # type: ignore[call-arg]
        submit_label="Save",
        sees="Only you can see this.",
        address=ShowForm(then),
    )


@handlers.reads(AddRow)
async def add_row(turn: Turn, action: AddRow) -> Form:
    rows = sum(name.startswith("row") for name in turn.entered.values)
    return _form(action.then, rows=rows + 1)


async def _keep(turn: Turn) -> str:
    text = turn.entered.text("text")
    if text == "forbidden":
        raise Refused("refused.past_date", field="text")
    if text == "broken":
        raise RuntimeError(f"people's words: {text}")
    await _add(turn, text)
    return text


async def _add(turn: Turn, text: str) -> None:
    item = AgendaItem(
        id=ItemId(turn.new_id()),
        organization=turn.organization.id,
        conversation=CONVERSATION,
        author=turn.person.id,
        text=text,
        created_at=turn.now,
        changed_at=turn.now,
    )
    await turn.tx.agenda.add(item)


@handlers.writes(SaveToPage, form=ShowForm)
async def save_to_page(turn: Turn, action: SaveToPage) -> Page:
    text = await _keep(turn)
    page = await _page(turn, Level.four)
    return Page(title=page.title, body=(Quote(text, by="You"), *page.body), sees=page.sees, address=page.address)


@handlers.writes(SaveToUnder, form=ShowForm)
async def save_to_under(turn: Turn, action: SaveToUnder) -> Page:
    await _keep(turn)
    return await _page(turn, Level.one)


@handlers.writes(SaveToCard, form=ShowForm)
async def save_to_card(turn: Turn, action: SaveToCard) -> Card:
    await _keep(turn)
    return await show_card(turn, ShowCard())


@handlers.writes(SaveToNotice, form=ShowForm)
async def save_to_notice(turn: Turn, action: SaveToNotice) -> Notice:
    return Notice(text=f"Kept: {await _keep(turn)}")


@handlers.writes(SaveToHere, form=ShowForm)
async def save_to_here(turn: Turn, action: SaveToHere) -> Here:
    await _keep(turn)
    return Here(text="Kept it here", undo=Button("Undo", Count()))


@handlers.reads(Agree)
async def agree(turn: Turn, action: Agree) -> Form:
    return Form(
        title="Do you agree",
        body=(Text("Nothing to type."),),
        submit=AgreeNow(),
        submit_label="Yes",
        sees="",
        address=Agree(),
    )


@handlers.writes(AgreeNow)
async def agree_now(turn: Turn, action: AgreeNow) -> Notice:
    raise Refused("refused.gone")


@handlers.writes(Count)
async def count(turn: Turn, action: Count) -> Here:
    await _add(turn, "counted")
    return Here(text="One more", undo=Button("Say", Say()))


@handlers.reads(Say)
async def say(turn: Turn, action: Say) -> Notice:
    return Notice(text="A word to you <!channel> *bold*")


@handlers.writes(Refuse)
async def refuse(turn: Turn, action: Refuse) -> Notice:
    raise Refused("refused.gone")


@handlers.writes(Break)
async def break_down(turn: Turn, action: Break) -> Notice:
    raise RuntimeError("people's words")


@handlers.reads(AddFromMessage)
async def add_from_message(turn: Turn, action: AddFromMessage) -> Form:
    quoted = turn.quoted
    form = _form(Then.notice, rows=0)
    said = (Quote(quoted.text, by=quoted.link or ""),) if quoted else ()
    return Form(
        title=form.title,
        body=(*said, *form.body),
        submit=form.submit,
        submit_label=form.submit_label,
        sees=form.sees,
        address=form.address,
    )
