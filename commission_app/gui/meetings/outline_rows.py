"""The rows of the agenda outline: what stands where, which rows are folded, and where an item may be put."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commission_app.domain.agenda_layout import LetteredItem, NumberedSection

OPENING = "opening-group"
_OPENING = frozenset(
    {"opening", "pledge", "alternates", "public-forum", "announcements", "conflicts", "approve-agenda"}
)
_OPEN_AT_FIRST = frozenset({"unfinished-business", "new-business", "business"})


class RowKind(StrEnum):
    """What a row of the outline is."""

    GROUP = "group"
    SECTION = "section"
    ITEM = "item"
    ADD = "add"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """A row: `key` is the group's name, a section's slug or an item's id; minutes 0 are not shown."""

    kind: RowKind
    key: str
    section: str = ""
    number: str = ""
    title: str = ""
    count: int = 0
    minutes: int = 0
    is_open: bool = False
    is_printed: bool = True
    item: LetteredItem | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for an item: a section and a position in it as the items stand now; None is its end."""

    section: str
    position: int | None


def opening_sections(sections: Sequence[NumberedSection]) -> list[NumberedSection]:
    """The sections at the beginning that are always the same; fewer than two are not folded together."""
    found = []
    for section in sections:
        if section.slug not in _OPENING:
            break
        found.append(section)
    return found if len(found) > 1 else []


def is_open_at_first(section: NumberedSection) -> bool:
    """Whether a section shows its items before anybody has folded or unfolded it."""
    return section.slug in _OPEN_AT_FIRST


def rows_of(
    sections: Sequence[NumberedSection], is_open: Callable[[str], bool], *, may_add: bool = True
) -> list[OutlineRow]:
    """The visible rows; `is_open` tells by key what is unfolded."""
    opening = opening_sections(sections)
    rows: list[OutlineRow] = []
    if opening:
        printed = [section for section in opening if section.number]
        shown = f"{printed[0].number}–{printed[-1].number}" if len(printed) > 1 else ""
        rows.append(
            OutlineRow(
                kind=RowKind.GROUP,
                key=OPENING,
                number=shown,
                count=len(printed),
                minutes=sum(section.minutes for section in opening),
                is_open=is_open(OPENING),
            )
        )
    for section in sections:
        if section in opening and not is_open(OPENING):
            continue
        rows += _section_rows(section, is_open(section.slug), may_add)
    return rows


def _section_rows(section: NumberedSection, is_open: bool, may_add: bool) -> list[OutlineRow]:
    rows = [
        OutlineRow(
            kind=RowKind.SECTION,
            key=section.slug,
            section=section.slug,
            number=section.number,
            title=section.title,
            count=len(section.items),
            minutes=section.minutes,
            is_open=is_open,
            is_printed=bool(section.number),
        )
    ]
    if not is_open:
        return rows
    for entry in section.items:
        rows.append(
            OutlineRow(
                kind=RowKind.ITEM,
                key=entry.item.id,
                section=section.slug,
                number=entry.letter,
                title=entry.item.title,
                minutes=entry.item.minutes or 0,
                item=entry,
            )
        )
    if may_add:
        rows.append(OutlineRow(kind=RowKind.ADD, key=f"add:{section.slug}", section=section.slug))
    return rows


def step(sections: Sequence[NumberedSection], item_id: str, direction: int) -> Spot | None:
    """Where an item goes one step up (-1) or down (1), into the neighbouring section at an end."""
    for at, section in enumerate(sections):
        ids = [entry.item.id for entry in section.items]
        if item_id not in ids:
            continue
        position = ids.index(item_id) + direction
        if 0 <= position < len(ids):
            return Spot(section.slug, position)
        if direction < 0:
            return Spot(sections[at - 1].slug, None) if at else None
        return Spot(sections[at + 1].slug, 0) if at + 1 < len(sections) else None
    return None


def landed(sections: Sequence[NumberedSection], item_id: str, slot: Spot) -> Spot | None:
    """The slot as the service counts it, without the item itself; None if the item would stay where it is."""
    for section in sections:
        ids = [entry.item.id for entry in section.items]
        if section.slug != slot.section or item_id not in ids:
            continue
        here = ids.index(item_id)
        wanted = len(ids) if slot.position is None else slot.position
        if wanted > here:
            wanted -= 1
        return None if wanted == here else Spot(slot.section, wanted)
    return slot


def slots_below(rows: Sequence[OutlineRow]) -> list[Spot | None]:
    """For each visible row, the place that lies directly below it; None where no item can go."""
    found: list[Spot | None] = []
    position = 0
    for row in rows:
        if row.kind is RowKind.SECTION:
            position = 0
            found.append(Spot(row.section, 0 if row.is_open else None))
        elif row.kind is RowKind.ITEM:
            position += 1
            found.append(Spot(row.section, position))
        else:
            found.append(None)
    return found


def sections_with(sections: Collection[NumberedSection], item_id: str) -> str | None:
    """The slug of the section that has an item."""
    return next(
        (s.slug for s in sections if any(entry.item.id == item_id for entry in s.items)),
        None,
    )
