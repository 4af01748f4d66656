"""The files attached to the items of an agenda, numbered through the meeting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commission_app.domain.agenda_layout import LetteredItem, NumberedSection
from commission_app.domain.intake import Attachment


@dataclass(frozen=True, slots=True)
class NumberedFile:
    """Attachment 3: a file with its number through the meeting, and the item that it belongs to."""

    number: int
    entry: LetteredItem
    file: Attachment


def numbered_files(
    sections: Iterable[NumberedSection], files: Iterable[Attachment]
) -> dict[str, tuple[NumberedFile, ...]]:
    """The files of each item by its id, numbered in the order of the agenda from 1."""
    by_item: dict[str, list[Attachment]] = {}
    for file in files:
        by_item.setdefault(file.of_id, []).append(file)
    found: dict[str, tuple[NumberedFile, ...]] = {}
    number = 0
    for section in sections:
        for entry in section.items:
            own = by_item.get(entry.item.id, [])
            found[entry.item.id] = tuple(
                NumberedFile(number + at, entry, file) for at, file in enumerate(own, 1)
            )
            number += len(own)
    return found


def numbers(files: Mapping[str, Sequence[NumberedFile]], item_id: str) -> tuple[int, ...]:
    """The numbers of an item's files, as its agenda prints them."""
    return tuple(one.number for one in files.get(item_id, ()))
