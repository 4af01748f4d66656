"""The agenda as it is numbered: sections in their order, items lettered within them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commission_app.domain.agenda_sections import KIND_WORDS, StandingSection
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.meetings import MeetingKind

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LAST = ("future-items", "adjournment")


def roman(number: int) -> str:
    """A number from 1 in Roman numerals."""
    found = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found


def letter(number: int) -> str:
    """The letter of an item: 1 is A, 26 is Z, 27 is AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LetteredItem:
    """An item with its letter, and its label as people say it: XI.A."""

    item: AgendaItem
    letter: str
    label: str

    @property
    def kind_word(self) -> str:
        """The kind as printed at the right."""
        return KIND_WORDS[self.item.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSection:
    """A section of one agenda. Its number is without a dot; one that is not printed has none."""

    slug: str
    number: str
    title: str
    kind_word: str
    text: str
    items: tuple[LetteredItem, ...] = ()

    @property
    def is_printed(self) -> bool:
        """Whether the section stands on the paper."""
        return bool(self.number)

    @property
    def minutes(self) -> int:
        """Minutes expected for its items together."""
        return sum(entry.item.minutes or 0 for entry in self.items)


def layout(
    items: Iterable[AgendaItem],
    sections: Sequence[str],
    *,
    kind: MeetingKind = MeetingKind.REGULAR,
    numbering: str = "roman",
    standing: Mapping[str, StandingSection] | None = None,
    alternates_needed: bool = True,
) -> list[NumberedSection]:
    """Every section of the order with its items by position, numbered as printed.

    A section without items is printed (and numbered) where it always stands: opening, public forum
    and the like; the seating of alternates only when needed. Items of a section that the order does
    not have (any more) are kept: their section comes before future items and adjournment.
    """
    by_section: dict[str, list[AgendaItem]] = {}
    for item in items:
        by_section.setdefault(item.section, []).append(item)
    strays = [slug for slug in sorted(by_section) if slug not in sections]
    cut = next((place for place, slug in enumerate(sections) if slug in _LAST), len(sections))
    number = 0
    found = []
    for slug in [*sections[:cut], *strays, *sections[cut:]]:
        words = (standing or {}).get(slug) or StandingSection.of(slug)
        own = sorted(by_section.get(slug, ()), key=lambda item: (item.position, item.id))
        printed = bool(own) or (words.prints_empty and (slug != "alternates" or alternates_needed))
        number += printed
        mark = ""
        if printed:
            mark = roman(number) if numbering == "roman" else str(number)
        found.append(
            NumberedSection(
                slug=slug,
                number=mark,
                title=words.title,
                kind_word=KIND_WORDS[words.kind] if words.kind else "",
                text=words.text_for(kind),
                items=tuple(
                    LetteredItem(item=item, letter=letter(place), label=f"{mark}.{letter(place)}")
                    for place, item in enumerate(own, 1)
                ),
            )
        )
    return found
