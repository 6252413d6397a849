"""Every sentence, verb and date word, one folder a language; rendered by a strict, sandboxed Jinja2."""

from prompts.library import DEFAULT_LANGUAGE, Library, MissingText, fitting
from prompts.voice import Voice

__all__ = ["DEFAULT_LANGUAGE", "Library", "MissingText", "Voice", "fitting"]
