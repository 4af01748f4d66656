"""What a noun of the open record is: one list with its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from commission_app.domain.open_record.fields import Field, Nested, Several
from commission_app.domain.open_record.kinds import Reference


@dataclass(frozen=True)
class Noun:
    """One list of the open record.

    `identity` names the fields that tell two entries apart where there is no key; in their order (or
    by key) an export is sorted. `addable` is the field that a later load may add to an entry, and
    `then_addable` the one that may follow it.
    """

    name: str
    one: str
    many: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ()
    addable: str = ""
    then_addable: str = ""
    is_single: bool = False

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    @property
    def has_key(self) -> bool:
        """Whether entries carry a key of their own."""
        return "key" in self.by_name

    @cached_property
    def references(self) -> tuple[tuple[str, str], ...]:
        """The fields that name an entry of a list, each with that list."""
        return tuple(
            (field.name, field.kind.noun) for field in self.fields if isinstance(field.kind, Reference)
        )

    @cached_property
    def nested_references(self) -> tuple[tuple[str, str, str], ...]:
        """The objects that name entries: the field, the field within it, and the list named."""
        return tuple(
            (field.name, inner.name, inner.kind.noun)
            for field in self.fields
            if isinstance(field.kind, Nested)
            for inner in field.kind.fields
            if isinstance(inner.kind, Reference)
        )

    @cached_property
    def inner_references(self) -> tuple[tuple[str, str, str], ...]:
        """The lists of objects that name entries: the field, the field within it, and the list named."""
        return tuple(
            (field.name, inner.name, inner.kind.noun)
            for field in self.fields
            if isinstance(field.kind, Several) and isinstance(field.kind.each, Nested)
            for inner in field.kind.each.fields
            if isinstance(inner.kind, Reference)
        )

    @cached_property
    def listed_references(self) -> tuple[tuple[str, str], ...]:
        """The lists of keys: the field, and the list named."""
        return tuple(
            (field.name, field.kind.each.noun)
            for field in self.fields
            if isinstance(field.kind, Several) and isinstance(field.kind.each, Reference)
        )

    @property
    def additions(self) -> tuple[str, ...]:
        """The fields that a later load may add to an entry that has none there."""
        return tuple(filter(None, (self.addable, self.then_addable)))

    @property
    def order(self) -> tuple[str, ...]:
        """The fields by which an export is sorted; none: in the file's own order."""
        return self.identity or ("key",)

    def counted(self, count: int) -> str:
        """In words: 12 contacts."""
        return f"{count:,} {self.one if count == 1 else self.many}"
