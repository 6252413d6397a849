"""What a workspace granted when it took the bot in by itself."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.ids import OrganizationId, WorkspaceId


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The token by which the bot acts in one workspace, and who it is there; a workspace has one at most.

    ``team`` is none where a whole Enterprise Grid organization took it in, whose id ``enterprise`` then is.
    ``scopes`` are what was granted, separated by commas.
    """

    workspace: WorkspaceId
    organization: OrganizationId
    token: str = field(repr=False)
    bot_user: str
    bot_id: str
    team: str | None
    enterprise: str | None
    scopes: str
    installed_at: datetime
