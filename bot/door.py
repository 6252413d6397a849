"""Who comes in: whose an account is, whether they are an admin, and for whom it is on (N3)."""

from bot.actions import Action
from bot.features.admins import who_to_ask
from bot.features.helping import AskPerson, OpenHelp, SendQuestion
from bot.features.home import Home
from bot.model.people import Account, Identity, Person
from bot.ports import Transaction
from bot.refused import Refused
from bot.turn import Turn

OPEN_TO_ALL = (Home, OpenHelp, AskPerson, SendQuestion)
VERBS_OPEN_TO_ALL = ("home", "help", "ask")


class Stranger(Exception):
    """The account belongs to nobody we know; the adapter asks its directory, calls ``learn``, and tries again."""


async def owned(tx: Transaction, account: Account) -> tuple[Identity, Person]:
    """The account and whose it is; raises Stranger."""
    identity = await tx.people.identity(account.workspace, account.external_id)
    person = await tx.people.get(identity.person) if identity and identity.active else None
    if identity is None or person is None or not person.active:
        raise Stranger
    return identity, person


async def is_flagged(tx: Transaction, person: Person) -> bool:
    """Whether one of the person's workspaces calls them an admin."""
    return any(one.admin and one.active for one in await tx.people.identities(person.id))


async def let_in(turn: Turn, action: Action) -> None:
    """Raises Refused for those for whom it is not on yet, whatever they want but help."""
    if not turn.is_let_in and not isinstance(action, OPEN_TO_ALL):
        raise Refused("refused.not_on_yet", who=await who_to_ask(turn))


async def let_say(turn: Turn, verb: str | None) -> None:
    """The same for words, before anything is made of them."""
    if not turn.is_let_in and verb not in VERBS_OPEN_TO_ALL:
        raise Refused("refused.not_on_yet", who=await who_to_ask(turn))
