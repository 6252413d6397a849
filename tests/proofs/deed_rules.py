"""Each of the deeds that make a conversation active, with the story that must notice when it is not written down."""

from datetime import datetime

from bot.model.ids import ConversationId
from bot.model.usage import Deed
from storage.usage import Usage
from tests.proofs.story_rules import Disable, Patch, Rule


def not_written_down(left_out: Deed) -> Disable:
    """All but this one are."""
    did = Usage.did

    async def all_others(usage: Usage, conversation: ConversationId, deed: Deed, at: datetime) -> None:
        if deed is not left_out:
            await did(usage, conversation, deed, at)

    def disable(patch: Patch) -> None:
        patch.setattr(Usage, "did", all_others)

    return disable


DEED_RULES = tuple(
    Rule(f"{deed.value} makes active", "test_each_deed_of_either_side", not_written_down(deed)) for deed in Deed
)
