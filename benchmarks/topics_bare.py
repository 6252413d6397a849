"""The bare set-based statements that give a topic to everybody whom an attribute names, and put it on their agendas."""

import time
from datetime import date, datetime

from sqlalchemy import bindparam, text
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.model.ids import OrganizationId, TopicId
from storage.store import Store

_PATIENCE = 600.0
_GIVEN = """
INSERT INTO assignment (organization, id, topic, round, conversation, due_at, month, state, placed_at)
SELECT c.organization, :seed || substr(c.id, 11), :topic, 1, c.id, :now, :month, 'placed', :now
FROM conversation c JOIN attribute a ON a.organization = c.organization
AND a.person = CASE WHEN c.senior = c.first THEN c.second ELSE c.first END
WHERE c.organization = :organization AND c.relationship = 'manager' AND a.name = 'country' AND a.value = 'germany'
"""
_PUT = """
INSERT INTO agenda_item (organization, id, conversation, author, created_at, changed_at, shared_at, visibility, state,
repeat, position, topic, edition, version)
SELECT organization, id, conversation, :author, :now, :now, :now, 'shared', 'open', 'never', 1, topic, 1, 1
FROM assignment WHERE organization = :organization AND topic = :topic
"""
_MOMENT = bindparam("now", type_=UTCDateTime())


async def assigned_bare(
    store: Store, organization: OrganizationId, topic: TopicId, *, seed: str, now: datetime
) -> float:
    """The seconds that it takes, in one transaction."""
    ours = {"organization": organization, "topic": topic, "now": now}
    began = time.perf_counter()
    async with store._database.write(patience=_PATIENCE) as connection:
        month = bindparam("month", date(now.year, now.month, 1))
        given = text(_GIVEN).bindparams(_MOMENT, month)
        await connection.execute(given, ours | {"seed": seed[-10:], "month": date(now.year, now.month, 1)})
        await connection.execute(text(_PUT).bindparams(_MOMENT), ours | {"author": seed})
    return time.perf_counter() - began
