"""What the app has in the menu of a message, on both platforms, as its two manifests name it."""

from adapters.playground.page_intent import BadIntent, Intent

ENTRIES = {"add_to_oneonone": "Add to 1-on-1", "assign_as_topic": "Assign as topic"}


def chosen(intent: Intent) -> str:
    """The entry that the visitor chose; raises BadIntent for one that no menu has."""
    entry = intent.text("entry")
    if entry not in ENTRIES:
        raise BadIntent("no menu has that entry")
    return entry
