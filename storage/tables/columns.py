"""The kinds of columns that the tables are made of."""

from typing import Annotated, Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field


class Clear(TypeDecorator[str]):
    """Text that is not sealed, without what PostgreSQL refuses: NUL and halves of surrogate pairs.

    It cleans what is searched for as well, so that a forged id is not found instead of being an error.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = String
    cache_ok: bool | None = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else clean(value)


def clean(text: str) -> str:
    """The text as both databases take it."""
    return str(text).replace("\0", "").encode("utf-8", "replace").decode()


Key = Annotated[str, Field(sa_type=Clear, primary_key=True)]
Text = Annotated[str, Field(sa_type=Clear)]
Maybe = Annotated[str | None, Field(sa_type=Clear)]
Usual = Annotated[str, Field(sa_type=Clear, sa_column_kwargs={"server_default": ""})]
Author = Annotated[str, Field(sa_type=Clear, sa_column_kwargs={"info": {"author": True}})]
Sealed = Annotated[bytes, Field(sa_column_kwargs={"info": {"sealed": True}})]
Secret = Annotated[bytes, Field(sa_column_kwargs={"info": {"sealed": True, "secret": True}})]
MaybeSealed = Annotated[bytes | None, Field(sa_column_kwargs={"info": {"sealed": True}})]
