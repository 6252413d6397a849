"""What an agenda item says to its reader."""

from bot.model.agenda import AgendaItem
from bot.turn import Turn


def words_of(turn: Turn, item: AgendaItem) -> str:
    """An item's words; a question of the library in the reader's language, unless somebody has reworded it (F4)."""
    if item.question is None:
        return item.text
    asked = turn.voice.library.questions.get(item.question)
    known = (library.questions.get(item.question) for library in turn.libraries.values())
    is_as_it_was = any(question is not None and question.text == item.text for question in known)
    return asked.text if asked is not None and is_as_it_was else item.text
