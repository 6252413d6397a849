"""What is done about a message of which nobody knows whether the platform accepted it."""

from datetime import datetime, timedelta

from bot.model.delivery import EXPIRED, NUDGES, Address, Delivery, DeliveryKind, DeliveryState, Outcome
from bot.model.ids import WorkspaceId
from bot.ports import Broken, Gone, Later, Messenger, Unknown, Untraceable

SENT_AGAIN = frozenset(DeliveryKind) - NUDGES
"""What is sent once more where nobody can look: better said twice than not at all. A nudge is better not said."""

SETTLES_WITHIN = timedelta(seconds=30)
"""After so long a platform has dealt with whatever it was given, however slowly."""

LOOKED_BACK = timedelta(hours=1)
"""How much before its time is looked for a message, since two clocks are never the same."""

LOOKED_FOR = timedelta(days=2)
"""After so long beyond its time we give up asking."""

SOON = timedelta(seconds=5)
"""After so long one is asked for again that there was no room to ask for."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)


async def resolve(delivery: Delivery, messenger: Messenger, address: Address, now: datetime) -> tuple[Outcome, str]:
    """What became of it, and what that counts as."""
    try:
        found = await messenger.find(address, delivery=delivery.id, since=delivery.due_at - LOOKED_BACK)
    except Untraceable:
        return _untraceable(delivery, now)
    except Gone as gone:
        return _given_up(str(gone))
    except (Later, Unknown, Broken) as trouble:
        return _asked_again(delivery, trouble, now)
    if found is not None:
        return Outcome(DeliveryState.sent, external_id=found), "found"
    return _once_more(delivery, now, "missing")


def unplaced(delivery: Delivery, now: datetime) -> tuple[Outcome, str]:
    """The same where there is nobody to ask at the moment."""
    return _asked_again(delivery, Unknown("not_connected"), now)


def handed_over(delivery: Delivery, workspace: WorkspaceId, now: datetime) -> Outcome:
    """It is found out by who sends there."""
    return Outcome(
        DeliveryState.unknown, error=delivery.last_error, next_attempt_at=now, via=workspace, given_back=True
    )


def postponed(delivery: Delivery, now: datetime) -> tuple[Outcome, str]:
    """The same where the platform is asked too much at the moment."""
    return Outcome(DeliveryState.unknown, error=delivery.last_error, next_attempt_at=now + SOON), "unknown"


def _untraceable(delivery: Delivery, now: datetime) -> tuple[Outcome, str]:
    if delivery.kind not in SENT_AGAIN or delivery.doubts > 1:
        return _given_up(delivery.last_error)
    return _once_more(delivery, now, "risked")


def _once_more(delivery: Delivery, now: datetime, counts_as: str) -> tuple[Outcome, str]:
    if now >= delivery.expires_at:
        return Outcome(DeliveryState.dropped, error=EXPIRED), EXPIRED
    return Outcome(DeliveryState.pending, error=delivery.last_error), counts_as


def _given_up(error: str | None) -> tuple[Outcome, str]:
    return Outcome(DeliveryState.unknown, error=error), "given_up"


def _asked_again(delivery: Delivery, trouble: Exception, now: datetime) -> tuple[Outcome, str]:
    if now >= delivery.expires_at + LOOKED_FOR:
        return _given_up(str(trouble))
    passed = max(timedelta(), now - delivery.due_at)
    wait = min(max(_FIRST_WAIT, passed / 4), _LONGEST_WAIT)
    after = timedelta(seconds=trouble.after) if isinstance(trouble, Later) else timedelta()
    return Outcome(DeliveryState.unknown, error=str(trouble), next_attempt_at=now + max(wait, after)), "unknown"
