"""What all tables share: the metadata with its naming rule, keys, references and checks."""

from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, Table, Text, TypedColumns
from sqlalchemy.schema import SchemaItem

Columns = TypeVar("Columns", bound=TypedColumns)

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

#: Columns whose `info` has this mark are derived from others and stay out of the change log.
DERIVED: Final = "derived"


def row_id() -> Column[str]:
    """The internal key of a row, a UUIDv7."""
    return Column(Text, primary_key=True, nullable=False)


def public_key() -> Column[str]:
    """The key by which the open record and the command line name a row."""
    return Column(Text, unique=True, nullable=False)


def required_reference(target: str) -> Column[str]:
    """A reference that must be there; what is referred to cannot be deleted."""
    return Column(Text, ForeignKey(f"{target}.id", ondelete="RESTRICT"), nullable=False, index=True)


def optional_reference(target: str) -> Column[str | None]:
    """A reference that may be empty; what is referred to cannot be deleted."""
    return Column(Text, ForeignKey(f"{target}.id", ondelete="RESTRICT"), nullable=True, index=True)


def one_of(column: str, choices: type[StrEnum]) -> CheckConstraint:
    """The CHECK of an enumeration's column."""
    values = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def ordered(first: str, last: str) -> CheckConstraint:
    """The CHECK that a day is not before another one."""
    return CheckConstraint(f"{last} IS NULL OR {first} IS NULL OR {last} >= {first}", name=f"{last}_order")


def bounded(column: str, least: int, most: int) -> CheckConstraint:
    """The CHECK of a number's bounds, both inclusive."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {most}", name=column)


def voided_for_a_reason() -> CheckConstraint:
    """The CHECK that what is voided has a reason, and that nothing else has one."""
    return CheckConstraint("(voided_on IS NULL) = (void_reason IS NULL)", name="voided")


def in_record_order() -> list[Table[Any]]:
    """The tables of record, referred-to tables first; housekeeping tables are left out."""
    return [table for table in metadata.sorted_tables if not table.info.get("housekeeping")]


def table(
    name: str, columns: type[Columns], *rest: SchemaItem, housekeeping: bool = False, clustered: bool = False
) -> Table[Columns]:
    """A STRICT table of the file; a housekeeping table stays out of the change log, a clustered one is kept
    in the order of its key.
    """
    info = {"housekeeping": True} if housekeeping else {}
    return Table(
        name, metadata, columns, *rest, sqlite_strict=True, sqlite_with_rowid=not clustered, info=info
    )
