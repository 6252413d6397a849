"""What OneOnOne decides: features, views and actions. Knows no platform and no SQL."""
