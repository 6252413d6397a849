"""Two people saved at once: the second sees both texts and decides (C3)."""

from bot.actions import Action
from bot.turn import Turn
from bot.views import Form, Quiet, Quote, Text, TextField


def both_texts(turn: Turn, *, theirs: str, mine: str, name: str, submit: Action, sees: str, address: Action) -> Form:
    """A form with the stored text above and one's own still in the field; saving it again replaces the stored one."""
    return Form(
        title=turn.say("conflict.title"),
        body=(
            Text(turn.say("conflict.explained", name=name)),
            Quote(theirs, turn.say("conflict.theirs", name=name)),
            TextField("text", turn.say("conflict.mine"), value=mine, many_lines=True),
            Quiet(turn.say("conflict.choice")),
        ),
        submit=submit,
        submit_label=turn.say("conflict.save_mine"),
        sees=sees,
        address=address,
    )
