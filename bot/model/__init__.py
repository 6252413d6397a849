"""The nouns of OneOnOne as frozen values; changed only by ``dataclasses.replace``."""
