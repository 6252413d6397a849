"""What can be typed, in the words of the service itself."""

from collections.abc import Iterator

from adapters.playground.page_stage import Hint, Hints
from adapters.playground.slack_page import COMMAND
from prompts.library import Library


def hints(library: Library) -> Hints:
    """Each verb as one types it on either platform: Slack hears it after the slash, Teams as plain words."""
    return Hints(slack=tuple(_hints(library, f"{COMMAND} ")), teams=tuple(_hints(library, "")))


def _hints(library: Library, before: str) -> Iterator[Hint]:
    """With what each is for; an `@` where a person's name follows."""
    for name, ways in library.verbs.items():
        usage = library.say(f"help.usage.{name}", {"verb": ways[0]})
        rest = usage.removeprefix(ways[0]).strip()
        ending = " @" if rest.startswith("@") else " " if rest else ""
        yield Hint(f"{before}{usage}", library.say(f"help.verbs.{name}", {}), f"{before}{ways[0]}{ending}")
