"""Every sentence, verb and date word, one folder a language; rendered by a strict, sandboxed Jinja2."""

from prompts.library import Library, MissingText
from prompts.voice import Voice

__all__ = ["Library", "MissingText", "Voice"]
