"""Two people saved at once: the second sees both texts and decides (C3)."""

from bot.actions import Action
from bot.turn import Turn
from bot.views import Field, Form, Quiet, Quote, Text, TextField


def both_texts(
    turn: Turn,
    *,
    theirs: str,
    mine: str,
    name: str,
    submit: Action,
    sees: str,
    address: Action,
    facts: str = "",
    also: tuple[Field, ...] = (),
) -> Form:
    """A form with the stored text above and one's own still in the field; saving it again replaces the stored one.

    ``facts`` is what is stored beside the text, ``also`` what one has chosen beside it: that is kept as well.
    """
    saved_by = turn.say("conflict.theirs", name=name)
    return Form(
        title=turn.say("conflict.title"),
        body=(
            Text(turn.say("conflict.explained", name=name)),
            Quote(theirs, f"{saved_by} · {facts}" if facts else saved_by),
            TextField("text", turn.say("conflict.mine"), value=mine, many_lines=True),
            *also,
            Quiet(turn.say("conflict.choice")),
        ),
        submit=submit,
        submit_label=turn.say("conflict.save_mine"),
        sees=sees,
        address=address,
    )
