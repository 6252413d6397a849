"""One file a feature; adding one means adding it here and to no adapter."""

from bot.features import (
    accounts,
    action_item_page,
    action_items,
    agenda,
    conversation_list,
    conversation_page,
    conversations,
    discussing,
    helping,
    history,
    home,
    item_page,
    meetings,
    news,
    notes,
    placing,
    reaching,
    search,
    settings,
)
from bot.registry import Registry, together


def registry() -> Registry:
    """Every feature's handlers."""
    features = (
        conversation_page,
        conversations,
        conversation_list,
        agenda,
        discussing,
        item_page,
        placing,
        notes,
        action_items,
        action_item_page,
        meetings,
        history,
        search,
        home,
        settings,
        helping,
        news,
        accounts,
        reaching,
    )
    return together(feature.handlers for feature in features)
