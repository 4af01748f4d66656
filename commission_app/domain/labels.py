"""Address labels: which sheets there are, and who gets one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from commission_app.domain.contacts import Contact
from commission_app.errors import ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """A sheet of labels as it is sold; lengths in points, from the top left corner."""

    name: str
    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float
    across: float  # from the left edge of a label to that of its neighbour
    down: float

    @property
    def count(self) -> int:
        """How many labels it has."""
        return self.columns * self.rows


#: By size of paper. [Avery's templates: 5160 has 2 5/8 by 1 inch, L7160 63.5 by 38.1 mm]
SHEETS: Final[Mapping[str, LabelSheet]] = {
    "letter": LabelSheet(
        name="Avery 5160",
        columns=3,
        rows=10,
        left=13.5,
        top=36.0,
        width=189.0,
        height=72.0,
        across=198.0,
        down=72.0,
    ),
    "a4": LabelSheet(
        name="Avery L7160",
        columns=3,
        rows=7,
        left=20.44,
        top=42.94,
        width=180.0,
        height=108.0,
        across=187.2,
        down=108.0,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPaper:
    """Labels to print, each a name and the lines of an address; the first stands on label `start`, from 1."""

    title: str
    labels: tuple[tuple[str, ...], ...]
    start: int = 1
    language: str = "en-US"
    page_size: str = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Labels, and those who get none: they have no address."""

    paper: LabelPaper
    left_out: tuple[Contact, ...]


def labels_of(contacts: Iterable[Contact], *, start: int = 1, page_size: str = "letter") -> Labelled:
    """A label for everybody with an address, each once, in this order; raises ValidationError for a first
    label that the sheet does not have, and where nobody has an address.
    """
    sheet = SHEETS[page_size]
    if not 1 <= start <= sheet.count:
        raise ValidationError({"start": f"{sheet.name} has labels 1 to {sheet.count}."})
    each = list({contact.id: contact for contact in contacts}.values())
    lines = {one.id: _lines(one) for one in each}
    labels = tuple((one.name, *lines[one.id]) for one in each if lines[one.id])
    if not labels:
        raise ValidationError({"contacts": "Nobody here has an address."})
    return Labelled(
        paper=LabelPaper(title=f"Labels, {sheet.name}", labels=labels, start=start, page_size=page_size),
        left_out=tuple(one for one in each if not lines[one.id]),
    )


def _lines(contact: Contact) -> tuple[str, ...]:
    return tuple(line for line in map(str.strip, (contact.address or "").splitlines()) if line)
