"""What somebody typed, put back: Teams forgets the contents of a dialog when it gets another card to show."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from adapters.saying import Say
from bot.entered import Entered
from bot.model.ids import ID_LENGTH
from bot.views import Field, Form, Option, Page, PersonField, Quote, Text, filled

_AN_ID = re.compile(rf"[A-Za-z0-9_-]{{{ID_LENGTH}}}")

Person = Callable[[str], Awaitable[Option | None]]
"""Somebody who was chosen, as the choice."""


async def retyped(form: Form, entered: Entered, person: Person) -> Form:
    """The form with all that was typed and chosen in it."""
    return await with_people(filled(form, entered.values, form.errors), entered, person)


async def with_people(form: Form, entered: Entered, person: Person) -> Form:
    """The form with the people who were chosen in it."""
    chosen = {field.name: await _chosen(field, entered, person) for field in form.fields}
    return replace(
        form, body=tuple(_with(part, chosen) if isinstance(part, PersonField) else part for part in form.body)
    )


def words_to_copy(reason: str, entered: Entered, say: Say) -> Page:
    """What went wrong and what was typed, where its form cannot be shown again."""
    typed = [value.strip() for value in entered.values.values() if isinstance(value, str)]
    words = tuple(Quote(text) for text in typed if text and not _AN_ID.fullmatch(text))
    return Page(title=say("views.summary"), body=(Text(reason), *words), sees="")


async def _chosen(field: Field, entered: Entered, person: Person) -> Option | None:
    value = entered.values.get(field.name)
    if not isinstance(field, PersonField) or not isinstance(value, str) or not _AN_ID.fullmatch(value):
        return None
    return await person(value)


def _with(field: PersonField, chosen: dict[str, Option | None]) -> PersonField:
    return replace(field, value=chosen.get(field.name) or field.value)
